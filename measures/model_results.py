"""The evaluation of models in a build: ``result__model`` and what stands beside it.

Reads the register and the participants that are current, and the official lists of the newest
standard that has two reviews: households are never followed across a change of standard.
"""

from dataclasses import dataclass, replace

import ibis
import polars as pl
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table as Query

from measures import communes_with_model_rate
from measures.evaluation.following import Study, study
from measures.evaluation.likeness import balance, trends
from measures.evaluation.next_places import next_places, working_sites
from measures.evaluation.passing import tree
from measures.evaluation.portfolio import figures
from measures.evaluation.sites import sites
from measures.linked import by_household
from measures.marking import STATUS_RANKS, marked
from reference.loading import era_at
from reference.periods import last_day
from warehouse.contract import Table
from warehouse.core_tables import CORE_MODEL__PARTICIPANT, CORE_MODEL__REGISTER
from warehouse.model_tables import (
    RESULT__MODEL,
    RESULT__MODEL_BALANCE,
    RESULT__MODEL_NEXT,
    RESULT__MODEL_SITE,
    RESULT__MODEL_TREND,
    RESULT__MODEL_TURN,
)
from warehouse.result_tables import RESULT__ESTIMATE

_LIST_COLUMNS = (
    "household_id", "standard_id", "era", "unit_code", "class_code", "b1_points", "area_type",
    "is_without_labour_capacity", "member_count",
)  # fmt: skip
_OFFICIAL = ("official", "restated")
_FEWEST_REVIEWS = 2


@dataclass(frozen=True)
class _Lists:
    """Official lists of one standard: ``coverage`` is (year, era, units_reported, units_expected).

    ``sent`` are (period, era, unit_code) of the communes that sent each of them.
    """

    rows: pl.DataFrame
    coverage: pl.DataFrame
    sent: pl.DataFrame

    @property
    def whole_years(self) -> list[int]:
        """Years whose lists all communes sent."""
        whole = self.coverage.filter(pl.col("units_reported") == pl.col("units_expected"))
        return whole["year"].to_list()

    @property
    def judged(self) -> pl.DataFrame:
        """(era, unit_code) of the communes whose lists the grades rest on: those of the newest whole review.

        Where no review is whole, those of the newest.
        """
        years = self.whole_years or self.coverage["year"].to_list()
        of_year = self.sent.filter(pl.col("period") == str(max(years, default=0)))
        return of_year.select("era", "unit_code")


@dataclass(frozen=True)
class _Told:
    """What the build knows of models, as frames.

    ``newest`` is the register of its newest period.
    """

    register: pl.DataFrame
    newest: pl.DataFrame
    participants: pl.DataFrame
    units: pl.DataFrame
    lists: _Lists


@dataclass(frozen=True)
class _Evaluated:
    """Rows of each table by its name, and the rows of the whole register whose model works and still runs."""

    tables: dict[str, pl.DataFrame]
    working: pl.DataFrame


def compute_models(backend: Backend, first_year: int = 0) -> Query | None:
    """Evaluate the models of a build, write their tables and answer rows of ``result__estimate``.

    Needs the core tables, coverage, dimensions and ``flow_selected`` of the household flows.
    Where no official list and no workbook of models is of ``first_year`` or later, what was taken over stands: the answer is None.
    """
    if first_year and not _anything_since(backend, first_year):
        return None
    told = _told(backend)
    if told is None:
        for table in TABLES:
            _write(backend, table, table.empty())
        return ibis.memtable(RESULT__ESTIMATE.empty(), schema=RESULT__ESTIMATE.ibis_schema)
    return _kept(backend, told, _evaluate(told))


def _told(backend: Backend) -> _Told | None:
    """None where no model is tried out."""
    register = _current(backend, CORE_MODEL__REGISTER, "model_register")
    newest = register.filter(pl.col("period") == pl.col("period").max())
    if not newest["model_kind"].is_in(["pilot"]).any():
        return None
    participants = _current(backend, CORE_MODEL__PARTICIPANT, "model_participants")
    participants = participants.filter(pl.col("period") == pl.col("period").max())
    units = backend.table("dim__unit").filter(_.level == "commune").to_polars()
    return _Told(register, newest, participants, units, _lists(backend, units))


def _evaluate(told: _Told) -> _Evaluated:
    lists = told.lists
    found = study(told.newest, told.participants, lists.rows, lists.whole_years)
    models = figures(found)
    grades = {(row["model_id"], row["part"]): row["grade"] for row in models.to_dicts()}
    tables = {
        RESULT__MODEL: models.with_columns(**_reviews(lists.coverage)),
        RESULT__MODEL_SITE: _named(told.units, sites(found)),
        RESULT__MODEL_TREND: trends(found),
        RESULT__MODEL_BALANCE: balance(found),
        RESULT__MODEL_TURN: _turns(found),
        RESULT__MODEL_NEXT: _next(told.units, found, lists, grades),
    }
    ends = pl.col("period").map_elements(last_day, return_dtype=pl.Date())
    running = told.register.filter(pl.col("ended_date").is_null() | (pl.col("ended_date") > ends))
    working = working_sites(replace(found, register=running), grades)
    return _Evaluated({table.name: rows for table, rows in tables.items()}, working)


