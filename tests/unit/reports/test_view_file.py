"""The view on screen as PDF: selectable text, every page says what it is, long tables say what is left out."""

import io

import polars as pl
import pypdf

from reports.view_file import Part, ViewWords, view_pdf

WORDS = ViewWords(
    title="Theo dõi giảm nghèo – Tỷ lệ nghèo",
    stamp="DỮ LIỆU MÔ PHỎNG",
    source="Bản dựng b-1 · Ngày số liệu 15/09/2026 · poverty_rates?period=2025",
    more="Còn {count} dòng trên màn hình.",
    checksum="mã kiểm tra {code}",
)


def pages(parts):
    reader = pypdf.PdfReader(io.BytesIO(view_pdf(parts, WORDS)))
    return [page.extract_text() for page in reader.pages]


def test_sentences_and_cells_are_selectable_vietnamese_text():
    table = pl.DataFrame({"Đơn vị": ["Xã Yên Đồng", "#let x = 1"], "Tỷ lệ": ["2,42 %", None]})
    (text,) = pages(
        [
            Part("Năm 2025 còn 4.825 hộ nghèo", is_heading=True),
            Part(table=table, numbers=["Tỷ lệ"]),
        ]
    )
    for said in ("Năm 2025 còn 4.825 hộ nghèo", "Xã Yên Đồng", "2,42 %", "#let x = 1", "Đơn vị"):
        assert said in text


def test_every_page_says_what_it_is_and_a_long_table_what_is_left_out():
    long = pl.DataFrame({"Đơn vị": [f"Xã {place}" for place in range(300)]})
    found = pages([Part(table=long)])
    assert len(found) > 1
    for text in found:
        for said in ("DỮ LIỆU MÔ PHỎNG", "b-1", "15/09/2026", "poverty_rates?period=2025",
                     "mã kiểm tra"):  # fmt: skip
            assert said in text, said
    assert "Xã 239" in found[-1]
    assert "Còn 60 dòng trên màn hình." in found[-1]


def test_the_checksum_follows_the_figures():
    said = [pages([Part(f"Còn {count} hộ")])[0] for count in (1, 2)]
    codes = [text.rpartition("mã kiểm tra ")[2][:16] for text in said]
    assert codes[0] != codes[1]


def test_a_wide_table_lies_across_on_a_page_of_its_own():
    wide = pl.DataFrame({f"Cột {place}": ["1"] for place in range(8)})
    parts = [Part(table=wide), Part("Sau bảng")]
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(view_pdf(parts, WORDS))).pages]
    assert [box.width > box.height for box in boxes] == [True, False]


def test_a_picture_stands_as_vectors_under_its_heading():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="100" height="50">'
        '<rect x="1" y="1" width="50" height="20" fill="#5B2C91"/></svg>'
    )
    parts = [Part("Hộ nghèo giảm", is_heading=True), Part("theo năm"), Part(picture=lambda: svg)]
    (page,) = pypdf.PdfReader(io.BytesIO(view_pdf(parts, WORDS))).pages
    assert "Hộ nghèo giảm" in page.extract_text()
    assert not page.images
    filled = 0x5B / 255
    assert any(
        operator in (b"rg", b"scn") and operands and abs(float(operands[0]) - filled) < 0.01
        for content in _drawn(page)
        for operands, operator in content.operations
    )


def _drawn(page):
    """What the page and the forms in it draw."""
    yield page.get_contents()
    for form in page["/Resources"].get("/XObject", {}).values():
        yield pypdf.generic.ContentStream(form.get_object(), page.pdf)
