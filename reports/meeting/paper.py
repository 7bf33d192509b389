"""The report of a meeting: its sections, sentences and tables."""

from reports import sentences
from reports.meeting.since import since_sentences, since_title
from reports.paper import Paper, Section
from reports.proposals import proposals
from reports.report_content import ReportContent
from reports.report_tables import (
    deprivation_table,
    flow_table,
    place_table,
    target_table,
    three_columns,
)


def meeting_paper(content: ReportContent) -> Paper:
    """The paper that DOCX, PDF, slides and annex are made of."""
    sections = (
        Section(
            "Kết quả rà soát",
            [*sentences.level(content), *sentences.compared(content)],
            (three_columns(content), target_table(content)),
        ),
        *_since(content),
        Section("Danh sách đang theo dõi", sentences.running(content)),
        Section("Diễn biến hộ nghèo", sentences.flows(content), (flow_table(content),)),
        Section(
            "Chênh lệch giữa các địa phương",
            [*sentences.places(content), *sentences.contributors(content)],
            (place_table(content),),
        ),
        Section(
            "Thiếu hụt dịch vụ xã hội cơ bản",
            sentences.deprivations(content),
            (deprivation_table(content),),
        ),
        Section("Độ đầy đủ của số liệu", sentences.coverage(content)),
        Section("Đề nghị", proposals(content, "tại kỳ họp"), is_list=True),
    )
    return Paper(content, f"Về kết quả giảm nghèo ({content.name})", sections)


def _since(content: ReportContent) -> tuple[Section, ...]:
    """What changed since the meeting before, where there was one."""
    since = content.since
    if since is None:
        return ()
    return (Section(since_title(since), since_sentences(content, since)),)
