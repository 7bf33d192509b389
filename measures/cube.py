"""All measures over all places, periods and groups: ``result__estimate`` from the core tables.

The formulas are evaluated once a row, summed per commune, then summed over every map. Nothing is averaged.
Measures become rows early, so that the work of building queries does not grow with the catalogue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import (
    audit,
    household_flows,
    list_rows,
    model_exit_figures,
    programme_figures,
    skeleton,
    support_figures,
)
from measures.catalogue import measures
from measures.definition import GROUPINGS, Measure, Source
from measures.marking import STATUS_RANKS, marked
from measures.periods import periods
from warehouse.tables import RESULT__ESTIMATE, RESULT__PROGRAMME

_PLACE = ["selection", "period", "standard_id", "level", "to_era", "to_code"]
_GROUP = ["group_by", "group"]
_COMMUNE = ["selection", "period", "standard_id", "era", "unit_code"]
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


def compute_estimates(
    backend: Backend, today: date, first_year: int = 0, catalogue: Sequence[Measure] | None = None
) -> None:
    """Write ``result__estimate`` and ``result__programme`` of the build that ``backend`` has open.

    Needs the ``core_*``, ``quality__coverage`` and ``dim_*`` tables; ``today`` decides which months of a
    running list are due. Rows of periods before ``first_year`` stay as they are in ``result__estimate``.
    ``catalogue`` are the measures over lists and form 1, all of them unless said otherwise.
    """
    catalogue = tuple(measures().values() if catalogue is None else catalogue)
    _keep(backend, "cube_periods", periods(backend, today, first_year))
    for name, rows in list_rows.sources(backend):
        _keep(backend, name, rows)
    for part in _parts(catalogue):
        _keep(backend, f"{part.name}_facts", _facts(_values(backend, part), part))
    _keep(backend, "cube_sums", _sums(backend, catalogue))
    _keep(backend, "cube_skeleton", skeleton.expected_rows(backend))
    _keep(backend, "cube_rows", skeleton.rows(backend, skeleton.catalogue_rows(catalogue)))
    _keep(backend, "cube_estimates", _estimates(backend))
    _keep(backend, "programme_estimates", programme_figures.estimates(backend, first_year))
    _keep(backend, "support_estimates", support_figures.estimates(backend, first_year))
    estimates = ibis.union(backend.table("cube_estimates"), backend.table("programme_estimates"))
    household_flows.compute_flows(backend)
    _keep(backend, "exit_estimates", model_exit_figures.estimates(backend, first_year))
    for name in ("support_estimates", "exit_estimates"):
        estimates = ibis.union(estimates, backend.table(name))
    if first_year:
        before = backend.table(RESULT__ESTIMATE.name).filter(_.period[:4] < str(first_year))
        estimates = ibis.union(before.select(*estimates.columns), estimates)
    backend.create_table(RESULT__ESTIMATE.name, estimates, overwrite=True)
    backend.create_table(RESULT__PROGRAMME.name, programme_figures.totals(backend), overwrite=True)
    audit.compute_audits(backend)


@dataclass(frozen=True)
class _Part:
    """Rows that one set of measures sums: nobody computes what no measure may show."""

    name: str
    rows: str
    source: Source
    catalogue: tuple[Measure, ...]
    is_grouped: bool = False

    @property
    def columns(self) -> dict[tuple[str, str], str]:
        """(measure, role) → column, of the facts that come from this part's source."""
        return {
            (measure.name, role): f"{measure.name}__{role}"
            for measure in self.catalogue
            for role, fact in (
                ("numerator", measure.numerator),
                ("denominator", measure.denominator),
            )
            if fact is not None and fact.source == self.source
        }


def _parts(catalogue: tuple[Measure, ...]) -> tuple[_Part, ...]:
    running = tuple(measure for measure in catalogue if measure.is_running)
    grouped = tuple(measure for measure in catalogue if measure.groupings)
    parts = (
        _Part("cube_list", "cube_list_rows", "list", catalogue),
        _Part("cube_running", "cube_running_rows", "list", running),
        _Part("cube_list_groups", "cube_list_rows", "list", grouped, is_grouped=True),
        _Part("cube_population", "cube_population_rows", "population", catalogue),
        _Part(
            "cube_population_groups", "cube_population_rows", "population", grouped, is_grouped=True
        ),
    )
    return tuple(part for part in parts if part.columns)


def _keep(backend: Backend, name: str, rows: Table) -> None:
    backend.create_table(name, rows, temp=True)


def _values(backend: Backend, part: _Part) -> Table:
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


