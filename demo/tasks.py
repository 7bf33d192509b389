"""Which files the inbox has: one task a file, or a file and what the commune sent later."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from demo import dirt, refusals
from demo.folder import CORRECTIONS, IN_YEAR, Paths, list_stem, place
from demo.geography import ERA_OF_YEAR, YEARS, Unit, homes, is_same_place, unit
from demo.in_year import months
from demo.layouts_in_year import in_year_stem
from demo.lists import EXPORT_YEAR, export_units, look, reporting_units
from demo.names import without_tone
from demo.persons import FORM_NUMBERS, listed_classes, person_unit_era
from demo.persons import YEAR as PERSON_YEAR
from demo.province import Province, Size
from demo.randomness import stream
from demo.sheets import MARK
from demo.summaries import SummaryKey, summary_keys
from reference.loading import units

REFUSED_SHARE = 1.35
"""Files that go back to the commune, against ``dirt``: about 26 of 941 lists at 2 %."""
SPOILED_SHARE = 4
"""Files with a fault that can be repaired, against ``dirt``."""
SUMMARY_KINDS = ("vietnamese_numbers", "tcvn3", "nfd")


@dataclass(frozen=True)
class Options:
    """Arguments of the demo; the same options give the same bytes."""

    seed: int
    dirt: float
    size: Size
    corrections: bool


@dataclass(frozen=True)
class ReviewTask:
    """One commune's list of one year, its fault (None = clean) and where the later files go."""

    year: int
    code: str
    path: str
    fault: dirt.Kind | refusals.Kind | None = None
    later_path: str | None = None
    partner: str | None = None
    sender: Unit | None = None


@dataclass(frozen=True)
class ExportTask:
    """One commune's export of the households' system."""

    code: str
    path: str


@dataclass(frozen=True)
class SummaryTask:
    """One form 1 and its fault."""

    key: SummaryKey
    path: str
    fault: str | None


@dataclass(frozen=True)
class InYearTask:
    """The department's workbook of one month."""

    month: date
    path: str


@dataclass(frozen=True)
class PersonTask:
    """One detailed list, form 14 or 15."""

    code: str
    klass: int
    path: str


Task = ReviewTask | ExportTask | SummaryTask | InYearTask | PersonTask


def plan(province: Province, options: Options) -> list[Task]:
    """Every file of the inbox, in the order they are written."""
    paths = Paths()
    exports = export_units(province)
    tasks: list[Task] = []
    for year in YEARS:
        for code in reporting_units(province, year):
            if year == EXPORT_YEAR and code in exports:
                tasks.append(_export_task(paths, code))
            else:
                tasks.append(_review_task(province, options, paths, year, code))
    for key in summary_keys(province):
        tasks.append(_summary_task(options, paths, key))
    for month in months():
        path = paths.take(f"{IN_YEAR}/{month.year}", in_year_stem(month), "xlsx")
        tasks.append(InYearTask(month, path))
    for code in reporting_units(province, PERSON_YEAR):
        for klass in listed_classes(province, code):
            tasks.append(_person_task(paths, code, klass))
    return tasks


def _export_task(paths: Paths, code: str) -> ExportTask:
    sender = unit(ERA_OF_YEAR[EXPORT_YEAR], code)
    words = without_tone(f"{sender.name} {sender.district_name}").replace(" ", "_")
    mark = without_tone(MARK).lower()
    stem = f"export_ra_soat_{words}_{EXPORT_YEAR} ({mark})"
    return ExportTask(code, paths.take(place(EXPORT_YEAR, sender), stem, "csv"))


def _person_task(paths: Paths, code: str, klass: int) -> PersonTask:
    sender = unit(person_unit_era(), code)
    stem = f"Bieu {FORM_NUMBERS[klass]} danh sach chi tiet - {without_tone(sender.name)}"
    return PersonTask(code, klass, paths.take(place(PERSON_YEAR, sender), stem, "xlsx"))


def _summary_task(options: Options, paths: Paths, key: SummaryKey) -> SummaryTask:
    sender = unit(ERA_OF_YEAR[key.year], key.code)
    status = "so bo" if key.is_preliminary else "chinh thuc"
    stem = f"Bieu 01 {status} - {without_tone(sender.name)} {key.year}"
    rng = stream(options.seed, "form 1 dirt", key.year, int(key.code), int(key.is_preliminary))
    spoiled = rng.random() < SPOILED_SHARE * options.dirt
    fault = SUMMARY_KINDS[int(rng.integers(len(SUMMARY_KINDS)))] if spoiled else None
    return SummaryTask(key, paths.take(f"{key.year}/{sender.name}", stem, "xlsx"), fault)


def _review_task(
    province: Province, options: Options, paths: Paths, year: int, code: str
) -> ReviewTask:
    sender = unit(ERA_OF_YEAR[year], code)
    folder, stem = place(year, sender), list_stem(options.seed, year, sender)
    rng = stream(options.seed, "dirt", year, int(code))
    luck, choice, name_rng = rng.random(), rng.random(), rng
    layout = look(options.seed, year, code).layout
    if luck < REFUSED_SHARE * options.dirt:
        fatal = [k for k in refusals.KINDS if refusals.possible(k, layout, year)]
        kind = fatal[int(choice * len(fatal))]
        partner, shown = None, None
        if kind == "two_communes":
            partner = _partner(province, year, code)
            kind = kind if partner else "future_year"
        if kind == "two_communes" and partner:
            shown = refusals.both_units(sender, unit(ERA_OF_YEAR[year], partner))
        if kind == "unknown_commune":
            shown = refusals.invented_unit(name_rng, sender, set(units()["name"]))
        if shown:
            stem = list_stem(options.seed, year, shown)
        if kind == "future_year":
            stem = stem.replace(str(year), str(year + refusals.FUTURE))
        path = paths.take(folder, stem, "xlsx")
        later = paths.take(f"{CORRECTIONS}/{folder}", list_stem(options.seed, year, sender), "xlsx")
        return ReviewTask(year, code, path, kind, later, partner, shown)
    if luck < (REFUSED_SHARE + SPOILED_SHARE) * options.dirt:
        older = older_places(year, code) is not None
        kinds = [k for k in dirt.KINDS if dirt.possible(k, layout, older)]
        spoiled = kinds[int(choice * len(kinds))]
        path = paths.take(folder, stem, "csv" if spoiled in dirt.CSV_KINDS else "xlsx")
        again = spoiled == "same_file_twice"
        later_path = paths.take(folder, f"{stem}_gui lai", "xlsx") if again else None
        return ReviewTask(year, code, path, spoiled, later_path)
    return ReviewTask(year, code, paths.take(folder, stem, "xlsx"))


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
