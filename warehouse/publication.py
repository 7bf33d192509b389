"""The public file of a build: a small cube and a word on where it comes from; nothing else can be asked of it.

It carries every measure that :func:`warehouse.public_figures.figures` names: for the province; for the former
districts at yearly reviews, by one grouping where the measure counts households or persons; for communes in
the units in force only how many households are poor and near-poor, and the two rates. Small counts are
suppressed (:mod:`warehouse.disclosure`).

What would tell of single households is withheld rather than protected cell by cell: running lists below the
province (from month to month a commune's list changes by one or two households, so two published months are
a published decision) and, by district, the flows between two lists. Submissions have a number, no name, and
their row counts are rounded to tens: a commune's list is as long as its count of households.
"""

from pathlib import Path

import polars as pl

from warehouse import disclosure, engine
from warehouse.cell_suppression import Solver, solve_here, solving_apart
from warehouse.public_figures import FLOWS, figures
from warehouse.public_sums import counts_of
from warehouse.tables import (
    DIM__PUBLISHED,
    DIM__UNIT,
    QUALITY__BUILD,
    QUALITY__CHECK,
    QUALITY__SUBMISSION,
    RESULT__ESTIMATE,
    Table,
)

_COMMUNE_MEASURES = (
    "poor_household_count",
    "near_poor_household_count",
    "poor_household_rate",
    "near_poor_household_rate",
)
# Not the ethnicity of the head: it is sensitive data, and half of the districts' counts would be hidden.
_GROUPINGS_BY_DISTRICT = (
    "area_type",
    "head_sex",
    "head_age_band",
    "labour_capacity",
    "merit_member",
    "household_size",
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

_CANDIDATES = """
SELECT * FROM result__estimate
WHERE selection = 'best' AND list_contains(?::VARCHAR[], measure)
  AND (
    level = 'province'
    OR (level = 'district' AND group_by IS NULL)
    OR (
      level = 'district' AND list_contains(?::VARCHAR[], group_by)
      AND list_contains(?::VARCHAR[], measure)
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

PUBLIC__SUBMISSION = Table(
    QUALITY__SUBMISSION.name,
    "one file received and not withdrawn, by its number",
    {name: QUALITY__SUBMISSION.columns[name] for name in _SUBMISSION_COLUMNS},
)


def write_public(restricted: Path, public: Path) -> None:
    """Write the public file from the restricted file of the same build; ``public`` must not exist yet."""
    with engine.reading(restricted) as source:
        candidates = engine.read(source, _CANDIDATES, _candidate_parameters())
        touch = engine.read(source, "SELECT * FROM dim__touch")
        units = engine.read(source, "SELECT * FROM dim__unit")
        others = [(table, engine.read(source, query)) for table, query in _COPIED]
        submissions = engine.read(source, _SUBMISSIONS)
    with solving_apart() as solve:
        estimates = suppressed(candidates, touch, units, solve)
    with engine.writing(public) as target:
        engine.create(target, RESULT__ESTIMATE, estimates)
        engine.create(target, PUBLIC__SUBMISSION, _rounded(submissions))
        for table, rows in others:
            engine.create(target, table, rows)


def suppressed(
    rows: pl.DataFrame, touch: pl.DataFrame, units: pl.DataFrame, solve: Solver = solve_here
) -> pl.DataFrame:
    """``rows`` of ``result__estimate`` with what a visitor may not know taken out and marked ``suppressed``.

    ``touch`` is ``dim__touch``, ``units`` is ``dim__unit``. No data stays no data, and a zero stays a zero.
    """
    numbered = rows.with_row_index("row")
    withheld = (pl.col("level") == "district") & (
        pl.col("period").str.contains("-", literal=True) | pl.col("measure").is_in(_FLOW_MEASURES)
    )
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


def _candidate_parameters() -> tuple[list[str], ...]:
    public = figures()
    grouped = public.filter(pl.col("has_groups_by_district"))
    return (
        public["measure"].to_list(),
        list(_GROUPINGS_BY_DISTRICT),
        grouped["measure"].to_list(),
        list(_COMMUNE_MEASURES),
    )


def _rounded(submissions: pl.DataFrame) -> pl.DataFrame:
    tens = (pl.col("rows_loaded") + _ROUNDED_TO // 2) // _ROUNDED_TO * _ROUNDED_TO
    # A row of form 1 is a commune.
    loaded = pl.when(pl.col("form") == "summary").then("rows_loaded").otherwise(tens)
    read = loaded + pl.col("rows_rejected") + pl.col("rows_not_data")
    return submissions.with_columns(rows_loaded=loaded, rows_read=read)
