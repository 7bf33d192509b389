"""Moves of households between two reviews, in the words and sums that the page shows."""

from collections.abc import Mapping

import polars as pl

from charts.churn import Churn
from charts.flow_sankey import Move
from charts.numbers import MISSING, amount, number, rate, signed
from measures.household_flows import CLASSES, NO_LONGER, NOT_BEFORE, RELAPSE_REVIEWS
from ui.data import Rows
from ui.tables import difference_text
from ui.texts import language, t

LISTED = ("poor", "near_poor")
_ORDER = (*CLASSES, NOT_BEFORE, NO_LONGER)


def class_names() -> dict[str, str]:
    """Class of the matrix → name, in the order shown."""
    return {code: t(f"move.{code}") for code in _ORDER}


def matrix(flows: pl.DataFrame, period: str) -> pl.DataFrame:
    """The cells of one unit and review; empty where nothing was reported."""
    if flows.is_empty():
        return flows
    return flows.filter(period=period).drop_nulls("household_count")


def periods(flows: pl.DataFrame) -> list[str]:
    """Closing reviews with any figure, the newest first."""
    if flows.is_empty():
        return []
    return flows.drop_nulls("household_count")["period"].unique().sort(descending=True).to_list()


def moves(cells: pl.DataFrame) -> list[Move]:
    """The bands of the picture; who was reviewed and is on no list either year is no move."""
    found = {
        (row["class_from"], row["class_to"]): row["household_count"]
        for row in cells.iter_rows(named=True)
    }
    return [
        (one, other, found[one, other])
        for one in _ORDER
        for other in _ORDER
        if (one in LISTED or other in LISTED) and found.get((one, other))
    ]


def counted(cells: pl.DataFrame, one: str | None, other: str | None) -> int:
    """Households from ``one`` to ``other``; None means any class, staying included."""
    rows = cells.select("class_from", "class_to", "household_count").iter_rows()
    return sum(
        count
        for was, became, count in rows
        if count is not None and one in (None, was) and other in (None, became)
    )


def churn_of(cells: pl.DataFrame, period: str) -> Churn:
    """Who left the list of the poor and who came onto it."""
    stayed = counted(cells, "poor", "poor")
    left, came = counted(cells, "poor", None) - stayed, counted(cells, None, "poor") - stayed
    return Churn(period, left, came)


def churn_over_years(flows: pl.DataFrame) -> list[Churn]:
    """Every review with figures, the oldest first."""
    return [churn_of(matrix(flows, period), period) for period in sorted(periods(flows))]


def headline(cells: pl.DataFrame, period: str) -> str:
    """``Năm 2024: 1.910 hộ ra khỏi danh sách nghèo, 1.000 hộ vào; danh sách giảm 910 hộ.``"""
    one = churn_of(cells, period)
    words = {
        "period": period,
        "left": amount(one.left, "household", language()),
        "came": amount(one.came, "household", language()),
        "net": amount(abs(one.net), "household", language()),
    }
    way = "same" if one.net == 0 else "fell" if one.net < 0 else "rose"
    return t(f"household.headline.{way}", **words)


def coverage(cells: pl.DataFrame) -> str:
    """Communes with both lists, of those that should have them."""
    row = cells.row(0, named=True)
    return t(
        "household.coverage",
        reported=number(row["units_reported"], language()),
        expected=number(row["units_expected"], language()),
    )


def told(cells: pl.DataFrame) -> str:
    """How many moves rest on what the commune wrote, not on the household being found."""
    count = int(cells["told_count"].sum())
    return t("household.told", count=amount(count, "household", language()))


def matrix_table(cells: pl.DataFrame) -> pl.DataFrame:
    """The table twin of the picture: a row a class before, a column a class after."""
    names = class_names()
    rows = []
    for one in (*CLASSES, NOT_BEFORE):
        row = {t("column.class_before"): names[one]}
        for other in (*CLASSES, NO_LONGER):
            impossible = (one, other) == (NOT_BEFORE, NO_LONGER)
            count = None if impossible else counted(cells, one, other)
            row[names[other]] = number(count, language())
        rows.append(row)
    return pl.DataFrame(rows)


