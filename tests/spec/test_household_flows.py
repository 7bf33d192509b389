"""Moves between two lists, on lists small enough to follow every household by eye."""

import polars as pl
import pytest

from measures.household_flows import compute_flows
from warehouse import engine
from warehouse.core_tables import CORE_REVIEW__HOUSEHOLD
from warehouse.dim_tables import DIM__PLACEMENT, DIM__TOUCH, DIM__UNIT
from warehouse.geography import dim_placement, dim_touch, dim_unit
from warehouse.quality_tables import QUALITY__COVERAGE
from warehouse.result_tables import (
    RESULT__HOUSEHOLD_FLOW,
    RESULT__HOUSEHOLD_HISTORY,
    RESULT__WATCHED_HOUSEHOLD,
)

A, B = "13825", "13870"  # Yên Bình and Yên Cường, both in the former district of Ý Yên (360)
OLD, NEW = "2016-2021", "2022-2026"
POOR, NEAR, NONE, BEFORE, GONE = (
    "poor", "near_poor", "none", "not_on_list_before", "no_longer_on_list",
)  # fmt: skip
FLOW, HISTORY = RESULT__HOUSEHOLD_FLOW.name, RESULT__HOUSEHOLD_HISTORY.name


def listed(period, unit=A, standard=NEW, **classes):
    """``listed("2022", h1=POOR)``: the list of one commune, a household a word."""
    return [
        {
            "household_id": name, "class_code": code, "period": period, "unit_code": unit, "era": "2020",
            "standard_id": standard, "status": "official", "sheet": "DS", "row": row,
            "submission_id": f"{unit}-{period}-{standard}",
        }
        for row, (name, code) in enumerate(classes.items(), start=9)
    ]  # fmt: skip


@pytest.fixture
def flows(tmp_path):
    """Lists in, the three result tables out, by name."""

    def run(*lists):
        rows = CORE_REVIEW__HOUSEHOLD.conform(
            pl.DataFrame([row for rows in lists for row in rows], infer_schema_length=None)
        )
        keys = ["submission_id", "era", "unit_code", "period", "status", "standard_id"]
        coverage = rows.group_by(keys).agg(row_count=pl.len().cast(pl.Int64))
        coverage = coverage.with_columns(form=pl.lit("review_list"), is_current=pl.lit(True))
        path = tmp_path / "build.duckdb"
        with engine.writing(path) as connection:
            engine.create(connection, CORE_REVIEW__HOUSEHOLD, rows)
            engine.create(connection, QUALITY__COVERAGE, QUALITY__COVERAGE.conform(coverage))
            engine.create(connection, DIM__UNIT, dim_unit())
            engine.create(connection, DIM__PLACEMENT, dim_placement())
            engine.create(connection, DIM__TOUCH, dim_touch())
        with engine.ibis_writing(path) as backend:
            compute_flows(backend)
        tables = (RESULT__HOUSEHOLD_FLOW, RESULT__HOUSEHOLD_HISTORY, RESULT__WATCHED_HOUSEHOLD)
        with engine.reading(path) as connection:
            return {table.name: engine.whole(connection, table) for table in tables}

    return run


def moves(tables, period, unit, era="2020"):
    """The cells of one unit's matrix that are not zero."""
    rows = tables[FLOW].filter(period=period, unit_code=unit, era=era)
    return {
        (row["class_from"], row["class_to"]): row["household_count"]
        for row in rows.iter_rows(named=True)
        if row["household_count"] != 0
    }


def figure(tables, name, period, unit="36", era="2020"):
    rows = tables[HISTORY].filter(figure=name, period=period, unit_code=unit, era=era)
    assert rows.height == 1, rows
    return rows["household_count"].item()


