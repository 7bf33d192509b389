"""The counts that public figures show, and the sums that hold among them.

A public row shows a count of households, persons or deprivations, or the quotient of two; the same count
stands in several rows (in the count, in the rate, as a denominator). Here each count becomes one cell, and
every sum that a reader could use to work out a hidden cell is written down: between measures, between the
groups of a grouping, between places, between a former district and the communes of another map. What a sum
leaves over (households on the list that are neither poor nor near-poor) is a cell that nobody publishes and
that may be as telling as a published one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from reference.loading import indicators
from warehouse.disclosure import CELLS, SUMS, is_small
from warehouse.geography import NOT_ATTRIBUTABLE

FLOWS = (
    "near_poor_became_poor_household",
    "relapsed_poor_household",
    "new_poor_household",
    "escaped_to_near_poor_household",
    "escaped_above_near_poor_household",
)
_ENTRIES, _ESCAPES = FLOWS[:3], FLOWS[3:]
_CLASSES = ("poor", "near_poor")
_HOUSEHOLDS = ("poor_household", "near_poor_household", "poor_and_near_poor_household")
_PERSONS = ("poor_person", "near_poor_person")
_DEPRIVATIONS = "deprivations_of_poor"
_SCORED = "poor_household_with_score"
# The one is as good as free to leave open, as nobody publishes it; the other a reader may well know.
_UNKNOWN, _GUESSABLE = 1, 100_000
_ON_WHOLE_COMMUNES = "@whole_communes"
_MARKED = ":marked"
_PLACE = ["period", "standard_id", "era", "level", "unit_code", "group_by", "group"]


@dataclass(frozen=True)
class Figure:
    """How a measure is made of counts.

    ``is_of_population`` measures know communes as they were: on the map of former districts they leave out
    what a straddling commune's list tells of the older communes.
    """

    measure: str
    thing: str
    denominator_thing: str | None = None
    denominator_scale: int = 1
    is_of_population: bool = False
    has_groups_by_district: bool = True


@dataclass(frozen=True)
class _Identity:
    """What is ``added`` and a rest make up what is ``subtracted``, in one place and group."""

    added: tuple[str, ...]
    subtracted: tuple[str, ...]
    is_rest_sensitive: bool = False
    rest_cost: int = _UNKNOWN


def figures() -> pl.DataFrame:
    """One row a public measure, columns as in :class:`Figure`. What is not here is not public."""
    return pl.DataFrame([vars(figure) for figure in _figures()])


def _figures() -> Iterator[Figure]:
    for thing in (*_HOUSEHOLDS, *_PERSONS, "reviewed_household"):
        yield Figure(f"{thing}_count", thing)
    for thing in (*_HOUSEHOLDS, *_PERSONS):
        residents = f"resident_{thing.rpartition('_')[2]}"
        yield Figure(f"{thing}_rate", thing, residents, is_of_population=True)
    for thing in ("resident_household", "resident_person"):
        yield Figure(f"{thing}_count", thing, is_of_population=True)
    for thing in FLOWS:
        yield Figure(f"{thing}_count", thing)
    for measure in _deprivation_measures():
        yield Figure(measure, measure, _marked(measure), has_groups_by_district=False)
    count = len(indicators())
    yield Figure(
        "deprivation_intensity", _DEPRIVATIONS, _SCORED, count, has_groups_by_district=False
    )
    yield Figure(
        "adjusted_headcount",
        _DEPRIVATIONS,
        "resident_household",
        count,
        is_of_population=True,
        has_groups_by_district=False,
    )


def _deprivation_measures(classes: tuple[str, ...] = _CLASSES) -> list[str]:
    return [
        f"deprivation_{indicator.code}_among_{name}"
        for name in classes
        for indicator in indicators()
    ]


def _marked(measure: str) -> str:
    return f"{measure}{_MARKED}"


def _identities() -> Iterator[_Identity]:
    for suffix in ("", _ON_WHOLE_COMMUNES):
        poor, near_poor, both = (f"{thing}{suffix}" for thing in _HOUSEHOLDS)
        yield _Identity((poor, near_poor), (both,))
    yield _Identity(_HOUSEHOLDS[2:], ("reviewed_household",), is_rest_sensitive=True)
    for person in _PERSONS:
        yield _Identity((person.replace("_person", "_household"),), (person,))
    for measure in _deprivation_measures():
        in_class = measure.rpartition("_among_")[2]
        yield _Identity((measure,), (_marked(measure),), is_rest_sensitive=True)
        yield _Identity((_marked(measure),), (f"{in_class}_household",))
    yield _Identity((_SCORED,), ("poor_household",))
    yield _Identity(tuple(_deprivation_measures(("poor",))), (_DEPRIVATIONS,))
    yield _Identity(_ENTRIES, ("poor_household",), is_rest_sensitive=True)
    # The difference of two published lists is close to this; households that moved are all that hides it.
    yield _Identity(_ENTRIES, _ESCAPES, rest_cost=_GUESSABLE)


@dataclass(frozen=True)
class Counts:
    """Cells and sums for :func:`warehouse.disclosure.suppress`, and where in the rows the cells stand.

    ``shown_as`` has one row an appearance: ``row`` (the rows' own number), ``role`` (numerator or
    denominator), ``cell``.
    """

    cells: pl.DataFrame
    sums: pl.DataFrame
    shown_as: pl.DataFrame


def counts_of(rows: pl.DataFrame, touch: pl.DataFrame) -> Counts:
    """The counts behind ``rows`` (``result__estimate`` with a column ``row``) and the sums that hold.

    ``touch`` is ``dim__touch``.
    """
    shown = _appearances(rows)
    cells = (
        shown.group_by(*_PLACE, "thing", maintain_order=True)
        .agg(pl.col("count").max(), is_sensitive=is_small(pl.col("count")).any())
        .with_row_index("cell")
        .with_columns(pl.col("cell").cast(pl.Int64()))
    )
    cells = _with_companions(cells)
    shown_as = shown.join(cells, on=[*_PLACE, "thing"], nulls_equal=True).select(
        "row", "role", "cell"
    )
    book = _Book(cells.with_columns(cost=pl.col("count"), is_published=pl.lit(True)))
    published = book.cells
    _add_identities(book, published)
    parts = _add_parts(book, published)
    _add_groups(book, published)
    _add_places(book, published)
    _add_communes(book, published, parts, touch)
    sums = book.sums.with_columns(pl.col("sum").rank("dense").cast(pl.Int64()))
    return Counts(book.cells.select(*CELLS), sums.select(*SUMS), shown_as)


def _appearances(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a count shown: row, role, place, thing, count. What is missing is no count."""
    known = rows.join(figures(), on="measure")
    on_whole = pl.col("is_of_population") & (pl.col("level") == "district")
    numerators = known.select(
        "row",
        *_PLACE,
        role=pl.lit("numerator"),
        thing=pl.when(on_whole)
        .then(pl.col("thing") + _ON_WHOLE_COMMUNES)
        .otherwise(pl.col("thing")),
        count=pl.col("numerator"),
    )
    denominators = known.filter(pl.col("denominator_thing").is_not_null()).select(
        "row",
        *_PLACE,
        role=pl.lit("denominator"),
        thing=pl.when(pl.col("denominator_thing").str.starts_with("resident") & on_whole)
        .then(pl.col("denominator_thing") + _ON_WHOLE_COMMUNES)
        .otherwise(pl.col("denominator_thing")),
        count=pl.col("denominator") / pl.col("denominator_scale"),
    )
    both = pl.concat([numerators, denominators]).filter(pl.col("count").is_not_null())
    return _same_counts_merged(both.with_columns(pl.col("count").round().cast(pl.Int64())))


