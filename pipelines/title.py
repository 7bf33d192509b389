"""Which unit, period and status a file is about.

Each is looked for in the title rows, then in the columns, then in the sheet names, then in the
file name and its folders; a line of ``inbox.csv`` answers where the file does not say it. What is
then still open is asked, and the file is refused until it is answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.file_unit import find_unit
from pipelines.layout import SheetTable
from pipelines.period import Period, identify_period
from pipelines.reading import Form, InboxAnswer, Status
from pipelines.reasons import Reason, file_reason
from pipelines.text import fold
from pipelines.title_words import Document, document_named, standard_years, statuses_named
from pipelines.units import resolve_unit
from reference.analysis_forms import ANALYSIS_FORMS
from reference.loading import (
    FLOW_FORMS,
    TITLED_FORMS,
    review_standards,
    standard_in_force,
    standards,
)

_SUMMARIES = ("summary", *FLOW_FORMS, *ANALYSIS_FORMS)
"""Forms whose title says the status; no decision stands over them."""


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
    standard_id: str | None
    document: Document
    reasons: tuple[Reason, ...]


class NotIdentified(Exception):
    """The file does not say what it is about; ``reasons`` are the questions."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__("; ".join(reason.todo for reason in reasons))
        self.reasons = tuple(reasons)


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
    titles = list(dict.fromkeys(text for table in tables for text in table.titles))
    period = identify_period(path, form, tables, titles, answers.period, today)
    if isinstance(period, Reason):
        raise NotIdentified([period])
    unit = find_unit(path, form, tables, titles, answers.unit_code, period)
    if unit.problem:
        raise NotIdentified([unit.problem])
    document, on_document = _checked(document_named(titles), period, today)
    standard, on_standard = _standard(period, form, titles)
    status, on_status = _status(form, titles, document, answers.status)
    found = unit.resolution
    known = {"form": form, "period": period.name, "status": status}
    if found and unit.is_commune and answers.unit_code:
        known["unit_code"] = found.code_in_force or ""
        meant = resolve_unit(answers.unit_code, period.era).code_in_force
        answers = replace(answers, unit_code=meant or answers.unit_code)
    remarks = (unit.remark, on_document, on_standard, on_status, *_unheard(answers, known))
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
        reasons=tuple(remark for remark in remarks if remark),
    )


def _unheard(answers: InboxAnswer, known: Mapping[str, str]) -> Iterator[Reason]:
    """Answers that do not count, because the file says otherwise."""
    for name, told in known.items():
        answer = getattr(answers, name)
        if answer and fold(answer) != fold(told):
            yield file_reason(
                "warning", f"inbox.csv ghi {name} {answer}, tệp ghi {told}",
                "một câu trả lời cho điều tệp không ghi",
                f"Đã đọc theo tệp; sửa cột {name} của inbox.csv, hoặc sửa tệp rồi nộp lại.",
            )  # fmt: skip


def _standard(
    period: Period, form: Form, titles: Sequence[str]
) -> tuple[str | None, Reason | None]:
    """The standard the title names if the review has it, else the default one; our own forms have none."""
    if form in TITLED_FORMS:
        return None, None
    if form == "in_year":
        return standard_in_force(period.last_day.year), None
    possible = review_standards(period.last_day.year)
    last_years = [last for _, last in standard_years(titles)]
    named = {
        each.id
        for each in standards().values()
        for last in last_years
        if (each.valid_from_year.value or last + 1) <= last <= (each.valid_to_year.value or last)
    }
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


def _checked(document: Document, period: Period, today: date) -> tuple[Document, Reason | None]:
    """The document without its date where that cannot be: another year's, or in the future.

    A list is decided on in its own year or early in the next; a template copied from last year
    still carries last year's decision.
    """
    year = period.last_day.year
    if document.day is None or (year <= document.day.year <= year + 1 and document.day <= today):
        return document, None
    return Document(document.number, None, document.is_decision), file_reason(
        "question", f"văn bản ghi ngày {document.day:%d/%m/%Y}",
        f"văn bản của kỳ rà soát {period.name}",
        "Sửa số, ngày văn bản ở đầu biểu rồi nộp lại; ngày này chưa được dùng.",
    )  # fmt: skip


def _status(
    form: Form, titles: Sequence[str], document: Document, answer: str | None
) -> tuple[Status, Reason | None]:
    """Status by the title's words, else by the decision, else by the answer.

    Lists: a decision with number and date makes them official, whatever else is missing. An agency's
    own report is its official figure unless its title says otherwise.
    """
    named = statuses_named(titles)
    if form in TITLED_FORMS and not answer:
        return (named[0] if len(named) == 1 else "official"), None  # type: ignore[return-value]
    has_decision = bool(document.is_decision and document.number and document.day)
    if len(named) == 1:
        status: Status = named[0]  # type: ignore[assignment]
        if form not in _SUMMARIES and status == "official" and not has_decision:
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
    if form in _SUMMARIES and len(named) != 1:
        return "preliminary", file_reason(
            "question", "tiêu đề không ghi rõ sơ bộ hay chính thức", "sơ bộ hoặc chính thức",
            "Gạch bỏ phần không dùng trong “(sơ bộ/chính thức)”, hoặc điền cột status của "
            "inbox.csv; đang đọc là kết quả sơ bộ.",
        )  # fmt: skip
    return "preliminary", None
