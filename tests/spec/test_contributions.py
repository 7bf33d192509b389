"""Which communes changed most, from tables that can be checked by hand."""

import pytest

from measures.comparison import change, contributions


def row(code, value, *, reported=1, expected=1, standard="2022-2026", unit="household"):
    return {
        "unit_code": code, "value": value, "unit": unit, "units_reported": reported,
        "units_expected": expected, "standard_id": standard,
    }  # fmt: skip


WHOLE = row("36", 60, reported=3, expected=3)


def figures(**values):
    return {code: row(code, value) for code, value in values.items()}


def test_the_largest_fall_comes_first():
    # a: 40 − 50 = −10; b: 12 − 10 = +2; c: 8 − 8 = 0
    found = contributions(figures(a=50, b=10, c=8), figures(a=40, b=12, c=8), whole=WHOLE)
    assert [(each.later["unit_code"], each.difference) for each in found] == [
        ("a", -10),
        ("c", 0),
        ("b", 2),
    ]


@pytest.mark.parametrize(
    "missing",
    [
        {"b": row("b", None, reported=0)},
        {"b": row("b", 12, standard="2016-2020")},
        {"d": row("d", 5)},
    ],
)
def test_nothing_is_told_where_one_commune_cannot_be_compared(missing):
    now = figures(a=40, b=12, c=8) | missing
    assert contributions(figures(a=50, b=10, c=8), now, whole=WHOLE) == []


def test_nothing_is_told_where_the_area_is_not_whole():
    part = row("36", 60, reported=2, expected=3)
    assert contributions(figures(a=50), figures(a=40), whole=part) == []


@pytest.mark.parametrize(
    ("unit", "earlier", "later", "difference"),
    [
        # 0,95 to 0,81 percentage points; 8,004 is printed as 8,00 and 7,996 as 8,00: unchanged.
        ("pct", 0.945, 0.81, -0.14),
        ("pct", 8.004, 7.996, 0),
        # A share has three decimals: 0,326 and 0,324 differ by 0,002 (the two figures by 0,0027).
        ("share", 0.3262, 0.3235, -0.002),
        ("share", 0.3254, 0.3246, 0),
    ],
)
def test_a_difference_is_that_of_the_figures_as_they_are_printed(unit, earlier, later, difference):
    found = change(row("36", earlier, unit=unit), row("36", later, unit=unit))
    assert found is not None
    assert found.difference == difference
