"""What became of the households of a model, and of those it is compared with: lists read year after year.

The first review after entry is that of the entry's own year (about 12 months after the baseline
review, the last one before entry), the second the one after it (24 months).
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from measures.evaluation.comparison import (
    FEATURES,
    NEAREST_COMMUNES,
    Matched,
    match,
    similar_communes,
    strata,
)

_RANK = {"none": 0, "near_poor": 1, "poor": 2}
STEPS = (-2, -1, 0, 1, 2)
"""Reviews before and after the baseline at which B1 is followed."""
_SETTLED_AFTER = {"is_out": 1, "is_out_later": 2, "is_back_12": 2, "is_back_24": 3}
"""Outcome → reviews after the baseline at which it is known."""
_KEPT = (
    "household_id", "year", "era", "unit_code", "commune", "class_code", "b1_points", "area_type",
    "is_without_labour_capacity", "member_count", "stratum", "is_out", "is_out_later", "is_back_12",
    "is_back_24", *(f"b1_at_{step}" for step in STEPS),
)  # fmt: skip


@dataclass(frozen=True)
class Study:
    """Everything an evaluation looks at.

    ``register`` and ``participants`` hold the columns of their core tables (participants also
    ``year``, that of the baseline review); ``members`` are participants on the baseline list with
    what became of them, ``outside`` the households on lists of communes without a participant
    that year, until they joined themselves, ``communes`` one row a commune and year with ``FEATURES``.
    """

    register: pl.DataFrame
    participants: pl.DataFrame
    members: pl.DataFrame
    outside: pl.DataFrame
    communes: pl.DataFrame

    def families(self) -> list[tuple[str, pl.DataFrame]]:
        """Pilot's model_id → its rows and those of its copies, in the order of the codes."""
        pilots = self.register.filter(model_kind="pilot")["model_id"].unique().sort()
        of_family = pl.coalesce("copy_of", "model_id")
        return [(one, self.register.filter(of_family == one)) for one in pilots.to_list()]

    def pool(self, own: pl.DataFrame) -> pl.DataFrame:
        """Households of the communes without a model that resemble those of ``own``, year by year."""
        found = [self.outside.clear()]
        for year in own["year"].unique().sort().to_list():
            outside, communes = (frames.get((year,)) for frames in self._by_year)
            if outside is None or communes is None:
                continue
            here = own.filter(pl.col("year") == year)["commune"].unique().to_list()
            offered = outside["commune"].unique().sort().to_list()
            chosen = similar_communes(communes, here, offered, NEAREST_COMMUNES)
            found.append(outside.filter(pl.col("commune").is_in(chosen)))
        return pl.concat(found)

    @cached_property
    def _by_year(self) -> list[dict[tuple[object, ...], pl.DataFrame]]:
        return [f.partition_by("year", as_dict=True) for f in (self.outside, self.communes)]

    @cached_property
    def matches(self) -> dict[str, Matched]:
        """Pilot's model_id → participants of the whole family beside comparison households at the
        first review; families without a match are left out."""
        found = {}
        for model_id, family in self.families():
            own = of_sites(self.members, family)
            matched = match(own, self.pool(own), "is_out") if own.height else None
            if matched is not None:
                found[model_id] = matched
        return found


def of_sites(rows: pl.DataFrame, sites: pl.DataFrame) -> pl.DataFrame:
    """The rows of the models of ``sites``."""
    return rows.filter(pl.col("model_id").is_in(sites["model_id"].unique().to_list()))


def study(
    register: pl.DataFrame,
    participants: pl.DataFrame,
    lists: pl.DataFrame,
    whole_years: Collection[int] | None = None,
) -> Study:
    """Put register, participants and lists together; arguments as in :func:`followed`."""
    known = followed(lists, whole_years)
    joined = participants.with_columns(year=pl.col("entry_date").dt.year().cast(pl.Int64) - 1)
    members = joined.join(known, on=["household_id", "year"], how="inner", suffix="_list")
    outside = _until_they_joined(known, joined).join(
        members.select("commune").unique(), on="commune", how="anti"
    )
    return Study(register, joined, members, outside, features(known))


