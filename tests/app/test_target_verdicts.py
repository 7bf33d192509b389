"""The table of verdicts drawn for series whose verdicts are known from the published checks."""

import pytest
from streamlit.testing.v1 import AppTest


def drawn(indicator: str, values: tuple[float, ...], standard: str | None) -> None:
    """The script of a page that shows nothing but the table."""
    from datetime import UTC, date, datetime

    from measures.target_standing import Standing
    from reference.plan import plan_indicators
    from ui.data import Served
    from ui.target_verdicts import show_verdicts

    step = 1.0 if standard else 0.5
    last = 2026.0 if standard else 2026.5
    count = len(values)
    series = tuple((last - step * (count - 1 - place), one) for place, one in enumerate(values))
    row = {"standard_id": standard, "unit": "pct", "period": "2025"}
    found = Standing(plan_indicators()[indicator], row, "unknown_trend", series=series)
    show_verdicts(
        found, Served("b", datetime(2026, 9, 15, tzinfo=UTC), date(2026, 9, 15), True, "")
    )


@pytest.fixture
def draw():
    def drawing(indicator, values, standard=None):
        app = AppTest.from_function(drawn, args=(indicator, values, standard), default_timeout=30)
        app.run()
        assert not app.exception, app.exception[0].message
        return app

    return drawing


def verdicts(app):
    table = app.dataframe[0].value
    return dict(zip(table["Phương pháp"], table["Kết luận"], strict=True))


def test_published_methods_disagree_on_one_series(draw):
    # 5,0 % in 2021 to 1,5 % in 2025, zero in 2030; the growth rule turns with the number that stands in for 0
    app = draw("T1.2", (5.0, 4.0, 3.0, 2.2, 1.5), "2022-2026")
    told = verdicts(app)
    assert list(told.values()) == ["● đạt", "■ hạn chế", "● đúng hướng", "▲ khá"]
    assert app.subheader[0].value == "4 phương pháp, 4 kết luận khác nhau về cùng một dãy số"
    assert "KỊCH BẢN" in app.warning[0].value
    assert any("thay 0 bằng một số nhỏ" in one.value for one in app.caption)
    figures = list(app.dataframe[0].value["Số liệu của phương pháp"])
    assert figures[1].endswith("0,42")


def test_eight_half_years_have_a_damped_trend_with_interval_and_error(draw):
    app = draw("T4.1", (82.0, 83.5, 85.0, 86.2, 87.9, 89.0, 90.6, 92.0))
    told = verdicts(app)
    assert next(iter(told.values())) == "■ lệch"
    assert told["Xu hướng tắt dần (từ 8 nửa năm liền)"] == "■ chưa tới đích"
    figure = list(app.dataframe[0].value["Số liệu của phương pháp"])[-1]
    assert figure.startswith("cuối 2026: 93,2 (khoảng tin cậy 95 %: ")
    assert "sai số thử lại 0," in figure


def test_fewer_than_five_periods_have_no_verdict(draw):
    app = draw("T4.1", (98.0, 98.5, 99.0, 99.5))
    assert set(verdicts(app).values()) == {"○ không đủ dữ liệu"}
    assert (
        app.subheader[0].value.replace("\\", "") == "Các phương pháp đã công bố: không đủ dữ liệu"
    )
    assert "cần 8 nửa năm liền đủ xã, có 4" in list(
        app.dataframe[0].value["Số liệu của phương pháp"]
    )


def test_what_the_plan_gives_no_number_has_no_table(draw):
    app = draw("T1.1", (5.0, 4.0, 3.0, 2.2, 1.5), "2022-2026")
    assert len(app.dataframe) == 0
