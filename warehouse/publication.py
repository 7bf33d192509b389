"""The public file of a build: a small cube and a word on where it comes from; nothing else can be asked of it.

It carries every measure that :func:`warehouse.public_figures.figures` names: for the province; for the former
districts at yearly reviews; by one grouping at a time, for districts where the measure counts households or
persons; for communes in the units in force only how many households are poor and near-poor, and the two rates.
Small counts are suppressed (:mod:`warehouse.disclosure`).

What would tell of single households is withheld rather than protected cell by cell: running lists below the
province (from month to month a commune's list changes by one or two households, so two published months are
a published decision), by district the flows between two lists, the total of either while a single district has
data, and all but the numbers of households and persons of the whole province by ethnicity, which is sensitive
data. Submissions have a number, no name, and their row counts are rounded to tens: a commune's list is as long
as its count of households.
"""

from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from warehouse import disclosure, engine
from warehouse.builds import Build
from warehouse.cell_suppression import Solver, solve_here, solving_apart
from warehouse.contract import TEXT, Column, Table
from warehouse.dim_tables import DIM__PUBLISHED, DIM__UNIT
from warehouse.public_figures import FLOWS, figures
from warehouse.public_sums import counts_of
from warehouse.quality_tables import QUALITY__BUILD, QUALITY__CHECK, QUALITY__SUBMISSION
from warehouse.result_tables import RESULT__ESTIMATE

_COMMUNE_MEASURES = (
    "poor_household_count",
    "near_poor_household_count",
    "poor_household_rate",
    "near_poor_household_rate",
)
_SUBMISSION_COLUMNS = (
    "file_number",
    "form",
    "era",
    "unit_code",
    "period",
    "status",
    "outcome",
    "rows_read",
    "rows_loaded",
    "rows_rejected",
    "rows_not_data",
    "document_date",
)
_FLOW_MEASURES = [f"{flow}_count" for flow in FLOWS]
_EMPTY_MARKS = ("no_data", "no_case")
_ROUNDED_TO = 10
_RULES = (
    "publication", "public_figures", "public_sums", "disclosure", "cell_suppression", "cell_solver",
    "cell_audit", "cells",
)  # fmt: skip

_CANDIDATES = """
SELECT * FROM result__estimate
WHERE selection = 'best' AND list_contains(?::VARCHAR[], measure)
  AND (
    (level = 'province' AND group_by IS DISTINCT FROM 'head_ethnicity')
    OR (level = 'province' AND list_contains(?::VARCHAR[], measure))
    OR (level = 'district' AND group_by IS NULL)
    OR (
      level = 'district' AND group_by <> 'head_ethnicity' AND list_contains(?::VARCHAR[], measure)
    )
    OR (
      level = 'commune' AND group_by IS NULL AND list_contains(?::VARCHAR[], measure)
      AND length(period) = 4
      AND (period, era) IN (SELECT (period, era) FROM result__estimate WHERE level = 'province')
    )
  )
ORDER BY ALL
"""
_SUBMISSIONS = """
SELECT file_number, form, era, unit_code, period, status, outcome,
       rows_read, rows_loaded, rows_rejected, rows_not_data, document_date
FROM quality__submission WHERE withdrawn_at IS NULL ORDER BY file_number
"""
_COPIED = (
    (DIM__UNIT, "SELECT * FROM dim__unit"),
    (DIM__PUBLISHED, "SELECT * FROM dim__published"),
    (QUALITY__BUILD, "SELECT * FROM quality__build"),
    # The note of a check may name who waived it.
    (QUALITY__CHECK, "SELECT * EXCLUDE (note) FROM quality__check"),
)

PUBLIC__RULES = Table(
    "quality__rules",
    "one row: the rules under which the public figures were made",
    {"fingerprint": Column(TEXT, "SHA-256 of the code that decides what is hidden")},
)
PUBLIC__SUBMISSION = Table(
    QUALITY__SUBMISSION.name,
    "one file received and not withdrawn, by its number",
    {name: QUALITY__SUBMISSION.columns[name] for name in _SUBMISSION_COLUMNS},
)


def write_public(restricted: Path, public: Path, previous: Build | None = None) -> None:
    """Write the public file from the restricted file of the same build; ``public`` must not exist yet.

    A period whose figures are those of ``previous`` keeps its public rows: it need not be protected again, and
    two builds never hide different cells of the same figures, which would give both away.
    """
    with engine.reading(restricted) as source:
        sources = _read_sources(source)
        others = [(table, engine.read(source, query)) for table, query in _COPIED]
        submissions = engine.read(source, _SUBMISSIONS)
    kept = _kept(sources, previous) if previous else sources.candidates.clear()
    changed = sources.candidates.join(kept, on="period", how="anti")
    with solving_apart() as solve:
        fresh = suppressed(changed, sources.touch, sources.units, solve)
    with engine.writing(public) as target:
        engine.create(target, RESULT__ESTIMATE, pl.concat([kept, fresh]))
        engine.create(target, PUBLIC__SUBMISSION, _rounded(submissions))
        engine.create(target, PUBLIC__RULES, pl.DataFrame({"fingerprint": [_fingerprint()]}))
        for table, rows in others:
            engine.create(target, table, rows)


