"""The measures over lists and form 1, over all places, periods and groups.

The formulas are evaluated once a row, summed per commune, then summed over every map. Nothing is averaged.
Measures become rows early, so that the work of building queries does not grow with the catalogue.
"""

from collections.abc import Sequence
from datetime import date

import ibis
import polars as pl
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import list_rows, skeleton
from measures.catalogue import measures
from measures.cube_sums import COMMUNE, GROUP, PLACE, Part, summed
from measures.definition import GROUPINGS, Measure
from measures.marking import marked
from measures.periods import periods

_UNIT = [
    "selection",
    "period",
    "standard_id",
    "status",
    "era",
    "unit_code",
    "origin_era",
    "origin_code",
]


def estimates(
    backend: Backend, today: date, first_year: int = 0, catalogue: Sequence[Measure] | None = None
) -> Table:
    """Rows of ``result__estimate`` of the measures over lists and form 1, from ``first_year`` on.

    Needs the ``core_*``, ``quality__coverage`` and ``dim_*`` tables; ``today`` decides which months of a
    running list are due. ``catalogue`` are all measures unless said otherwise.
    """
    catalogue = tuple(measures().values() if catalogue is None else catalogue)
    _keep(backend, "cube_periods", periods(backend, today, first_year))
    for name, rows in list_rows.sources(backend):
        _keep(backend, name, rows)
    facts = [(part, _facts(_values(backend, part), part).to_polars()) for part in _parts(catalogue)]
    placement = backend.table("dim__placement").to_polars()
    sums = summed(facts, placement, _marked_communes(backend))
    backend.create_table("cube_sums", sums, temp=True)
    _keep(backend, "cube_skeleton", skeleton.expected_rows(backend))
    return _estimates(backend, skeleton.rows(backend, skeleton.catalogue_rows(catalogue)))


def _parts(catalogue: tuple[Measure, ...]) -> tuple[Part, ...]:
    running = tuple(measure for measure in catalogue if measure.is_running)
    grouped = tuple(measure for measure in catalogue if measure.groupings)
    parts = (
        Part("cube_list", "cube_list_rows", "list", catalogue),
        Part("cube_running", "cube_running_rows", "list", running),
        Part("cube_list_groups", "cube_list_rows", "list", grouped, is_grouped=True),
        Part("cube_population", "cube_population_rows", "population", catalogue),
        Part(
            "cube_population_groups", "cube_population_rows", "population", grouped, is_grouped=True
        ),
    )
    return tuple(part for part in parts if part.columns)


def _keep(backend: Backend, name: str, rows: Table) -> None:
    backend.create_table(name, rows, temp=True)


def _values(backend: Backend, part: Part) -> Table:
    """Every formula on every row, times the row's weight; breakdowns are of yearly reviews."""
    rows = backend.table(part.rows)
    if part.is_grouped:
        yearly = backend.table("cube_periods").filter(~_.is_running)
        rows = rows.filter(_.selection == "best").semi_join(yearly, "period")
    named = {measure.name: measure for measure in part.catalogue}
    formulas = {
        column: getattr(named[name], role).value for (name, role), column in part.columns.items()
    }
    groupings = [name for name in GROUPINGS if part.is_grouped and name in rows.columns]
    return rows.select(
        *_UNIT,
        *groupings,
        **{column: (value * _.weight).cast("float64") for column, value in formulas.items()},
    )


def _facts(values: Table, part: Part) -> Table:
    """Sums per commune (and older commune), period and group; null where nothing is known."""
    sums = {name: _[name].sum() for name in part.columns.values()}
    if not part.is_grouped:
        everybody = values.mutate(group_by=ibis.null("string"), group=ibis.null("string"))
        return everybody.group_by([*_UNIT, *GROUP]).agg(**sums)
    groupings = [name for name in GROUPINGS if name in values.columns]
    return ibis.union(
        *(
            values.filter(_[grouping].notnull())
            .mutate(group_by=ibis.literal(grouping), group=_[grouping])
            .group_by([*_UNIT, *GROUP])
            .agg(**sums)
            for grouping in groupings
        )
    )


def _marked_communes(backend: Backend) -> pl.DataFrame:
    """The communes whose list marks every poor household: no other enters a rate of deprived residents."""
    lists = backend.table("cube_list_rows").group_by(list(COMMUNE))
    marked = lists.agg(is_marked=skeleton.marks_every_poor_household()).filter(_.is_marked)
    communes: pl.DataFrame = marked.select(*COMMUNE).to_polars()
    return communes


def _estimates(backend: Backend, frame: Table) -> Table:
    """Every row of ``frame`` with its sums, value and mark."""
    sums = backend.table("cube_sums")
    keys = ["measure", *PLACE, *GROUP]
    joined = frame.left_join(sums, [frame[key].identical_to(sums[key]) for key in keys]).select(
        *[frame[name] for name in frame.columns], sums.status_rank, sums.numerator, sums.denominator
    )
    return marked(joined)
