"""Which communes changed most, from tables that can be checked by hand."""

import pytest

from measures.comparison import change, contributions


def row(code, value, *, reported=1, expected=1, standard="2022-2026"):
    return {
        "unit_code": code, "value": value, "units_reported": reported,
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


def test_a_difference_is_that_of_the_figures_as_they_are_printed():
    # 0,3254 is printed as 0,33 and 0,3246 as 0,32: fallen by 0,01, not unchanged
    found = change(row("36", 0.3254), row("36", 0.3246))
    assert found is not None
    assert found.difference == -0.01
