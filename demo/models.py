"""Twelve models of poverty reduction with planted effects: who takes part, what it costs, who passes on.

Nobody's fate is changed: participants are drawn by what became of them, so that the share out of
poverty a year later is that of communes without a model plus the planted effect, while every list
still adds up. Drawn for the whole province whatever its size, so that the small demo is the same
truth cut to six communes.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import polars as pl

from demo.folder import Paths
from demo.geography import homes
from demo.histories import NONE
from demo.province import Province, imagine
from demo.randomness import stream

FOLDER = "mo-hinh"
YEAR = 2025
"""The register and the lists of participants stand at the end of this year."""
COMPONENTS = ("con giống, vật tư", "tập huấn", "cán bộ theo dõi", "vốn vay", "hợp đồng tiêu thụ")
HOUSEHOLDS_A_COMMUNE = 18
_MILLION = 1_000_000


@dataclass(frozen=True)
class Plan:
    """One model as it truly is; effects are additional shares out of poverty after a year.

    ``copies`` gives the components that each copy keeps. ``passes_on`` is the chance that a
    household passes its support on within the year.
    """

    number: int
    name: str
    type_vi: str
    effect: float
    pilot_communes: int
    copies: tuple[int, ...]
    households: int = HOUSEHOLDS_A_COMMUNE
    passes_on: float = 0.15
    at_the_worst: bool = False
    cost: float = 18 * _MILLION
    """Dong a household."""

    @property
    def model_id(self) -> str:
        """Code of the pilot."""
        return f"MH{self.number:02d}"

    def copy_id(self, place: int) -> str:
        """Code of a copy, from 1."""
        return f"{self.model_id}-{place}"

    def effect_of_copy(self, components: int) -> float:
        """The effect falls with the fidelity."""
        return self.effect * max(0.0, (components - 2) / (len(COMPONENTS) - 2))


PLANS = (
    Plan(1, "Nuôi gà thả vườn liên kết tiêu thụ", "Chăn nuôi", 0.32, 4, (5, 5, 5, 5)),
    Plan(2, "Trồng rau an toàn theo tổ hợp tác", "Trồng trọt", 0.28, 4, (5, 5, 5, 5)),
    Plan(3, "May gia công cho doanh nghiệp", "Liên kết chuỗi giá trị", 0.3, 4, (5, 5, 5)),
    Plan(4, "Nuôi cá nước ngọt", "Thủy sản", 0.16, 4, (5, 5, 5, 5)),
    Plan(5, "Chế biến nông sản tại hộ", "Chế biến", 0.14, 4, (5, 5, 5, 5)),
    Plan(6, "Đan lát, mây tre", "Thủ công nghiệp", 0.0, 4, (5, 5, 5, 5)),
    Plan(7, "Dịch vụ làm đất", "Dịch vụ", 0.0, 4, (5, 5, 5, 5)),
    Plan(8, "Hỗ trợ hộ khó khăn nhất", "Chăn nuôi", 0.0, 4, (5, 5, 5), at_the_worst=True),
    Plan(9, "Nuôi ngao ven biển", "Thủy sản", 0.36, 5, (4, 4, 3, 3, 2, 2)),
    Plan(10, "Trồng nấm", "Trồng trọt", 0.3, 1, (), households=9),
    Plan(11, "Bò sinh sản luân chuyển", "Chăn nuôi", 0.2, 4, (5, 5, 5), passes_on=0.9),
    Plan(12, "Lợn nái quay vòng vốn", "Hợp tác xã", 0.2, 4, (5, 5, 5), passes_on=0.04),
)  # fmt: skip


@dataclass(frozen=True)
class ModelTask:
    """The register, or the list of participants."""

    is_register: bool
    path: str


@dataclass(frozen=True)
class Models:
    """What truly stands in the two workbooks.

    ``sites``: model_id, copy_of, plan (number), home, baseline (year of the review before), effect,
    components. ``members``: model_id, home, household, number, baseline, entry, klass, is_out,
    b1_before, b1_after, passed_on_to, recovered, support.
    """

    sites: pl.DataFrame
    members: pl.DataFrame


def model_tasks(paths: Paths) -> list[ModelTask]:
    """The two workbooks of models."""
    folder = f"{FOLDER}/{YEAR}"
    return [
        ModelTask(True, paths.take(folder, f"Danh muc mo hinh giam ngheo {YEAR}", "xlsx")),
        ModelTask(False, paths.take(folder, f"Ho tham gia mo hinh giam ngheo {YEAR}", "xlsx")),
    ]


def models(province: Province) -> Models:
    """The models of the province, cut to the communes it has; no copy without its pilot."""
    whole = _everywhere(province.seed)
    here = pl.col("home").is_in(province.home_numbers)
    sites = whole.sites.filter(here)
    pilots = sites.filter(pl.col("copy_of").is_null())["model_id"].unique().to_list()
    sites = sites.filter(pl.coalesce("copy_of", "model_id").is_in(pilots))
    members = whole.members.filter(here)
    return Models(
        sites,
        members.join(
            sites.select("model_id", "home"),
            on=["model_id", "home"],
            how="semi",
            maintain_order="left",
        ),
    )


@lru_cache(maxsize=2)
def _everywhere(seed: int) -> Models:
    rng = stream(seed, "models")
    rows = imagine(seed, "province").rows
    free = rng.permutation(homes().height).tolist()
    sites, members = [], []
    for plan in PLANS:
        own = _sites(plan, free)
        sites += own
        for site in own:
            members += _members(rng, plan, site, rows)
    return Models(
        pl.DataFrame(sites, infer_schema_length=None),
        pl.DataFrame(members, infer_schema_length=None),
    )


def _sites(plan: Plan, free: list[int]) -> list[dict[str, object]]:
    """Communes of a model: pilots began with the review of 2022, copies with that of 2023."""
    places: list[tuple[str, str | None, int, int]] = [
        (plan.model_id, None, 2022, len(COMPONENTS))
    ] * plan.pilot_communes
    places += [
        (plan.copy_id(place), plan.model_id, 2023, kept)
        for place, kept in enumerate(plan.copies, start=1)
    ]
    return [
        {
            "model_id": model_id, "copy_of": copy_of, "plan": plan.number, "home": free.pop(),
            "baseline": baseline, "effect": plan.effect_of_copy(kept), "components": kept,
        }
        for model_id, copy_of, baseline, kept in places
    ]  # fmt: skip


def _members(
    rng: np.random.Generator, plan: Plan, site: dict[str, object], rows: pl.DataFrame
) -> list[dict[str, object]]:
    """Households of one commune, drawn by their fates: the usual share out plus the effect."""
    baseline = int(str(site["baseline"]))
    known = fates(rows, baseline)
    usual = {klass: float(share) for klass, share in usual_shares(known).iter_rows()}
    here = known.filter(home=site["home"]).sort("household")
    if plan.at_the_worst:
        here = here.sort("b1", "household").head(here.height // 2)
    found = []
    wanted = {
        klass: round(plan.households * here.filter(klass=klass).height / max(here.height, 1))
        for klass in usual
    }
    for klass, count in wanted.items():
        own = here.filter(klass=klass)
        out, rest = (own.filter(is_out=flag).to_dicts() for flag in (True, False))
        goal = int(rng.binomial(count, min(usual[klass] + float(str(site["effect"])), 1.0)))
        goal = max(min(goal, len(out)), count - len(rest))
        for group, size in ((out, goal), (rest, count - goal)):
            picked = rng.permutation(len(group))[: max(size, 0)].tolist()
            found += [group[place] for place in picked]
    entry = date(baseline + 1, 1, 10)
    members = [
        {
            "model_id": site["model_id"], "home": site["home"], "household": each["household"],
            "number": f"H{site['home']}-{place:02d}", "baseline": baseline,
            "entry": entry + timedelta(days=int(rng.integers(0, 40))), "klass": each["klass"],
            "is_out": each["is_out"], "b1_before": each["b1"], "b1_after": each["b1_after"],
            "support": int(plan.cost * 0.7), "recovered": 0, "passed_on_to": None,
        }
        for place, each in enumerate(found, start=1)
    ]  # fmt: skip
    return _passing(rng, plan, members)


def _passing(
    rng: np.random.Generator, plan: Plan, members: list[dict[str, object]]
) -> list[dict[str, object]]:
    """The first half is funded; each may pass its support on to one of the other half."""
    half = (len(members) + 1) // 2
    for place, (giver, taker) in enumerate(zip(members[:half], members[half:], strict=False)):
        if rng.random() < plan.passes_on:
            support = int(str(giver["support"]))
            giver["recovered"] = int(support * rng.uniform(0.5, 0.8))
            giver["passed_on_to"] = taker["number"]
            taker["support"] = 0
            taker["entry"] = _later(giver["entry"], place)
    return members


def _later(entry: object, place: int) -> date:
    """Half a year to nine months after the giver's day, in the same year: the list before is the same."""
    return date.fromisoformat(str(entry)) + timedelta(days=180 + 11 * (place % 9))


def fates(rows: pl.DataFrame, baseline: int) -> pl.DataFrame:
    """Who was on the list of a year and seen a year later: household, home, klass, b1, b1_after, is_out.

    Out is a better class than before; households that the next review does not name are left out.
    """
    before = rows.filter(pl.col("year") == baseline, pl.col("klass") != NONE)
    after = rows.filter(year=baseline + 1).select("household", klass_after="klass", b1_after="b1")
    return (
        before.select("household", "home", "klass", "b1")
        .join(after, on="household")
        .with_columns(is_out=pl.col("klass_after") < pl.col("klass"))
    )


def usual_shares(known: pl.DataFrame) -> pl.DataFrame:
    """klass, share out of it a year later, in the whole province."""
    return known.group_by("klass").agg(pl.col("is_out").mean()).sort("klass", descending=True)
