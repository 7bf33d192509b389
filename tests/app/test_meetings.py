"""A meeting frozen, data corrected: every page shows the frozen figures by a link, both numbers and the reason."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from charts.rank_moves import Move, rank_moves
from charts.theme import palette
from tests.app import factory
from tests.app.test_pages import _headline, _texts
from ui import meetings
from warehouse.builds import current_build
from warehouse.frozen import Meeting, freeze
from warehouse.quality_tables import QUALITY__COVERAGE, QUALITY__SUBMISSION

NAME, SLUG = "Sơ kết Quý III/2026", "so-ket-quy-iii-2026"
CORRECTED = (
    4830  # the list of one commune has five more poor households than the 4.825 of the meeting
)


def freeze_served(data, name=NAME, as_of=date(2026, 9, 15)):
    build = current_build(data)
    return freeze(
        data, Meeting(name, build.build_id, as_of, datetime(2026, 9, 15, tzinfo=UTC), "An", "")
    )


def with_correction(found):
    """File 5 replaces file 1 of the same commune."""
    again = (
        found["quality__submission"]
        .filter(file_number=1)
        .with_columns(
            file_number=pl.lit(5),
            submission_id=pl.lit(f"{5:064x}"),
            document_date=pl.lit(date(2026, 10, 20)),
        )
    )
    coverage = found["quality__coverage"]
    first = pl.col("submission_id") == f"{1:064x}"
    newer = coverage.filter(first).with_columns(submission_id=pl.lit(f"{5:064x}"))
    found["quality__submission"] = QUALITY__SUBMISSION.conform(
        pl.concat([found["quality__submission"], again.cast(found["quality__submission"].schema)])
    )
    found["quality__coverage"] = QUALITY__COVERAGE.conform(
        pl.concat([coverage.with_columns(is_current=pl.col("is_current") & ~first), newer])
    )
    return found


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """A data folder with a frozen meeting and a later build in which 2025 was corrected."""
    folder = tmp_path_factory.mktemp("corrected")
    factory.write_build(folder)
    freeze_served(folder)
    quality = factory.quality
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(factory.POOR, "2025", CORRECTED)
        patch.setattr(factory, "quality", lambda: with_correction(quality()))
        factory.write_build(folder)
    return folder


def test_without_a_link_the_current_figures_are_shown(open_app, corrected):
    app = open_app(corrected)
    assert "4.830 hộ nghèo" in _headline(app)
    assert "Số liệu chốt tại" not in _texts(app)


@pytest.mark.parametrize("parameter", ["meeting", "as_of"])
def test_a_link_shows_the_figures_of_the_meeting_and_says_so(open_app, corrected, parameter):
    app = open_app(corrected, **{parameter: SLUG})
    assert "4.825 hộ nghèo" in _headline(app)
    assert app.query_params["meeting"] == SLUG
    text = _texts(app).replace("\\", "")
    assert f"Số liệu chốt tại “{NAME}”" in text
    assert "đến ngày 15/09/2026" in text


def test_a_correction_shows_both_numbers_and_the_file_behind_it(open_app, corrected):
    text = _texts(open_app(corrected, meeting=SLUG)).replace("\\", "")
    assert "2025: lúc chốt 4.825 hộ, nay 4.830 hộ (+5" in text
    assert "1 tệp được tính sau khi chốt: số 5 (" in text
    assert "20/10/2026" in text
    assert "1 tệp không còn được tính (đã thay hoặc rút): số 1 (" in text


def test_a_reason_that_was_told_is_not_told_again():
    row = {
        "measure": "poor_household_count", "period": "2024", "unit": "household", "value_before": 1.0,
        "value_after": 3.0,
    }  # fmt: skip
    first, second = meetings.sentences([meetings.Restated(row, "vì tệp A")] * 2)
    assert first.endswith("vì tệp A")
    assert second.endswith("cùng lý do trên")


def test_the_way_back_leads_to_the_current_figures(open_app, corrected):
    app = open_app(corrected, meeting=SLUG)
    app.button(key="meeting_back").click().run()
    assert not app.exception
    assert "4.830 hộ nghèo" in _headline(app)


def test_the_meeting_is_chosen_on_the_page_too(open_app, corrected):
    app = open_app(corrected)
    app.selectbox(key="meeting_widget").select(SLUG).run()
    assert "4.825 hộ nghèo" in _headline(app)


@pytest.mark.parametrize(
    "page",
    ["poverty_rates", "target_gaps", "programme_delivery", "household_flows", "duties", "reporting", "data_quality", "review_meeting", "meeting_changes"],
)  # fmt: skip
def test_every_page_opens_on_a_frozen_meeting(open_app, corrected, page):
    app = open_app(corrected, page, meeting=SLUG)
    assert "Số liệu chốt tại" in _texts(app)


def test_a_meeting_nobody_froze_is_ignored(open_app, corrected):
    assert "4.830" in _headline(open_app(corrected, meeting="khong-co"))


def test_a_visitor_sees_both_numbers_and_no_file(open_app, corrected):
    text = _texts(open_app(corrected, meeting=SLUG, role="visitor")).replace("\\", "")
    assert "nay 4.830 hộ" in text
    assert "số 5 (" not in text


def _table(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def test_the_page_of_changes_tells_both_numbers_and_why(open_app, corrected):
    app = open_app(corrected, "meeting_changes")
    # 4830 - 4825 = 5 more poor households in the same review
    assert _headline(app) == (
        f"Từ “{NAME}” đến nay: hộ nghèo theo rà soát gần nhất từ 4.825 hộ (2025) "
        "thành 4.830 hộ (2025) (+5 hộ)"
    )
    table = _table(app, "Vì sao khác")
    row = table[(table["Số liệu"] == "Số hộ nghèo") & (table["Kỳ"] == "2025")].iloc[0]
    assert (row["Lúc họp"], row["Nay"], row["Thay đổi"]) == ("4.825 hộ", "4.830 hộ", "+5 hộ")
    assert row["Xã"] == "57/57"
    assert "số 5 (" in row["Vì sao khác"]
    assert len(_table(app, "Đổi hạng")) == 57


def test_figures_that_moved_are_counted(open_app, corrected):
    app = open_app(corrected, "meeting_changes")
    cards = {one.label: one.value for one in app.metric}
    assert cards["Cảnh báo mới"] == "0"
    assert any("đổi hạng nhiều nhất" in one.value for one in app.subheader)
    assert int(cards["Số liệu đã khác lúc chốt"]) == len(_table(app, "Vì sao khác"))
    # five households of 646.000 do not move the rate: 0,75 % then and now
    assert cards["Chỉ tiêu có số liệu mới"] == "0"


def test_places_then_and_now_are_joined_by_a_line():
    moves = [Move("xã A", 18, 29), Move("xã B", 42, 33)]
    figure = rank_moves(moves, 57, ("Lúc họp", "Nay"), "vi", "light")
    lines, then, now = figure.data
    assert list(lines.x) == [18, 29, None, 42, 33, None]
    assert (list(then.x), list(now.x)) == ([18, 42], [29, 33])
    assert list(now.text) == ["18 → 29", "42 → 33"]
    # a higher place is a higher rate: orange for the one that went up
    assert list(now.marker.color) == [palette("light").good, palette("light").bad]


def test_without_a_frozen_meeting_the_page_of_changes_says_how(open_app, demo_data):
    app = open_app(demo_data, "meeting_changes")
    assert _headline(app) == "Chưa có kỳ họp nào trước đó đã chốt số liệu"
    assert "freeze" in app.code[0].value


@pytest.mark.parametrize("role", ["visitor", "officer"])
def test_changes_are_shown_to_others_without_decisions(open_app, corrected, role):
    app = open_app(corrected, "meeting_changes", role=role)
    assert not any("Cơ quan chịu trách nhiệm" in frame.value.columns for frame in app.dataframe)


def test_an_officer_reads_no_places_among_the_own_communes_alone(open_app, corrected):
    app = open_app(corrected, "meeting_changes", role="officer")
    assert not any("Đổi hạng" in frame.value.columns for frame in app.dataframe)
    assert "Thứ hạng của mọi xã dành cho người xem toàn địa bàn" in _texts(app)


def test_english_is_whole(open_app, corrected):
    text = _texts(open_app(corrected, meeting=SLUG, lang="en")).replace("\\", "")
    assert "at the meeting" in text
    assert "lúc chốt" not in text
