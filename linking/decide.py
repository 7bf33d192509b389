"""From weighed pairs to households: the surest first, one to one, nothing forced.

Two rows of one list are two households. A pair is contested where one side might as well be another household
that stands on the same list as its partner; contested pairs are counted as ambiguous and dropped. Nothing
depends on the order of rows.
"""

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

TIERS = (1e-4, 1e-3, 1e-2, 1e-1)
"""Strangers up to which a pair is judged together with its like; beyond the last nothing is linked."""
_EDGE = ["a", "b"]


def decide(pairs: pl.DataFrame, stays: pl.DataFrame) -> pl.DataFrame:
    """(household_id, linked_id, way, strangers, is_contested), a row a household of ``stays``.

    pairs: one, other, way, strangers. stays: household_id, list (name of a list of one review; null where the
    household stands on none). ``linked_id`` is the first of the ids that are one household; way and strangers
    are those of the surest pair it is in, null where it stands alone.
    """
    names = stays["household_id"].unique().sort()
    cluster = pl.DataFrame({"household_id": names, "cluster": names})
    stays = stays.drop_nulls("list")
    kept, contested = [pairs.clear()], [names.clear()]
    lower = 0.0
    for upper in TIERS:
        tier = pairs.filter(pl.col("strangers") > lower, pl.col("strangers") <= upper)
        lower = upper
        lifted = _lifted(tier, cluster)
        listed = stays.join(cluster, on="household_id").select("cluster", "list").unique()
        edges = lifted.select(_EDGE).unique()
        edges = edges.join(_together(edges, listed), on=_EDGE, how="anti")
        doubtful = _contested(edges, listed)
        into, broken = _merged(edges.join(doubtful, on=_EDGE, how="anti"), listed)
        doubtful = pl.concat([doubtful, broken]).unique()
        sides = pl.concat([doubtful["a"], doubtful["b"]]).rename("cluster").to_frame()
        contested.append(cluster.join(sides, on="cluster", how="semi")["household_id"])
        accepted = edges.join(doubtful, on=_EDGE, how="anti")
        kept.append(lifted.join(accepted, on=_EDGE, how="semi").select(pairs.columns))
        cluster = cluster.join(into, on="cluster", how="left").select(
            "household_id", cluster=pl.coalesce("into", "cluster")
        )
    found = _described(cluster, pl.concat(kept))
    doubted = pl.concat(contested).unique()
    return found.with_columns(is_contested=pl.col("household_id").is_in(doubted.implode()))


def _lifted(tier: pl.DataFrame, cluster: pl.DataFrame) -> pl.DataFrame:
    """The pairs with the households so far that they would join, ``a`` < ``b``."""
    found = tier.join(cluster.rename({"household_id": "one", "cluster": "x"}), on="one").join(
        cluster.rename({"household_id": "other", "cluster": "y"}), on="other"
    )
    edge = {"a": pl.min_horizontal("x", "y"), "b": pl.max_horizontal("x", "y")}
    return found.with_columns(**edge).filter(pl.col("a") != pl.col("b"))


def _together(edges: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Those pairs that stand on one list."""
    return (
        edges.join(listed, left_on="a", right_on="cluster")
        .join(listed, left_on=["b", "list"], right_on=["cluster", "list"], how="semi")
        .select(_EDGE)
        .unique()
    )


def _contested(edges: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Pairs whose one side has another partner on a list that this partner stands on too."""
    both = pl.concat([edges, edges.select(a="b", b="a")])
    rivals = (
        both.rename({"a": "x", "b": "a"})
        .join(both.rename({"a": "x"}), on="x")
        .filter(pl.col("a") < pl.col("b"))
    )
    clash = rivals.join(_together(rivals.select(_EDGE).unique(), listed), on=_EDGE)
    lost = pl.concat([clash.select("x", y="a"), clash.select("x", y="b")])
    edge = {"a": pl.min_horizontal("x", "y"), "b": pl.max_horizontal("x", "y")}
    return lost.select(**edge).unique()


def _merged(edges: pl.DataFrame, listed: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(cluster → into) of the groups that the pairs make, and the pairs of groups that cannot be one."""
    names = pl.concat([edges["a"], edges["b"]]).unique().sort().rename("cluster")
    number = pl.DataFrame({"cluster": names, "number": np.arange(len(names))})
    ends = edges.join(number, left_on="a", right_on="cluster").join(
        number, left_on="b", right_on="cluster", suffix="_b"
    )
    graph = coo_array(
        (np.ones(len(ends)), (ends["number"].to_numpy(), ends["number_b"].to_numpy())),
        shape=(len(names), len(names)),
    )
    group = number.select(
        "cluster", group=connected_components(graph, directed=False)[1] if len(names) else []
    )
    groups = group.with_columns(pl.col("group").cast(pl.Int64))
    doubled = (
        listed.join(groups, on="cluster").group_by("group", "list").len().filter(pl.col("len") > 1)
    )
    broken = groups.join(doubled, on="group", how="semi")
    whole = groups.join(doubled, on="group", how="anti")
    into = whole.select("cluster", into=pl.col("cluster").min().over("group"))
    return into, edges.join(broken, left_on="a", right_on="cluster", how="semi")


def _described(cluster: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    sides = [kept.select("way", "strangers", household_id=side) for side in ("one", "other")]
    surest = (
        pl.concat(sides)
        .sort("household_id", "strangers", "way")
        .unique("household_id", keep="first", maintain_order=True)
    )
    found = cluster.join(surest, on="household_id", how="left", maintain_order="left")
    return found.rename({"cluster": "linked_id"})