def _until_they_joined(known: pl.DataFrame, joined: pl.DataFrame) -> pl.DataFrame:
    """Rows before a household's own model, with the outcomes that were settled by then.

    Leaving out all rows of those who joined later would leave out households that had not got out
    until then, and every comparison would look too good.
    """
    started = joined.group_by("household_id").agg(own_year=pl.col("year").min())
    rows = known.join(started, on="household_id", how="left")
    settled = {
        name: pl.when((pl.col("year") + reviews <= pl.col("own_year")).fill_null(True)).then(name)
        for name, reviews in _SETTLED_AFTER.items()
    }
    before = (pl.col("year") < pl.col("own_year")).fill_null(True)
    return rows.filter(before).with_columns(**settled).drop("own_year")


def followed(lists: pl.DataFrame, whole_years: Collection[int] | None = None) -> pl.DataFrame:
    """Households on the list of each year and what later reviews say.

    Args:
        lists: one row a ``household_id`` and ``year``, all of one standard: era, unit_code,
            class_code, b1_points, area_type, is_without_labour_capacity, member_count.
        whole_years: years whose lists all communes sent; every year of ``lists`` unless given.

    Adds commune, is_out and is_out_later (a better class one and two reviews later), is_back_12 and
    is_back_24 (of those out at the first review, back in the old class one and up to two reviews
    after that), and B1 at ``STEPS`` (``b1_at_-1`` …). Null where the household is not named; one that
    left the list, and that a whole later review does not name, has stayed off.
    """
    rank = pl.col("class_code").replace_strict(_RANK, return_dtype=pl.Int64)
    seen = lists.select("household_id", "year", rank=rank, b1="b1_points")
    rows = lists.filter(pl.col("class_code") != "none").with_columns(
        own=rank, commune=pl.concat_str("year", "era", "unit_code", separator=":")
    )
    for step in (-2, -1, 1, 2, 3):
        then = seen.select(
            "household_id",
            pl.col("year") - step,
            pl.col("rank").alias(f"rank_{step}"),
            pl.col("b1").alias(f"b1_at_{step}"),
        )
        rows = rows.join(then, on=["household_id", "year"], how="left")
    whole = set(lists["year"].unique().to_list() if whole_years is None else whole_years)
    for step in (2, 3):
        is_told = (pl.col("year") + step).is_in(sorted(whole))
        stayed_off = pl.when(is_told & (pl.col(f"rank_{step - 1}") == 0)).then(0)
        rows = rows.with_columns(pl.coalesce(f"rank_{step}", stayed_off).alias(f"rank_{step}"))
    back = [pl.col(f"rank_{step}") >= pl.col("own") for step in (2, 3)]
    is_out = pl.col("rank_1") < pl.col("own")
    outcomes = rows.with_columns(
        is_out=is_out,
        is_out_later=pl.col("rank_2") < pl.col("own"),
        is_back_12=pl.when(is_out).then(back[0]),
        is_back_24=pl.when(is_out & back[1].is_not_null()).then(back[0] | back[1]),
        b1_at_0=pl.col("b1_points"),
    )
    return strata(outcomes).select(*_KEPT)


def features(known: pl.DataFrame) -> pl.DataFrame:
    """One row a commune and year: what makes communes alike."""
    means = {
        "poor_share": (pl.col("class_code") == "poor").mean(),
        "mean_b1": pl.col("b1_points").mean(),
        "rural_share": (pl.col("area_type") == "rural").mean(),
        "mean_size": pl.col("member_count").mean(),
    }
    return (
        known.group_by("commune", "year")
        .agg(means[name].alias(name) for name in FEATURES)
        .sort("commune")
    )
