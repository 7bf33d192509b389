"""What changed since a meeting: two small builds side by side, answers by hand."""

from datetime import date

import polars as pl
import pytest

from measures.meeting_changes import compared, files_behind, files_since, new_alerts, ranks
from measures.target_standing import Standing
from reference.plan import plan_indicators
from warehouse.quality_tables import QUALITY__COVERAGE
from warehouse.result_tables import RESULT__ESTIMATE

COUNT = "poor_household_count"
DAY = date(2026, 9, 15)


def figure(period, value, measure=COUNT, unit="36", reported=57, standard="2022-2026"):
    return {
        "measure": measure, "period": period, "standard_id": standard, "era": "2025",
        "level": "province" if unit == "36" else "commune", "unit_code": unit, "unit_name": f"xã {unit}",
        "unit": "household", "value": value, "status": "official", "mark": "ok",
        "units_reported": reported, "units_expected": 57 if unit == "36" else 1,
    }  # fmt: skip


def estimates(*rows):
    return RESULT__ESTIMATE.conform(pl.DataFrame(list(rows), infer_schema_length=None))


def covered(*rows):
    names = ("submission_id", "form", "period", "unit_code", "is_current")
    given = [dict(zip(names, row, strict=True)) | {"era": "2025"} for row in rows]
    return QUALITY__COVERAGE.conform(pl.DataFrame(given, infer_schema_length=None))


def test_only_what_differs_is_told_with_both_numbers():
    # 2024: 6131 and 6131; 2025: 4825, then 4830; 2026-08 came later; 2023 is no longer told
    before = estimates(figure("2023", 7041), figure("2024", 6131), figure("2025", 4825))
    after = estimates(figure("2024", 6131), figure("2025", 4830), figure("2026-08", 4410))
    found = compared(before, after, DAY).select("period", "kind", "value_before", "value_after")
    assert found.rows() == [
        ("2023", "gone", 7041.0, None),
        ("2025", "restated", 4825.0, 4830.0),
        ("2026-08", "new", None, 4410.0),
    ]


def test_a_sum_over_more_communes_is_not_a_correction():
    before, after = figure("2026-08", 400, reported=52), figure("2026-08", 440, reported=57)
    assert compared(estimates(before), estimates(after), DAY)["kind"].to_list() == ["coverage"]


def test_a_period_that_was_not_over_at_the_meeting_is_not_corrected():
    # on 15 September August is over, the third quarter is not
    before = estimates(figure("2026-08", 4410), figure("2026-Q3", 4410))
    after = estimates(figure("2026-08", 4411), figure("2026-Q3", 4390))
    found = compared(before, after, DAY).select("period", "kind").rows()
    assert found == [("2026-08", "restated"), ("2026-Q3", "unfinished")]


def test_two_standards_of_one_year_are_two_figures():
    before = estimates(figure("2021", 5338, standard="2016-2020"), figure("2021", 11088))
    after = estimates(figure("2021", 5338, standard="2016-2020"), figure("2021", 11090))
    assert compared(before, after, DAY).select("standard_id", "value_after").rows() == [
        ("2022-2026", 11090.0)
    ]


def test_figures_without_a_standard_are_compared_too():
    before, after = (estimates(figure("2025-H2", value, standard=None)) for value in (98, 97))
    assert compared(before, after, DAY)["kind"].to_list() == ["restated"]


def test_the_files_behind_a_review_are_those_of_its_own_period():
    before = covered(
        ("a", "review_list", "2025", "13669", True), ("b", "summary", "2025", "13669", True)
    )
    after = covered(
        ("a", "review_list", "2025", "13669", False),
        ("c", "review_list", "2025", "13669", True),
        ("b", "summary", "2025", "13669", True),
        ("d", "review_list", "2024", "13669", True),  # another year
        ("e", "programme_credit", "2025", "13669", True),  # an agency's figures
    )
    behind = files_behind(COUNT, "2025", None, files_since(before, after), has_other_formulas=False)
    assert (behind.came, behind.left) == (("c",), ("a",))


