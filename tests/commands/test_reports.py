"""The papers that officials hand in, from the command line."""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.flow_forms import COUNTS as COUNTS_OF_FLOWS
from pipelines.read import read_file
from pipelines.reading import ReadingContext, SourceFile
from reference.analysis_forms import ANALYSIS_FORMS, analysis_form
from reference.form_definitions import SUMMARY_FORMS
from reports.official_forms.content import FormNotPossible, form_content
from reports.official_forms.lists import list_content, list_file
from reports.official_forms.sheet import form_file
from tests.commands.reading_back import COUNTS_OF_FORM_1 as COUNTS
from tests.commands.reading_back import annex_rows, read_cells, written_cells
from warehouse.door import Door, NotAllowed, Viewer
from warehouse.keys import demo_keys
from warehouse.named_views import LOG, Wanted, named_persons

PROVINCE = "36"
YEARS = ("2021", "2022", "2023", "2024", "2025")
MEETING = "Sơ kết Quý III/2026"
SAID_IN_A_LIST = (
    "head_number",
    "member_number",
    "class_code",
    "sex",
    "ethnicity",
    "relation",
    "entry_kind",
    "has_merit",
    "is_without_labour_capacity",
    "support_needs",
)


@pytest.fixture(scope="module")
def door(small_province):
    return Door.open(small_province.data, Viewer("command"))


@pytest.fixture(scope="module")
def frozen(small_province, cli):
    done = cli("freeze", "--name", MEETING, "--who", "An", "--data", small_province.data)
    assert done.returncode == 0, done.stderr
    return small_province.data


@pytest.mark.parametrize("period", YEARS)
def test_form_1_is_read_back_to_the_same_numbers(door, period):
    content = form_content(door, 1, PROVINCE, period)
    context = ReadingContext(date(2026, 9, 15), is_demo=True)
    reading = read_file(SourceFile("bieu-01.xlsx", form_file(content)), context)
    assert (reading.form, reading.period, reading.status) == ("summary", period, content.status)
    assert reading.unit_code == PROVINCE
    back = reading.tables["core_population__unit"]
    names = dict(door.units(reading.era).select("code", "name").iter_rows())
    written = {
        row.unit_name: {name: row.cells[number].value for number, name in COUNTS.items()}
        for row in content.rows
        if row.level == "commune" and all(row.cells[n].value is not None for n in COUNTS)
    }
    read = {names[row["unit_code"]]: row for row in back.iter_rows(named=True)}
    assert written
    assert len(read) == back.height
    for unit, counts in written.items():
        assert {name: read[unit][name] for name in COUNTS.values()} == counts, unit


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("period", YEARS)
def test_forms_2_and_3_are_read_back_to_the_same_numbers(door, number, period):
    content = form_content(door, number, PROVINCE, period)
    written = {
        (row.unit_name, row.kind): [row.cells[str(place)].value for place in range(1, 10)]
        for row in content.rows
        if row.level == "commune" and row.cells["9"].value is not None
    }
    source = SourceFile(f"bieu-{number:02d}.xlsx", form_file(content))
    reading = read_file(source, ReadingContext(date(2026, 9, 15), is_demo=True))
    # A row without figures goes back to the sender: nothing is made of it.
    communes = [row for row in content.rows if row.level == "commune"]
    assert (reading.rows_loaded, reading.rows_rejected) == (
        len(written),
        len(communes) - len(written),
    )
    if not written:
        return
    form = "poor_flows" if number == 2 else "near_poor_flows"
    assert (reading.form, reading.period, reading.status) == (form, period, content.status)
    names = dict(door.units(reading.era).select("code", "name").iter_rows())
    back = reading.tables["core_review__flow"]
    read = {
        (names[row["unit_code"]], row["counted"]): [row[name] for name in COUNTS_OF_FLOWS]
        for row in back.iter_rows(named=True)
    }
    assert read == written
    assert back.height == len(read)


@pytest.mark.parametrize("name", ANALYSIS_FORMS)
@pytest.mark.parametrize("period", ["2022", "2025"])
def test_forms_4_to_13_are_read_back_to_the_same_numbers(door, name, period):
    content = form_content(door, analysis_form(name).number, PROVINCE, period)
    source = SourceFile("bieu.xlsx", form_file(content))
    reading = read_file(source, ReadingContext(date(2026, 9, 15), is_demo=True))
    assert (reading.form, reading.period, reading.status) == (name, period, content.status)
    names = dict(door.units(reading.era).select("code", "name").iter_rows())
    told = written_cells(content)
    assert read_cells(reading, names) == told
    assert (reading.outcome == "loaded") == bool(told)


def test_forms_of_single_communes_are_read_back_as_those_communes(door):
    period = "2024"
    units = door.estimates(["poor_household_count"], level="commune", periods=[period])
    known = units.filter(pl.col("value").is_not_null())["unit_code"].to_list()
    context = ReadingContext(date(2026, 9, 15), is_demo=True)
    for unit in known:
        for number, table in (
            (1, "core_population__unit"),
            (2, "core_review__flow"),
            (3, "core_review__flow"),
        ):
            content = form_content(door, number, unit, period)
            if any(cell.value is None for cell in content.rows[0].cells.values()):
                continue
            reading = read_file(SourceFile("bieu.xlsx", form_file(content)), context)
            assert reading.unit_code == unit, (number, unit, reading.reasons)
            assert reading.tables[table]["unit_code"].unique().to_list() == [unit]


