"""What the agencies did in each commune and half-year: need, reached, money. Known truth, by home.

Numbers are drawn for every home of the province whatever its size, so that the small demo is the
same truth cut to six communes.
"""

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from demo.geography import YEARS, homes
from demo.histories import NEAR, POOR
from demo.programme_plans import DEFAULT, PLANS, PROJECT, Plan
from demo.province import Province
from demo.randomness import stream
from reference.loading import era_at, unit_area_type
from reference.periods import last_day
from reference.programmes import Programme, ProgrammeForm, programme_forms

PERIODS = tuple(f"{year}-H{half}" for year in range(2022, 2027) for half in (1, 2))[:-1]
NEVER_SENT = {("housing", "2023-H2"), ("social_protection", "2026-H1")}
"""Workbooks that the agency never sent."""
LATE = {("health_insurance", "2024-H2"), ("credit", "2025-H1")}
"""Workbooks of which some communes came later, in a second file."""
NEED_NOT_ASKED = ("vocational_training", "extension_training")
"""Programmes for which some communes had not asked for need in the first half-year."""
SATURATED_FROM = "2025-H2"
"""Since then tuition of public general education is free by law."""
_GAP_CHANCE, _GAP_UNITS, _SMALL_HOME = 0.35, 3, 21
_MILLION = 1_000_000
Array = NDArray[np.float64]
Figures = dict[str, dict[tuple[str, str], int]]
"""Commune to (programme, quantity) to value; a figure that was not sent is not there."""


Listed = dict[tuple[int, int, int], tuple[int, int]]
"""(year, home, class) to households and persons on the lists."""


def figures(province: Province, form: ProgrammeForm, period: str) -> Figures:
    """Every figure that the agency has of a half-year, by commune in force on its last day."""
    units = units_of(province, period)
    missing = _missing(province, form, period)
    found: Figures = {}
    listed = _listed(province)
    by_home = {each.id: _by_home(province, listed, each, period) for each in form.programmes}
    for code, members in units.items():
        if missing & set(members):
            continue
        found[code] = {
            (programme.id, quantity): value
            for programme in form.programmes
            for quantity, value in _of_unit(
                programme, by_home[programme.id], members, code, period
            ).items()
            if not _not_asked(province, programme, quantity, period, members[0])
        }
    return found


def sent(form: ProgrammeForm, period: str) -> bool:
    """Whether the agency sent its workbook of that half-year."""
    return (form.name, period) not in NEVER_SENT


def late_units(form: ProgrammeForm, period: str, units: list[str]) -> list[str]:
    """Communes that came in a second workbook."""
    return units[::5] if (form.name, period) in LATE else []


def true_figures(province: Province) -> pl.DataFrame:
    """All figures sent: period, era, unit_code, form, programme, quantity, value."""
    rows = [
        (period, era_at(last_day(period)), code, form.form, *key, value)
        for form in programme_forms()
        for period in PERIODS
        if sent(form, period)
        for code, cells in figures(province, form, period).items()
        for key, value in cells.items()
    ]
    schema = (
        *((name, pl.String()) for name in ("period", "era", "unit_code", "form", "programme",
                                           "quantity")),
        ("value", pl.Int64()),
    )  # fmt: skip
    return pl.DataFrame(rows, schema=dict(schema), orient="row")


def units_of(province: Province, period: str) -> dict[str, list[int]]:
    """Communes in force at the end of the period to their homes, by code."""
    codes = homes()[f"code_{era_at(last_day(period))}"].to_list()
    found: dict[str, list[int]] = {}
    for home in province.home_numbers:
        found.setdefault(codes[home], []).append(home)
    return dict(sorted(found.items()))


def _missing(province: Province, form: ProgrammeForm, period: str) -> frozenset[int]:
    """Homes whose commune is not in the workbook: in some half-years one to three."""
    rng = stream(province.seed, "programme gaps", form.name, period)
    if rng.random() >= _GAP_CHANCE:
        return frozenset()
    picked = rng.permutation(homes().height)[: int(rng.integers(1, _GAP_UNITS + 1))].tolist()
    return frozenset([*picked, *([_SMALL_HOME] if rng.random() < 0.3 else [])])


def _not_asked(
    province: Province, programme: Programme, quantity: str, period: str, home: int
) -> bool:
    if programme.id not in NEED_NOT_ASKED or quantity != "need" or period != PERIODS[0]:
        return False
    return bool(stream(province.seed, "need not asked").random(homes().height)[home] < 0.1)


