"""``python -m bench.model_truth``: do the intervals hold what they promise? Planted effects, simulated as arrays.

Communes differ and have good and bad years; a household's score is its own level plus the luck of
the year, so that whoever is chosen at the worst rises by itself. A planted effect takes a household
out that would not have got out, so that the share out rises by the effect and by nothing else.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import NormalDist, mean, median

import numpy as np
import polars as pl

from demo.models import COMPONENTS, HOUSEHOLDS_A_COMMUNE, PLANS, Plan
from demo.randomness import stream
from measures.evaluation.following import study
from measures.evaluation.portfolio import figures

SEEDS = 200
MEDIAN_COVERAGE, LEAST_COVERAGE = 0.93, 0.88
RISING_ALONE_SHARE = 0.95
YEARS = (2022, 2023, 2024, 2025)
PILOT_BASELINE, COPY_BASELINE = 2022, 2023
COMMUNES, HOUSEHOLDS = 160, 200
POOR_BELOW, NEAR_POOR_BELOW = 115.0, 140.0
_LEVEL, _LEVEL_SPREAD, _LUCK, _COMMUNE_YEAR, _COMMUNE = 148.0, 14.0, 11.0, 3.0, 3.0
_LASTS = 0.8
"""Chance that a household which the model took out is out a year later too."""


@dataclass(frozen=True)
class World:
    """One simulated province: frames as the evaluation reads them, and the planted truth by model."""

    register: pl.DataFrame
    participants: pl.DataFrame
    lists: pl.DataFrame
    truth: dict[str, float]


@dataclass
class Verdict:
    """What the seeds said of one model."""

    planted: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    grades: Counter[str] = field(default_factory=Counter)

    @property
    def coverage(self) -> float | None:
        """Share of 95 % intervals that hold the planted effect; None where there never is one."""
        return mean(self.inside) if self.inside else None

    def share(self, *grades: str) -> float:
        """Share of seeds with one of ``grades``."""
        return sum(self.grades[name] for name in grades) / self.grades.total()


def simulate(seed: int) -> World:
    """A province of ``COMMUNES`` communes with the models of the demo, and what was planted."""
    rng = stream(seed, "model truth")
    commune = np.repeat(np.arange(COMMUNES), HOUSEHOLDS)
    members = rng.integers(1, 6, commune.size)
    is_frail = rng.random(commune.size) < 0.2
    level = rng.normal(_LEVEL, _LEVEL_SPREAD, commune.size) - 6 * is_frail
    level += rng.normal(0, _COMMUNE, COMMUNES)[commune]
    luck = rng.normal(0, _LUCK, (len(YEARS), commune.size))
    luck += rng.normal(0, _COMMUNE_YEAR, (len(YEARS), COMMUNES))[:, commune]
    scores = level + luck
    free = rng.permutation(COMMUNES).tolist()
    register, participants, truth = [], [], {}
    for plan in PLANS:
        planted = []
        for model_id, copy_of, year, kept in _sites(plan):
            place = free.pop()
            effect = plan.effect_of_copy(kept)
            chosen = _chosen(rng, plan, scores[YEARS.index(year)], commune == place)
            planted.append(_plant(rng, scores, level, chosen, YEARS.index(year), effect))
            register.append(_register_row(plan, model_id, copy_of, kept))
            participants += [_member(model_id, place, row, year) for row in chosen.tolist()]
        truth[plan.model_id] = mean(planted)
    urban = (rng.random(COMMUNES) < 0.25)[commune]
    return World(
        pl.DataFrame(register, infer_schema_length=None),
        pl.DataFrame(participants, schema_overrides={"passed_on_to": pl.List(pl.String)}),
        _lists(scores, commune, members, is_frail, urban),
        truth,
    )


def evaluate(seeds: Iterable[int]) -> dict[str, Verdict]:
    """The whole evaluation, seed by seed: what it finds for each model beside what was planted."""
    verdicts: dict[str, Verdict] = defaultdict(Verdict)
    for seed in seeds:
        world = simulate(seed)
        found = figures(study(world.register, world.participants, world.lists), parts=("all",))
        for row in found.to_dicts():
            one, truth = verdicts[row["model_id"]], world.truth[row["model_id"]]
            one.grades[row["grade"]] += 1
            if row["effect_share"] is not None:
                one.planted.append(truth)
                one.found.append(row["effect_share"])
                one.inside.append(row["effect_low_share"] <= truth <= row["effect_high_share"])
    return dict(verdicts)


def coverages(verdicts: dict[str, Verdict]) -> list[float]:
    """Coverage of every model that can be estimated and is judged."""
    judged = (one for one in verdicts.values() if one.share("unclear") < 1)
    return [one.coverage for one in judged if one.coverage is not None]


def _sites(plan: Plan) -> list[tuple[str, str | None, int, int]]:
    pilots = [(plan.model_id, None, PILOT_BASELINE, len(COMPONENTS))] * plan.pilot_communes
    return pilots + [
        (plan.copy_id(place), plan.model_id, COPY_BASELINE, kept)
        for place, kept in enumerate(plan.copies, start=1)
    ]


def _chosen(
    rng: np.random.Generator, plan: Plan, score: np.ndarray, is_here: np.ndarray
) -> np.ndarray:
    """Households on the commune's list that join, at random or among the worse half."""
    listed = np.flatnonzero(is_here & (score < NEAR_POOR_BELOW))
    if plan.at_the_worst:
        listed = listed[np.argsort(score[listed])][: listed.size // 2]
    return rng.permutation(listed)[: min(plan.households, HOUSEHOLDS_A_COMMUNE)]


def _plant(
    rng: np.random.Generator, scores: np.ndarray, level: np.ndarray, rows: np.ndarray,
    year: int, effect: float,
) -> float:  # fmt: skip
    """Take households out that would not have got out; the answer is the additional share planted."""
    line = np.where(scores[year, rows] < POOR_BELOW, POOR_BELOW, NEAR_POOR_BELOW)
    spread = float(np.hypot(_LUCK, _COMMUNE_YEAR))
    usual = np.array(
        [1 - NormalDist(m, spread).cdf(z) for m, z in zip(level[rows], line, strict=True)]
    )
    added = np.minimum(effect, 1 - usual)
    is_moved = (scores[year + 1, rows] < line) & (rng.random(rows.size) < added / (1 - usual))
    scores[year + 1, rows[is_moved]] = line[is_moved] + 1
    lasts = is_moved & (rng.random(rows.size) < _LASTS)
    scores[year + 2, rows[lasts]] = np.maximum(scores[year + 2, rows[lasts]], line[lasts] + 1)
    return float(added.mean())


def _lists(
    scores: np.ndarray, commune: np.ndarray, members: np.ndarray, is_frail: np.ndarray,
    urban: np.ndarray,
) -> pl.DataFrame:  # fmt: skip
    """The list of every year: who is poor or near-poor, and who was the year before and is no more."""
    frames = []
    for place, year in enumerate(YEARS):
        is_listed = scores[place] < NEAR_POOR_BELOW
        if place:
            is_listed |= scores[place - 1] < NEAR_POOR_BELOW
        rows = np.flatnonzero(is_listed)
        score = scores[place, rows]
        classes = np.where(
            score < POOR_BELOW, "poor", np.where(score < NEAR_POOR_BELOW, "near_poor", "none")
        )
        frames.append(
            pl.DataFrame(
                {
                    "household_id": rows.astype(str), "era": "x", "unit_code": commune[rows].astype(str),
                    "year": np.full(rows.size, year), "class_code": classes,
                    "b1_points": (score // 5) * 5,
                    "area_type": np.where(urban[rows], "urban", "rural"),
                    "is_without_labour_capacity": is_frail[rows], "member_count": members[rows],
                }
            )
        )  # fmt: skip
    return pl.concat(frames)


def _register_row(plan: Plan, model_id: str, copy_of: str | None, kept: int) -> dict[str, object]:
    return {
        "model_id": model_id, "copy_of": copy_of, "model_kind": "copy" if copy_of else "pilot",
        "model_name": plan.name, "model_type": "livestock", "agency_name": "Sở", "budget_central_vnd": 3e8,
        "budget_local_vnd": None, "budget_other_vnd": None, "own_money_vnd": None,
        "core_components": list(COMPONENTS[:kept]),
    }  # fmt: skip


def _member(model_id: str, place: int, row: int, year: int) -> dict[str, object]:
    return {
        "model_id": model_id, "participant_number": f"{place}-{row}", "household_id": str(row),
        "entry_date": date(year + 1, 1, 10), "support_vnd": 1e7, "recovered_vnd": 0.0,
        "passed_on_to": None,
        "is_exemplary": None,
    }  # fmt: skip


def main(seeds: int = SEEDS) -> None:
    """Print a line a model, then whether the limits hold."""
    verdicts = evaluate(range(1, seeds + 1))
    names = {plan.model_id: plan for plan in PLANS}
    for model_id, one in sorted(verdicts.items()):
        told = ", ".join(f"{name} {one.share(name):.1%}" for name in sorted(one.grades))
        figure = "not estimated"
        if one.coverage is not None:
            figure = (
                f"planted {mean(one.planted):.3f}, found {mean(one.found):.3f}, "
                f"inside {one.coverage:.1%} of {len(one.inside)}"
            )
        print(f"{model_id} {names[model_id].name}: {figure}; {told}")
    covered = coverages(verdicts)
    _limit("median coverage", median(covered), MEDIAN_COVERAGE)
    _limit("least coverage", min(covered), LEAST_COVERAGE)
    rising = 1 - verdicts["MH08"].share("evidence", "signs")
    _limit("regression to the mean without a good grade", rising, RISING_ALONE_SHARE)
    _limit("too small told as unclear", verdicts["MH10"].share("unclear"), 1.0)


def _limit(what: str, value: float, limit: float) -> None:
    print(f"{what}: {value:.1%}, {'within' if value >= limit else 'BELOW'} {limit:.0%}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEEDS)
