"""What the papers of a meeting say of the meeting before, from figures that can be checked by hand."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import fastexcel
import polars as pl
import pptx
import pypdf
import pytest

from reports.annex import annex
from reports.meeting.one_page import one_page
from reports.meeting.paper import meeting_paper
from reports.meeting.since import Since, since_sentences, since_title
from reports.meeting.slides import slides
from reports.periodic.tables import compared_target_table
from reports.report_tables import target_table
from reports.sentences import coverage
from tests.unit.reports.test_meeting import content, row
from warehouse.decisions import Entry, Figure, FollowUp, Said
from warehouse.frozen import Meeting

BEFORE = Meeting(
    "Sơ kết Quý III/2025", "20250915T080000-001", date(2025, 9, 15),
    datetime(2025, 9, 15, tzinfo=UTC), "An", "",
)  # fmt: skip


def decision(number, due, *follow_ups):
    return Entry(
        number, "decision", f"Việc {number}", "nhcsxh", due, Figure("T2.1"),
        Said("so-ket-quy-iii-2025", BEFORE.build_id, "An"), datetime(2025, 9, 15, tzinfo=UTC),
        follow_ups,
    )  # fmt: skip


def done():
    return FollowUp(True, "xong", "m", "An", datetime(2026, 1, 1, tzinfo=UTC))


def before(**changed):
    rows = [
        row("poor_household_count", "2024", 7000),
        row("poor_household_rate", "2024", 1.08, "pct"),
        row("credit_need_met_rate", "2025-H1", 80.5, "pct"),
        row("credit_need_met_rate", "2025-H2", 99, "pct"),
    ]
    facts = {
        "meeting": BEFORE,
        "province": {(each["measure"], each["period"]): each for each in rows},
        "official": "2024",
        "restated": (("poor_household_count", "2024"),),
        "alerts": ("Hộ tái nghèo",),
        "moved": (("Xã A", 3, 12), ("Xã B", 9, 4)),
        "decided": (
            decision(1, date(2026, 6, 9), done()),
            decision(2, date(2026, 6, 9)),
            decision(3, date(2026, 12, 9)),
        ),
    }
    return Since(**(facts | changed))


def texts(since):
    return [each.text for each in since_sentences(content(since=since), since)]


def test_the_reviews_of_both_meetings_stand_side_by_side():
    # 6.131 − 7.000 = −869
    assert texts(before())[0] == (
        "Số hộ nghèo theo kỳ rà soát gần nhất: tại kỳ họp trước 7.000 hộ (năm 2024), nay 6.131 hộ (năm 2025), "
        "giảm 869 hộ."
    )
    assert since_title(before()).endswith("(Sơ kết Quý III/2025, số liệu đến 15/09/2025)")


def test_what_was_corrected_is_told_with_both_numbers_and_no_reason():
    assert texts(before())[1] == (
        "1 số liệu toàn địa bàn đã nêu tại kỳ họp trước nay khác (Số hộ nghèo năm 2024: 7.000 hộ → 7.041 hộ)."
    )
    assert "Không có số liệu" in texts(before(restated=()))[1]


def test_alerts_ranks_and_decisions_are_told_and_left_out_where_there_are_none():
    said = texts(before())
    assert "1 chỉ tiêu mới chuyển sang chậm, thiếu hoặc kém đi: Hộ tái nghèo." in said
    assert said[3].endswith("Xã A (thứ 3 → thứ 12); Xã B (thứ 9 → thứ 4).")
    assert "1 đã xong, 1 quá hạn, 1 đang thực hiện. Quá hạn: Việc 2" in said[4]
    assert "hạn 09/06/2026" in said[4]
    assert len(texts(before(moved=(), decided=()))) == 3


def test_without_a_new_review_nothing_is_compared():
    same = {("poor_household_count", "2025"): row("poor_household_count", "2025", 6131)}
    found = texts(before(province=same, official="2025", restated=()))
    assert found[0] == "Chưa có kỳ rà soát năm mới đủ số liệu: kỳ gần nhất vẫn là năm 2025."


def test_the_targets_stand_beside_those_of_the_meeting_before():
    told = content(since=before())
    header, rows = target_table(told).header, target_table(told).rows
    assert header[-1] == "Tại kỳ họp trước"
    assert rows[0][-1] == "1,08%, năm 2024"
    # The second half of 2025 was not over on 15/09/2025 but had begun: what was told then is its newest figure.
    assert rows[1][-1] == "99,00%, 6 tháng cuối năm 2025"
    assert rows[2][-1] == "không đủ dữ liệu"
    assert target_table(content()).header[-1] == "Tình trạng"


def test_a_public_table_says_of_targets_without_a_figure_what_the_sentence_says():
    told = content(since=before(), is_public=True)
    unknown = "không công khai hoặc chưa đủ dữ liệu"
    (sentence,) = (each.text for each in coverage(told) if each.text.startswith("Mục tiêu"))
    assert sentence.startswith(f"Mục tiêu {unknown}: ")
    # Of the eight targets only the rate of the poor has a figure now; two had one at the meeting before.
    table = target_table(told).rows
    assert [row[2] for row in table] == ["0,95%", *[unknown] * 7]
    assert [row[5] for row in table].count(unknown) == 6
    assert [row[2] for row in compared_target_table(told).rows] == ["0,95%", *[unknown] * 7]


@pytest.mark.parametrize("many", [0, 6])
def test_the_summary_with_it_is_still_one_page(many):
    since = before(alerts=tuple(f"Một chỉ tiêu có tên khá dài, số {n}" for n in range(many)))
    pages = pypdf.PdfReader(io.BytesIO(one_page(content(since=since)))).pages
    assert len(pages) == 1
    said = " ".join(pages[0].extract_text().split())
    assert "Thay đổi từ kỳ họp trước" in said
    assert "giảm 869 hộ" in said


def test_report_and_slides_say_it_too_and_the_checksum_follows_it():
    since = before()
    told = content(since=since)
    paper = meeting_paper(told)
    assert since_title(since) in [section.title for section in paper.sections]
    show = pptx.Presentation(io.BytesIO(slides(told)))
    shown = [
        shape.text_frame.text for slide in show.slides for shape in slide.shapes
        if shape.has_text_frame
    ]  # fmt: skip
    assert any("giảm 869 hộ" in text for text in shown)
    assert told.checksum != content().checksum
    assert told.checksum != replace(told, since=before(decided=())).checksum


def test_without_a_meeting_before_nothing_is_said():
    assert not any("kỳ họp trước" in each.title for each in meeting_paper(content()).sections)


def test_the_annex_tells_figures_of_the_meeting_before_from_those_of_now():
    rows = {key: {**each, "build_id": BEFORE.build_id} for key, each in before().province.items()}
    book = fastexcel.read_excel(annex(meeting_paper(content(since=before(province=rows)))))
    told = book.load_sheet("Câu và số liệu").to_polars()
    marked = told.filter(pl.col("Chỉ tiêu") == "Số hộ nghèo (tại kỳ họp trước)")
    assert set(marked["Mã bản dựng"]) == {BEFORE.build_id}
    assert set(marked["Số liệu"]) == {7000}