def suppressed(
    rows: pl.DataFrame, touch: pl.DataFrame, units: pl.DataFrame, solve: Solver = solve_here
) -> pl.DataFrame:
    """``rows`` of ``result__estimate`` with what a visitor may not know taken out and marked ``suppressed``.

    ``touch`` is ``dim__touch``, ``units`` is ``dim__unit``. No data stays no data, and a zero stays a zero.
    """
    numbered = rows.with_row_index("row")
    by_district = (pl.col("level") == "district") & (
        pl.col("period").str.contains("-", literal=True) | pl.col("measure").is_in(_FLOW_MEASURES)
    )
    alone = _totals_of_one(numbered, by_district)
    withheld = by_district | pl.col("row").is_in(alone.implode())
    counts = counts_of(numbered.filter(~withheld), touch, units)
    hidden_cells = disclosure.suppress(counts.cells, counts.sums, solve)
    hidden = counts.shown_as.filter(pl.col("cell").is_in(hidden_cells.implode()))
    no_numerator, no_denominator = (
        withheld | pl.col("row").is_in(hidden.filter(role=role)["row"].implode())
        for role in ("numerator", "denominator")
    )
    is_hidden = no_numerator | (no_denominator & (pl.col("mark") != "zero"))
    return numbered.with_columns(
        value=pl.when(~is_hidden).then("value"),
        numerator=pl.when(~is_hidden).then("numerator"),
        denominator=pl.when(~no_denominator).then("denominator"),
        mark=pl.when(is_hidden & ~pl.col("mark").is_in(_EMPTY_MARKS))
        .then(pl.lit("suppressed"))
        .otherwise("mark"),
    ).select(rows.columns)


def _totals_of_one(numbered: pl.DataFrame, withheld: pl.Expr) -> pl.Series:
    """Rows of the province that say what a single district with data, which is ``withheld``, would have said.

    With a group go its measure's other groups, and with a count goes the rate that tells it.
    """
    family = ["measure", "period", "selection", "standard_id", "group_by"]
    told = numbered.filter(withheld & ~pl.col("mark").is_in(_EMPTY_MARKS))
    alone = told.group_by(*family, "era", "group").len().filter(len=1).select(family).unique()
    rates = alone.with_columns(pl.col("measure").str.replace("_count$", "_rate"))
    province = numbered.filter(level="province")
    both = pl.concat([alone, rates]).unique()
    return province.join(both, on=family, how="semi", nulls_equal=True)["row"]


@dataclass(frozen=True)
class _Sources:
    """What the public figures are made of."""

    candidates: pl.DataFrame
    touch: pl.DataFrame
    units: pl.DataFrame


def _read_sources(restricted: DuckDBPyConnection) -> _Sources:
    public = figures()
    counted = public.filter(pl.col("is_headcount"))["measure"].to_list()
    return _Sources(
        engine.read(
            restricted,
            _CANDIDATES,
            (public["measure"].to_list(), counted, counted, list(_COMMUNE_MEASURES)),
        ),
        engine.read(restricted, "SELECT * FROM dim__touch ORDER BY ALL"),
        engine.read(restricted, "SELECT * FROM dim__unit ORDER BY ALL"),
    )


def _kept(sources: _Sources, previous: Build) -> pl.DataFrame:
    """Public rows of the build before, of the periods that did not change since; none under other rules."""
    none = sources.candidates.clear()
    with engine.reading(previous.public) as before:
        if not _has_rules(before):
            return none
        public = engine.read(before, "SELECT * FROM result__estimate")
    with engine.reading(previous.restricted) as before:
        older = _read_sources(before)
    if not (sources.touch.equals(older.touch) and sources.units.equals(older.units)):
        return none
    same = _same_periods(sources.candidates, older.candidates)
    return none if public.schema != none.schema else public.filter(pl.col("period").is_in(same))


def _same_periods(new: pl.DataFrame, old: pl.DataFrame) -> list[str]:
    periods = {key[0]: rows for key, rows in old.partition_by("period", as_dict=True).items()}
    return [
        str(key[0])
        for key, rows in new.partition_by("period", as_dict=True).items()
        if key[0] in periods and rows.equals(periods[key[0]])
    ]


def _has_rules(public: DuckDBPyConnection) -> bool:
    """Whether the public file was made by the very code that runs now."""
    tables = engine.read(
        public,
        "SELECT table_name FROM information_schema.tables WHERE table_name = ?",
        (PUBLIC__RULES.name,),
    )
    if tables.is_empty():
        return False
    rules = engine.read(public, "SELECT fingerprint FROM quality__rules")
    return rules["fingerprint"].to_list() == [_fingerprint()]


def _fingerprint() -> str:
    """Of all code that decides what is hidden, the versions of its solvers included."""
    folder = Path(__file__).parent
    code = b"".join((folder / f"{name}.py").read_bytes() for name in _RULES)
    solvers = "".join(version(name) for name in ("pytauargus", "scipy"))
    return sha256(code + solvers.encode()).hexdigest()


def _rounded(submissions: pl.DataFrame) -> pl.DataFrame:
    tens = (pl.col("rows_loaded") + _ROUNDED_TO // 2) // _ROUNDED_TO * _ROUNDED_TO
    # A row of form 1 is a commune.
    loaded = pl.when(pl.col("form") == "summary").then("rows_loaded").otherwise(tens)
    read = loaded + pl.col("rows_rejected") + pl.col("rows_not_data")
    return submissions.with_columns(rows_loaded=loaded, rows_read=read)
