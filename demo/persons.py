"""The members of the households on the detailed lists of 2025, one row a person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from demo import names
from demo.geography import ERA_OF_YEAR, home_units
from demo.histories import NEAR, POOR
from demo.province import SMALL_UNITS_2025, Province
from demo.randomness import stream

YEAR = 2025
FORM_NUMBERS = {POOR: 15, NEAR: 14}
NEAR_POOR_COMMUNES = 10
"""Communes that also send form 14, the detailed list of the near-poor."""
FLAG_DIFFERS_SHARE = 0.004
"""Households whose member list forgets a flag that the review list carries."""


Strangers = dict[bool, Iterator[str]]
"""Names not given out yet, by whether they are a woman's."""


@dataclass(frozen=True)
class Person:
    """One member as the detailed list says; ``number`` 1 is the head."""

    household: int
    number: int
    name: str
    birth_year: int
    is_female: bool
    relation: str
    has_merit: bool
    is_unable: bool
    needs: int
    has_insurance: bool | None
    is_undernourished: bool | None


@dataclass(frozen=True)
class Family:
    """One household of a detailed list with its members and how it came onto the list."""

    row_id: int
    village: str
    entry: str
    is_minority: bool
    members: list[Person]


def near_poor_communes(province: Province) -> list[str]:
    """Codes of the communes that send form 14; one lies in the small demo."""
    codes = sorted(set(home_units(YEAR)) - {SMALL_UNITS_2025[0]})
    drawn = stream(province.seed, "form 14").permutation(codes)[: NEAR_POOR_COMMUNES - 1]
    return sorted([SMALL_UNITS_2025[0], *drawn.tolist()])


def families(province: Province, code: str, klass: int) -> list[Family]:
    """Households of one class in one commune, with members that fit the review list."""
    rows = province.rows.filter(year=YEAR, unit_code=code, klass=klass)
    rng = stream(province.seed, "persons", int(code), klass)
    others = int(rows["members"].sum()) - rows.height
    strangers = {
        female: iter(names.person_names(rng, [female] * others)) for female in (False, True)
    }
    return [_family(rng, strangers, province, row) for row in rows.iter_rows(named=True)]


def person_unit_era() -> str:
    """Era of the communes that send detailed lists."""
    return ERA_OF_YEAR[YEAR]


def _family(
    rng: np.random.Generator,
    strangers: Strangers,
    province: Province,
    row: dict[str, Any],
) -> Family:
    forgets = rng.random() < FLAG_DIFFERS_SHARE
    head = Person(
        household=row["household"],
        number=1,
        name=row["written_name"],
        birth_year=int(row["written_birth"][-4:]),
        is_female=row["female"],
        relation="Chủ hộ",
        has_merit=row["merit"] and not forgets,
        is_unable=row["no_labour"],
        needs=row["needs"],
        has_insurance=None,
        is_undernourished=None,
    )
    surname = province.households.name[row["household"]].split()[0]
    others = [
        _member(rng, strangers, replace(head, number=number), surname)
        for number in range(2, row["members"] + 1)
    ]
    return Family(
        row_id=row["row_id"],
        village=province.villages[row["home"]][row["village_number"]],
        entry=_entry(row),
        is_minority=row["minority"],
        members=[head, *others],
    )


def _entry(row: dict[str, Any]) -> str:
    """``old``, ``relapse`` or ``new``, as the detailed list divides its households."""
    if row["before"] == row["klass"]:
        return "old"
    return "relapse" if row["entry"] == "relapse" else "new"


def _member(rng: np.random.Generator, strangers: Strangers, head: Person, surname: str) -> Person:
    """Member ``head.number``: 2 is often the spouse, others children or grandchildren."""
    luck = rng.random(4)
    is_spouse = head.number == 2 and luck[0] < (0.35 if head.is_female else 0.7)
    female = not head.is_female if is_spouse else bool(luck[1] < 0.5)
    name = next(strangers[female])
    if is_spouse:
        relation = "Vợ" if female else "Chồng"
        birth_year = head.birth_year + int(rng.integers(-4, 5))
    else:
        name = " ".join([surname, *name.split()[1:]])
        relation, gap = "Con", int(rng.integers(22, 36))
        if YEAR - head.birth_year > 62 and luck[0] > 0.5:
            relation, gap = "Cháu", gap + int(rng.integers(20, 30))
        birth_year = min(head.birth_year + gap, YEAR - 1)
    is_child = YEAR - birth_year < 16
    return Person(
        household=head.household,
        number=head.number,
        name=name,
        birth_year=birth_year,
        is_female=female,
        relation=relation,
        has_merit=False,
        is_unable=head.is_unable,
        needs=2 if is_child and luck[1] < 0.4 else 0,
        has_insurance=bool(luck[2] < 0.97) if is_child else None,
        is_undernourished=bool(luck[3] < 0.06) if is_child else None,
    )


def listed_classes(province: Province, code: str) -> list[int]:
    """Classes for which a commune sends a detailed list."""
    present = province.rows.filter(pl.col("year") == YEAR, unit_code=code)["klass"].unique()
    wanted = [POOR, NEAR] if code in near_poor_communes(province) else [POOR]
    return [klass for klass in wanted if klass in present]
