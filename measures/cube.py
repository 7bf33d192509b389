"""All measures over all places, periods and groups: ``result__estimate`` from the core tables.

The formulas are evaluated once a row, summed per commune, then summed over every map. Nothing is averaged.
Measures become rows early, so that the work of building queries does not grow with the catalogue.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import ibis
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import household_flows, list_rows, skeleton
from measures.catalogue import measures
from measures.definition import GROUPINGS, Measure
from measures.periods import periods
from warehouse.geography import NOT_ATTRIBUTABLE
from warehouse.tables import RESULT__ESTIMATE

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


def compute_estimates(backend: Backend, today: date) -> None:
    """Write ``result__estimate`` of the build that ``backend`` has open.

    Needs the ``core_*``, ``quality__coverage`` and ``dim_*`` tables; ``today`` decides which months of a
    running list are due.
    """
    catalogue = tuple(measures().values())
    _keep(backend, "cube_periods", periods(backend, today))
    for name, rows in list_rows.sources(backend):
        _keep(backend, name, rows)
    for source in ("list", "population"):
        _keep(backend, f"cube_{source}_values", _values(backend, source, catalogue))
        _keep(backend, f"cube_{source}_facts", _facts(backend, source))
    _keep(backend, "cube_sums", _sums(backend, catalogue))
    _keep(backend, "cube_skeleton", skeleton.expected_rows(backend))
    _keep(backend, "cube_rows", skeleton.rows(backend, skeleton.catalogue_rows(catalogue)))
    backend.create_table(RESULT__ESTIMATE.name, _estimates(backend), overwrite=True)
    household_flows.compute_flows(backend)


def _keep(backend: Backend, name: str, rows: Table) -> None:
    backend.create_table(name, rows, temp=True, overwrite=True)


def _fact_names(source: str, catalogue: Iterable[Measure]) -> dict[tuple[str, str], str]:
    """(measure, role) → column, of the facts that come from ``source``."""
    return {
        (measure.name, role): f"{measure.name}__{role}"
        for measure in catalogue
        for role, fact in (("numerator", measure.numerator), ("denominator", measure.denominator))
        if fact is not None and fact.source == source
    }


def _values(backend: Backend, source: str, catalogue: Sequence[Measure]) -> Table:
    """Every formula on every row, times the row's weight."""
    rows = backend.table(f"cube_{source}_rows")
    named = {measure.name: measure for measure in catalogue}
    formulas = {
        column: getattr(named[name], role).value
        for (name, role), column in _fact_names(source, catalogue).items()
    }
    groupings = [name for name in GROUPINGS if name in rows.columns]
    return rows.select(
        *_UNIT,
        "is_running",
        *groupings,
        **{column: (value * _.weight).cast("float64") for column, value in formulas.items()},
    )


def _facts(backend: Backend, source: str) -> Table:
    """Sums per commune (and older commune), period and group; null where nothing is known."""
    values = backend.table(f"cube_{source}_values")
    columns = [name for name in values.columns if name.endswith(("__numerator", "__denominator"))]
    sums = {name: _[name].sum() for name in columns}
    everybody = values.mutate(group_by=ibis.null("string"), group=ibis.null("string"))
    tables = [everybody.group_by([*_UNIT, *_GROUP]).agg(**sums)]
    in_review = values.filter(_.selection == "best", ~_.is_running)
    for grouping in GROUPINGS:
        if grouping in values.columns:
            named = in_review.filter(_[grouping].notnull()).mutate(
                group_by=ibis.literal(grouping), group=_[grouping]
            )
            tables.append(named.group_by([*_UNIT, *_GROUP]).agg(**sums))
    return ibis.union(*tables)


