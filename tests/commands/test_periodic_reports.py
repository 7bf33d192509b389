"""Half-yearly, yearly and five-yearly reports from the command line, of the small demo."""

import json

import docx
import pytest

from reports.periodic.content import ReportNotPossible
from reports.periodic.pack import periodic_report
from warehouse.door import Door, NotAllowed, Viewer

DOCUMENTS = ["bao-cao.docx", "bao-cao.pdf", "phu-luc-so-lieu.xlsx"]
FORMS = ["bieu-01.xlsx", "bieu-02.xlsx", "bieu-03.xlsx"]
REPORTS = [
    ("half-year", "2026-H1", DOCUMENTS),
    ("annual", "2025", [*DOCUMENTS, *FORMS]),
    ("annual", "2026", [*DOCUMENTS, *FORMS]),
    ("five-year", "2021-2025", DOCUMENTS),
]


@pytest.fixture(scope="module")
def door(small_province):
    return Door.open(small_province.data, Viewer("command"))


@pytest.mark.parametrize(("kind", "period", "names"), REPORTS)
def test_a_report_is_written_with_its_documents(small_province, cli, tmp_path, kind, period, names):
    arguments = ("--period", period, "--to", tmp_path, "--data", small_province.data, "--json")
    done = cli("report", kind, *arguments)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["failed"] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    paper = docx.Document(tmp_path / "bao-cao.docx")
    footer = paper.sections[0].footer.paragraphs[0].text
    for part in (said["build_id"], said["checksum"], "số liệu đến", "/57 xã đã báo cáo"):
        assert part in footer, part


@pytest.mark.parametrize(
    ("kind", "period"),
    [("half-year", "2026"), ("half-year", "2019-H1"), ("annual", "2025-H1"), ("annual", "2019"),
     ("five-year", "2025"), ("five-year", "2010-2014")],
)  # fmt: skip
def test_a_period_that_cannot_be_reported_is_refused_and_nothing_written(
    small_province, cli, tmp_path, kind, period
):
    folder = tmp_path / "no"
    done = cli("report", kind, "--period", period, "--to", folder, "--data", small_province.data)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert not folder.exists()


def test_every_figure_of_every_sentence_is_an_estimate_of_the_build(door):
    for kind, period, _ in REPORTS:
        report = periodic_report(door, kind, period).paper
        rows = [row for each in report.sentences() for row in each.figures]
        assert rows
        for row in rows:
            told = door.estimates(
                [row["measure"]], level=row["level"], periods=[row["period"]],
                era=row["era"] if row["level"] == "commune" else None, units=[row["unit_code"]],
            )  # fmt: skip
            assert told["value"].to_list() == [row["value"]], row


def test_an_early_yearly_report_says_what_is_not_final(door):
    report = periodic_report(door, "annual", "2026").paper
    said = " ".join(each.text for each in report.sentences())
    assert "tình trạng: sơ bộ, 3/57 xã đã báo cáo" in said
    assert "Chưa so sánh được với năm 2025" in said
    assert "Chưa xếp thứ tự các đơn vị" in said
    assert "Danh sách đang theo dõi" in [section.title for section in report.sections]


def test_no_table_of_the_five_years_joins_two_standards(door):
    report = periodic_report(door, "five-year", "2017-2025").paper
    tables = next(s for s in report.sections if s.title == "Kết quả qua các năm").tables
    announced = {t.title: [row[0] for row in t.rows] for t in tables if "công bố" in t.title}
    assert list(announced) == [
        "Số liệu đã công bố theo chuẩn nghèo tiếp cận đa chiều 2016–2020",
        "Số liệu đã công bố theo chuẩn nghèo đa chiều 2022–2025, kéo dài hết năm 2026",
    ]
    old, new = announced.values()
    assert "2020" in old
    assert "2020" not in new
    said = " ".join(each.text for each in report.sentences())
    assert "không tính mức tăng, giảm qua hai chuẩn" in said


def test_public_reports_are_made_of_what_a_visitor_sees(small_province):
    door = Door.open(small_province.data, Viewer("visitor"))
    for kind, period, _ in REPORTS:
        report = periodic_report(door, kind, period)
        assert "CÔNG KHAI" in report.paper.content.stamp
        forms = [name for name in report.writers if name.startswith("bieu")]
        assert forms == (["bieu-01.xlsx"] if kind == "annual" else [])
        for row in report.paper.content.province.values():
            assert (row["value"] is None) == (row["mark"] not in ("ok", "zero"))


def test_reports_of_the_province_are_not_for_officers(small_province):
    door = Door.open(small_province.data, Viewer("officer", ("13807",)))
    for kind, period, _ in REPORTS:
        with pytest.raises((NotAllowed, ReportNotPossible)):
            periodic_report(door, kind, period)


def test_the_forms_in_the_yearly_report_are_the_forms(door):
    report = periodic_report(door, "annual", "2025").paper
    form_1 = report.annexes[0]
    known = door.estimates(["poor_household_count"], periods=["2025"])["value"][0]
    place = form_1.header.index("3")
    assert form_1.rows[0][place].partition(" ")[0].replace(".", "") == str(int(known))
    assert [table.title.partition(".")[0] for table in report.annexes] == [
        "Biểu 1",
        "Biểu 2",
        "Biểu 3",
    ]