def _kept(backend: Backend, told: _Told, evaluated: _Evaluated) -> Query:
    """Write the tables; share of communes with a working model: rows of ``result__estimate``."""
    for table in TABLES:
        _write(backend, table, evaluated.tables[table.name])
    measure = communes_with_model_rate.MEASURE
    nothing = pl.lit(None, pl.String())
    sums = communes_with_model_rate.sums(
        backend, evaluated.working, told.register, told.lists.judged
    ).with_columns(
        measure=pl.lit(measure.name), unit=pl.lit(measure.unit), selection=pl.lit("best"),
        standard_id=nothing, group_by=nothing, group=nothing, is_ratio=pl.lit(True),
        scale=pl.lit(100), steps=pl.lit(10**measure.decimals),
    )  # fmt: skip
    return marked(ibis.memtable(sums))


TABLES = (
    RESULT__MODEL, RESULT__MODEL_SITE, RESULT__MODEL_TREND, RESULT__MODEL_BALANCE,
    RESULT__MODEL_TURN, RESULT__MODEL_NEXT,
)  # fmt: skip


def _anything_since(backend: Backend, year: int) -> bool:
    told = backend.table("quality__coverage")
    is_list = told.form.isin(["review_list", "export"]) & told.status.isin(_OFFICIAL)
    read = told.filter(is_list | told.form.startswith("model_"))
    return bool(read.filter(_.period[:4].cast("int64") >= year).count().execute())


def _write(backend: Backend, table: Table, rows: pl.DataFrame) -> None:
    shaped = table.conform(rows) if rows.width else table.empty()
    backend.create_table(table.name, shaped, overwrite=True)


def _current(backend: Backend, table: Table, form: str) -> pl.DataFrame:
    """Rows of the newest submission of the strongest status, with ``status_rank``."""
    told = backend.table("quality__coverage").filter(_.is_current, _.form == form)
    ranked = told.mutate(status_rank=_.status.cases(*STATUS_RANKS, else_=0))
    place = ["era", "unit_code", "period"]
    window = ibis.window(group_by=place, order_by=[ibis.desc("status_rank"), "submission_id"])
    best = ranked.mutate(position=ibis.row_number().over(window)).filter(_.position == 0)
    best = best.select("submission_id", *place, "status_rank")
    found = by_household(backend, backend.table(table.name).join(best, ["submission_id", *place]))
    rows: pl.DataFrame = found.to_polars()
    return rows.sort("submission_id", "sheet", "row")


def _lists(backend: Backend, units: pl.DataFrame) -> _Lists:
    chosen = backend.table("flow_selected").filter(
        _.selection == "best", _.kind == "list", _.period.length() == 4, _.status.isin(_OFFICIAL)
    )
    sent = chosen.select("period", "standard_id", "era", "unit_code").distinct().to_polars()
    years = sent.group_by("standard_id").agg(
        pl.col("period").n_unique(), newest=pl.col("period").max()
    )
    known = years.filter(pl.col("period") >= _FEWEST_REVIEWS).sort("newest", "standard_id")
    standard = known["standard_id"][-1] if known.height else None
    keys = ["submission_id", "era", "unit_code", "period"]
    review = backend.table("core_review__household").filter(
        _.standard_id == ibis.literal(standard, type="string"), _.class_code.notnull()
    )
    rows = by_household(backend, review.join(chosen.select(*keys).distinct(), keys)).select(
        *_LIST_COLUMNS, "row", year=_.period.cast("int64")
    )
    # A household that two communes list in one year is one household; the poorer class speaks for it.
    rank = pl.col("class_code").replace_strict(
        {"poor": 0, "near_poor": 1, "none": 2}, return_dtype=pl.Int64
    )
    listed: pl.DataFrame = rows.to_polars()
    listed = listed.sort("year", rank, "unit_code", "row").unique(
        ["household_id", "year"], keep="first", maintain_order=True
    )
    told = sent.filter(pl.col("standard_id") == pl.lit(standard, pl.String()))
    return _Lists(listed, _coverage(told, units), told)


def _coverage(sent: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    rows = [
        (
            int(period),
            era_at(last_day(period)),
            sent.filter(period=period, era=era_at(last_day(period)))["unit_code"].n_unique(),
            units.filter(era=era_at(last_day(period))).height,
        )
        for period in sent["period"].unique().sort()
    ]
    schema = {
        "year": pl.Int64(), "era": pl.String(), "units_reported": pl.Int64(), "units_expected": pl.Int64(),
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _reviews(coverage: pl.DataFrame) -> dict[str, pl.Expr]:
    """Reviews used, and the coverage of the least complete of them."""
    share = pl.col("units_reported") / pl.col("units_expected")
    least = coverage.sort(share).head(1)
    found = {
        "first_review": coverage["year"].min(),
        "last_review": coverage["year"].max(),
        "units_reported": least["units_reported"].max(),
        "units_expected": least["units_expected"].max(),
    }
    return {name: pl.lit(value, pl.Int64()) for name, value in found.items()}


def _named(units: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    names = units.select("era", unit_code="code", unit_name="name")
    return rows.join(names, on=["era", "unit_code"], how="left")


def _turns(found: Study) -> pl.DataFrame:
    family = found.register.select(
        "model_id", family_id=pl.coalesce("copy_of", "model_id")
    ).unique()
    return tree(found.participants).join(family, on="model_id", how="left")


def _next(
    units: pl.DataFrame, found: Study, lists: _Lists, grades: dict[tuple[str, str], str]
) -> pl.DataFrame:
    whole = lists.whole_years
    if not whole:
        return RESULT__MODEL_NEXT.empty()
    newest = lists.rows.filter(year=max(whole))
    rows = next_places(found, newest, grades)
    if rows.is_empty():
        return RESULT__MODEL_NEXT.empty()
    return _named(units, rows).with_columns(period=pl.lit(str(max(whole))))
