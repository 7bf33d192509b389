"""Files opened as sheets of text, and files refused. All content is invented."""

import base64
import contextlib
import datetime as dt
import io
import json
import random
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.encoding_detection import decode_cells
from pipelines.legacy_encoding import to_tcvn3, to_vni
from pipelines.text import to_nfc
from pipelines.workbook import FileRefused, Limits, column_letter, open_workbook

FIXTURES = Path(__file__).parents[3] / ".." / "shared" / "fixtures"
CSV = "STT;Họ và tên;Xã;Điểm\n1;Nguyễn Văn Ấm;Xã Yên Bình;140,5\n\n2;Trần Thị Thủy;Trực Hưng;\n"
# Two sheets written once by xlwt: "Trang 1" (B4 text, B5 140.5, C5 5, D5 a date, B6 "1.842") and
# the hidden "Ẩn".
XLS = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHA6#izro1c=VX-$i*5JJUPYq3N<^wO>hS}&F=qD2HvO{h|vNa(?Ov08HyLGYw_DOAu))r&u<pf^F"
        "Gq6euWBzh4%2?`$CtZ&}#Vp1zKU<)bpg?T%9@6F8Hd2im#?3<ao+~ob{JQkn_RVY|~c#3#}ir@Vc0?92)R^6"
        "wMiltCd@cYP-9s^HmUVEhvrN8sga8G|h6!=W#D9)fSok~Vm5WCohxR5q<3!P$5!%ZqdG_hUvOiwUf!}KoeK4"
        "rRtIaio=lWtBN!Hn70-sQycfY!pYAW?yb+~xywVrali8OP_Z3R~B}&djO!=?W7>^Z=$nF6~XGk{S8G7Pn9hB"
        "odt?Bb{S}9Kz)8Dg3mezz=s_KaVQ@%JKz>|ErYm{RiJiPF%>prs=>qtm8rka~8E&uS<y+2Q%^1P&AfB0Iv)g"
        "9GbWtNns9cl-<F_2eB8kktk9a!byBZnj#3XEnVBUQb3)pmMNc8M5rW1)bPRy5KYi{vR=o_Cqy02-TD4@-(bI"
        "aj5*`HE!dmK25BiQT#zlOaga^$uvALgxy5Ft7rEDUTyJI?Cd=sA+TY+*_DrzOC6>0*INKQS%(kNXMyhAO?SB"
        "->ela&ueY!V)E<F9-oJ0$4W(jI9e-r2s9pc7yiN~h<6i%A?#I)(Jl;hJv{015<XNRoCJT0;+o)0)0^3C)jjb"
        "~U3oi#3h1kpxLXNLv^wUheBB0U<cFXymFtH%R5I3>A1SZ+VL5}Q_{pKRMpXH~+U51v&lHmeE>3JMAe3JR+Xf"
        ")AVaT|gfC4CmnJb-wG&Qz@v=B&!w&=)#xAC|xOc(-m+O8H|+`KaDVi+m~2k8~1ym#9<megJBG^9m8eEFCF|v"
        "@%t>fVd(!Yp>oGBlw;>IkN+FD`TmU"
    )
)


def workbook(fill, **options):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **options})
    fill(book)
    book.close()
    return target.getvalue()


def rows_of(sheet):
    return list(zip(sheet.numbers, *sheet.cells.values(), strict=True))


def one_sheet(*cells):
    def fill(book):
        sheet = book.add_worksheet("DS")
        for place, value in cells:
            sheet.write(place, value)

    return workbook(fill)


