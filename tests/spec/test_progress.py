"""Progress methods against the published checks of one series: 5.0 % in 2021, 1.5 % in 2025, zero in 2030."""

import pytest

from measures import progress

FALLING = [(2021, 5.0), (2022, 4.0), (2023, 3.0), (2024, 2.2), (2025, 1.5)]


def test_the_german_rule_extends_the_mean_change():
    # (1,5 − 5,0) / 4 = −0,875 a year; 1,5 − 5 · 0,875 = −2,875; missed by (0 + 2,875) / (0 − 1,5) = −1,92
    found = progress.german(FALLING, 0, 2030)
    assert found.projected == pytest.approx(-2.875)
    assert found.verdict == "met"


def test_the_german_rule_needs_four_changes():
    assert progress.german(FALLING[:4], 0, 2030) is None


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
    found = progress.growth(FALLING, 0, 2030, stand_in)
    assert found.ratio == pytest.approx(ratio, abs=0.0006)
    assert found.verdict == verdict


def test_a_target_already_met_overrides_the_trend():
    assert progress.growth([(2021, 90.0), (2025, 100.0)], 100, 2030).verdict == "met"


def test_moving_away_is_deterioration():
    assert progress.growth([(2021, 5.0), (2025, 6.0)], 0, 2030).verdict == "deterioration"


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
