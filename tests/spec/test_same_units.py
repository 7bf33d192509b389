"""A period that some communes reported, against the year before of the same communes, by hand."""

import polars as pl
import pytest

from measures.same_units import same_units
from warehouse.result_tables import RESULT__ESTIMATE


def _rows(*told):
    body = [
        {
            "measure": "poor_household_rate", "unit_code": code, "period": period, "numerator": poor,
            "denominator": residents, "value": 100 * poor / residents, "mark": "ok", "unit": "pct",
            "standard_id": standard, "units_reported": reported, "units_expected": 1,
        }
        for code, period, poor, residents, standard, reported in told
    ]  # fmt: skip
    return RESULT__ESTIMATE.conform(pl.DataFrame(body))


def test_only_communes_of_both_years_are_summed():
    rows = _rows(
        ("a", "2025", 10.0, 500.0, "s", 1),
        ("b", "2025", 30.0, 500.0, "s", 1),
        ("c", "2025", 90.0, 500.0, "s", 1),
        ("a", "2026", 8.0, 500.0, "s", 1),
        ("b", "2026", 22.0, 500.0, "s", 1),
        ("d", "2026", 50.0, 500.0, "s", 1),
    )
    found = same_units(rows, "2026")
    # a and b: 10 + 30 = 40 of 1.000 → 8 + 22 = 30 of 1.000; c and d have one year only
    assert (found.units, found.before) == (2, "2025")
    assert (found.numerator_before, found.numerator) == (40, 30)
    assert (found.rate_before, found.rate) == (pytest.approx(4.0), pytest.approx(3.0))
    assert found.points == -1.0


def test_another_standard_or_a_commune_that_reported_in_part_is_not_compared():
    rows = _rows(
        ("a", "2025", 10.0, 500.0, "old", 1),
        ("a", "2026", 8.0, 500.0, "new", 1),
        ("b", "2025", 10.0, 500.0, "new", 1),
        ("b", "2026", 8.0, 500.0, "new", 0),
    )
    assert same_units(rows, "2026") is None
