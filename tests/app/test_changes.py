"""What may be compared, and the sentences made from it."""

import polars as pl

from tests.app import factory
from ui import changes
from warehouse.result_tables import RESULT__ESTIMATE

COUNT = "poor_household_count"


def _rows(*given):
    rows = [factory.estimate(measure=COUNT, unit="household", **one) for one in given]
    return RESULT__ESTIMATE.conform(pl.DataFrame(rows, infer_schema_length=None))


def test_a_change_is_later_minus_earlier():
    rows = _rows({"period": "2023", "value": 7041.0}, {"period": "2024", "value": 6131.0})
    assert changes.change(rows, COUNT, "2024").difference == -910  # 6131 − 7041


def test_no_change_across_a_standard():
    rows = _rows(
        {"period": "2020", "value": 5338.0, "standard_id": "2016-2020"},
        {"period": "2021", "value": 11088.0},
    )
    assert changes.change(rows, COUNT, "2021") is None


def test_no_change_from_or_to_a_partial_period():
    rows = _rows(
        {"period": "2023", "value": 7041.0},
        {"period": "2024", "value": 6131.0, "units_reported": 174},
    )
    assert changes.change(rows, COUNT, "2024") is None


def test_no_change_from_a_hidden_figure():
    rows = _rows(
        {"period": "2023", "value": None, "mark": "suppressed"}, {"period": "2024", "value": 2.0}
    )
    assert changes.change(rows, COUNT, "2024") is None


def test_the_running_list_is_the_newest_quarter():
    rows = _rows(
        *({"period": code, "value": 1.0} for code in ("2025", "2026-08", "2026-Q2", "2026-Q3"))
    )
    assert changes.newest_running(rows, COUNT)["period"] == "2026-Q3"


def _units(values):
    return _rows(
        *(
            {"level": "commune", "unit_code": code, "unit_name": code, "value": value,
             "units_reported": 1, "units_expected": 1}
            for code, value in values.items()
        )
    )  # fmt: skip


def test_the_fewest_units_with_a_quarter_of_the_fall():
    # falls: a 30, b 20, c 50, d −10 → net 90, a quarter is 22.5: c alone
    earlier = _units({"a": 100.0, "b": 100.0, "c": 100.0, "d": 100.0})
    later = _units({"a": 70.0, "b": 80.0, "c": 50.0, "d": 110.0})
    assert changes.fewest_with_a_quarter(later, earlier, 90) == (1, ["c"])


def test_an_officer_who_sees_one_unit_is_not_told_that_it_made_the_fall():
    earlier, later = _units({"a": 100.0}), _units({"a": 70.0})
    assert changes.fewest_with_a_quarter(later, earlier, 90) is None


def test_no_quarter_without_a_fall_or_with_a_unit_missing():
    same = _units({"a": 100.0, "b": 100.0})
    assert changes.fewest_with_a_quarter(same, same, 0) is None
    later = _units({"a": 1.0, "b": 1.0})
    assert changes.fewest_with_a_quarter(later, _units({"a": 9.0}), 8) is None
