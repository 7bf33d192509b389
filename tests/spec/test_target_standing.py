"""What a status says, each on a series that can be checked by hand."""

import polars as pl
import pytest

from measures.target_standing import standing
from reference.plan import plan_indicators
from warehouse.result_tables import RESULT__ESTIMATE

INDICATORS = plan_indicators()


def rows(name, values, **more):
    indicator = INDICATORS[name]
    body = [
        {
            "measure": indicator.measure, "period": period, "value": value, "mark": "ok" if value else "zero",
            "numerator": value, "units_reported": 57, "units_expected": 57, "standard_id": "2022-2026", **more,
        }
        for period, value in values.items()
    ]  # fmt: skip
    return RESULT__ESTIMATE.conform(pl.DataFrame(body, infer_schema_length=None))


@pytest.mark.parametrize(
    ("values", "status"),
    [
        # the end of 2025 leaves five years: 100 / 5 = −20 a year are needed
        ({"2021": 180, "2022": 160, "2023": 140, "2024": 120, "2025": 100}, "on_pace"),
        ({"2021": 140, "2022": 130, "2023": 120, "2024": 110, "2025": 100}, "slow"),
        # four values tell a direction, no outlook
        ({"2022": 160, "2023": 140, "2024": 120, "2025": 100}, "better"),
        ({"2024": 90, "2025": 100}, "away"),
        ({"2024": 100, "2025": 100}, "same"),
        ({"2021": 100, "2022": 100, "2023": 100, "2024": 100, "2025": 100}, "slow"),
        ({"2024": 10, "2025": 0}, "met"),
        ({"2025": 100}, "unknown_trend"),
    ],
)
def test_to_zero_by_2030(values, status):
    found = standing(INDICATORS["T1.2"], rows("T1.2", values))
    assert found.status == status
    if status == "on_pace":
        assert (found.observed, found.required) == (pytest.approx(-20), pytest.approx(-20))


def test_what_must_be_full_is_met_or_short_and_says_of_how_many():
    short = rows("T4.1", {"2025-H1": 98.0}, numerator=980, denominator=1000, standard_id=None)
    found = standing(INDICATORS["T4.1"], short)
    assert (found.status, found.gap, found.people) == ("short", 2, 20)
    assert standing(INDICATORS["T4.1"], rows("T4.1", {"2025-H1": 100.0})).status == "met"


def test_one_left_out_of_very_many_is_short_though_the_rate_rounds_to_100():
    # 39,999 / 40,000 = 99.9975 %, shown as 100,00 %; one person is still without a card
    almost = rows(
        "T4.1", {"2025-H1": 100.0}, numerator=39_999, denominator=40_000, standard_id=None
    )
    found = standing(INDICATORS["T4.1"], almost)
    assert (found.status, found.people) == ("short", 1)


def test_a_review_still_going_on_does_not_hide_the_last_official_one():
    official = rows("T1.2", {"2025": 2086}, units_reported=35, status="official")
    begun = rows("T1.2", {"2026": 749}, units_reported=20, status="preliminary")
    found = standing(INDICATORS["T1.2"], pl.concat([official, begun]))
    assert (found.row["period"], found.status) == ("2025", "partial")
    assert standing(INDICATORS["T1.2"], begun).row["period"] == "2026"


def test_without_a_number_in_the_plan_there_is_a_direction_and_no_verdict():
    found = standing(INDICATORS["T1.1"], rows("T1.1", {"2024": 1.0, "2025": 0.8}))
    assert (found.status, found.gap, found.required) == ("better", None, None)


def test_an_incomplete_figure_gets_no_status():
    found = standing(INDICATORS["T1.2"], rows("T1.2", {"2025": 10}, units_reported=31))
    assert found.status == "partial"


def test_no_pace_is_taken_across_a_change_of_standard():
    before = rows("T1.2", {"2021": 200}, standard_id="2016-2020")
    found = standing(INDICATORS["T1.2"], pl.concat([before, rows("T1.2", {"2022": 100})]))
    assert (found.status, found.observed) == ("unknown_trend", None)


def test_what_no_form_carries_has_no_data():
    assert standing(INDICATORS["T6.1"], rows("T1.2", {"2025": 10})).status == "no_data"
    # T6.2 and T8.2 have a measure; without their lists of households there is no row.
    for name in ("T6.2", "T8.2"):
        assert standing(INDICATORS[name], rows("T1.2", {"2025": 10})).status == "no_data"


def test_an_indicator_of_many_is_its_worst_turned_round():
    def share(measure, period, deprived, reviewed, reported=57):
        return rows(
            "T6.1", {period: 100 * deprived / reviewed}, measure=measure, numerator=deprived,
            denominator=reviewed, units_reported=reported,
        )  # fmt: skip

    told = pl.concat(
        [
            share("deprivation_water_among_poor", "2024", 10, 200),
            share("deprivation_internet_among_poor", "2024", 50, 200),
            share("deprivation_internet_among_near_poor", "2025", 30, 300),
            share("deprivation_water_among_near_poor", "2025", 60, 300),
        ]
    )
    found = standing(INDICATORS["T6.1"], told)
    # 2025: 60 of 300 lack water, 20 %, more than the 10 % without internet: 240 of 300 do not
    assert found.row["measure"] == "deprivation_water_among_near_poor"
    assert (found.row["value"], found.row["numerator"]) == (80, 240)
    assert (found.status, found.gap, found.people) == ("short", 20, 60)
    assert [value for _, value in found.series] == [75, 80]


def test_an_indicator_of_many_without_all_communes_is_no_verdict():
    told = rows(
        "T6.1", {"2025": 25.0}, measure="deprivation_water_among_poor", numerator=1, denominator=4,
        units_reported=35,
    )  # fmt: skip
    assert standing(INDICATORS["T6.1"], told).status == "partial"
