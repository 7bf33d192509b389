"""The one A4 page that is read before the meeting."""

from reports.meeting.since import since_sentences, since_title
from reports.paper import TextTable
from reports.printed import one_printed_page, printed_section
from reports.proposals import call_on, proposals
from reports.report_content import ReportContent
from reports.report_tables import place_table, target_table, three_columns
from reports.sentences import compared, running

_FEW = 5


def one_page(content: ReportContent) -> bytes:
    """Targets, figures, five highest and five lowest, what changed, proposals, whom to call on."""
    places = place_table(content)
    units, whole = places.rows[:-1], places.rows[-1:]
    shown: tuple[tuple[str, ...], ...] = units
    title = "Đơn vị có tỷ lệ hộ nghèo cao nhất và thấp nhất"
    bold = set[int]()
    if not content.ranked("poor_household_rate"):
        # What is not ranked has no highest: only how much there is in all.
        shown, title = (), places.title
    elif len(units) > 2 * _FEW:
        blank = ("",) * (len(places.header) - 1)
        groups = ((f"{_FEW} đơn vị cao nhất", *blank), (f"{_FEW} đơn vị thấp nhất", *blank))
        shown = (groups[0], *units[:_FEW], groups[1], *units[-_FEW:])
        bold = {0, _FEW + 1}
    chosen = TextTable(title, places.header, (*shown, *whole), frozenset(bold | {len(shown)}))
    header = ("Đơn vị", "Vì", "Trách nhiệm")
    rows = tuple(call_on(content))
    called = TextTable("Đơn vị cần hỏi tại kỳ họp", header, rows, left=frozenset({0, 1, 2}))
    changed = [*compared(content), *running(content)]
    body = [
        printed_section("", (), (target_table(content), three_columns(content), chosen)),
        printed_section("Thay đổi", changed, ()),
        *_since(content),
        printed_section("Đề nghị", proposals(content, "tại kỳ họp"), (called,)),
    ]
    subject = f"{content.name} – số liệu đến {content.as_of:%d/%m/%Y}"
    return one_printed_page(content, "TỜ TÓM TẮT", subject, body)


def _since(content: ReportContent) -> list[dict[str, object]]:
    """What changed since the meeting before, as a list."""
    since = content.since
    if since is None:
        return []
    return [printed_section(since_title(since), since_sentences(content, since), (), is_list=True)]
