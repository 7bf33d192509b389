"""Section of audits on the page of data quality: figures, what cannot be known, who may see it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from measures.audit import errors
from tests.app import factory
from warehouse import engine
from warehouse.builds import current_build
from warehouse.core_tables import CORE_AUDIT__HOUSEHOLD
from warehouse.result_tables import RESULT__AUDIT

Opener = Callable[..., AppTest]


def sample(with_unlisted: bool) -> pl.DataFrame:
    """Three villages: 12 listed, of which 3 do not qualify, and 9 off the list, of which 1 is poor."""
    rows = [
        {
            "era": "2025", "unit_code": "13669", "is_listed": is_listed, "cluster": village,
            "class_on_list": "poor" if is_listed else "none", "class_found": found,
            "weight": 2.0 if is_listed else 6.0, "audit_date": date(2026, 3, 2),
        }
        for village, listed, unlisted in (
            ("A", ["poor"] * 4, ["none"] * 3),
            ("B", ["poor"] * 3 + ["none"], ["none"] * 2 + ["poor"]),
            ("C", ["poor"] * 2 + ["none"] * 2, ["none"] * 3),
        )
        for is_listed, founds in ((True, listed), (False, unlisted))
        for found in founds
    ]  # fmt: skip
    frame = CORE_AUDIT__HOUSEHOLD.conform(pl.DataFrame(rows))
    return frame if with_unlisted else frame.filter("is_listed")


def folder_with(data: Path, with_unlisted: bool) -> Path:
    factory.write_build(data)
    build = current_build(data)
    assert build is not None
    facts = {"period": "2025", "status": "official", "agency_name": "Sở Nông nghiệp"}
    rows = [{**facts, **line} for line in errors(sample(with_unlisted))]
    with engine.writing(build.restricted) as connection:
        frame = pl.DataFrame(rows, infer_schema_length=None)
        engine.create(connection, RESULT__AUDIT, RESULT__AUDIT.conform(frame))
    return data


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_with(tmp_path_factory.mktemp("audited"), with_unlisted=True)


@pytest.fixture(scope="module")
def inspected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_with(tmp_path_factory.mktemp("inspected"), with_unlisted=False)


def said(app: AppTest) -> str:
    return "\n".join(
        each.value for kind in ("markdown", "caption", "info") for each in app.get(kind)
    )


def cards(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_both_errors_with_interval_and_counts(open_app: Opener, audited: Path) -> None:
    app = open_app(audited, "data_quality", role="leader")
    # 3 of 12 listed; eligible 9·2 on the list and 1·6 off it: 6 of 24
    assert cards(app)["Đưa vào sai"] == "25,0 %"
    assert cards(app)["Bỏ sót"] == "25,0 %"
    assert "khoảng 25,0 % hộ đủ tiêu chuẩn bị bỏ sót" in said(app)
    assert "Khoảng tin cậy 95 %" in said(app)
    table = next(each.value for each in app.dataframe if "Tỷ lệ sai" in each.value.columns)
    assert len(table) == 6


def test_an_inspection_of_listed_households_says_why_exclusion_is_unknown(
    open_app: Opener, inspected: Path
) -> None:
    app = open_app(inspected, "data_quality", role="analyst")
    assert cards(app)["Đưa vào sai"] == "25,0 %"
    assert cards(app)["Bỏ sót"] == "○ Không đủ dữ liệu"
    assert "không ai ngoài danh sách được hỏi" in said(app)


def test_visitors_see_no_audit(open_app: Opener, audited: Path) -> None:
    app = open_app(audited, "data_quality", role="visitor")
    assert "Đưa vào sai" not in cards(app)
    assert "Người xem công khai không xem được kết quả phúc tra" in said(app)


def test_without_an_audit_the_page_says_so(open_app: Opener, demo_data: Path) -> None:
    assert "Chưa nhận kết quả phúc tra nào" in said(open_app(demo_data, "data_quality"))


def test_in_english(open_app: Opener, inspected: Path) -> None:
    app = open_app(inspected, "data_quality", role="leader", lang="en")
    assert cards(app)["Left out"] == "○ Not enough data"
