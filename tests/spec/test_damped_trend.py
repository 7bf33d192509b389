"""A damped trend on series whose next value can be said by hand."""

import pytest

from measures.damped_trend import ahead, unbroken

LIMITS = (0.0, 100.0)


def halves(*values, start=2022.5):
    return [(start + index / 2, float(value)) for index, value in enumerate(values)]


def test_a_straight_line_goes_on_by_a_tenth_less_each_half_year():
    # steps of 1, damped by 0,9: 8 + 0,9 = 8,9, then 8,9 + 0,81 = 9,71
    line = halves(1, 2, 3, 4, 5, 6, 7, 8)
    assert ahead(line, 2026.5, LIMITS).value == pytest.approx(8.9, abs=0.01)
    found = ahead(line, 2027.0, LIMITS)
    assert found.value == pytest.approx(9.71, abs=0.01)
    # every back-test expected 0,9 more and saw 1 more
    assert found.error == pytest.approx(0.1, abs=0.01)
    assert found.low < found.value < found.high


def test_what_never_moved_stays():
    found = ahead(halves(*[98.2] * 8), 2027.0, LIMITS)
    assert (found.value, found.low, found.high, found.error) == (98.2, 98.2, 98.2, 0)


def test_nothing_goes_beyond_a_natural_limit():
    found = ahead(halves(84, 86, 88.5, 91, 93, 95, 97.5, 99.8), 2027.0, LIMITS)
    assert found.value == found.high == 100


def test_a_wild_series_has_a_wide_interval_and_a_large_error():
    calm = ahead(halves(80, 81, 82, 83, 84, 85, 86, 87), 2026.5, LIMITS)
    wild = ahead(halves(73, 91, 82, 84, 79, 91, 80, 91), 2026.5, LIMITS)
    assert wild.high - wild.low > 5 * (calm.high - calm.low)
    assert wild.error > 5 * calm.error


def test_seven_half_years_or_a_gap_among_eight_give_nothing():
    whole = halves(1, 2, 3, 4, 5, 6, 7, 8)
    assert ahead(whole[1:], 2027.0, LIMITS) is None
    with_gap = [*whole[:4], *[(at + 0.5, value) for at, value in whole[4:]]]
    assert len(unbroken(with_gap)) == 4
    assert ahead(with_gap, 2028.0, LIMITS) is None


def test_nothing_is_told_of_the_past():
    assert ahead(halves(1, 2, 3, 4, 5, 6, 7, 8), 2026.0, LIMITS) is None
    assert ahead([], 2026.0, LIMITS) is None