def _facts(values: Table, part: _Part) -> Table:
    """Sums per commune (and older commune), period and group; null where nothing is known."""
    sums = {name: _[name].sum() for name in part.columns.values()}
    if not part.is_grouped:
        everybody = values.mutate(group_by=ibis.null("string"), group=ibis.null("string"))
        return everybody.group_by([*_UNIT, *_GROUP]).agg(**sums)
    groupings = [name for name in GROUPINGS if name in values.columns]
    return ibis.union(
        *(
            values.filter(_[grouping].notnull())
            .mutate(group_by=ibis.literal(grouping), group=_[grouping])
            .group_by([*_UNIT, *_GROUP])
            .agg(**sums)
            for grouping in groupings
        )
    )


def _sums(backend: Backend, catalogue: tuple[Measure, ...]) -> Table:
    """(measure, place, group, numerator, denominator, status_rank): the facts summed over every map."""
    parts = _parts(catalogue)
    facts = {part.name: backend.table(f"{part.name}_facts") for part in parts}
    of_one_source: list[Table] = []
    of_both_sources: list[Table] = []
    for part in parts:
        rows = facts[part.name]
        alone = [
            m for m in part.catalogue if m.needs == ("population",) or not m.is_over_population
        ]
        ratios = [m for m in part.catalogue if set(m.needs) == {"list", "population"}]
        placed_by = "unit" if part.source == "population" else "origin"
        of_one_source += _placed(backend, part, rows, placed_by, alone)
        of_both_sources += _placed(backend, part, _of_both(facts, parts, rows), "unit", ratios)
    if not of_both_sources:
        return ibis.union(*of_one_source)
    met = (
        ibis.union(*of_both_sources)
        .group_by(["measure", *_PLACE, *_GROUP])
        .agg(
            status_rank=_.status_rank.min(),
            numerator=_.numerator.sum(),
            denominator=_.denominator.sum(),
        )
    )
    return ibis.union(*of_one_source, met.select(*of_one_source[0].columns))


def _of_both(facts: Mapping[str, Table], parts: Sequence[_Part], rows: Table) -> Table:
    """No commune enters a rate of residents unless its list and its form 1 are both there."""
    for source in ("list", "population"):
        told = [facts[part.name].select(*_COMMUNE) for part in parts if part.source == source]
        rows = rows.semi_join(ibis.union(*told, distinct=True), _COMMUNE)
    return rows


def _placed(
    backend: Backend, part: _Part, facts: Table, placed_by: str, catalogue: Sequence[Measure]
) -> list[Table]:
    """Facts of one part on every map that shows them, one row a measure; nothing where no measure wants them.

    ``placed_by`` is the commune itself (``unit``) or the older one that its rows name (``origin``). Communes
    show groups of some measures only, and on their own map only.
    """
    era, code = ("era", "unit_code") if placed_by == "unit" else ("origin_era", "origin_code")
    placement = backend.table("dim__placement")
    placed = facts.join(
        placement, [facts[era] == placement.from_era, facts[code] == placement.from_code]
    )
    if not part.is_grouped:
        return _by_measure(part, placed, catalogue)
    on_own_map = (placed.level == "commune") & (placed.to_era == placed.era)
    return [
        *_by_measure(part, placed.filter(placed.level != "commune"), catalogue),
        *_by_measure(
            part, placed.filter(on_own_map), [m for m in catalogue if m.grouped_by_commune]
        ),
    ]


def _by_measure(part: _Part, placed: Table, catalogue: Sequence[Measure]) -> list[Table]:
    """Sums of ``placed`` facts, one row a place, group and measure."""
    columns = {
        (name, role): column
        for (name, role), column in part.columns.items()
        if name in {measure.name for measure in catalogue}
    }
    if not columns:
        return []
    placed = placed.group_by([*_PLACE, *_GROUP]).agg(
        status_rank=_.status.cases(*STATUS_RANKS, else_=0).min(),
        **{name: _[name].sum() for name in columns.values()},
    )
    pairs = [
        ibis.struct(
            {
                "measure": ibis.literal(name),
                **{
                    role: placed[columns[name, role]]
                    if (name, role) in columns
                    else ibis.null("float64")
                    for role in ("numerator", "denominator")
                },
            }
        )
        for name in dict.fromkeys(name for name, _role in columns)
    ]
    long = placed.select(*_PLACE, *_GROUP, "status_rank", pair=ibis.array(pairs).unnest())
    return [
        long.select(
            *_PLACE,
            *_GROUP,
            "status_rank",
            measure=_.pair["measure"],
            numerator=_.pair["numerator"],
            denominator=_.pair["denominator"],
        )
    ]


def _estimates(backend: Backend) -> Table:
    """Every expected row with its sums, value and mark."""
    frame, sums = backend.table("cube_rows"), backend.table("cube_sums")
    keys = ["measure", *_PLACE, *_GROUP]
    joined = frame.left_join(sums, [frame[key].identical_to(sums[key]) for key in keys]).select(
        *[frame[name] for name in frame.columns], sums.status_rank, sums.numerator, sums.denominator
    )
    return marked(joined)