def test_every_household_is_in_one_cell(flows):
    tables = flows(
        listed("2022", h1=POOR, h2=POOR, h3=POOR, h4=POOR, h5=NEAR, h6=NONE),
        listed("2023", h1=POOR, h2=NEAR, h3=NONE, h5=POOR, h6=POOR, h7=POOR, h8=NEAR),
    )
    expected = {
        (POOR, POOR): 1,  # h1
        (POOR, NEAR): 1,  # h2
        (POOR, NONE): 1,  # h3
        (POOR, GONE): 1,  # h4
        (NEAR, POOR): 1,  # h5
        (NONE, POOR): 1,  # h6
        (BEFORE, POOR): 1,  # h7
        (BEFORE, NEAR): 1,  # h8
    }
    assert moves(tables, "2023", A) == expected
    assert moves(tables, "2023", "360") == expected
    assert moves(tables, "2023", "36") == expected


def test_opening_less_out_plus_in_is_closing(flows):
    # opening 4 poor (h1–h4) − 3 out (h2, h3, h4) + 3 in (h5, h6, h7) = closing 4 poor
    cells = moves(
        flows(
            listed("2022", h1=POOR, h2=POOR, h3=POOR, h4=POOR, h5=NEAR, h6=NONE),
            listed("2023", h1=POOR, h2=NEAR, h3=NONE, h5=POOR, h6=POOR, h7=POOR),
        ),
        "2023",
        A,
    )
    assert sum(count for (one, _), count in cells.items() if one == POOR) == 4
    assert sum(count for (_, other), count in cells.items() if other == POOR) == 4


def test_a_household_that_moves_leaves_one_commune_and_comes_to_the_other(flows):
    tables = flows(
        listed("2022", A, h1=POOR, h2=POOR),
        listed("2022", B, h3=POOR),
        listed("2023", A, h2=POOR),
        listed("2023", B, h1=NEAR, h3=POOR),
    )
    assert moves(tables, "2023", A) == {(POOR, GONE): 1, (POOR, POOR): 1}
    assert moves(tables, "2023", B) == {(BEFORE, NEAR): 1, (POOR, POOR): 1}
    # One district: there the household went from poor to near-poor.
    assert moves(tables, "2023", "360") == {(POOR, NEAR): 1, (POOR, POOR): 2}


def test_a_commune_without_its_opening_list_is_unknown_not_new(flows):
    tables = flows(
        listed("2022", A, h1=POOR),
        listed("2023", A, h1=POOR),
        listed("2023", B, h2=POOR),
    )
    assert moves(tables, "2023", "36") == {(POOR, POOR): 1}
    silent = tables[FLOW].filter(period="2023", unit_code=B, era="2020")
    assert silent["household_count"].is_null().all()
    province = tables[FLOW].filter(period="2023", level="province")
    assert province.select("units_reported", "units_expected").unique().row(0) == (1, 226)


def test_a_household_written_otherwise_is_told_not_lost_and_new(flows):
    again = listed("2023", other=NEAR, h2=POOR)
    again[0]["class_before_code"] = POOR  # h1 under another number
    tables = flows(listed("2022", h1=POOR, h2=POOR), again)
    # opening 2 = 1 to near-poor + 1 stayed + (1 not found − 1 told) gone
    assert moves(tables, "2023", A) == {(POOR, NEAR): 1, (POOR, POOR): 1}
    told = tables[FLOW].filter(period="2023", unit_code=A, era="2020", class_to=NEAR)
    assert told.filter(class_from=POOR)["told_count"].item() == 1
    assert figure(tables, "unlinked", "2023") == 1
    assert figure(tables, "escaped", "2023") == 1


def test_no_move_crosses_a_change_of_standard(flows):
    tables = flows(
        listed("2021", standard=OLD, h1=POOR),
        listed("2021", standard=NEW, h1=POOR, h2=POOR),
        listed("2022", standard=NEW, h1=NEAR, h2=POOR),
    )
    assert tables[FLOW]["standard_id"].unique().to_list() == [NEW]
    assert moves(tables, "2022", A) == {(POOR, NEAR): 1, (POOR, POOR): 1}
    assert tables[FLOW].filter(period="2021").is_empty()