def _sums(backend: Backend, catalogue: Sequence[Measure]) -> Table:
    """(measure, place, group, numerator, denominator, status_rank): the facts summed over every map."""
    over_lists = [measure for measure in catalogue if not measure.is_over_population]
    residents = [measure for measure in catalogue if measure.needs == ("population",)]
    ratios = [measure for measure in catalogue if set(measure.needs) == {"list", "population"}]
    lists, forms = backend.table("cube_list_facts"), backend.table("cube_population_facts")
    # No commune enters a rate of residents unless its list and its form 1 are both there.
    both = lists.select(*_COMMUNE).distinct().semi_join(forms, _COMMUNE)
    long = ibis.union(
        _placed(backend, lists, "list", "origin", over_lists),
        _placed(backend, forms, "population", "unit", residents),
        *(
            _placed(backend, facts.semi_join(both, _COMMUNE), source, "unit", ratios)
            for source, facts in (("list", lists), ("population", forms))
        ),
    )
    return long.group_by(["measure", *_PLACE, *_GROUP]).agg(
        status_rank=_.status_rank.min(),
        numerator=_.numerator.sum(),
        denominator=_.denominator.sum(),
    )


def _placed(
    backend: Backend, facts: Table, source: str, placed_by: str, catalogue: Sequence[Measure]
) -> Table:
    """Facts of one source on every map, one row a measure.

    ``placed_by`` is the commune itself (``unit``) or the older one that its rows name (``origin``).
    """
    placement = backend.table("dim__placement")
    era, code = ("era", "unit_code") if placed_by == "unit" else ("origin_era", "origin_code")
    columns = _fact_names(source, catalogue)
    placed = (
        facts.join(
            placement, [facts[era] == placement.from_era, facts[code] == placement.from_code]
        )
        .group_by([*_PLACE, *_GROUP])
        .agg(
            status_rank=_.status.cases(*list_rows.STATUS_RANKS, else_=0).min(),
            **{name: _[name].sum() for name in columns.values()},
        )
    )
    pairs = [
        ibis.struct(
            {
                "measure": ibis.literal(measure.name),
                **{
                    role: placed[columns[measure.name, role]]
                    if (measure.name, role) in columns
                    else ibis.null("float64")
                    for role in ("numerator", "denominator")
                },
            }
        )
        for measure in catalogue
        if {(measure.name, "numerator"), (measure.name, "denominator")} & columns.keys()
    ]
    long = placed.select(*_PLACE, *_GROUP, "status_rank", pair=ibis.array(pairs).unnest())
    return long.select(
        *_PLACE,
        *_GROUP,
        "status_rank",
        measure=_.pair["measure"],
        numerator=_.pair["numerator"],
        denominator=_.pair["denominator"],
    )


def _estimates(backend: Backend) -> Table:
    """Value and mark from the sums; a ratio is rounded half up in whole numbers, so that 0,945 is 0,95."""
    frame, sums = backend.table("cube_rows"), backend.table("cube_sums")
    keys = ["measure", *_PLACE, *_GROUP]
    joined = frame.left_join(sums, [frame[key].identical_to(sums[key]) for key in keys]).select(
        *[frame[name] for name in frame.columns], sums.status_rank, sums.numerator, sums.denominator
    )
    # A sum over no commune at all is 0, not unknown.
    joined = joined.mutate(numerator=(_.units_expected == 0).ifelse(0.0, _.numerator))
    # Nothing heard is not zero, though it adds nothing to a sum.
    unheard = (_.numerator == 0) & (_.units_reported == 0) & (_.units_expected > 0)
    # More households out than were on the list: the decisions and the list contradict each other.
    contradicted = _.numerator < 0
    unknown = _.numerator.isnull() | (_.is_ratio & _.denominator.isnull()) | unheard | contradicted
    no_case = _.is_ratio & (_.denominator == 0)
    mark = ibis.cases(
        (unknown, "no_data"),
        (_.to_code == NOT_ATTRIBUTABLE, "not_attributable"),
        (no_case, "no_case"),
        (_.numerator == 0, "zero"),
        else_="ok",
    )
    doubled = (2 * _.numerator * _.scale * _.steps).cast("int64")
    half_up = (doubled + _.denominator.cast("int64")) // (2 * _.denominator).cast("int64") / _.steps
    value = ibis.cases((unknown | no_case, None), (_.is_ratio, half_up), else_=_.numerator)
    status = _.status_rank.cases(
        *((rank, name) for name, rank in list_rows.STATUS_RANKS), else_=None
    )
    marked = joined.mutate(mark=mark, value=value, status=status, era=_.to_era, unit_code=_.to_code)
    return marked.select(*RESULT__ESTIMATE.columns).cast(RESULT__ESTIMATE.ibis_schema)
