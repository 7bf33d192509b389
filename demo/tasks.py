"""Which files the inbox has: one task a file, or a file and what the commune sent later."""

from dataclasses import dataclass
from datetime import date

from demo.audits import AuditTask, audit_tasks
from demo.folder import IN_YEAR, Paths, place
from demo.geography import ERA_OF_YEAR, YEARS, unit
from demo.in_year import months
from demo.layouts_in_year import in_year_stem
from demo.list_plan import SPOILED_SHARE, Options, ReviewTask, review_task
from demo.lists import EXPORT_YEAR, export_units, reporting_units
from demo.models import ModelTask, model_tasks
from demo.names import without_tone
from demo.persons import FORM_NUMBERS, listed_classes, person_unit_era
from demo.persons import YEAR as PERSON_YEAR
from demo.plan_books import DutyTask, TargetTask, plan_tasks
from demo.programmes import ProgrammeTask, programme_tasks
from demo.province import Province
from demo.randomness import stream
from demo.sheets import MARK
from demo.summaries import SummaryKey, summary_keys
from demo.support import SupportTask, support_tasks

SUMMARY_KINDS = ("vietnamese_numbers", "tcvn3", "nfd")


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


Task = (
    ReviewTask
    | ExportTask
    | SummaryTask
    | InYearTask
    | PersonTask
    | ProgrammeTask
    | TargetTask
    | DutyTask
    | ModelTask
    | SupportTask
    | AuditTask
)


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
                tasks.append(review_task(province, options, paths, year, code))
    for key in summary_keys(province):
        tasks.append(_summary_task(options, paths, key))
    for month in months():
        path = paths.take(f"{IN_YEAR}/{month.year}", in_year_stem(month), "xlsx")
        tasks.append(InYearTask(month, path))
    for code in reporting_units(province, PERSON_YEAR):
        for klass in listed_classes(province, code):
            tasks.append(_person_task(paths, code, klass))
    tasks += programme_tasks(province, paths)
    tasks += plan_tasks(paths)
    tasks += model_tasks(paths)
    tasks += support_tasks(province, paths)
    tasks += audit_tasks(paths)
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
