"""The view on screen as PDF: selectable text, every page says what it is, long tables say what is left out."""

import io

import polars as pl
import pypdf

from reports.column_widths import lines_in
from reports.paper import TextTable
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
    # A table of more than 240 rows is no table for paper: the first 60 of 300.
    assert "Xã 59" in found[-1]
    assert "Còn 240 dòng trên màn hình." in found[-1]
    whole = pages([Part(table=long.head(240))])
    assert "Xã 239" in whole[-1]


def test_the_checksum_follows_the_figures():
    said = [pages([Part(f"Còn {count} hộ")])[0] for count in (1, 2)]
    codes = [text.rpartition("mã kiểm tra ")[2][:16] for text in said]
    assert codes[0] != codes[1]


def test_a_wide_table_lies_across_on_a_page_of_its_own():
    wide = pl.DataFrame({f"Cột {place}": ["1"] for place in range(8)})
    parts = [Part(table=wide), Part("Sau bảng")]
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(view_pdf(parts, WORDS))).pages]
    assert [box.width > box.height for box in boxes] == [True, False]


def test_few_words_before_a_page_across_go_on_it():
    wide = pl.DataFrame({f"Cột {place}": ["1"] for place in range(8)})
    words = [Part("Câu của trang", is_heading=True), Part("Số liệu đến ngày 15/09/2026")]
    across = [Part("Bảng", is_heading=True), Part(table=wide)]
    (page,) = pages([*words, *across])
    assert page.index("Câu của trang") < page.index("Bảng")
    assert len(pages([*words, Part("Một câu dài. " * 60), *across])) == 2


def test_a_tall_picture_that_comes_first_has_the_title_on_its_page():
    tall = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 90" width="10" height="90"></svg>'
    )
    (page,) = pages([Part("Các xã", is_heading=True), Part(picture=lambda: tall)])
    assert page.index("Tỷ lệ nghèo") < page.index("Các xã")


def test_a_long_text_in_one_row_stays_within_a_page_beside_many_short_ones():
    rows = [("Mỗi dòng của danh sách có một xã trong danh mục đơn vị " * 2, "đạt", "")] * 90
    long = (*rows[0][:2], "Xã Yên Đồng, " * 50)
    table = TextTable("", ("Nội dung", "Kết quả", "Ghi chú"), (long, *rows), left=frozenset({0, 2}))
    assert lines_in(long[2], table.weights[2]) <= 30


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


def test_a_heading_that_only_names_stands_over_its_table_or_not_at_all():
    name = Part("Bảng các xã", is_heading=True, names_next=True)
    table = Part(table=pl.DataFrame({"Đơn vị": ["Xã A"]}))
    assert "Bảng các xã" in pages([name, table])[0]
    last = Part("Không có bảng", is_heading=True, names_next=True)
    text = pages([Part("Câu chính", is_heading=True), last, name, table, last])[0]
    assert "Câu chính" in text
    assert "Bảng các xã" in text
    assert "Không có bảng" not in text


def test_a_tall_picture_shares_one_page_with_the_words_around_it():
    def tall():
        return '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="300" viewBox="0 0 100 300"/>'

    parts = [
        Part("Trang trước"), Part("Các mục tiêu", is_heading=True), Part("T1.1 Tỷ lệ hộ nghèo"),
        Part(picture=tall), Part("Nguồn: biểu 1"), Part("Sau hình", is_heading=True), Part("x"),
    ]  # fmt: skip
    found = pages(parts)
    assert len(found) == 3
    for said in ("Các mục tiêu", "T1.1 Tỷ lệ hộ nghèo", "Nguồn: biểu 1"):
        assert said in found[1]


def test_wide_tables_that_follow_each_other_share_a_page():
    wide = Part(table=pl.DataFrame({f"Cột {place}": ["1"] for place in range(8)}))
    assert len(pages([wide, wide])) == 1


def test_rows_of_many_lines_run_over_to_the_next_page_and_are_not_cut():
    rows = pl.DataFrame(
        {"Mô hình": [f"M{n} " + "rất dài " * 120 for n in range(14)], "b": ["x"] * 14}
    )
    found = pages([Part(table=rows)])
    assert len(found) > 1
    assert "M13" in found[-1]


def test_a_long_text_keeps_its_width_and_no_word_of_the_others_breaks():
    table = TextTable(
        "", ("Số liệu", "Kỳ", "Lúc họp", "Nay", "Thay đổi", "Xã", "Vì sao"),
        (("Tỷ lệ hộ cận nghèo", "6 tháng đầu năm 2025", "15.116 hộ", "15.099 hộ", "−17 hộ", "57/57",
          "tệp được tính sau khi chốt " * 10),),
        left=frozenset({0, 6}),
    )  # fmt: skip
    widths = table.weights
    assert widths[-1] == 42
    assert sum(widths) <= 108
    four = TextTable("", ("a", "b", "c", "d", "e"), (("Nghĩa Hưng", *("chữ dài " * 20,) * 4),),
                     left=frozenset(range(5)))  # fmt: skip
    # 13 + 4 · 42 do not fit 105: the long ones give way too.
    assert sum(four.weights) <= 108