@pytest.mark.parametrize("period", YEARS)
def test_totals_of_form_1_add_up_to_the_province(door, period):
    rows = form_content(door, 1, PROVINCE, period).rows
    for number, measure in COUNTS.items():
        told = door.estimates([measure], periods=[period])["value"][0]
        for level in ("province", "commune"):
            cells = [row.cells[number].value for row in rows if row.level == level]
            assert sum(value for value in cells if value is not None) == told, (number, level)
    for number, measure in {"4": "poor_household_rate", "10": "poor_person_rate"}.items():
        told = door.estimates([measure], periods=[period])["value"][0]
        assert rows[0].cells[number].value == told


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("period", YEARS)
def test_the_identity_of_forms_2_and_3_holds_in_every_row(door, number, period):
    rows = form_content(door, number, PROVINCE, period).rows
    for row in rows:
        found = {key: cell.value for key, cell in row.cells.items()}
        if all(value is not None for value in found.values()):
            left = found["1"] - sum(found[key] for key in "234") + sum(found[key] for key in "5678")
            assert left == found["9"], row.unit_name
        else:
            assert set(found.values()) == {None}
    if period > "2021":
        assert rows[0].cells["9"].value


@pytest.mark.parametrize("number", SUMMARY_FORMS)
def test_every_form_is_a_workbook_with_its_numbering_row(frozen, cli, tmp_path, number):
    target = tmp_path / "form.xlsx"
    arguments = ("--number", number, "--unit", PROVINCE, "--period", "2024", "--to", target)
    done = cli("report", "form", *arguments, "--frozen", MEETING, "--data", frozen, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    text = _text(target.read_bytes())
    for part in ("DỮ LIỆU MÔ PHỎNG", "CHÍNH THỨC", said["checksum"], said["build_id"], "16/175"):
        assert part in text, part


def test_a_form_without_figures_says_so(frozen, cli, tmp_path):
    for unit, period in (("99999", "2024"), (PROVINCE, "2019"), (PROVINCE, "2024-Q3")):
        done = cli("report", "form", "--number", 1, "--unit", unit, "--period", period,
                   "--to", tmp_path / "no.xlsx", "--data", frozen)  # fmt: skip
        assert done.returncode == 2
        assert done.stderr.strip()
    assert not (tmp_path / "no.xlsx").exists()


def test_visitors_get_form_1_only_and_officers_write_their_own(small_province):
    for viewer, number in ((Viewer("visitor"), 2), (Viewer("officer", ("13807",)), 1)):
        with pytest.raises(NotAllowed):
            form_content(Door.open(small_province.data, viewer), number, PROVINCE, "2025")


def test_the_public_form_says_what_a_visitor_sees(small_province, cli, tmp_path):
    door = Door.open(small_province.data, Viewer("visitor"))
    target = tmp_path / "form.xlsx"
    done = cli("report", "form", "--number", 1, "--unit", PROVINCE, "--period", "2025",
               "--public", "--to", target, "--data", small_province.data)  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = _text(target.read_bytes())
    for part in ("CÔNG KHAI", "DỮ LIỆU MÔ PHỎNG", "không công khai"):
        assert part in text
    rows = form_content(door, 1, PROVINCE, "2025").rows
    names = dict(door.units("2025").select("code", "name").iter_rows())
    for number, measure in COUNTS.items():
        told = door.estimates([measure], level="commune", periods=["2025"])
        seen = {names[row["unit_code"]]: row["value"] for row in told.iter_rows(named=True)}
        for row in rows:
            if row.level == "commune":
                assert row.cells[number].value == seen.get(row.unit_name), (number, row.unit_name)


def test_a_name_that_looks_like_a_formula_is_text_in_a_form(door):
    content = form_content(door, 1, PROVINCE, "2025")
    evil = "=cmd|' /C calc'!A1"
    named = replace(content, unit_name=evil, rows=(replace(content.rows[0], unit_name=evil),))
    with zipfile.ZipFile(io.BytesIO(form_file(named))) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert "'=cmd" in package.read("xl/sharedStrings.xml").decode()


def _text(content: bytes) -> str:
    sheet = pl.read_excel(io.BytesIO(content), has_header=False, engine="calamine")
    return "\n".join(str(value) for row in sheet.iter_rows() for value in row if value is not None)


def test_the_pack_of_a_frozen_meeting_is_written_whole(frozen, cli, tmp_path):
    done = cli("report", "meeting", "--frozen", MEETING, "--to", tmp_path / "pack",
               "--data", frozen, "--json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert len(said["written"]) == 5
    assert said["failed"] == []
    written = sorted(path.name for path in (tmp_path / "pack").iterdir())
    assert written == sorted(name.rpartition("/")[2] for name in said["written"])


def test_the_annex_holds_the_estimates_of_the_build(frozen, cli, tmp_path, door):
    cli("report", "meeting", "--frozen", MEETING, "--to", tmp_path, "--data", frozen)
    rows = annex_rows((tmp_path / "phu-luc-so-lieu.xlsx").read_bytes(), "Toàn địa bàn")
    told = rows.filter(pl.col("measure") == "poor_household_count", pl.col("value").is_not_null())
    known = door.estimates(["poor_household_count"]).filter(pl.col("value").is_not_null())
    assert dict(told.select("period", "value").iter_rows()) == dict(
        known.select("period", "value").iter_rows()
    )


def test_a_meeting_that_was_not_frozen_is_refused(frozen, cli, tmp_path):
    done = cli("report", "meeting", "--frozen", "khác", "--to", tmp_path, "--data", frozen)
    assert done.returncode == 2
    assert MEETING in done.stderr
    assert not list(tmp_path.iterdir())


def test_status_lists_what_is_frozen(frozen, cli):
    said = cli("status", "--data", frozen, "--json")
    found = json.loads(said.stdout.splitlines()[-1])["frozen"]
    assert [(meeting["name"], meeting["who"]) for meeting in found] == [(MEETING, "An")]


def test_a_detailed_list_carries_no_name_and_is_for_analysts(door, small_province):
    found = None
    for unit in door.units("2025")["code"]:
        if door.person_rows("2025", "2025", unit).height:
            found = list_content(door, 15, unit, "2025")
            break
    assert found is not None
    text = _text(list_file(found))
    assert "DANH SÁCH CHI TIẾT HỘ NGHÈO NĂM 2025" in text
    assert "đã ẩn" in text
    with pytest.raises(NotAllowed):
        list_content(Door.open(small_province.data, Viewer("leader")), 15, "13807", "2025")
    with pytest.raises(FormNotPossible):
        list_content(door, 15, PROVINCE, "2025")


@pytest.mark.parametrize("number", [14, 15])
def test_a_detailed_list_is_read_back_row_by_row_without_the_names(door, number):
    wanted = "near_poor" if number == 14 else "poor"
    context = ReadingContext(date(2026, 9, 15), is_demo=True)
    checked = 0
    for period in ("2024", "2025"):
        for unit in door.units(period)["code"]:
            rows = door.person_rows(period, period, unit)
            if rows.filter(pl.col("class_code") == wanted).is_empty():
                continue
            written = list_content(door, number, unit, period)
            reading = read_file(SourceFile("danh-sach.xlsx", list_file(written)), context)
            assert (reading.form, reading.unit_code, reading.period, reading.rows_rejected) == (
                "person_list", unit, period, 0,
            )  # fmt: skip
            back = reading.tables["core_review__person"].sort("head_number", "member_number")
            for name in SAID_IN_A_LIST:
                assert back[name].to_list() == written.rows[name].to_list(), (unit, name)
            checked += 1
    assert checked


def test_a_detailed_list_by_name_is_for_who_signed_in_and_read_back(small_province, tmp_path):
    (tmp_path / "vault").symlink_to(small_province.data / "vault")
    analyst = Door.open(small_province.data, Viewer("analyst"))
    unit = next(
        code
        for code in analyst.units("2025")["code"]
        if analyst.person_rows("2025", "2025", code).height
    )
    wanted = Wanted("form_15", "2025", unit_code=unit)
    rows = named_persons(analyst, tmp_path, demo_keys(), "an@tinh.vn", wanted)
    note = json.loads((tmp_path / LOG).read_text(encoding="utf-8"))
    assert (note["who"], note["list"], note["unit"], note["rows"]) == (
        "an@tinh.vn", "form_15", unit, rows.height,
    )  # fmt: skip
    assert rows["name"].null_count() == 0
    content = list_content(analyst, 15, unit, "2025", ("an@tinh.vn", rows))
    file = list_file(content)
    assert "xuất cho an@tinh.vn và đã ghi sổ" in _text(file)
    assert "đã ẩn" not in _text(file)
    back = read_file(SourceFile("ds.xlsx", file), ReadingContext(date(2026, 9, 15), is_demo=True))
    read = back.tables["core_review__person"].sort("head_number", "member_number")
    assert read["personal_name"].to_list() == content.rows["name"].to_list()
    years = [None if born is None else born[:4] for born in content.rows["birth"]]
    assert read["personal_birth"].to_list() == years
    visitor = Door.open(small_province.data, Viewer("visitor"))
    with pytest.raises(NotAllowed):
        named_persons(visitor, tmp_path, demo_keys(), "an@tinh.vn", wanted)


def test_one_form_loads_neither_formulas_nor_the_writers_of_other_papers():
    """Each costs a quarter of a second or more, and a form may take two."""
    heavy = (
        "ibis",
        "measures.catalogue",
        "pptx",
        "docx",
        "typst",
        "great_expectations",
        "streamlit",
    )
    code = f"import commands.report_form, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