def _same_counts_merged(shown: pl.DataFrame) -> pl.DataFrame:
    """Marks usually come all twelve or not at all: denominators that never differ are one thing."""
    marked = shown.filter(pl.col("thing").str.ends_with(_MARKED))
    if marked.is_empty():
        return shown
    wide = marked.pivot(on="thing", index=_PLACE, values="count", aggregate_function="max")
    names = {}
    for thing in (name for name in wide.columns if name.endswith(_MARKED)):
        first = next(
            name
            for name in wide.columns
            if name.endswith(_MARKED)
            and _class_of(name) == _class_of(thing)
            and wide[name].eq_missing(wide[thing]).all()
        )
        names[thing] = first
    return shown.with_columns(pl.col("thing").replace(names))


def _class_of(thing: str) -> str:
    return thing.removesuffix(_MARKED).rpartition("_among_")[2]


def _with_companions(cells: pl.DataFrame) -> pl.DataFrame:
    """Persons of so few households that these are hidden are hidden too, however many they are."""
    few = cells.filter(pl.col("is_sensitive")).with_columns(
        pl.col("thing").str.replace("_household", "_person", literal=True)
    )
    companion = cells.join(
        few.select(*_PLACE, "thing"), on=[*_PLACE, "thing"], how="semi", nulls_equal=True
    )
    return cells.with_columns(
        is_sensitive=pl.col("is_sensitive")
        | (pl.col("cell").is_in(companion["cell"].implode()) & (pl.col("count") > 0))
    )


