"""Which fault each review list gets, and where its file and the later ones go."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from demo import dirt, refusals
from demo.folder import CORRECTIONS, Paths, list_stem, place
from demo.geography import ERA_OF_YEAR, Unit, homes, is_same_place, unit
from demo.late_corrections import corrected_later
from demo.lists import look, reporting_units
from demo.province import Province, Size
from demo.randomness import stream
from reference.loading import units

REFUSED_SHARE = 1.35
"""Files that go back to the commune, against ``dirt``: about 26 of 941 lists at 2 %."""
SPOILED_SHARE = 4
"""Files with a fault that can be repaired, against ``dirt``."""
OLDER_ERA_SHARE = 0.7
"""Of the spoiled lists after a merger, those that still name the older communes."""


@dataclass(frozen=True)
class Options:
    """Arguments of the demo; the same options give the same bytes."""

    seed: int
    dirt: float
    size: Size
    corrections: bool


@dataclass(frozen=True)
class ReviewTask:
    """One commune's list of one year and its fault, if any: one to repair or one to send back.

    ``later_path`` takes the correction, or the copy of a file sent twice; ``partner`` is the second
    commune of a file of two; ``sender`` is what the file calls its commune when that is wrong.
    ``corrected_on`` is the day, months later, when ``wrong`` of its households get another class.
    """

    year: int
    code: str
    path: str
    spoiled: dirt.Kind | None = None
    refused: refusals.Kind | None = None
    later_path: str | None = None
    partner: str | None = None
    sender: Unit | None = None
    corrected_on: date | None = None
    wrong: int = 0


def review_task(
    province: Province, options: Options, paths: Paths, year: int, code: str
) -> ReviewTask:
    """Plan one list: clean, with a fault to repair, or with one that sends it back."""
    sender = unit(ERA_OF_YEAR[year], code)
    folder, stem = place(year, sender), list_stem(options.seed, year, sender)
    later = corrected_later(province, year, code) if options.corrections else None
    if later:
        path = paths.take(folder, stem, "xlsx")
        again = paths.take(f"{CORRECTIONS}/{folder}", f"{stem} (phuc tra)", "xlsx")
        task = ReviewTask(year, code, path, later_path=again)
        return replace(task, corrected_on=later[0], wrong=later[1])
    rng = stream(options.seed, "dirt", year, int(code))
    luck = rng.random()
    if luck < REFUSED_SHARE * options.dirt:
        task = ReviewTask(year, code, folder)
        return _refused(province, rng, paths, task, sender)
    if luck < (REFUSED_SHARE + SPOILED_SHARE) * options.dirt:
        kind = _repairable_kind(rng, options.seed, year, code)
        path = paths.take(folder, stem, "csv" if kind in dirt.CSV_KINDS else "xlsx")
        twice = kind == "same_file_twice"
        copy = paths.take(folder, f"{stem}_gui lai", "xlsx") if twice else None
        return ReviewTask(year, code, path, spoiled=kind, later_path=copy)
    return ReviewTask(year, code, paths.take(folder, stem, "xlsx"))


def _refused(
    province: Province, rng: np.random.Generator, paths: Paths, task: ReviewTask, sender: Unit
) -> ReviewTask:
    """Fill in a task whose ``path`` is still only its folder."""
    seed, year, folder = province.seed, task.year, task.path
    layout = look(seed, year, task.code).layout
    partner = _partner(province, year, task.code)
    kinds = [
        kind
        for kind in refusals.KINDS
        if refusals.possible(kind, layout, year) and (partner or kind != "two_communes")
    ]
    kind = kinds[int(rng.integers(len(kinds)))]
    shown = None
    if kind == "two_communes" and partner:
        shown = refusals.both_units(sender, unit(ERA_OF_YEAR[year], partner))
    if kind == "unknown_commune":
        shown = refusals.invented_unit(rng, sender, set(units()["name"]))
    stem = list_stem(seed, year, shown or sender)
    if kind == "future_year":
        stem = stem.replace(str(year), str(year + refusals.FUTURE))
    path = paths.take(folder, stem, "xlsx")
    later = paths.take(f"{CORRECTIONS}/{folder}", list_stem(seed, year, sender), "xlsx")
    if kind != "two_communes":
        partner = None
    return replace(task, path=path, refused=kind, later_path=later, partner=partner, sender=shown)


def _repairable_kind(rng: np.random.Generator, seed: int, year: int, code: str) -> dirt.Kind:
    if older_places(year, code) and rng.random() < OLDER_ERA_SHARE:
        return "older_era"
    layout = look(seed, year, code).layout
    kinds = [kind for kind in dirt.KINDS if dirt.possible(kind, layout)]
    return kinds[int(rng.integers(len(kinds)))]


def _partner(province: Province, year: int, code: str) -> str | None:
    """Another commune of the same district that reports, whose rows slipped into the file."""
    district = unit(ERA_OF_YEAR[year], code).district_name
    others = [
        other
        for other in reporting_units(province, year)
        if other != code and unit(ERA_OF_YEAR[year], other).district_name == district
    ]
    return others[0] if others else None


def older_places(year: int, code: str) -> dict[int, tuple[str, str]] | None:
    """District and name of the older commune by home, for a list after a merger.

    None where there was no merger, or where an older name now belongs to another commune, so that
    only a person could tell which is meant.
    """
    era = ERA_OF_YEAR[year]
    if era == "2020":
        return None
    older_era = "2020" if era == "2024" else "2024"
    members = homes().with_row_index("home").filter(pl.col(f"code_{era}") == code)
    now = {
        u: name
        for u, name in units().filter(era=era, level="commune").select("code", "name").rows()
    }
    found: dict[int, tuple[str, str]] = {}
    for home, older_code in members.select("home", f"code_{older_era}").rows():
        older = unit(older_era, older_code)
        if any(is_same_place(older.name, name) and c != code for c, name in now.items()):
            return None
        found[home] = (older.district_name or "", older.name)
    return found if {name for _, name in found.values()} != {now[code]} else None
