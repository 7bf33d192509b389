"""A build in miniature: a few rows in, estimates out, so that a statistician can check by hand."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from measures import (
    cube,
    household_flows,
    model_exit_figures,
    programme_figures,
    results,
    support_figures,
)
from measures.catalogue import measures
from reference.loading import crosswalk as reference_crosswalk
from reference.programmes import form_of_programme
from warehouse import engine
from warehouse.contract import Table
from warehouse.core_tables import (
    CORE_AUDIT__HOUSEHOLD,
    CORE_IN_YEAR__CHANGE,
    CORE_MODEL__PARTICIPANT,
    CORE_MODEL__REGISTER,
    CORE_POPULATION__UNIT,
    CORE_PROGRAMME__VALUE,
    CORE_REVIEW__HOUSEHOLD,
    CORE_SUPPORT__HOUSEHOLD,
)
from warehouse.dim_tables import DIM__PLACEMENT, DIM__TOUCH, DIM__UNIT
from warehouse.geography import dim_placement, dim_touch, dim_unit
from warehouse.quality_tables import QUALITY__COVERAGE, QUALITY__SUBMISSION
from warehouse.result_tables import RESULT__ESTIMATE, RESULT__PROGRAMME

Rows = Sequence[Mapping[str, Any]]
Estimate = Callable[..., pl.DataFrame]

_COMMON = {"period": "2023", "era": "2020", "status": "official", "standard_id": "2022-2026"}
_FORMS = {
    CORE_REVIEW__HOUSEHOLD.name: "review_list",
    CORE_POPULATION__UNIT.name: "summary",
    CORE_IN_YEAR__CHANGE.name: "in_year",
}


@pytest.fixture(scope="module")
def estimate(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Estimate:
    """``estimate(households=…, population=…, programmes=…, support=…, participants=…, submissions=…, result=…)`` → rows of a result.

    Only the measures that a module names in ``MEASURES`` are computed: the queries of all take seconds to build. Where it names none, none over lists is.
    """
    catalogue = [measures()[name] for name in request.module.MEASURES]
    any_measure = [measures()["poor_household_count"]]
    known: dict[str, pl.DataFrame] = {}

    def once(*rows: Rows, **told: Any) -> pl.DataFrame:
        """Tests that ask for several measures of the same rows wait for one build."""
        key = repr((rows, sorted(told.items(), key=lambda each: each[0])))
        if key not in known:
            known[key] = run(*rows, **told)
        return known[key]

    def run(
        households: Rows = (),
        population: Rows = (),
        changes: Rows = (),
        covered: Rows = (),
        today: date = date(2026, 9, 15),
        programmes: Rows = (),
        submissions: Rows = (),
        support: Rows = (),
        participants: Rows = (),
        superseded: Sequence[str] = (),
        result: Table = RESULT__ESTIMATE,
    ) -> pl.DataFrame:
        path = tmp_path_factory.mktemp("spec") / "build.duckdb"
        tables = {
            CORE_REVIEW__HOUSEHOLD: _frame(households, "list"),
            CORE_POPULATION__UNIT: _frame(population, "form1"),
            CORE_IN_YEAR__CHANGE: _frame(changes, "month"),
        }
        reported = _programmes(programmes)
        register = QUALITY__SUBMISSION.empty()
        if submissions:
            register = pl.DataFrame(submissions, infer_schema_length=None)
        supported = _frame(support, "support")
        members = _frame(participants, "members")
        with engine.writing(path) as connection:
            for table, rows in tables.items():
                engine.create(connection, table, rows)
            engine.create(connection, CORE_PROGRAMME__VALUE, reported)
            own = {"household_support": supported, "model_participants": members}
            for table, frame in (
                (CORE_SUPPORT__HOUSEHOLD, supported),
                (CORE_MODEL__PARTICIPANT, members),
                (CORE_MODEL__REGISTER, pl.DataFrame()),
                (CORE_AUDIT__HOUSEHOLD, pl.DataFrame()),
            ):
                engine.create(connection, table, frame.drop("standard_id", strict=False))
            coverage = _coverage(tables, covered, reported, own).with_columns(
                is_current=~pl.col("submission_id").is_in(list(superseded))
            )
            engine.create(connection, QUALITY__COVERAGE, coverage)
            engine.create(connection, QUALITY__SUBMISSION, QUALITY__SUBMISSION.conform(register))
            engine.create(connection, DIM__UNIT, dim_unit())
            engine.create(connection, DIM__PLACEMENT, dim_placement())
            engine.create(connection, DIM__TOUCH, dim_touch())
        with engine.ibis_writing(path) as backend:
            if result is RESULT__PROGRAMME:
                backend.create_table(result.name, programme_figures.totals(backend))
            else:
                sources = []
                if catalogue or not (programmes or support or participants or submissions):
                    measured = catalogue or any_measure
                    sources.append(cube.estimates(backend, today, catalogue=measured))
                if programmes:
                    sources.append(programme_figures.estimates(backend))
                if support:
                    sources.append(support_figures.estimates(backend))
                if participants:
                    household_flows.compute_flows(backend)
                    sources.append(model_exit_figures.estimates(backend))
                if submissions:
                    sources.append(results.reports(backend, today))
                results.write_estimates(backend, sources)
        with engine.reading(path) as connection:
            return engine.whole(connection, result)

    return once


def one(rows: pl.DataFrame, **where: str | None) -> dict[str, Any]:
    """The one row that meets ``where`` (selection best, everybody, unless said otherwise)."""
    wanted: dict[str, str | None] = {"selection": "best", "group_by": None, **where}
    for name, value in wanted.items():
        rows = rows.filter(pl.col(name).eq_missing(pl.lit(value)))
    assert rows.height == 1, rows
    return rows.row(0, named=True)


@pytest.fixture(name="one")
def _one() -> Callable[..., dict[str, Any]]:
    return one


def _frame(rows: Rows, source: str) -> pl.DataFrame:
    completed = []
    for number, row in enumerate(rows, start=1):
        body = {**_COMMON, **row}
        body.setdefault(
            "submission_id", f"{source}-{body['unit_code']}-{body['period']}-{body['status']}"
        )
        body.update(sheet="DS", row=number)
        if source != "form1":
            body.setdefault("household_id", f"h{number}")
        completed.append(body)
    return pl.DataFrame(completed, infer_schema_length=None) if completed else pl.DataFrame()


def _programmes(rows: Rows) -> pl.DataFrame:
    """Figures of programme workbooks: one row a commune with ``programme``, and its quantities by name."""
    values = []
    for row in rows:
        body = {"period": "2024-H1", "era": "2020", "status": "official", **row}
        programme = body.pop("programme")
        quantities = {name: value for name, value in body.items() if isinstance(value, int)}
        facts = {name: value for name, value in body.items() if name not in quantities}
        form = form_of_programme()[programme]
        for quantity, value in quantities.items():
            values.append(
                {
                    **facts,
                    "submission_id": f"{form}-{body['unit_code']}-{body['period']}",
                    "form": form,
                    "programme": programme,
                    "quantity": quantity,
                    "value": value,
                }
            )
    return CORE_PROGRAMME__VALUE.conform(pl.DataFrame(values, infer_schema_length=None))


def _coverage(
    tables: Mapping[Any, pl.DataFrame],
    covered: Rows,
    reported: pl.DataFrame,
    own: Mapping[str, pl.DataFrame],
) -> pl.DataFrame:
    keys = ["submission_id", "era", "unit_code", "period", "status", "standard_id"]
    own_keys = keys[:-1]
    frames = [
        rows.group_by(keys)
        .agg(row_count=pl.len().cast(pl.Int64))
        .with_columns(form=pl.lit(_FORMS[table.name]))
        for table, rows in tables.items()
        if rows.height
    ]
    if reported.height:
        workbook = ["submission_id", "era", "unit_code", "period", "status", "form"]
        frames.append(reported.group_by(workbook).agg(row_count=pl.len().cast(pl.Int64)))
    frames += [
        rows.group_by(own_keys)
        .agg(row_count=pl.len().cast(pl.Int64))
        .with_columns(form=pl.lit(form))
        for form, rows in own.items()
        if rows.height
    ]
    extra = [{**_COMMON, "submission_id": "nil", "row_count": 1, **row} for row in covered]
    if extra:
        frames.append(pl.DataFrame(extra))
    together = pl.concat(frames, how="diagonal_relaxed").with_columns(is_current=pl.lit(True))
    return QUALITY__COVERAGE.conform(together)


@pytest.fixture
def crosswalk() -> pl.DataFrame:
    return reference_crosswalk()