class _Book:
    """Cells and sums while they are gathered; every sum is closed by a cell for its rest."""

    def __init__(self, cells: pl.DataFrame) -> None:
        self.cells = cells
        self.sums = pl.DataFrame(
            schema={"sum": pl.String(), "cell": pl.Int64(), "sign": pl.Int64()}
        )

    def add(
        self,
        name: str,
        terms: pl.DataFrame,
        by: list[str],
        *,
        is_rest_sensitive: bool = False,
        rest_cost: int = _GUESSABLE,
    ) -> pl.DataFrame:
        """Take in one sum a value of ``by`` from ``terms`` (``by``, cell, count, sign); returns the rests."""
        key = (pl.col(column).fill_null("") for column in by)
        named = terms.with_columns(
            pl.col("sign").cast(pl.Int64()), sum=pl.concat_str(pl.lit(name), *key, separator="|")
        )
        rest = -(pl.col("sign") * pl.col("count")).sum()
        rests = (
            named.group_by("sum", *by, maintain_order=True)
            .agg(rest=rest)
            .filter(pl.col("rest") != 0)
            .with_row_index("cell", offset=self.cells.height)
            .with_columns(
                pl.col("cell").cast(pl.Int64()),
                count=pl.col("rest").abs(),
                sign=pl.col("rest").sign(),
                cost=pl.lit(rest_cost, dtype=pl.Int64()),
                is_published=pl.lit(False),
            )
            .with_columns(is_sensitive=is_small(pl.col("count")) & is_rest_sensitive)
        )
        self.cells = pl.concat([self.cells, rests.drop("sum", "rest", "sign")], how="diagonal")
        columns = self.sums.columns
        self.sums = pl.concat([self.sums, named.select(columns), rests.select(columns)])
        return rests


def _add_identities(book: _Book, published: pl.DataFrame) -> None:
    """Sums between measures, in each place and group."""
    for number, identity in enumerate(_identities()):
        signs = dict.fromkeys(identity.added, 1) | dict.fromkeys(identity.subtracted, -1)
        terms = published.filter(pl.col("thing").is_in(list(signs))).with_columns(
            sign=pl.col("thing").replace_strict(signs, return_dtype=pl.Int64())
        )
        whole = terms.filter(
            (pl.col("sign").min().over(_PLACE) < 0) & (pl.col("sign").max().over(_PLACE) > 0)
        )
        book.add(
            f"identity {number}",
            whole,
            _PLACE,
            is_rest_sensitive=identity.is_rest_sensitive,
            rest_cost=identity.rest_cost,
        )


