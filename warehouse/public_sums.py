"""The counts that public rows show, and the sums that a reader can make of them.

The same count stands in several rows (in the count, in the rate, as a denominator): here it is one cell. Every
sum that could bring a hidden cell back is written down: between measures, between the groups of a grouping,
between places, between former districts and the communes of another map. What a sum leaves over (households
on the list that are neither poor nor near-poor) is a cell that nobody publishes and that may be as telling.
"""

from dataclasses import dataclass

import polars as pl

from warehouse.disclosure import CELLS, SUMS, is_small
from warehouse.geography import NOT_ATTRIBUTABLE
from warehouse.public_figures import (
    DEPRIVATIONS,
    GUESSABLE,
    ON_WHOLE_COMMUNES,
    PLACE,
    UNKNOWN,
    appearances,
    decided_in_turn,
    identities,
    same_marks,
)


@dataclass(frozen=True)
class Counts:
    """Cells and sums for :func:`warehouse.disclosure.suppress`, and where in the rows the cells stand.

    ``shown_as`` has one row an appearance: ``row`` (the rows' own number), ``role`` (numerator or
    denominator), ``cell``.
    """

    cells: pl.DataFrame
    sums: pl.DataFrame
    shown_as: pl.DataFrame


def counts_of(rows: pl.DataFrame, touch: pl.DataFrame, units: pl.DataFrame) -> Counts:
    """The counts behind ``rows`` (``result__estimate`` with a column ``row``) and the sums that hold.

    ``touch`` is ``dim__touch``, ``units`` is ``dim__unit``.
    """
    shown = appearances(rows)
    merged = same_marks(shown)
    shown = shown.with_columns(pl.col("thing").replace(merged))
    cells = (
        shown.group_by(*PLACE, "thing", maintain_order=True)
        .agg(pl.col("count").max(), is_sensitive=is_small(pl.col("count")).any())
        .with_columns(
            cell=pl.int_range(pl.len(), dtype=pl.Int64()),
            cost=pl.max_horizontal("count", 1),
            turn=decided_in_turn(),
            is_published=pl.lit(True),
        )
    )
    cells = _with_companions(cells)
    shown_as = shown.join(cells, on=[*PLACE, "thing"], nulls_equal=True).select(
        "row", "role", "cell"
    )
    book = _Book(cells)
    _add_identities(book, cells, merged)
    parts = _add_parts(book, cells)
    _add_groups(book, cells)
    _add_places(book, cells)
    _add_communes(book, cells, parts, touch)
    _add_communes_by_area(book, cells, touch, units)
    sums = book.sums.with_columns(pl.col("sum").rank("dense").cast(pl.Int64()))
    return Counts(book.cells.select(*CELLS), sums.select(*SUMS), shown_as)


def _with_companions(cells: pl.DataFrame) -> pl.DataFrame:
    """What is told of so few households that these are hidden is hidden too, however much it is."""
    few = cells.filter("is_sensitive").select(*PLACE, "thing")
    thing = pl.col("thing")
    about_few = pl.concat(
        [
            few.with_columns(thing.str.replace("_household", "_person", literal=True)),
            few.filter(thing.str.starts_with("poor_household")).with_columns(
                thing.str.replace("poor_household", DEPRIVATIONS, literal=True)
            ),
        ]
    )
    companions = cells.join(about_few, on=[*PLACE, "thing"], how="semi", nulls_equal=True)
    is_companion = pl.col("cell").is_in(companions["cell"].implode()) & (pl.col("count") > 0)
    return cells.with_columns(is_sensitive=pl.col("is_sensitive") | is_companion)


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
        rest_cost: int = GUESSABLE,
    ) -> pl.DataFrame:
        """Take in one sum a value of ``by`` from ``terms`` (``by``, cell, count, sign); returns the rests."""
        key = (pl.col(column).fill_null("") for column in by)
        named = terms.with_columns(
            pl.col("sign").cast(pl.Int64()), sum=pl.concat_str(pl.lit(name), *key, separator="|")
        )
        rest = -(pl.col("sign") * pl.col("count")).sum()
        rests = (
            named.group_by("sum", *by, maintain_order=True)
            .agg(pl.col("turn").max(), rest=rest)
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


def _add_identities(book: _Book, published: pl.DataFrame, merged: dict[str, str]) -> None:
    """Sums between measures, in each place and group."""
    known: list[dict[str, int]] = []
    for identity in identities():
        added, subtracted = (
            [merged.get(thing, thing) for thing in things]
            for things in (identity.added, identity.subtracted)
        )
        signs = dict.fromkeys(added, 1) | dict.fromkeys(subtracted, -1)
        if signs in known:
            continue
        known.append(signs)
        terms = published.filter(pl.col("thing").is_in(list(signs))).with_columns(
            sign=pl.col("thing").replace_strict(signs, return_dtype=pl.Int64())
        )
        whole = terms.filter(
            (pl.col("sign").min().over(PLACE) < 0) & (pl.col("sign").max().over(PLACE) > 0)
        )
        book.add(
            f"identity {len(known)}",
            whole,
            PLACE,
            is_rest_sensitive=identity.is_rest_sensitive,
            rest_cost=identity.rest_cost,
        )


def _add_parts(book: _Book, published: pl.DataFrame) -> pl.DataFrame:
    """Lists attribute to a former district more than its whole communes: the parts of straddling ones."""
    on_whole = published.filter(pl.col("thing").str.ends_with(ON_WHOLE_COMMUNES)).with_columns(
        pl.col("thing").str.strip_suffix(ON_WHOLE_COMMUNES), sign=pl.lit(1)
    )
    table = ["period", "standard_id", "level", "group_by", "thing"]
    all_in_all = published.join(on_whole, on=table, how="semi", nulls_equal=True).with_columns(
        sign=pl.lit(-1)
    )
    listed = on_whole.filter(~pl.col("thing").str.starts_with("resident"))
    return book.add(
        "part",
        pl.concat([listed, all_in_all]),
        [*PLACE, "thing"],
        is_rest_sensitive=True,
        rest_cost=UNKNOWN,
    )


def _add_groups(book: _Book, published: pl.DataFrame) -> None:
    """The groups of a grouping sum to everybody; whose group is not written is left over."""
    by = [*PLACE[:-1], "thing"]
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
        .with_columns(whole=pl.col("thing").str.strip_suffix(ON_WHOLE_COMMUNES))
    )
    totals = wanted.join(
        province.rename({"thing": "whole"}), on=[*by[:-1], "whole"], nulls_equal=True
    ).with_columns(sign=pl.lit(-1))
    book.add("places", pl.concat([districts, totals.select(districts.columns)]), by)


