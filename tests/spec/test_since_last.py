"""What is new since the last report, and the worst of a target's indicators, by hand."""

import polars as pl

from measures.since_last import Restated, news, restated, since_last, worst
from measures.target_standing import standing
from reference.plan import plan_indicators
from warehouse.quality_tables import QUALITY__DIFFERENCE
from warehouse.result_tables import RESULT__ESTIMATE

INDICATORS = plan_indicators()


def stands(name, values, **more):
    indicator = INDICATORS[name]
    body = [
        {
            "measure": indicator.measure, "period": period, "value": value, "mark": "ok", "numerator": value,
            "denominator": 100.0, "unit": indicator.unit, "units_reported": told, "units_expected": 57,
            "standard_id": "2022-2026" if len(period) == 4 else None, **more,
        }
        for period, value, told in values
    ]  # fmt: skip
    return standing(indicator, RESULT__ESTIMATE.conform(pl.DataFrame(body)))


def test_the_newest_complete_figure_stands_against_the_complete_one_before():
    # 2026-H1 has 40 of 57 communes: 98,0 of 2025-H2 stands against 97,0 of 2025-H1
    found = since_last(
        stands("T4.1", [("2025-H1", 97.0, 57), ("2025-H2", 98.0, 57), ("2026-H1", 99.9, 40)])
    )
    assert (found.earlier_period, found.earlier, found.now) == ("2025-H1", 97, 98)
    assert (found.difference, found.verdict) == (1, "better")


def test_fewer_is_better_where_the_indicator_says_so():
    found = since_last(stands("T1.1", [("2024", 0.95, 57), ("2025", 0.75, 57)]))
    assert (found.earlier_period, found.difference, found.verdict) == ("2024", -0.2, "better")
    assert since_last(stands("T1.1", [("2025", 0.75, 57)])) is None


def test_what_got_worse_comes_first():
    better = stands("T1.1", [("2024", 0.95, 57), ("2025", 0.75, 57)])
    worse = stands("T2.1", [("2025-H1", 95.0, 57), ("2025-H2", 94.0, 57)])
    assert [each.standing.indicator.id for each in news([better, worse])] == ["T2.1", "T1.1"]


def test_a_target_is_as_good_as_its_worst_known_indicator():
    met = stands("T4.1", [("2025-H1", 100.0, 57)])
    short = stands("T4.2", [("2025-H1", 99.0, 57)])
    unknown = standing(INDICATORS["T6.2"], RESULT__ESTIMATE.empty())
    assert worst([met, short, unknown]) == "short"
    assert worst([met, unknown]) == "met"
    assert worst([unknown]) == "no_data"


def test_an_indicator_without_a_number_speaks_only_where_no_other_does():
    worse = stands("T1.4", [("2024", 4.0, 57), ("2025", 7.0, 57)])
    met = stands("T1.3", [("2024", 4.0, 57), ("2025", 0.0, 57)])
    assert worst([worse, met]) == "met"
    assert worst([worse]) == "worse"


def test_where_no_number_of_the_plan_is_known_the_first_indicator_speaks():
    better = stands("T1.1", [("2024", 4.0, 57), ("2025", 3.0, 57)])
    worse = stands("T1.4", [("2024", 4.0, 57), ("2025", 7.0, 57)])
    unknown = standing(INDICATORS["T1.2"], RESULT__ESTIMATE.empty())
    assert worst([better, unknown, worse]) == "better"


def test_restated_and_new_figures_are_counted_apart():
    rows = [("2024", 5.0, 6.0), ("2024", 7.0, 8.0), ("2025", None, 4.0), ("2025", 3.0, None)]
    frame = pl.DataFrame(
        [
            {"measure": "m", "period": p, "level": "commune", "value_before": before, "value_after": after}
            for p, before, after in rows
        ]
    )  # fmt: skip
    assert restated(QUALITY__DIFFERENCE.conform(frame)) == Restated(changed=2, added=1)