def _by_home(
    province: Province, listed: Listed, programme: Programme, period: str
) -> dict[str, Array]:
    """Each quantity of a programme by home, whole numbers, bounds kept."""
    plan = PLANS.get(programme.id)
    if plan is None:
        plan = PROJECT if programme.id.startswith("project_") else _tuition(programme.id)
    rng = stream(province.seed, "programme", programme.id, period)
    yearly = stream(province.seed, "programme year", programme.id, period[:4])
    count = homes().height
    base = _base(province, listed, plan.base, period)
    whole = np.floor(base * plan.share + rng.random(count))
    reached = np.floor(whole * _reach(province, plan, programme.id, period) + rng.random(count))
    bounded = {"need", "eligible"} & {column.quantity for column in programme.columns}
    reached = np.minimum(reached, whole) if bounded else reached
    money = plan.amount * np.exp(rng.normal(0, 0.15, count))
    requested = _rounded(whole * money)
    spent = np.minimum(_rounded(reached * money * rng.uniform(0.9, 1.0, count)), requested)
    outstanding = _rounded(base * plan.share * 2.2 * money)
    allocated = _rounded(plan.amount * np.exp(yearly.normal(0, 0.3, count)))
    first_half = period.endswith("H1")
    pace = rng.uniform(0.25, 0.5, count) if first_half else rng.uniform(0.8, 1.0, count)
    drawn = {
        "need": whole,
        "eligible": whole,
        "reached": reached,
        "outcome": np.floor(reached * rng.uniform(0.65, 0.9, count)),
        "trained_before": np.floor(reached * rng.uniform(0.7, 1.0, count)),
        "replicated": np.floor(reached * rng.uniform(0, 0.5, count)),
        "households": np.floor(reached * rng.uniform(4, 12, count)),
        "luck": _luck(province, programme.id),
        "requested_vnd": requested,
        "disbursed_vnd": spent,
        "raised_vnd": _rounded(reached * money * 1.1),
        "outstanding_vnd": outstanding,
        "overdue_vnd": _rounded(outstanding * rng.uniform(0, 0.012, count)),
        "allocated_vnd": allocated,
        "allocated_on": _days(yearly.integers(20, 110, count), int(period[:4])),
    }
    if any(column.quantity == "allocated_vnd" for column in programme.columns):
        drawn["disbursed_vnd"] = np.minimum(_rounded(allocated * pace), allocated)
    return drawn


def _luck(province: Province, programme: str) -> Array:
    """One number a home, the same in every half-year: who meets a criterion early."""
    return stream(province.seed, "programme luck", programme).random(homes().height)


def _tuition(programme: str) -> Plan:
    """School contributions follow the tuition of their level."""
    return PLANS.get(programme.replace("contribution_", "tuition_"), DEFAULT)


def _of_unit(
    programme: Programme, by_home: dict[str, Array], members: list[int], code: str, period: str
) -> dict[str, int]:
    """The figures of one commune: sums over its homes; a criterion is met by the commune once."""
    if programme.id.startswith("ntm_"):
        if unit_area_type(era_at(last_day(period)), code) == "urban":
            return {}
        progress = PERIODS.index(period) / len(PERIODS)
        luck = float(by_home["luck"][members[0]])
        return {"eligible": 1, "reached": int(luck < 0.5 + 0.45 * progress)}
    return {
        column.quantity: int(
            by_home[column.quantity][members[0]]
            if column.unit == "date"
            else by_home[column.quantity][members].sum()
        )
        for column in programme.columns
    }


def _reach(province: Province, plan: Plan, programme: str, period: str) -> Array:
    """Share reached by home: grows over the years, lower in some communes."""
    general = programme.startswith(("tuition_", "contribution_")) and "tertiary" not in programme
    if general and period >= SATURATED_FROM:
        return np.ones(homes().height)
    along = PERIODS.index(period) / (len(PERIODS) - 1)
    place = stream(province.seed, "programme place", programme).normal(0, 1, homes().height)
    level = plan.start + (plan.end - plan.start) * along
    spread = min(0.08, 0.6 * abs(1 - level)) * level
    return np.clip(level + spread * place, 0.0, max(1.0, plan.end))


def _base(province: Province, listed: Listed, name: str, period: str) -> Array:
    """Whom a programme is for, by home, at the last review before the end of the period."""
    year = int(period[:4]) - (1 if period.endswith("H1") else 0)
    column = YEARS.index(year)
    if name == "one":
        return np.ones(homes().height)
    if name == "villages":
        return np.array([float(len(names)) for names in province.villages])
    if name == "households":
        return province.quotas.resident_households[:, column].astype(float)
    if name == "persons":
        return province.quotas.resident_persons[:, column].astype(float)
    klass = NEAR if name.startswith("near_poor") else POOR
    measure = 1 if name.endswith("persons") else 0
    return np.array(
        [float(listed.get((year, home, klass), (0, 0))[measure]) for home in range(homes().height)]
    )


def _listed(province: Province) -> Listed:
    counted = province.rows.group_by("year", "home", "klass").agg(pl.len(), pl.col("members").sum())
    return {(y, h, k): (n, m) for y, h, k, n, m in counted.iter_rows()}


def _rounded(money: Any) -> Array:
    """Whole millions of đồng."""
    return np.round(np.asarray(money, dtype=float) / _MILLION) * _MILLION


def _days(offsets: NDArray[np.int64], year: int) -> Array:
    days = np.datetime64(f"{year}-01-01") + offsets.astype("timedelta64[D]")
    return np.array([float(str(day).replace("-", "")) for day in days])