def form_table(
    flows: pl.DataFrame, openings: Mapping[str, float | None], kind: str, period: str
) -> pl.DataFrame:
    """Official form 2 (``poor``) or 3 (``near_poor``): opening − out + in = closing, a row a unit.

    ``openings`` is unit → households on the list of the year before; the last column is what the
    moves tell of the opening list less that.
    """
    other = "near_poor" if kind == "poor" else "poor"
    cells = matrix(flows, period)
    rows = []
    for (code, name), unit in cells.group_by("unit_code", "unit_name", maintain_order=True):
        opening, closing = counted(unit, kind, None), counted(unit, None, kind)
        before = openings.get(str(code))
        sums = {
            "opening": opening,
            f"to_{other}": counted(unit, kind, other),
            "to_none": counted(unit, kind, "none"),
            "to_gone": counted(unit, kind, NO_LONGER),
            f"from_{other}": counted(unit, other, kind),
            "from_none": counted(unit, "none", kind),
            "from_new": counted(unit, NOT_BEFORE, kind),
            "closing": closing,
        }
        row = {t("column.unit"): str(name) if name else t("household.not_attributable")}
        row |= {t(f"form.{key}"): number(value, language()) for key, value in sums.items()}
        row[t("form.difference")] = MISSING if before is None else difference_text(opening - before)
        rows.append(row)
    return pl.DataFrame(rows)


def openings(rows: Rows, kind: str, period: str, era: str) -> dict[str, float | None]:
    """Unit → households on the list of the year before, communes on the map of ``era``."""
    found = rows.estimates(
        (f"{kind}_household_count",), level="commune", periods=(str(int(period) - 1),), era=era
    )
    return dict(zip(found["unit_code"], found["value"], strict=True))


def history_table(history: pl.DataFrame) -> pl.DataFrame:
    """Escapes, relapses among them, entries, duration: a row a review, the newest first."""
    rows = []
    for (period,), year in history.sort("period", descending=True).group_by(
        "period", maintain_order=True
    ):
        found = dict(zip(year["figure"], year["household_count"], strict=True))
        row = {t("column.period"): str(period)}
        for name in ("escaped", *RELAPSE_REVIEWS, "entered_new", "entered_again"):
            row[t(f"history.{name}")] = number(found.get(name), language())
        for name in ("chronic", "transient", "unlinked"):
            row[t(f"history.{name}")] = number(found.get(name), language())
        rows.append(row)
    return pl.DataFrame(rows)


def relapse_rate(history: pl.DataFrame, figure: str) -> tuple[str, str] | None:
    """The newest review whose ``figure`` is known: share of its escapes as text, and which one."""
    known = history.filter(pl.col("figure") == figure).drop_nulls("household_count").sort("period")
    if known.is_empty():
        return None
    row = known.row(-1, named=True)
    escaped = history.filter(figure="escaped", period=row["period"])["household_count"].item()
    if not escaped:
        return t("household.no_case"), row["period"]
    share = 100 * row["household_count"] / escaped
    text = f"{rate(share, language())} = {amount(row['household_count'], 'household', language())}"
    return text, row["period"]


def watched_table(history: pl.DataFrame) -> pl.DataFrame:
    """Communes with newly escaped households at risk, the most first."""
    found = history.filter(pl.col("figure") == "watched", pl.col("household_count") > 0)
    ordered = found.sort("household_count", "unit_name", descending=[True, False])
    return pl.DataFrame(
        [
            {
                t("column.unit"): row["unit_name"] or t("household.not_attributable"),
                t("history.watched"): number(row["household_count"], language()),
            }
            for row in ordered.iter_rows(named=True)
        ]
    )


def watched_rows(households: pl.DataFrame) -> pl.DataFrame:
    """Newly escaped households at risk, one a row, by pseudonym."""
    return pl.DataFrame(
        [
            {
                t("column.household"): _pseudonym(row["household_id"]),
                t("column.unit"): row["unit_name"],
                t("column.village"): row["village_name"] or MISSING,
                t("household.last_poor"): row["last_poor_period"],
                t("household.signs"): ", ".join(
                    t(f"household.sign.{name}")
                    for name in ("is_near_poor", "is_without_labour_capacity", "is_deprived")
                    if row[name]
                ),
            }
            for row in households.iter_rows(named=True)
        ]
    )


def poor_rows(households: pl.DataFrame) -> pl.DataFrame:
    """Poor households, one a row, by pseudonym."""
    return pl.DataFrame(
        [
            {
                t("column.household"): _pseudonym(row["household_id"]),
                t("column.unit"): row["unit_name"],
                t("column.village"): row["village_name"] or MISSING,
                t("household.members"): number(row["member_count"], language()),
                "B1": number(row["b1_points"], language()),
                "B2": number(row["b2_points"], language()),
            }
            for row in households.iter_rows(named=True)
        ]
    )


def net_text(one: Churn) -> str:
    """The change of the list with its sign."""
    return signed(one.net, "household", language())


def _pseudonym(household_id: str) -> str:
    """The first characters: enough to find the row again, short enough to read."""
    return household_id[:10]