def _add_communes(
    book: _Book, published: pl.DataFrame, parts: pl.DataFrame, touch: pl.DataFrame
) -> None:
    """Communes against former districts.

    Whole communes sum to their district, straddling ones to ``not_attributable``. What straddling ones hold
    outside a district they touch is as sensitive as what they hold inside, their part in it.
    """
    by = ["period", "standard_id", "thing", "district"]
    inside = _communes_by_home(published, touch)
    districts = _on_whole_communes(published.filter(pl.col("group_by").is_null()), inside, by)
    book.add("communes", pl.concat([inside, districts], how="diagonal"), by)
    straddling = pl.col("district").count().over("era", "unit_code") > 1
    touching = published.join(_grounds(touch).filter(straddling), on=["era", "unit_code"])
    attributed = parts.filter(
        pl.col("group_by").is_null(), pl.col("unit_code") != NOT_ATTRIBUTABLE
    ).with_columns(district="unit_code", sign=pl.lit(1, dtype=pl.Int64()))
    outside = touching.filter(pl.col("level") == "commune").join(attributed, on=by, how="semi")
    outside = outside.with_columns(sign=pl.lit(-1, dtype=pl.Int64()))
    attributed = attributed.join(outside, on=by, how="semi")
    book.add(
        "straddling",
        pl.concat([outside, attributed], how="diagonal"),
        by,
        is_rest_sensitive=True,
        rest_cost=UNKNOWN,
    )


def _add_communes_by_area(
    book: _Book, published: pl.DataFrame, touch: pl.DataFrame, units: pl.DataFrame
) -> None:
    """The wards and towns of a former district are its urban households."""
    by = ["period", "standard_id", "thing", "district", "group"]
    areas = units.filter(pl.col("level") == "commune").select(
        "era", unit_code="code", group="area_type"
    )
    inside = _communes_by_home(published, touch).drop("group")
    inside = inside.join(areas, on=["era", "unit_code"])
    by_area = published.filter(pl.col("group_by") == "area_type")
    districts = _on_whole_communes(by_area, inside, by)
    inside = inside.join(districts, on=by, how="semi")
    book.add("areas", pl.concat([inside, districts], how="diagonal"), by)


def _grounds(touch: pl.DataFrame) -> pl.DataFrame:
    return touch.filter(pl.col("level") == "district").select(
        era="from_era", unit_code="from_code", district="to_code"
    )


def _communes_by_home(published: pl.DataFrame, touch: pl.DataFrame) -> pl.DataFrame:
    """Cells of communes, to be added, with the district that has them whole, or ``not_attributable``."""
    is_whole = pl.len() == 1
    home = (
        _grounds(touch)
        .group_by("era", "unit_code")
        .agg(
            district=pl.when(is_whole)
            .then(pl.col("district").first())
            .otherwise(pl.lit(NOT_ATTRIBUTABLE))
        )
    )
    communes = published.filter(pl.col("level") == "commune")
    return communes.join(home, on=["era", "unit_code"]).with_columns(
        sign=pl.lit(1, dtype=pl.Int64())
    )


def _on_whole_communes(
    districts: pl.DataFrame, inside: pl.DataFrame, by: list[str]
) -> pl.DataFrame:
    """Districts' cells on whole communes, to be subtracted, that have any cell of ``inside``."""
    return (
        districts.filter(pl.col("thing").str.ends_with(ON_WHOLE_COMMUNES))
        .with_columns(
            pl.col("thing").str.strip_suffix(ON_WHOLE_COMMUNES),
            district="unit_code",
            sign=pl.lit(-1, dtype=pl.Int64()),
        )
        .join(inside.select(by).unique(), on=by, how="semi")
    )
