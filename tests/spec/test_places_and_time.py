"""Maps, mergers and running lists."""

from datetime import date

import polars as pl

from measures import poor_list_flows

MEASURES = (
    "poor_household_count",
    "near_poor_household_count",
    *(measure.name for measure in poor_list_flows.MEASURES),
)


HONG_QUANG_WARD = "13984"  # era 2025: lies in TP Nam Định (356) and Nam Trực (362)


def poor(unit, era="2020", count=1, **more):
    return [{"unit_code": unit, "era": era, "class_code": "poor", **more}] * count


def test_older_communes_are_re_expressed_forward(estimate, one, crosswalk):
    successor, older = crosswalk.group_by("code_2025").agg("code_2020").row(0)
    rows = estimate([row for unit in older for row in poor(unit, count=2)])
    row = one(
        rows, measure="poor_household_count", level="commune", era="2025", unit_code=successor
    )
    assert row["value"] == 2 * len(older)
    assert (row["units_reported"], row["units_expected"]) == (len(older), len(older))


def test_a_straddling_ward_is_never_split(estimate, one, crosswalk):
    former = crosswalk.filter(code_2025=HONG_QUANG_WARD)["code_2020"].first()
    later = {"era": "2025", "period": "2025"}
    known = {"former_era": "2020", "former_unit_code": former}
    rows = estimate(
        [
            *poor(HONG_QUANG_WARD, count=3, **later),
            *poor(HONG_QUANG_WARD, count=2, **later, **known),
        ]
    )
    where = {"measure": "poor_household_count", "level": "district", "period": "2025"}
    bucket = one(rows, **where, unit_code="not_attributable")
    assert (bucket["value"], bucket["mark"]) == (3, "not_attributable")
    districts = rows.filter(
        pl.col("measure") == "poor_household_count",
        pl.col("level") == "district",
        pl.col("selection") == "best",
        pl.col("group_by").is_null(),
    )
    assert districts["value"].sum() == 5


def test_the_district_map_always_has_its_row_of_what_cannot_be_attributed(estimate, one):
    rows = estimate(poor("13825"))
    row = one(rows, measure="poor_household_count", level="district", unit_code="not_attributable")
    assert (row["value"], row["mark"], row["units_expected"]) == (0, "not_attributable", 0)


def test_a_running_list_is_the_last_official_list_and_the_decisions_since(estimate, one):
    unit = {"unit_code": "13825", "era": "2024"}
    decided = {"period": "2025-02", "change_kind": "changed", "decision_date": date(2025, 2, 20)}
    rows = estimate(
        poor("13825", "2024", 10, period="2024"),
        changes=[
            {**unit, **decided, "class_before_code": "none", "class_code": "poor"},
            {**unit, **decided, "class_before_code": "poor", "class_code": "near_poor"},
            {**unit, **decided, "class_before_code": "poor", "class_code": "none"},
        ],
        covered=[{**unit, "form": "in_year", "period": "2025-01"}],
    )
    where = {"level": "commune", "era": "2024", "unit_code": "13825"}
    # 10 + 1 recognised − 2 escaped = 9; one of the two is near-poor now
    assert one(rows, measure="poor_household_count", period="2025-02", **where)["value"] == 9
    assert one(rows, measure="near_poor_household_count", period="2025-02", **where)["value"] == 1
    # nothing had been decided in January
    assert one(rows, measure="poor_household_count", period="2025-01", **where)["value"] == 10


def test_a_running_list_is_covered_where_every_month_due_was_reported(estimate, one):
    nil = {"form": "in_year", "era": "2025", "unit_code": HONG_QUANG_WARD}
    rows = estimate(
        poor(HONG_QUANG_WARD, "2025", 4, period="2025"),
        covered=[{**nil, "period": "2026-01"}, {**nil, "period": "2026-02"}],
        today=date(2026, 3, 10),
    )
    where = {
        "measure": "poor_household_count",
        "level": "commune",
        "era": "2025",
        "unit_code": HONG_QUANG_WARD,
    }
    assert one(rows, period="2026-02", **where)["units_reported"] == 1
    # the first quarter is not over on 10 March: January and February are what is due
    assert one(rows, period="2026-Q1", **where)["units_reported"] == 1
    late = estimate(
        poor(HONG_QUANG_WARD, "2025", 4, period="2025"),
        covered=[{**nil, "period": "2026-02"}],
        today=date(2026, 3, 10),
    )
    assert one(late, period="2026-02", **where)["units_reported"] == 0


def test_decisions_without_an_opening_list_are_not_a_count(estimate, one):
    unit = {"unit_code": "13825", "era": "2024"}
    decided = {"period": "2025-01", "change_kind": "changed", "decision_date": date(2025, 1, 20)}
    rows = estimate(
        poor("13870", "2024", 5, period="2024"),
        changes=[{**unit, **decided, "class_before_code": "poor", "class_code": "none"}],
    )
    where = {"measure": "poor_household_count", "period": "2025-01", "era": "2024"}
    row = one(rows, **where, level="commune", unit_code="13825")
    assert (row["value"], row["mark"]) == (None, "no_data")
    assert one(rows, **where, level="province")["value"] == 5


def test_flows_follow_the_columns_of_form_2(estimate, one):
    unit = {"unit_code": "13825"}
    rows = estimate(
        [
            {**unit, "period": "2022", "class_code": "poor", "household_id": "back"},
            {**unit, "class_code": "none", "class_before_code": "poor", "household_id": "out"},
            {
                **unit,
                "class_code": "near_poor",
                "class_before_code": "poor",
                "household_id": "half-out",
            },
            {
                **unit,
                "class_code": "poor",
                "class_before_code": "near_poor",
                "household_id": "down",
            },
            {**unit, "class_code": "poor", "class_before_code": "none", "household_id": "back"},
            {**unit, "class_code": "poor", "class_before_code": None, "household_id": "new"},
            {**unit, "class_code": "poor", "class_before_code": "poor", "household_id": "stays"},
        ]
    )
    flows = {
        name: one(rows, measure=f"{name}_household_count", level="province", period="2023")["value"]
        for name in (
            "escaped_to_near_poor",
            "escaped_above_near_poor",
            "near_poor_became_poor",
            "relapsed_poor",
            "new_poor",
        )
    }
    assert flows == {
        "escaped_to_near_poor": 1,
        "escaped_above_near_poor": 1,
        "near_poor_became_poor": 1,
        "relapsed_poor": 1,
        "new_poor": 1,
    }
