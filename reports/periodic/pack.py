"""The documents of a periodic report, all from one build: DOCX, PDF, data annex, official forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from reference.loading import era_at, standards
from reference.periods import last_day
from reports.annex import annex
from reports.official_forms.content import FormContent, FormNotPossible, form_content
from reports.official_forms.form_table import form_table
from reports.official_forms.sheet import form_file
from reports.paper import Paper
from reports.periodic.content import (
    Kind,
    annual_content,
    five_year_content,
    half_year_content,
    span_of,
)
from reports.periodic.papers import annual_paper, five_year_paper, half_year_paper
from reports.printed import printed_report
from reports.report_content import Row
from reports.word_report import word_report
from reports.writing import Writer
from warehouse.door import Door, NotAllowed
from warehouse.frozen import Meeting

FORMS = (1, 2, 3)
_YEARLY = (
    "poor_household_count",
    "poor_household_rate",
    "near_poor_household_count",
    "near_poor_household_rate",
)


@dataclass(frozen=True)
class PeriodicReport:
    """A report and the writers of its documents by file name."""

    paper: Paper
    writers: Mapping[str, Writer]


def periodic_report(
    door: Door, kind: Kind, period: str, meeting: Meeting | None = None
) -> PeriodicReport:
    """A report of the plan's rhythm; ``meeting`` is the one the door's figures were frozen for, if any.

    Raises:
        ReportNotPossible, PeriodError: no figures of that period, or another spelling.
        NotAllowed: an officer: the report speaks of the whole province.
    """
    forms: list[FormContent] = []
    slug = meeting.slug if meeting else None
    if kind == "half-year":
        paper = half_year_paper(half_year_content(door, period, meeting))
    elif kind == "annual":
        content = annual_content(door, period, meeting)
        forms = _forms(door, period)
        paper = annual_paper(content, [form_table(form) for form in forms])
    else:
        first, last = span_of(period)
        content = five_year_content(door, period, meeting)
        yearly = yearly_by_standard(door, first, last)
        paper = five_year_paper(content, yearly, door.published(), (first, last))
    writers: dict[str, Writer] = {
        "bao-cao.docx": partial(word_report, paper),
        "bao-cao.pdf": partial(printed_report, paper),
        "phu-luc-so-lieu.xlsx": partial(annex, paper),
        **{
            f"bieu-{form.definition.number:02d}.xlsx": partial(form_file, form, slug)
            for form in forms
        },
    }
    return PeriodicReport(paper, writers)


def yearly_by_standard(door: Door, first: str, last: str) -> list[tuple[str, Sequence[Row]]]:
    """Yearly rows of the whole area for each standard that has any, the oldest standard first."""
    years = [str(year) for year in range(int(first), int(last) + 1)]
    found: list[tuple[str, Sequence[Row]]] = []
    for standard in sorted(standards()):
        rows = door.estimates(_YEARLY, periods=years, standard=standard)
        if not rows.is_empty():
            found.append((standard, rows.to_dicts()))
    return found


def _forms(door: Door, period: str) -> list[FormContent]:
    """Forms 1 to 3 of the province; none for the public, whose file does not carry their parts."""
    province = door.units(era_at(last_day(period)), "province")["code"][0]
    found = []
    for number in FORMS:
        try:
            found.append(form_content(door, number, province, period))
        except (FormNotPossible, NotAllowed):
            continue
    return found