def _add_parts(book: _Book, published: pl.DataFrame) -> pl.DataFrame:
    """Lists attribute to a former district more than its whole communes: the parts of straddling ones."""
    on_whole = published.filter(pl.col("thing").str.ends_with(_ON_WHOLE_COMMUNES)).with_columns(
        pl.col("thing").str.strip_suffix(_ON_WHOLE_COMMUNES), sign=pl.lit(1)
    )
    table = ["period", "standard_id", "level", "group_by", "thing"]
    all_in_all = published.join(on_whole, on=table, how="semi", nulls_equal=True).with_columns(
        sign=pl.lit(-1)
    )
    listed = on_whole.filter(~pl.col("thing").str.starts_with("resident"))
    return book.add(
        "part",
        pl.concat([listed, all_in_all]),
        [*_PLACE, "thing"],
        is_rest_sensitive=True,
        rest_cost=_UNKNOWN,
    )


def _add_groups(book: _Book, published: pl.DataFrame) -> None:
    """The groups of a grouping sum to everybody; whose group is not written is left over."""
    by = [*_PLACE[:-1], "thing"]
    groups = published.filter(pl.col("group_by").is_not_null()).with_columns(sign=pl.lit(1))
    everybody = published.filter(pl.col("group_by").is_null()).drop("group_by")
    keys = [name for name in by if name != "group_by"]
    totals = groups.select(by).unique().join(everybody, on=keys).with_columns(sign=pl.lit(-1))
    book.add("groups", pl.concat([groups, totals.select(groups.columns)]), by)


def _add_places(book: _Book, published: pl.DataFrame) -> None:
    """Former districts, and what cannot be attributed to one, sum to the province."""
    by = ["period", "standard_id", "group_by", "group", "thing"]
    districts = published.filter(pl.col("level") == "district").with_columns(sign=pl.lit(1))
    province = published.filter(pl.col("level") == "province")
    wanted = (
        districts.select(by)
        .unique()
        .with_columns(whole=pl.col("thing").str.strip_suffix(_ON_WHOLE_COMMUNES))
    )
    totals = wanted.join(
        province.rename({"thing": "whole"}), on=[*by[:-1], "whole"], nulls_equal=True
    ).with_columns(sign=pl.lit(-1))
    book.add("places", pl.concat([districts, totals.select(districts.columns)]), by)


def _add_communes(
    book: _Book, published: pl.DataFrame, parts: pl.DataFrame, touch: pl.DataFrame
) -> None:
    """Communes against former districts: whole ones sum to the district, straddling ones to nobody's.

    What straddling communes hold outside a district they touch is sensitive like what they hold inside.
    """
    grounds = touch.filter(pl.col("level") == "district").select(
        era="from_era", unit_code="from_code", district="to_code"
    )
    straddles = pl.col("district").count().over("era", "unit_code") > 1
    home = grounds.with_columns(
        pl.when(straddles).then(pl.lit(NOT_ATTRIBUTABLE)).otherwise("district").alias("district")
    ).unique()
    by = ["period", "standard_id", "thing", "district"]
    communes = published.filter(pl.col("level") == "commune")
    inside = communes.join(home, on=["era", "unit_code"]).with_columns(sign=pl.lit(1))
    districts = (
        published.filter(
            pl.col("group_by").is_null(), pl.col("thing").str.ends_with(_ON_WHOLE_COMMUNES)
        )
        .with_columns(
            pl.col("thing").str.strip_suffix(_ON_WHOLE_COMMUNES),
            district="unit_code",
            sign=pl.lit(-1),
        )
        .join(inside.select(by).unique(), on=by, how="semi")
    )
    book.add("communes", pl.concat([inside, districts.select(inside.columns)]), by)
    touching = communes.join(grounds.filter(straddles), on=["era", "unit_code"])
    attributed = parts.filter(
        pl.col("group_by").is_null(), pl.col("unit_code") != NOT_ATTRIBUTABLE
    ).with_columns(district="unit_code", sign=pl.lit(1))
    outside = touching.join(attributed, on=by, how="semi").with_columns(sign=pl.lit(-1))
    attributed = attributed.join(outside, on=by, how="semi")
    columns = [*by, "cell", "count", "sign"]
    book.add(
        "straddling",
        pl.concat([outside.select(columns), attributed.select(columns)], how="vertical_relaxed"),
        by,
        is_rest_sensitive=True,
        rest_cost=_UNKNOWN,
    )
