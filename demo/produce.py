"""Makes the files of one task and says what must become of them."""

from pathlib import Path

from demo import dirt, legacy_text
from demo.audits import YEAR as AUDIT_YEAR
from demo.audits import AuditTask, audit_book
from demo.fates import FileTruth, Status, row_truths
from demo.geography import ERA_OF_YEAR, unit
from demo.in_year import era_of_month, in_year_events
from demo.layouts_export import export_book
from demo.layouts_in_year import in_year_book
from demo.layouts_person import PersonList, person_book
from demo.layouts_summary import summary_book
from demo.list_plan import Options
from demo.lists import EXPORT_YEAR, look, province_name, review_list
from demo.model_books import model_book
from demo.models import YEAR as MODEL_YEAR
from demo.models import ModelTask
from demo.persons import YEAR as PERSON_YEAR
from demo.persons import families, person_unit_era
from demo.plan_books import DutyTask, TargetTask, duty_book, target_book
from demo.produce_lists import later_corrected_list, readable_list, refused_list
from demo.programmes import ProgrammeTask, programme_book
from demo.province import Province
from demo.randomness import stream
from demo.sheets import Book
from demo.summaries import summary
from demo.support import YEAR as SUPPORT_YEAR
from demo.support import SupportTask, support_book
from demo.tasks import ExportTask, InYearTask, PersonTask, SummaryTask, Task
from demo.workbook import book_bytes, write_bytes
from reference.loading import era_at, units
from reference.periods import last_day


def write_task(to: Path, options: Options, province: Province, task: Task) -> list[FileTruth]:
    """Write the files of one task; returns what must become of each, in the order they are read."""
    if isinstance(task, SummaryTask):
        return [_summary(to, province, task)]
    if isinstance(task, InYearTask):
        return [_in_year(to, province, task)]
    if isinstance(task, PersonTask):
        return [_persons(to, province, task)]
    if isinstance(task, ProgrammeTask):
        return [_programme(to, province, task)]
    if isinstance(task, TargetTask):
        return [_targets(to, province, task)]
    if isinstance(task, DutyTask):
        return [_duties(to, province, task)]
    if isinstance(task, ModelTask):
        return [_models(to, province, task)]
    if isinstance(task, SupportTask):
        return [_support(to, province, task)]
    if isinstance(task, AuditTask):
        return [_audit(to, province, task)]
    if isinstance(task, ExportTask):
        return [_export(to, province, task)]
    if task.corrected_on:
        return later_corrected_list(to, province, task, task.corrected_on)
    if task.refused:
        return refused_list(to, options, province, task, task.refused)
    return readable_list(to, province, task)


def _summary(to: Path, province: Province, task: SummaryTask) -> FileTruth:
    book = summary_book(summary(province, task.key), task.path)
    if task.fault == "vietnamese_numbers":
        dirt.vietnamese_numbers(book)
    if task.fault == "tcvn3":
        dirt.rewrite(book, legacy_text.tcvn3, ".VnTime")
    if task.fault == "nfd":
        dirt.rewrite(book, legacy_text.decomposed)
    write_bytes(to, task.path, book_bytes(book))
    key = task.key
    status: Status = "preliminary" if key.is_preliminary else "official"
    era = ERA_OF_YEAR[key.year]
    return FileTruth(
        task.path, "summary", era, key.code, str(key.year), status, "loaded", task.fault
    )


def _in_year(to: Path, province: Province, task: InYearTask) -> FileTruth:
    events = in_year_events(province).filter(month=task.month)
    book = in_year_book(province, task.month, events, task.path)
    write_bytes(to, task.path, book_bytes(book))
    era = era_of_month(task.month)
    parent: str = units().filter(era=era, level="province")["code"].item()
    period, rows = f"{task.month:%Y-%m}", row_truths(book)
    return FileTruth(task.path, "in_year", era, parent, period, "official", "loaded", None, rows)


def _programme(to: Path, province: Province, task: ProgrammeTask) -> FileTruth:
    book, rows = programme_book(province, task)
    era = era_at(last_day(task.period))
    return _above(to, book, f"programme_{task.form}", era, task.period, rows)


def _targets(to: Path, province: Province, task: TargetTask) -> FileTruth:
    book, rows = target_book(province, task)
    era = era_at(last_day(str(task.year)))
    return _above(to, book, "assigned_targets", era, str(task.year), rows)


def _duties(to: Path, province: Province, task: DutyTask) -> FileTruth:
    book, rows = duty_book(province, task)
    return _above(to, book, "duties", era_at(last_day(task.period)), task.period, rows)


def _models(to: Path, province: Province, task: ModelTask) -> FileTruth:
    book, rows = model_book(province, task)
    form = "model_register" if task.is_register else "model_participants"
    return _above(to, book, form, era_at(last_day(str(MODEL_YEAR))), str(MODEL_YEAR), rows)


def _support(to: Path, province: Province, task: SupportTask) -> FileTruth:
    book, rows = support_book(province, task)
    write_bytes(to, book.path, book_bytes(book))
    era, period = ERA_OF_YEAR[SUPPORT_YEAR], str(SUPPORT_YEAR)
    return FileTruth(
        book.path, "household_support", era, task.code, period, "official", "loaded", row_count=rows
    )


def _audit(to: Path, province: Province, task: AuditTask) -> FileTruth:
    book, rows = audit_book(province, task)
    return _above(to, book, "audit_sample", ERA_OF_YEAR[AUDIT_YEAR], str(AUDIT_YEAR), rows)


def _above(to: Path, book: Book, form: str, era: str, period: str, rows: int) -> FileTruth:
    """A workbook of the whole province, all of whose rows load."""
    write_bytes(to, book.path, book_bytes(book))
    parent: str = units().filter(era=era, level="province")["code"].item()
    return FileTruth(book.path, form, era, parent, period, "official", "loaded", row_count=rows)


def _persons(to: Path, province: Province, task: PersonTask) -> FileTruth:
    rng = stream(province.seed, "form 15 look", int(task.code), task.klass)
    decision = look(province.seed, PERSON_YEAR, task.code).decision
    if decision is None:
        raise ValueError(f"the review of {PERSON_YEAR} has no decision in {task.code}")
    listed = PersonList(
        unit=unit(person_unit_era(), task.code),
        klass=task.klass,
        province=province_name(PERSON_YEAR),
        decision=decision,
        families=families(province, task.code, task.klass),
        has_children=bool(rng.random() < 0.4),
        repeats_head_number=bool(rng.random() < 0.3),
    )
    book = person_book(listed, task.path)
    write_bytes(to, task.path, book_bytes(book))
    era, period = person_unit_era(), str(PERSON_YEAR)
    rows = row_truths(book)
    return FileTruth(
        task.path, "person_list", era, task.code, period, "official", "loaded", None, rows
    )


def _export(to: Path, province: Province, task: ExportTask) -> FileTruth:
    listed = review_list(
        province, EXPORT_YEAR, task.code, look(province.seed, EXPORT_YEAR, task.code)
    )
    era = ERA_OF_YEAR[EXPORT_YEAR]
    parent: str = units().filter(era=era, code=task.code)["parent_code"].item()
    above: str = units().filter(era=era, level="province")["code"].item()
    book = export_book(listed, f"{above}.{parent}.{task.code}", task.path)
    write_bytes(to, task.path, book_bytes(book))
    rows = row_truths(book)
    return FileTruth(
        task.path, "export", era, task.code, str(EXPORT_YEAR), "official", "loaded", None, rows
    )
