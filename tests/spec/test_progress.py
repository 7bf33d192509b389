"""Progress methods against the published checks of one series: 5.0 % in 2021, 1.5 % in 2025, zero in 2030."""

import pytest

from measures import progress

FALLING = [(2021, 5.0), (2022, 4.0), (2023, 3.0), (2024, 2.2), (2025, 1.5)]


def test_the_german_rule_extends_the_mean_change():
    # (1,5 − 5,0) / 4 = −0,875 a year; 1,5 − 5 · 0,875 = −2,875; missed by (0 + 2,875) / (0 − 1,5) = −1,92
    found = progress.german(FALLING, 0, 2030)
    assert found.projected == pytest.approx(-2.875)
    assert found.verdict == "met"


def test_the_german_rule_needs_four_values():
    # (2,2 − 5,0) / 3 = −0,933 a year; 2,2 − 6 · 0,933 = −3,4
    assert progress.german(FALLING[:4], 0, 2030).projected == pytest.approx(-3.4)
    assert progress.german(FALLING[:3], 0, 2030) is None


def test_the_german_rule_takes_the_last_five_changes():
    # the fall of 2019 is older than five years: (1,5 − 5,5) / 5 = −0,8 a year
    older = [(2019, 90.0), (2020, 5.5), *FALLING]
    assert progress.german(older, 0, 2030).projected == pytest.approx(1.5 - 5 * 0.8)


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ((98, 99, 100, 100), "met"),
        ((101, 100, 100, 100), "slightly_off"),
        ((90, 92, 93, 95), "off_track"),
        ((97, 96, 96, 95), "moving_away"),
        ((95, 95, 95, 95), "moving_away"),
    ],
)
def test_what_is_to_be_kept_looks_at_the_last_value_first(values, verdict):
    assert progress.german_keep(list(enumerate(map(float, values))), 100) == verdict
    assert progress.german_keep(list(enumerate(map(float, values)))[:3], 100) is None


@pytest.mark.parametrize(
    ("target", "verdict"),
    # projected −2,875; to go = target − 1,5; missed = (target + 2,875) / (target − 1,5)
    [(-2.9, "on_track"), (-3.5, "slightly_off"), (-9, "off_track"), (3, "moving_away")],
)
def test_the_german_verdicts(target, verdict):
    assert progress.german(FALLING, target, 2030).verdict == verdict


@pytest.mark.parametrize(
    ("stand_in", "ratio", "verdict"), [(0.001, 0.425, "limited"), (0.5, 1.151, "on_track")]
)
def test_the_growth_rule_depends_on_the_stand_in_for_zero(stand_in, ratio, verdict):
    found = progress.growth(FALLING, 0, 2030, rises=False, stand_in=stand_in)
    assert found.ratio == pytest.approx(ratio, abs=0.0006)
    assert found.verdict == verdict


def test_a_target_already_met_overrides_the_trend():
    assert progress.growth([(2021, 90.0), (2025, 100.0)], 100, 2030, rises=True).verdict == "met"


def test_moving_away_is_deterioration():
    assert (
        progress.growth([(2021, 5.0), (2025, 6.0)], 0, 2030, rises=False).verdict == "deterioration"
    )


def test_a_fall_from_the_target_is_not_met():
    assert progress.growth([(2021, 100.0), (2025, 99.0)], 100, 2030, rises=True) is None


@pytest.mark.parametrize(
    ("last", "verdict"),
    # from 80 of 100 over four years: 1 − 0,8^4,44 = 0,6287, thresholds 0,943, 0,314 and 0 % a year
    # 83,06: 0,943 %; 83,05: 0,940 %; 81,02: 0,317 %; 81: 0,311 %
    [
        (83.07, "on_track"), (83.05, "moderate"), (81.02, "moderate"), (81.0, "limited"), (80.0, "limited"),
        (79.9, "deterioration"),
    ],
)  # fmt: skip
def test_growth_near_a_natural_limit_needs_less(last, verdict):
    assert progress.growth_to_limit([(2021, 80.0), (2025, last)], 100).verdict == verdict


def test_who_began_at_the_limit_and_does_not_fall_is_on_track():
    assert progress.growth_to_limit([(2021, 100.0), (2025, 100.0)], 100).verdict == "on_track"
    assert progress.growth_to_limit([(2021, 100.0), (2025, 99.0)], 100).verdict == "deterioration"


def test_half_years_are_taken_over_five_years():
    # ten half-yearly steps of +1 from 2020,5 on: +2 a year, 90 + 5 · 2
    halves = [(2020.5 + step / 2, 80.0 + step) for step in range(11)]
    assert progress.german(halves, 100, 2030).projected == pytest.approx(90 + 4.5 * 2)
    assert progress.observed_pace([(2010, 0.0), *halves]) == pytest.approx(2)


def test_nothing_is_said_of_an_empty_series():
    assert progress.german([], 0, 2030) is None
    assert progress.growth([], 0, 2030, rises=False) is None
    assert progress.unsd([], 0, 2030) is None
    assert progress.growth_to_limit([], 100) is None
    assert progress.german_keep([], 100) is None
    assert progress.required_pace([], 0, 2030) is None
    assert progress.observed_pace([]) is None


def test_the_unsd_rule():
    found = progress.unsd(FALLING, 0, 2030)
    assert found.progress == pytest.approx(0.933, abs=0.0006)
    assert found.verdict == "fair"


def test_paces():
    # five points a year are left: −1,5 / 5 = −0,3
    assert progress.required_pace(FALLING, 0, 2030) == pytest.approx(-0.3)
    assert progress.observed_pace(FALLING) == pytest.approx(-0.875)
    assert progress.required_pace([(2030, 1.0)], 0, 2030) is None
    assert progress.observed_pace([(2030, 1.0)]) is None