@pytest.mark.parametrize(
    ("period", "came"),
    [
        ("2026-Q1", ("jan", "mar", "review")),  # the review before it, January to March
        ("2026-01", ("jan", "review")),
        ("2026-08", ("apr", "jan", "mar", "review")),
        ("2025", ("review",)),
    ],
)
def test_a_running_list_stands_on_the_review_before_and_every_month_up_to_its_end(period, came):
    after = covered(
        ("review", "review_list", "2025", "13669", True),
        ("jan", "in_year", "2026-01", "13669", True),
        ("mar", "in_year", "2026-03", "13669", True),
        ("apr", "in_year", "2026-04", "13669", True),
        ("old", "in_year", "2025-03", "13669", True),
    )
    behind = files_behind(
        COUNT, period, None, files_since(covered(), after), has_other_formulas=False
    )
    assert behind.came == came


def test_the_files_of_one_commune_only():
    after = covered(
        ("a", "review_list", "2025", "13669", True), ("b", "review_list", "2025", "13675", True)
    )
    asked = [("2025", "13675")]
    behind = files_behind(
        COUNT, "2025", asked, files_since(covered(), after), has_other_formulas=True
    )
    assert behind.came == ("b",)
    assert behind.has_other_formulas


def test_ranks_then_and_now():
    # then 30 > 20 > 10: places 1, 2, 3; now 5 < 20 < 25: the first became the last
    before = estimates(
        *(figure("2024", v, unit=u, reported=1) for u, v in zip("abc", (30, 20, 10), strict=True))
    )
    after = estimates(
        *(figure("2025", v, unit=u, reported=1) for u, v in zip("abc", (5, 20, 25), strict=True))
    )
    found = ranks(before, after).select("unit_code", "rank_before", "rank_after", "moved")
    assert found.rows() == [("c", 3, 1, 2), ("a", 1, 3, -2), ("b", 2, 2, 0)]


def test_equal_values_share_a_place():
    rows = estimates(
        *(figure("2024", v, unit=u, reported=1) for u, v in zip("abc", (7, 7, 1), strict=True))
    )
    assert sorted(ranks(rows, rows)["rank_after"]) == [1, 1, 3]


def test_nothing_ranks_below_full_coverage():
    whole = estimates(*(figure("2024", 9, unit=u, reported=1) for u in "abc"))
    partial = estimates(
        *(figure("2025", 9, unit=u, reported=n) for u, n in zip("abc", (1, 1, 0), strict=True))
    )
    assert ranks(whole, partial).is_empty()
    assert ranks(partial, whole).is_empty()


def test_ranks_of_two_standards_are_not_compared():
    old = estimates(*(figure("2026", v, unit=u, reported=1) for v, u in enumerate("abc")))
    new = estimates(
        *(figure("2027", v, unit=u, reported=1, standard="2027-2030") for v, u in enumerate("cba"))
    )
    assert ranks(old, new).is_empty()


def test_an_alert_is_new_where_an_indicator_slips_now_and_did_not_then():
    first, second, third = list(plan_indicators().values())[:3]
    then = [
        Standing(first, None, "met"),
        Standing(second, None, "slow"),
        Standing(third, None, "short"),
    ]
    now = [
        Standing(first, None, "short"),
        Standing(second, None, "away"),
        Standing(third, None, "met"),
    ]
    assert [after.indicator.id for _, after in new_alerts(then, now)] == [first.id]


def test_units_that_share_a_place_come_in_the_order_of_their_codes():
    # b and c: place 1 then, both 20 now; whatever order the rows come in
    before = estimates(*(figure("2024", 30, unit=u, reported=1) for u in "cba"))
    after = estimates(
        *(figure("2025", v, unit=u, reported=1) for u, v in (("c", 20), ("a", 25), ("b", 20)))
    )
    for rows in (after, after.reverse()):
        assert ranks(before, rows)["unit_code"].to_list() == ["b", "c", "a"]
