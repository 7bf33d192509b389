"""The facts of communes summed over every map, one row a measure: the widest step of the cube, in Polars.

The formulas are Ibis expressions; what follows them is adding up, and a query over some hundred columns takes longer
to build than to answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from measures.definition import Measure, Source
from measures.marking import STATUS_RANKS

PLACE = ("selection", "period", "standard_id", "level", "to_era", "to_code")
GROUP = ("group_by", "group")
COMMUNE = ("selection", "period", "standard_id", "era", "unit_code")
_KEYS = ["measure", *PLACE, *GROUP]
_ROLES = ("numerator", "denominator")


@dataclass(frozen=True)
class Part:
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
            for role, fact in zip(_ROLES, (measure.numerator, measure.denominator), strict=True)
            if fact is not None and fact.source == self.source
        }


Facts = tuple[Part, pl.DataFrame]


def summed(facts: Sequence[Facts], placement: pl.DataFrame, marked: pl.DataFrame) -> pl.DataFrame:
    """(measure, place, group, status_rank, numerator, denominator) of every measure on every map.

    Args:
        facts: of each part, one row a commune (and older commune), period and group, a column a fact.
        placement: ``dim__placement``.
        marked: the communes (``COMMUNE``) whose list marks every poor household.
    """
    of_one_source: list[pl.DataFrame] = []
    of_both_sources: list[pl.DataFrame] = []
    for part, rows in facts:
        alone = [
            m for m in part.catalogue if m.needs == ("population",) or not m.is_over_population
        ]
        placed_by = "unit" if part.source == "population" else "origin"
        of_one_source += _placed(part, rows, placement, placed_by, alone)
        both = _of_both(facts, rows)
        for needs, communes in (
            ({"list", "population"}, both),
            ({"marks", "population"}, both.join(marked, on=COMMUNE, how="semi")),
        ):
            ratios = [m for m in part.catalogue if set(m.needs) == needs]
            of_both_sources += _placed(part, communes, placement, "unit", ratios)
    if not of_both_sources:
        return pl.concat(of_one_source)
    # The numerator of a rate of residents comes from the lists, the denominator from form 1.
    met = (
        pl.concat(of_both_sources)
        .group_by(_KEYS)
        .agg(pl.col("status_rank").min(), *(_sum(role) for role in _ROLES))
    )
    return pl.concat([*of_one_source, met.select(of_one_source[0].columns)])


def _of_both(facts: Sequence[Facts], rows: pl.DataFrame) -> pl.DataFrame:
    """No commune enters a rate of residents unless its list and its form 1 are both there."""
    for source in ("list", "population"):
        told = [frame.select(COMMUNE) for part, frame in facts if part.source == source]
        if not told:
            return rows.clear()
        rows = rows.join(pl.concat(told).unique(), on=COMMUNE, how="semi")
    return rows


def _placed(
    part: Part,
    facts: pl.DataFrame,
    placement: pl.DataFrame,
    placed_by: str,
    catalogue: Sequence[Measure],
) -> list[pl.DataFrame]:
    """Facts of one part on every map that shows them, one row a measure; nothing where no measure wants them.

    ``placed_by`` is the commune itself (``unit``) or the older one that its rows name (``origin``). Communes
    show groups of some measures only, and on their own map only.
    """
    here = ["era", "unit_code"] if placed_by == "unit" else ["origin_era", "origin_code"]
    rank = pl.col("status").replace_strict(dict(STATUS_RANKS), default=0, return_dtype=pl.Int8)
    ranked = facts.with_columns(status_rank=rank)
    placed = ranked.join(placement, left_on=here, right_on=["from_era", "from_code"])
    if not part.is_grouped:
        return list(_by_measure(part, placed, catalogue))
    is_commune = pl.col("level") == "commune"
    on_own_map = is_commune & (pl.col("to_era") == pl.col("era"))
    of_communes = [measure for measure in catalogue if measure.grouped_by_commune]
    return [
        *_by_measure(part, placed.filter(~is_commune), catalogue),
        *_by_measure(part, placed.filter(on_own_map), of_communes),
    ]


def _by_measure(
    part: Part, placed: pl.DataFrame, catalogue: Sequence[Measure]
) -> Iterator[pl.DataFrame]:
    """Sums of ``placed`` facts, one row a place, group and measure."""
    wanted = {measure.name for measure in catalogue}
    columns = {key: column for key, column in part.columns.items() if key[0] in wanted}
    if not columns:
        return
    sums = placed.group_by([*PLACE, *GROUP]).agg(
        pl.col("status_rank").min(), *map(_sum, columns.values())
    )
    for name in dict.fromkeys(name for name, _role in columns):
        roles = [
            pl.col(columns[name, role]).alias(role)
            if (name, role) in columns
            else pl.lit(None, dtype=pl.Float64).alias(role)
            for role in _ROLES
        ]
        yield sums.select(*PLACE, *GROUP, "status_rank", pl.lit(name).alias("measure"), *roles)


def _sum(column: str) -> pl.Expr:
    """The sum of what is known; null where nothing is."""
    values = pl.col(column)
    return pl.when(values.count() > 0).then(values.sum()).alias(column)