def with_part(content, name, change):
    """The package with one part changed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return target.getvalue()


def refusal(content, name, **limits):
    with pytest.raises(FileRefused) as caught:
        open_workbook(content, name, Limits(**limits))
    reason = caught.value.reason
    assert reason.kind == "rejected"
    assert reason.expected
    assert reason.todo
    return reason


def test_cells_are_text_at_the_rows_and_columns_the_spreadsheet_shows():
    def fill(book):
        sheet = book.add_worksheet("DS")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write("C5", "Họ tên")
        sheet.write("D5", 60)
        sheet.write("E5", 140.5)
        sheet.write_string("F5", "1.842")
        sheet.write("G5", 36061901101)
        sheet.write_datetime("D8", dt.datetime(1960, 3, 5), day)
        sheet.write_datetime("E8", dt.datetime(1960, 3, 5, 10, 30), day)
        sheet.set_row(7, None, None, {"hidden": True})
        sheet.write_blank("C9", None, book.add_format({"bold": True}))
        sheet.write("C10", " \u00a0")
        sheet.merge_range("C12:E12", "gộp")
        book.add_worksheet("Trống")
        book.add_worksheet("Ẩn").hide()

    first, empty, hidden = open_workbook(workbook(fill), "ds.XLSX")
    assert list(first.cells) == [f"c{index}" for index in range(7)]
    assert rows_of(first) == [
        (5, None, None, "Họ tên", "60", "140.5", "1.842", "36061901101"),
        (8, None, None, None, "1960-03-05", "1960-03-05 10:30:00", None, None),
        (12, None, None, "gộp", None, None, None, None),
    ]
    assert (first.name, first.is_hidden, first.formula_blanks) == ("DS", False, [])
    assert empty.numbers == []
    assert hidden.is_hidden


def test_formula_cells_without_a_usable_result_are_told():
    def fill(book):
        for name in ("Một", "Hai & ba"):
            sheet = book.add_worksheet(name)
            sheet.write_formula("B2", "=SUM(A1:A3)", None, 7)
            sheet.write_formula("B3", "=IF(A1,1,0)", None, "")
            sheet.write_formula("AB4", "=1/0", None, "#DIV/0!")
            sheet.write_formula("B5", "=A1", None, "kết quả")

    content = with_part(
        workbook(fill),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>IF(A1,1,0)</f><v></v>", b"<f>IF(A1,1,0)</f>"),
    )
    first, second = open_workbook(content, "a.xlsx")
    assert first.formula_blanks == [("Một", 3, "B"), ("Một", 4, "AB")]
    assert [blank.sheet for blank in second.formula_blanks] == ["Hai & ba", "Hai & ba"]
    assert dict(zip(first.numbers, first.cells["c1"], strict=True)) == {2: "7", 5: "kết quả"}


def test_a_formula_whose_result_is_empty_text_is_no_question():
    content = with_part(
        one_sheet(("A1", "x"), ("B1", "=A1")),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b'<c r="B1"><f>A1</f><v>0</v>', b'<c r="B1" t="str"><f>A1</f><v></v>'
        ),
    )
    assert open_workbook(content, "a.xlsx")[0].formula_blanks == []


def test_xls_is_read_like_xlsx():
    first, hidden = open_workbook(XLS, "cu.xls")
    assert rows_of(first) == [
        (4, None, "Hộ nghèo", None, None),
        (5, None, "140.5", "5", "1960-05-01"),
        (6, None, "1.842", None, None),
    ]
    assert (hidden.name, hidden.is_hidden) == ("Ẩn", True)


def windows_1258(text):
    """The bytes that an old Windows writes: base letters with separate tone marks."""
    out = ""
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0309\u0303\u0323")
        out += to_nfc("".join(mark for mark in marks if mark not in tones)) + tones
    return out.encode("cp1258")


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        windows_1258(CSV),
        to_tcvn3(CSV).encode("latin-1"),
        to_vni(CSV).encode("latin-1"),
        CSV.replace(";", "\t").encode(),
        CSV.replace("140,5", '"140,5"').replace(";", ",").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "windows-1258", "tcvn3", "vni", "tab", "comma"],
)
def test_csv_in_all_encodings_and_separators(content):
    (sheet,) = open_workbook(content, "ds.csv")
    cells, _ = decode_cells(sheet.cells, sheet.contents)
    assert sheet.name == "csv"
    assert rows_of(replace(sheet, cells=cells)) == [
        (1, "STT", "Họ và tên", "Xã", "Điểm"),
        (2, "1", "Nguyễn Văn Ấm", "Xã Yên Bình", "140,5"),
        (4, "2", "Trần Thị Thủy", "Trực Hưng", None),
    ]


def test_a_quoted_line_break_stays_in_its_cell():
    (sheet,) = open_workbook(b'a,b\n"x\ny",2\n3,4\n', "a.csv")
    assert sheet.numbers == [1, 2, 3]
    assert sheet.cells["c0"][1] == "x\ny"


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"", "a.xlsx", "rỗng"),
        (b"<html><table></table></html>", "a.xls", "không phải sổ tính Excel"),
        (b"%PDF-1.7", "a.xlsx", "không phải sổ tính Excel"),
        (b"abc", "a.docx", "đuôi .docx"),
        (b"abc", "tep", "đuôi trống"),
        (XLS, "a.xlsx", "bên trong là sổ tính .xls"),
        (XLS, "a.csv", "bên trong là sổ tính .xls"),
        (one_sheet(("A1", 1)), "a.xls", "bên trong là sổ tính .xlsx"),
        (one_sheet(("A1", 1))[:-100], "a.xlsx", "hỏng hoặc bị cắt cụt"),
        (one_sheet(("A1", 1))[:900], "a.xlsx", "hỏng hoặc bị cắt cụt"),
        (XLS[:3_000], "a.xls", "hỏng hoặc bị cắt cụt"),
        (b"\x00\x01\x02", "a.csv", "nhị phân"),
        ("José;Léa\n".encode("latin-1"), "a.csv", "bảng mã"),
        (b"ten;xa\n\x81\x8d\x8f;\x90\n", "a.csv", "bảng mã"),
    ],
)
def test_what_is_no_workbook_is_refused_with_its_reason(content, name, found):
    assert found in refusal(content, name).found


def test_a_zip_that_is_no_workbook_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    assert "không phải sổ tính" in refusal(target.getvalue(), "a.xlsx").found


def test_protected_files_are_told_from_broken_ones():
    ole = XLS[:512] + "EncryptedPackage".encode("utf-16-le") + XLS[512:]
    assert "mật khẩu" in refusal(ole, "a.xlsx").found
    begin = XLS.find(b"\x09\x08\x10\x00") + 20  # the record after the first BOF becomes FILEPASS
    protected = XLS[:begin] + b"\x2f\x00" + XLS[begin + 2 :]
    assert "mật khẩu" in refusal(protected, "a.xls").found


def test_sizes_are_judged_before_unpacking():
    content = one_sheet(("A1", "a" * 30_000), ("B1", "b" * 30_000))
    assert "MB" in refusal(content, "a.xlsx", file_bytes=1_000).found
    assert "giải nén" in refusal(content, "a.xlsx", unpacked_ratio=3).found
    assert "giải nén" in refusal(content, "a.xlsx", unpacked_bytes=10_000).found
    two = workbook(lambda book: (book.add_worksheet(), book.add_worksheet()))
    assert "2 trang tính" in refusal(two, "a.xlsx", sheets=1).found
    assert "2 trang tính" in refusal(XLS, "a.xls", sheets=1).found


def test_a_lying_directory_is_found_by_its_checksum():
    content = one_sheet(*((f"A{row}", f"giá trị {row * 7919}") for row in range(1, 4_000)))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo("xl/sharedStrings.xml").file_size
    lying = content.replace(struct.pack("<I", size), struct.pack("<I", 100))
    assert "hỏng" in refusal(lying, "a.xlsx").found


def test_rows_and_columns_beyond_the_limits_are_refused_and_named():
    assert refusal(one_sheet(("A300000", 1)), "a.xlsx").found == "có dữ liệu ở dòng 300000"
    reason = refusal(one_sheet(("SS7", 1)), "a.xlsx")
    assert (reason.sheet, reason.found) == ("DS", "có dữ liệu ở cột SS")
    assert "dòng" in refusal(one_sheet(("XFD1048576", 1)), "a.xlsx").found
    assert "21 dòng" in refusal(b"a\n" * 21, "a.csv", rows=20).found
    assert open_workbook(one_sheet(("SR200000", 1)), "a.xlsx", Limits(cells=10**9))


def test_formatted_blanks_far_away_are_no_content():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write("A1", "x")
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))

    (sheet,) = open_workbook(workbook(fill), "a.xlsx")
    assert len(sheet.numbers) == 1


def test_declared_counts_do_not_decide_over_memory():
    content = with_part(
        one_sheet(("A1", "x")),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b'uniqueCount="1"', b'uniqueCount="4294967295"'),
    )
    assert "hỏng" in refusal(content, "a.xlsx").found


def test_a_list_that_repeats_a_few_words_very_often_is_not_damaged():
    cells = [(f"{column}{row}", "x") for column in "ABCDEFGHIJ" for row in range(1, 1_201)]
    (sheet,) = open_workbook(one_sheet(*cells), "a.xlsx")
    assert len(sheet.numbers) == 1_200
    impossible = with_part(
        one_sheet(("A1", "x")),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b' count="1"', b' count="4294967295"'),
    )
    assert "hỏng" in refusal(impossible, "a.xlsx").found


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_damaged_files_are_refused_or_read_but_never_fail_otherwise(name):
    chance = random.Random(11)
    whole = XLS if name == "a.xls" else one_sheet(("A1", "Hộ nghèo"), ("B2", 5), ("C3", "=A1"))
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(chance.choice([1, 3, 20])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        with contextlib.suppress(FileRefused):
            open_workbook(bytes(content[: chance.choice([None, len(content) - 9])]), name)


def test_columns_have_the_letters_of_the_spreadsheet():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.skipif(not FIXTURES.exists(), reason="../shared/fixtures is not here")
def test_fixtures_open_with_the_data_rows_that_they_have():
    for case in json.loads((FIXTURES / "expected.json").read_text())["files"]:
        content = (FIXTURES / case["file"]).read_bytes()
        if case["case"] == "password":
            assert "mật khẩu" in refusal(content, case["file"]).found
            continue
        sheets = {sheet.name: sheet for sheet in open_workbook(content, case["file"])}
        for name, numbers in case.get("data_rows_at", {}).items():
            assert set(numbers) <= set(sheets[name].numbers)
