"""Which measures are public, of which counts each is made, and how these counts add up.

A measure that is not here does not reach the public file: somebody must first have thought about how its
counts add up with the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from reference.loading import indicators

FLOWS = (
    "near_poor_became_poor_household",
    "relapsed_poor_household",
    "new_poor_household",
    "escaped_to_near_poor_household",
    "escaped_above_near_poor_household",
)
_ENTRIES, _ESCAPES = FLOWS[:3], FLOWS[3:]
_CLASSES = ("poor", "near_poor")
HOUSEHOLDS = ("poor_household", "near_poor_household", "poor_and_near_poor_household")
PERSONS = ("poor_person", "near_poor_person")
DEPRIVATIONS = "deprivations_of_poor"
_SCORED = "poor_household_with_score"
# The one is as good as free to leave open, as nobody publishes it; the other a reader may well know.
UNKNOWN, GUESSABLE = 0, 100_000
ON_WHOLE_COMMUNES = "@whole_communes"
_MARKED = ":marked"
PLACE = ["period", "standard_id", "era", "level", "unit_code", "group_by", "group"]


@dataclass(frozen=True)
class Figure:
    """How a measure is made of counts.

    ``is_of_population`` measures know communes as they were: on the map of former districts they leave out
    what a straddling commune's list tells of the older communes. What is no ``is_headcount`` tells how the poor
    live, of so few households a group and district that nearly all of it would be hidden.
    """

    measure: str
    thing: str
    denominator_thing: str | None = None
    denominator_scale: int = 1
    is_of_population: bool = False
    is_headcount: bool = True


@dataclass(frozen=True)
class Identity:
    """What is ``added`` and a rest make up what is ``subtracted``, in one place and group."""

    added: tuple[str, ...]
    subtracted: tuple[str, ...]
    is_rest_sensitive: bool = False
    rest_cost: int = UNKNOWN


def figures() -> pl.DataFrame:
    """One row a public measure, columns as in :class:`Figure`. What is not here is not public."""
    return pl.DataFrame([vars(figure) for figure in _figures()])


def _figures() -> Iterator[Figure]:
    for thing in (*HOUSEHOLDS, *PERSONS, "reviewed_household"):
        yield Figure(f"{thing}_count", thing)
    for thing in (*HOUSEHOLDS, *PERSONS):
        residents = f"resident_{thing.rpartition('_')[2]}"
        yield Figure(f"{thing}_rate", thing, residents, is_of_population=True)
    for thing in ("resident_household", "resident_person"):
        yield Figure(f"{thing}_count", thing, is_of_population=True)
    for thing in FLOWS:
        yield Figure(f"{thing}_count", thing)
    for measure in deprivation_measures():
        yield Figure(measure, measure, _marked(measure), is_headcount=False)
    count = len(indicators())
    yield Figure("deprivation_intensity", DEPRIVATIONS, _SCORED, count, is_headcount=False)
    yield Figure(
        "adjusted_headcount",
        DEPRIVATIONS,
        "resident_household",
        count,
        is_of_population=True,
        is_headcount=False,
    )


def deprivation_measures(classes: tuple[str, ...] = _CLASSES) -> list[str]:
    """Names of the twelve deprivation rates of each class."""
    return [
        f"deprivation_{indicator.code}_among_{name}"
        for name in classes
        for indicator in indicators()
    ]


def _marked(measure: str) -> str:
    return f"{measure}{_MARKED}"


def identities() -> Iterator[Identity]:
    """How counts of one place and group add up. A count that is at most another is a part of it."""
    for suffix in ("", ON_WHOLE_COMMUNES):
        poor, near_poor, both = (f"{thing}{suffix}" for thing in HOUSEHOLDS)
        yield Identity((poor, near_poor), (both,))
    yield Identity(HOUSEHOLDS[2:], ("reviewed_household",), is_rest_sensitive=True)
    for person in PERSONS:
        yield Identity((person.replace("_person", "_household"),), (person,))
    for measure in deprivation_measures():
        in_class = measure.rpartition("_among_")[2]
        yield Identity((measure,), (_marked(measure),), is_rest_sensitive=True)
        yield Identity((_marked(measure),), (f"{in_class}_household",))
    yield Identity((_SCORED,), ("poor_household",))
    yield Identity(tuple(deprivation_measures(("poor",))), (DEPRIVATIONS,))
    yield Identity(_ENTRIES, ("poor_household",), is_rest_sensitive=True)
    # The difference of two published lists is close to this; households that moved are all that hides it.
    yield Identity(_ENTRIES, _ESCAPES, rest_cost=GUESSABLE)


def decided_in_turn() -> pl.Expr:
    """The turn in which a count (thing, level, group_by) is decided: what is decided first stays shown.

    The province goes before its parts, everybody before groups, households before persons and before how they
    live. Many small decisions take the solver a tenth of the time of a joint one and hide hardly more.
    """
    thing, grouped = pl.col("thing"), pl.col("group_by").is_not_null()
    step = (
        pl.when(thing.str.starts_with(DEPRIVATIONS))
        .then(7)
        .when(thing.is_in([*deprivation_measures(), *FLOWS]))
        .then(6)
        .when(grouped & thing.str.contains("_person"))
        .then(5)
        .when(grouped & thing.str.starts_with("reviewed"))
        .then(4)
        .when(grouped & thing.str.starts_with("poor_and_near_poor"))
        .then(3)
        .when(grouped & thing.str.starts_with("near_poor"))
        .then(2)
        .when(grouped)
        .then(1)
        .otherwise(0)
    )
    below_province = pl.col("level") != "province"
    return (step + 10 * below_province.cast(pl.Int32())).cast(pl.Int64())


def appearances(rows: pl.DataFrame) -> pl.DataFrame:
    """Where each count stands: ``row`` (the number that ``rows`` carry), role, place, thing, count.

    The role is numerator or denominator; what is missing is no count.
    """
    known = rows.join(figures(), on="measure")
    on_whole = pl.when(pl.col("is_of_population") & (pl.col("level") == "district")).then(
        pl.lit(ON_WHOLE_COMMUNES)
    )
    numerators = known.select(
        "row",
        *PLACE,
        role=pl.lit("numerator"),
        thing=pl.concat_str("thing", on_whole, ignore_nulls=True),
        count=pl.col("numerator"),
    )
    denominators = known.filter(pl.col("denominator_thing").is_not_null()).select(
        "row",
        *PLACE,
        role=pl.lit("denominator"),
        thing=pl.concat_str("denominator_thing", on_whole, ignore_nulls=True),
        count=pl.col("denominator") / pl.col("denominator_scale"),
    )
    both = pl.concat([numerators, denominators]).filter(pl.col("count").is_not_null())
    return both.with_columns(pl.col("count").round().cast(pl.Int64()))


def same_marks(shown: pl.DataFrame) -> dict[str, str]:
    """Marks usually come all twelve or not at all: denominators that never differ are one thing.

    Denominator to the first one of its class that always equals it.
    """
    marked = shown.filter(pl.col("thing").str.ends_with(_MARKED))
    wide = marked.pivot(on="thing", index=PLACE, values="count", aggregate_function="max")
    things = [name for name in wide.columns if name.endswith(_MARKED)]
    return {
        thing: next(
            other
            for other in things
            if other.rpartition("_among_")[2] == thing.rpartition("_among_")[2]
            and wide[other].eq_missing(wide[thing]).all()
        )
        for thing in things
    }
