"""The periodic reports: their sections, sentences and tables."""

from collections.abc import Sequence

import polars as pl

from measures.comparison import change
from reports import sentences
from reports.paper import Paper, Section, Sentence, TextTable
from reports.periodic.content import opening_sentence, year_before
from reports.periodic.tables import (
    compared_target_table,
    compared_targets,
    coverage_table,
    published_tables,
    review_table,
    series_tables,
    standard_name,
)
from reports.proposals import proposals
from reports.report_content import COVERAGE_MEASURE, ReportContent, Row
from reports.report_tables import deprivation_table, flow_table, place_table, three_columns
from reports.vietnamese import period

_SUBJECT = "Kết quả công tác giảm nghèo"


def half_year_paper(content: ReportContent) -> Paper:
    """The report before 10 June or 10 December: the running list, the targets, the gaps."""
    sections = (
        _opening(content),
        Section(
            "Danh sách hộ nghèo đang theo dõi",
            sentences.running(content),
            (three_columns(content),),
        ),
        _targets(content),
        _places(content),
        Section("Kết quả rà soát gần nhất", sentences.level(content)),
        *_end(content),
    )
    return Paper(content, f"{_SUBJECT} {period(content.placed)}", sections)


def annual_paper(content: ReportContent, forms: Sequence[TextTable]) -> Paper:
    """The report before 10 December; ``forms`` are the official forms 1 to 3 as tables."""
    sections = (
        _opening(content),
        Section(
            "Kết quả rà soát",
            [*sentences.level(content), *sentences.compared(content)],
            (review_table(content),),
        ),
        *_running_until_the_review(content),
        Section("Diễn biến hộ nghèo", sentences.flows(content), (flow_table(content),)),
        _places(content),
        Section(
            "Thiếu hụt dịch vụ xã hội cơ bản",
            sentences.deprivations(content),
            (deprivation_table(content),),
        ),
        _targets(content),
        *_end(content),
    )
    return Paper(content, f"{_SUBJECT} {period(content.official)}", sections, tuple(forms))


def five_year_paper(
    content: ReportContent,
    by_standard: Sequence[tuple[str, Sequence[Row]]],
    published: pl.DataFrame,
    span: tuple[str, str],
) -> Paper:
    """The review of five years; ``by_standard`` holds yearly rows of each standard, which are not joined.

    ``published`` are rows of ``dim__published``.
    """
    names = [standard_name(standard) for standard, _ in by_standard]
    announced = published_tables(published, year_before(span[0]), span[1])
    seen = tuple(
        row for _, rows in by_standard for row in rows if row["measure"] == COVERAGE_MEASURE
    )
    standards = Sentence(
        f"Số liệu rà soát của giai đoạn theo: {'; '.join(names)}. Số liệu theo các chuẩn nghèo khác nhau "
        "không nối thành một chuỗi; không tính mức tăng, giảm qua hai chuẩn.",
        seen,
    )
    sections = (
        _opening(content),
        Section(
            "Kết quả qua các năm",
            [standards, *sentences.compared(content)],
            (*series_tables(by_standard), *announced),
        ),
        Section(
            f"Kết quả {period(content.official)}",
            sentences.level(content),
            (review_table(content),),
        ),
        _places(content),
        Section(
            "Thiếu hụt dịch vụ xã hội cơ bản",
            sentences.deprivations(content),
            (deprivation_table(content),),
        ),
        _targets(content),
        *_end(content),
    )
    subject = f"Tổng kết công tác giảm nghèo giai đoạn {span[0]}–{span[1]}"
    return Paper(content, subject, sections)


def target_sentences(content: ReportContent) -> list[Sentence]:
    """One sentence for each target that can be set against the same period a year before."""
    found = []
    for number, text, row, before in compared_targets(content):
        changed = change(before, row)
        if row is None or before is None or changed is None:
            continue
        found.append(
            sentences.sentence(
                f"Mục tiêu {number} – {text}: {sentences.bare(row)} ({period(row['period'])}), "
                f"{sentences.change_words(changed)} so với {period(before['period'])} "
                f"({sentences.bare(before)}).",
                (before, row),
            )
        )
    return found or [Sentence("Chưa mục tiêu nào so sánh được với cùng kỳ năm trước.", ())]


def _opening(content: ReportContent) -> Section:
    row = content.row(COVERAGE_MEASURE, content.placed)
    rows = () if row is None else (row,)
    return Section("Kỳ báo cáo", [Sentence(opening_sentence(content), rows)])


def _targets(content: ReportContent) -> Section:
    return Section(
        "Các mục tiêu của Kế hoạch", target_sentences(content), (compared_target_table(content),)
    )


def _running_until_the_review(content: ReportContent) -> tuple[Section, ...]:
    """The running list, as long as the review is not official."""
    row = content.row(COVERAGE_MEASURE, content.official)
    if row is not None and row["status"] in ("official", "restated"):
        return ()
    return (Section("Danh sách đang theo dõi", sentences.running(content)),)


def _places(content: ReportContent) -> Section:
    return Section(
        "Chênh lệch giữa các địa phương",
        [*sentences.places(content), *sentences.contributors(content)],
        (place_table(content),) if content.communes else (),
    )


def _end(content: ReportContent) -> tuple[Section, Section]:
    return (
        Section("Độ đầy đủ của số liệu", sentences.coverage(content), (coverage_table(content),)),
        Section("Đề nghị", proposals(content, "bằng văn bản"), is_list=True),
    )
