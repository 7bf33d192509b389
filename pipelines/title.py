"""Which unit, period and status a file is about.

Each is looked for in the title rows, then in the columns, then in the sheet names, then in the
file name and its folders; a line of ``inbox.csv`` answers where the file does not say it. What is
then still open is asked, and the file is refused until it is answered.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from pipelines.layout import SheetTable
from pipelines.period import Period, identify_period
from pipelines.reading import Form, InboxAnswer, Status
from pipelines.reasons import Kind, Reason
from pipelines.text import fold
from pipelines.title_words import (
    Document,
    UnitWords,
    document_named,
    standard_years,
    statuses_named,
    units_named,
    units_named_plainly,
)
from pipelines.units import Resolution, resolve_for_date, resolve_unit
from reference.loading import review_standards, standard_in_force, units

_CODE = re.compile(r"(?<!\d)(\d{5})(?!\d)")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file as a whole is about.

    ``unit_code`` is the commune in force at the end of the period, or for files of several units
    the district or province named; ``is_commune`` tells which. ``former_*`` name the older commune
    that the title wrote. ``district`` (code) helps to resolve names in the rows.
    """

    era: str
    unit_code: str | None
    is_commune: bool
    district: str | None
    former_era: str | None
    former_unit_code: str | None
    period: str
    last_day: date
    status: Status
    standard_id: str
    document: Document
    reasons: tuple[Reason, ...]


