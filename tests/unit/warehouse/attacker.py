"""A small province for attacks on its public file: households one by one, the figures of a build, an attacker.

Nothing here uses the sums that the product writes down: the attacker thinks in kinds of households (commune,
older district, sex of the head, class, deprived or not) and knows only what the public rows say of them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.optimize import linprog

from reference.loading import indicators
from warehouse.dim_tables import DIM__TOUCH, DIM__UNIT
from warehouse.geography import NOT_ATTRIBUTABLE
from warehouse.result_tables import RESULT__ESTIMATE

PERIOD, ERA, OLD_ERA = "2025", "2025", "2020"
# Commune: districts it shares ground with, type.
COMMUNES = {
    "c1": ("A", "rural"),
    "c2": ("A", "urban"),
    "c3": ("B", "rural"),
    "c4": ("B", "rural"),
    "s1": ("AB", "rural"),
    "s2": ("AB", "urban"),
}
RESIDENTS = 10_000
CLASSES = ("poor", "near_poor", "none")
SEXES = ("male", "female")
DEPRIVED = f"deprivation_{indicators()[0].code}_among_poor"
INTENSITY, HEADCOUNT = "deprivation_intensity", "adjusted_headcount"


@dataclass(frozen=True, order=True)
class Kind:
    """Households that no public figure tells apart."""

    commune: str
    former: str | None
    sex: str
    class_code: str
    is_deprived: bool


Households = Counter[Kind]
Chosen = Callable[[Kind], bool]
Row = dict[str, Any]


def kinds() -> list[Kind]:
    """Every kind there can be."""
    return [
        Kind(commune, former, sex, class_code, is_deprived)
        for commune, (districts, _area) in COMMUNES.items()
        for former in ((districts,) if len(districts) == 1 else (*districts, None))
        for sex in SEXES
        for class_code in CLASSES
        for is_deprived in ((False, True) if class_code == "poor" else (False,))
    ]


def touch() -> pl.DataFrame:
    """``dim__touch`` of the small province."""
    return DIM__TOUCH.conform(
        pl.DataFrame(
            [
                {
                    "from_era": ERA,
                    "from_code": commune,
                    "level": "district",
                    "to_era": OLD_ERA,
                    "to_code": district,
                }
                for commune, (districts, _area) in COMMUNES.items()
                for district in districts
            ]
        )
    )


def units() -> pl.DataFrame:
    """``dim__unit``, as far as it is used."""
    rows = [
        {"era": ERA, "code": commune, "level": "commune", "area_type": area}
        for commune, (_districts, area) in COMMUNES.items()
    ]
    return DIM__UNIT.conform(pl.DataFrame(rows))


def figures(households: Households) -> pl.DataFrame:
    """The figures that a build would hold of these households."""
    rows = [
        row | {"numerator": counted(households, row), "denominator": _denominator(households, row)}
        for row in templates()
    ]
    frame = pl.DataFrame(
        rows, schema_overrides={"numerator": pl.Float64, "denominator": pl.Float64}
    )
    ratio = pl.col("denominator").is_not_null()
    value = pl.when(ratio).then(pl.col("numerator") / pl.col("denominator")).otherwise("numerator")
    mark = (
        pl.when(pl.col("unit_code") == NOT_ATTRIBUTABLE)
        .then(pl.lit("not_attributable"))
        .when(ratio & (pl.col("denominator") == 0))
        .then(pl.lit("no_case"))
        .when(pl.col("numerator") == 0)
        .then(pl.lit("zero"))
        .otherwise(pl.lit("ok"))
    )
    value = pl.when(mark == "no_case").then(None).otherwise(value)
    return RESULT__ESTIMATE.conform(frame.with_columns(value=value, mark=mark))


def templates() -> Iterator[Row]:
    """The public rows of the small province without their numbers."""
    districts = ("A", "B", NOT_ATTRIBUTABLE)
    places = [("province", ERA, "36"), *(("district", OLD_ERA, name) for name in districts)]
    places += [("commune", ERA, name) for name in COMMUNES]
    groups = [(None, None), *(("head_sex", sex) for sex in SEXES)]
    groups += [("area_type", area) for area in ("rural", "urban")]
    for level, era, code in places:
        for group_by, group in groups:
            for measure in _measures(level, group_by):
                yield {
                    "measure": measure,
                    "period": PERIOD,
                    "selection": "best",
                    "standard_id": "2022-2026",
                    "era": era,
                    "level": level,
                    "unit_code": code,
                    "group_by": group_by,
                    "group": group,
                    "unit": "household" if measure.endswith("_count") else "pct",
                }


def counted(households: Households, row: Row) -> int:
    """Households in the numerator of a row."""
    chosen = numerator_of(row)
    return sum(count for kind, count in households.items() if chosen(kind))


def numerator_of(row: Row) -> Chosen:
    """Which kinds the numerator of a row counts. One deprivation a household: it is one in every measure."""
    classes = _classes(row["measure"])
    only_deprived = row["measure"] in (INTENSITY, HEADCOUNT, DEPRIVED)
    return lambda kind: (
        kind.class_code in classes and _is_in(kind, row) and (kind.is_deprived or not only_deprived)
    )


def denominator_of(row: Row) -> tuple[Chosen, int] | None:
    """Which kinds the denominator counts and how often; None where it counts residents or there is none."""
    if not row["measure"].startswith("deprivation"):
        return None
    times = len(indicators()) if row["measure"] == INTENSITY else 1
    return (lambda kind: kind.class_code == "poor" and _is_in(kind, row)), times


def _denominator(households: Households, row: Row) -> int | None:
    counted_too = denominator_of(row)
    if counted_too is not None:
        chosen, times = counted_too
        return times * sum(count for kind, count in households.items() if chosen(kind))
    if row["measure"].endswith("_rate"):
        return RESIDENTS
    return RESIDENTS * len(indicators()) if row["measure"] == HEADCOUNT else None


def _measures(level: str, group_by: str | None) -> list[str]:
    if level == "commune" and group_by is not None:
        return []
    classes = ["poor", "near_poor"] + ["poor_and_near_poor"] * (level != "commune")
    found = [f"{name}_household_count" for name in classes]
    if group_by != "head_sex":
        found += [f"{name}_household_rate" for name in classes]
    if level != "commune":
        found.append("reviewed_household_count")
    if level == "province" or (level == "district" and group_by is None):
        found += [DEPRIVED, INTENSITY, HEADCOUNT]
    return found


def _classes(measure: str) -> tuple[str, ...]:
    if measure.startswith("reviewed"):
        return CLASSES
    if measure.startswith("poor_and_near_poor"):
        return CLASSES[:2]
    return ("near_poor",) if measure.startswith("near_poor") else ("poor",)


def _is_in(kind: Kind, row: Row) -> bool:
    """Rates know the commune as it is, counts the older commune that the list names."""
    districts, area = COMMUNES[kind.commune]
    whole = districts if len(districts) == 1 else NOT_ATTRIBUTABLE
    listed = kind.former or NOT_ATTRIBUTABLE
    home = {
        "province": row["unit_code"],
        "district": whole if row["measure"].endswith(("_rate", HEADCOUNT)) else listed,
        "commune": kind.commune,
    }[row["level"]]
    group = {None: None, "head_sex": kind.sex, "area_type": area}[row["group_by"]]
    return home == row["unit_code"] and group == row["group"]


class Attacker:
    """Knows the public rows and that counts are not negative; bounds any count of kinds.

    ``sees_zeros``: no zero is hidden, so whatever is hidden is at least one.
    """

    def __init__(self, public: pl.DataFrame, *, sees_zeros: bool) -> None:
        self._kinds = kinds()
        equations, totals, least = [], [], []
        for row in public.iter_rows(named=True):
            if row["numerator"] is not None:
                equations.append(self._coefficients(numerator_of(row)))
                totals.append(row["numerator"])
            elif row["mark"] == "suppressed" and sees_zeros:
                least.append(self._coefficients(numerator_of(row)))
            counted_too = denominator_of(row)
            if counted_too is not None and row["denominator"] is not None:
                chosen, times = counted_too
                equations.append(self._coefficients(chosen))
                totals.append(row["denominator"] / times)
        told = np.unique(np.column_stack([equations, totals]), axis=0)
        self._equations, self._totals = told[:, :-1], told[:, -1]
        self._least = np.unique(np.array(least), axis=0) if least else None

    def width(self, chosen: Chosen) -> float:
        """How many households more the chosen kinds may hold at most than at least."""
        wanted = self._coefficients(chosen)
        low, high = (self._extreme(sign * wanted) for sign in (1, -1))
        return -high - low

    def _extreme(self, objective: np.ndarray) -> float:
        found = linprog(
            objective,
            A_eq=self._equations,
            b_eq=self._totals,
            A_ub=None if self._least is None else -self._least,
            b_ub=None if self._least is None else -np.ones(len(self._least)),
        )
        assert found.status in (0, 3), found.message
        return float(found.fun) if found.status == 0 else -np.inf

    def _coefficients(self, chosen: Chosen) -> np.ndarray:
        return np.array([float(chosen(kind)) for kind in self._kinds])
