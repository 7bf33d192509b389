"""Intervals and grades on planted effects: a smaller run of ``bench/model_truth.py``."""

from statistics import median

import pytest

from bench.model_truth import coverages, evaluate

SEEDS = range(1, 9)


@pytest.fixture(scope="module")
def verdicts():
    return evaluate(SEEDS)


def test_planted_effects_lie_inside_their_intervals(verdicts):
    # of 8 seeds at a true 95 %, fewer than 5 inside happens once in 2,700 times a model
    found = coverages(verdicts)
    assert len(found) == 11
    assert median(found) >= 0.85
    assert min(found) >= 0.6


def test_whoever_is_chosen_at_the_worst_is_not_taken_for_a_success(verdicts):
    assert verdicts["MH08"].share("evidence", "signs") <= 0.1


def test_nine_households_are_never_judged(verdicts):
    assert verdicts["MH10"].share("unclear") == 1


def test_strong_effects_are_found_and_absent_ones_are_not(verdicts):
    assert all(verdicts[name].share("evidence") >= 0.9 for name in ("MH01", "MH02", "MH03"))
    assert all(verdicts[name].share("evidence", "signs") <= 0.1 for name in ("MH06", "MH07"))