class NotIdentified(Exception):
    """The file does not say what it is about; ``reasons`` are the questions."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(reason.todo for reason in reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """The commune (or unit above) of a file, or the reason why there is none."""

    resolution: Resolution | None
    is_commune: bool
    district: str | None
    remark: Reason | None = None
    problem: Reason | None = None


def identify(
    path: str,
    form: Form,
    tables: Sequence[SheetTable],
    answers: InboxAnswer | None,
    today: date,
) -> Identity:
    """Unit, period, status, standard and document of a file.

    Raises:
        NotIdentified: with one reason for each thing that stays open or is not allowed.
    """
    answers = answers or InboxAnswer()
    titles = [text for table in tables for text in table.titles]
    period = identify_period(path, form, tables, titles, answers.period, today)
    if isinstance(period, Reason):
        raise NotIdentified([period])
    unit = _unit(path, form, tables, titles, answers.unit_code, period)
    if unit.problem:
        raise NotIdentified([unit.problem])
    document = document_named(titles)
    standard, standard_remark = _standard(period, form, titles)
    status, status_remark = _status(form, titles, document, answers.status)
    found = unit.resolution
    is_former = bool(found and unit.is_commune and found.era != period.era)
    return Identity(
        era=period.era,
        unit_code=found.code_in_force if found else None,
        is_commune=unit.is_commune,
        district=unit.district,
        former_era=found.era if found and is_former else None,
        former_unit_code=found.code if found and is_former else None,
        period=period.name,
        last_day=period.last_day,
        status=status,
        standard_id=standard,
        document=document,
        reasons=tuple(r for r in (unit.remark, standard_remark, status_remark) if r),
    )


def file_reason(kind: Kind, found: str | None, expected: str, todo: str) -> Reason:
    """A reason that concerns the whole file."""
    return Reason(None, None, None, kind, found, expected, todo)


def has_values(tables: Iterable[SheetTable], column: str) -> bool:
    """Whether some row of the sheets has something in that column."""
    return any(table.cells(column).drop_nulls().len() for table in tables)


def _unit(
    path: str,
    form: Form,
    tables: Sequence[SheetTable],
    titles: Sequence[str],
    answer: str | None,
    period: Period,
) -> FoundUnit:
    district = _district(path, tables, titles, period.era)
    named = _communes(units_named(titles), district, period.last_day)
    by_row = has_values(tables, "commune_name") or form == "summary"
    if len(named) == 1 and (named[0].code or not by_row):
        return _one(named[0], district, answer, period)
    if len(named) > 1 and not by_row:
        return _problem(district, _two_communes(named))
    if by_row:
        return _above(district, period.era, answer)
    if code := _code_in_rows(tables):
        return _one(resolve_unit(code, period.era), district, answer, period)
    for names in ([table.name for table in tables], _file_names(path)):
        found = _communes([u for n in names for u in units_named_plainly(n)], district,
                          period.last_day) or _bare(names, district, period.last_day)  # fmt: skip
        if len(found) > 1:
            return _problem(district, _two_communes(found))
        if found:
            return _one(found[0], district, answer, period)
    if answer:
        return _one(resolve_unit(answer, period.era), district, None, period)
    todo = "Ghi tên xã/phường và huyện ở đầu biểu, hoặc điền cột unit_code của tệp inbox.csv."
    missing = file_reason("question", "không thấy tên xã/phường trong tệp",
                          "tên xã, phường hoặc thị trấn gửi danh sách", todo)  # fmt: skip
    return _problem(district, missing)


def _one(
    found: Resolution, district: str | None, answer: str | None, period: Period
) -> FoundUnit:
    if found.how == "ambiguous" and answer in {each.code for each in found.candidates}:
        found = resolve_unit(str(answer), period.era)
    if found.code_in_force is None:
        kind: Kind = "question" if found.how == "ambiguous" else "rejected"
        reason = file_reason(kind, found.warning, "tên một xã, phường, thị trấn trong danh mục "
                             "hành chính của kỳ báo cáo", "Sửa tên ở đầu biểu, hoặc điền cột "
                             "unit_code của tệp inbox.csv, rồi nộp lại.")  # fmt: skip
        return _problem(district, reason)
    remark = None
    if found.warning:
        remark = file_reason("warning", found.warning, "tên đầy đủ, đúng dấu, kèm huyện",
                             "Kiểm tra lại tên đơn vị; nếu đúng thì không phải làm gì.")  # fmt: skip
    return FoundUnit(found, is_commune=True, district=district, remark=remark)


def _above(district: str | None, era: str, answer: str | None) -> FoundUnit:
    """The district or province of a file whose rows name the communes."""
    for name in (district, answer):
        found = resolve_unit(name, era, level="district") if name else None
        if found and found.code:
            return FoundUnit(found, is_commune=False, district=found.code)
    code = units().filter(era=era, level="province")["code"].item()
    province = resolve_unit(code, era, level="province")
    return FoundUnit(province, is_commune=False, district=district)


def _problem(district: str | None, reason: Reason) -> FoundUnit:
    return FoundUnit(None, is_commune=False, district=district, problem=reason)


def _two_communes(found: Sequence[Resolution]) -> Reason:
    names = [each.candidates[0].label if each.candidates else str(each.warning) for each in found]
    return file_reason(
        "rejected",
        "tệp có nhiều xã: " + "; ".join(names),
        "một xã, phường một tệp, hoặc cột tên xã ở từng dòng",
        "Tách thành mỗi xã một tệp, hoặc thêm cột tên xã cho từng dòng, rồi nộp lại.",
    )


def _communes(
    named: Sequence[UnitWords], district: str | None, day: date
) -> list[Resolution]:
    """The different communes that the words name; a name that is none counts if nothing else."""
    words = [each for each in named if each.level == "commune"]
    found = {
        (each.name, each.is_sender): resolve_for_date(
            f"{each.type_word} {each.name}".strip(), district, day
        )
        for each in words
    }
    certain = {r.code_in_force: r for r in found.values() if r.code_in_force}
    open_ones = {name: r for (name, sends), r in found.items() if not r.code_in_force and sends}
    if not certain and not open_ones:
        open_ones = {name: r for (name, _), r in found.items()}
        return list(open_ones.values())[:1]
    return [*certain.values(), *open_ones.values()]


def _bare(names: Sequence[str], district: str | None, day: date) -> list[Resolution]:
    """Communes that are named by a sheet or file name and nothing else ("Hải Lộc 2023")."""
    for name in names:
        text = " ".join(re.sub(r"[\d_().,\-]+", " ", name).split())
        found = resolve_for_date(text, district, day) if text else None
        if found and found.code_in_force:
            return [found]
    return []


def _district(
    path: str, tables: Sequence[SheetTable], titles: Sequence[str], era: str
) -> str | None:
    """Code of the one district that titles, columns, sheet names or the path name, if any."""
    columns = [
        f"huyện {name}" if len(units_named([name])) == 0 else name
        for table in tables
        for name in table.cells("district_name").drop_nulls().unique().to_list()
    ]
    sources = (
        [each.name for each in units_named(titles) if each.level == "district"],
        columns,
        [u.name for t in tables for u in units_named_plainly(t.name) if u.level == "district"],
        [u.name for n in _file_names(path) for u in units_named_plainly(n)
         if u.level == "district"],
    )  # fmt: skip
    for names in sources:
        codes = {_district_code(name, era) for name in names} - {None}
        if len(codes) == 1:
            return codes.pop()
        if codes:
            return None
    return None


def _district_code(name: str, era: str) -> str | None:
    """A district of the era, else of the newest older era that knows the name."""
    eras = sorted(units()["era"].unique().to_list(), reverse=True)
    for each in (era, *(older for older in eras if older < era)):
        if code := resolve_unit(name, each, level="district").code:
            return code
    return None


def _code_in_rows(tables: Sequence[SheetTable]) -> str | None:
    """The one five-digit code that every household code holds ("36.360.13870.0001")."""
    values = [
        value
        for table in tables
        for value in table.cells("household_code").drop_nulls().unique().to_list()
    ]
    codes = {code for value in values for code in _CODE.findall(value)}
    return codes.pop() if len(codes) == 1 else None


def _file_names(path: str) -> list[str]:
    """The file name without its ending, then its folders from the innermost outwards."""
    pure = PurePosixPath(path)
    return [pure.stem, *(part for part in reversed(pure.parent.parts) if part not in (".", ""))]


def _standard(
    period: Period, form: Form, titles: Sequence[str]
) -> tuple[str, Reason | None]:
    """The standard the title names if the review has it, else the default one."""
    if form == "in_year":
        return standard_in_force(period.last_day.year), None
    possible = review_standards(period.last_day.year)
    named = {standard_in_force(last) for _, last in standard_years(titles) if 2016 <= last <= 2030}
    if named & set(possible):
        return next(each for each in possible if each in named), None
    if named:
        wanted = " hoặc ".join(possible)
        return possible[0], file_reason(
            "question", f"tiêu đề ghi chuẩn nghèo {', '.join(sorted(named))}",
            f"chuẩn nghèo {wanted} cho kỳ rà soát {period.name}",
            f"Xác nhận chuẩn nghèo của danh sách; đang đọc theo chuẩn {possible[0]}.",
        )  # fmt: skip
    return possible[0], None


def _status(
    form: Form, titles: Sequence[str], document: Document, answer: str | None
) -> tuple[Status, Reason | None]:
    """Status by the title's words, else by the decision, else by the answer.

    Lists: a decision with number and date makes them official, whatever else is missing.
    """
    named = statuses_named(titles)
    has_decision = bool(document.is_decision and document.number and document.day)
    if len(named) == 1:
        status: Status = named[0]  # type: ignore[assignment]
        if form != "summary" and status == "official" and not has_decision:
            return "preliminary", file_reason(
                "question", "tiêu đề ghi chính thức, không có số và ngày quyết định",
                "số và ngày quyết định công nhận",
                "Ghi số, ngày quyết định rồi nộp lại; đang đọc là kết quả sơ bộ.",
            )  # fmt: skip
        return status, None
    if has_decision:
        return "official", None
    if answer and fold(answer) in ("estimate", "preliminary", "official", "restated"):
        return fold(answer), None  # type: ignore[return-value]
    if form == "summary" and len(named) != 1:
        return "preliminary", file_reason(
            "question", "tiêu đề không ghi rõ sơ bộ hay chính thức", "sơ bộ hoặc chính thức",
            "Gạch bỏ phần không dùng trong “(sơ bộ/chính thức)”, hoặc điền cột status của "
            "inbox.csv; đang đọc là kết quả sơ bộ.",
        )  # fmt: skip
    return "preliminary", None