def everywhere(period, **classes):
    """A list of A, and an empty word from every other commune of 2020: the review is complete."""
    others = dim_unit().filter(era="2020", level="commune")["code"].to_list()
    return [
        row
        for unit in others
        for row in listed(period, unit, **(classes if unit == A else {f"other_{unit}": NONE}))
    ]


def test_relapse_is_told_only_when_the_later_review_is_complete(flows):
    tables = flows(
        everywhere("2021", h1=POOR, h2=POOR, h3=POOR),
        everywhere("2022", h1=NONE, h2=NEAR, h3=POOR),  # h1 and h2 escape
        everywhere("2023", h1=POOR, h2=NONE, h3=NONE),  # h1 falls back within 12 months
    )
    assert figure(tables, "escaped", "2022") == 2
    assert figure(tables, "relapsed_12", "2022") == 1
    assert tables[HISTORY].filter(figure="relapsed_24").is_empty()
    assert figure(tables, "entered_again", "2023") == 1
    assert figure(tables, "entered_new", "2023") == 0


def test_relapse_within_24_months_includes_the_first_12(flows):
    tables = flows(
        everywhere("2020", h1=POOR, h2=POOR),
        everywhere("2021", h1=NONE, h2=NONE),
        everywhere("2022", h1=POOR, h2=NONE),
        everywhere("2023", h1=NONE, h2=POOR),
    )
    assert figure(tables, "relapsed_12", "2021") == 1  # h1
    assert figure(tables, "relapsed_24", "2021") == 2  # h1 and h2


def test_chronic_is_poor_in_two_thirds_of_the_reviews(flows):
    tables = flows(
        everywhere("2021", h1=POOR, h2=POOR, h3=NONE),
        everywhere("2022", h1=POOR, h2=NONE, h3=NONE),
        everywhere("2023", h1=POOR, h2=POOR, h3=POOR),
    )
    # h1: 3 of 3, h2: 2 of 3 are chronic; h3: 1 of 3 is transient
    assert figure(tables, "chronic", "2023") == 2
    assert figure(tables, "transient", "2023") == 1
    assert tables[HISTORY].filter(figure="chronic", period="2022").is_empty()


def test_newly_escaped_households_with_a_sign_of_risk_are_watched(flows):
    tables = flows(
        listed("2022", h1=POOR, h2=POOR, h3=NONE),
        listed("2023", h1=NEAR, h2=NONE, h3=NEAR),
    )
    watched = tables[RESULT__WATCHED_HOUSEHOLD.name]
    # h2 has no sign of risk, h3 was never poor
    assert watched.select("household_id", "last_poor_period").rows() == [("h1", "2022")]
    assert figure(tables, "watched", "2023") == 1


def test_more_said_poor_before_than_the_opening_list_has_lost_came_from_elsewhere(flows):
    # Opening: h1, h2 poor. Closing: h1; x and y said to have been poor before, but only h2 was lost.
    again = listed("2023", h1=POOR, x=NONE, y=NEAR)
    again[1]["class_before_code"] = again[2]["class_before_code"] = POOR
    cells = moves(flows(listed("2022", h1=POOR, h2=POOR), again), "2023", A)
    # x is taken for h2; y was on no list of this commune: "other additions" of form 3
    assert cells == {(POOR, POOR): 1, (POOR, NONE): 1, (BEFORE, NEAR): 1}
    assert sum(count for (one, _), count in cells.items() if one == POOR) == 2


def test_a_household_on_two_lists_of_one_review_is_in_the_balance_of_both(flows):
    tables = flows(
        listed("2022", A, h1=POOR),
        listed("2022", B, h1=NEAR),
        listed("2023", A, h1=POOR),
        listed("2023", B, h2=NEAR),
    )
    assert moves(tables, "2023", A) == {(POOR, POOR): 1}
    assert moves(tables, "2023", B) == {(NEAR, GONE): 1, (BEFORE, NEAR): 1}
