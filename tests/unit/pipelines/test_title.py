"""What a file is about: its unit, period, status and standard, and what is asked when it is open."""

from datetime import date

import pytest

from pipelines.reading import InboxAnswer
from pipelines.title_periods import periods_named
from pipelines.title_words import document_named, units_named
from tests.unit.pipelines.making import HEADER, csv_file, household, read, workbook

LIST = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO"


def list_of(*titles, path="ds.csv", header=HEADER, rows=None, **about):
    rows = rows or [household(1)]
    return read(csv_file([*([title] for title in titles), header, *rows]), path, **about)


def about(reading):
    return reading.era, reading.unit_code, reading.period


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["UBND XÃ YÊN BÌNH - HUYỆN Ý YÊN", f"{LIST} NĂM 2023"], ("2020", "13825", "2023")),
        (["Uỷ ban nhân dân\nxã Yên Bình", "Huyện Ý Yên", f"{LIST} NĂM 2023"],
         ("2020", "13825", "2023")),
        (["UBND XA YEN BINH", "HUYEN Y YEN", f"{LIST} NĂM 2023"], ("2020", "13825", "2023")),
        (["Đơn vị: Yên Bình", "Huyện: Ý Yên", f"{LIST} NĂM 2023"], ("2020", "13825", "2023")),
        ([f"{LIST} XÃ YÊN BÌNH, HUYỆN Ý YÊN NĂM 2023"], ("2020", "13825", "2023")),
        (["UBND HUYỆN Ý YÊN", "UBND XÃ YÊN BÌNH   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"{LIST} 2023"],
         ("2020", "13825", "2023")),
        (["UBND XÃ HỒNG QUANG", "HUYỆN Ý YÊN", f"{LIST} NĂM 2024"], ("2024", "13876", "2024")),
        (["UBND XÃ HỒNG QUANG", "HUYỆN NAM TRỰC", f"{LIST} NĂM 2024"], ("2024", "13984", "2024")),
        (["UBND PHƯỜNG HỒNG QUANG", "TỈNH NINH BÌNH", f"{LIST} NĂM 2025"],
         ("2025", "13984", "2025")),
        (["UBND XÃ YÊN BÌNH - HUYỆN Ý YÊN", f"{LIST} NĂM 2023 (chuẩn nghèo giai đoạn 2022-2025)"],
         ("2020", "13825", "2023")),
    ],
)  # fmt: skip
def test_unit_and_period_of_the_title(titles, expected):
    reading = list_of(*titles)
    assert about(reading) == expected
    assert reading.outcome == "loaded"


def test_an_older_commune_in_a_later_file_is_kept_beside_the_one_in_force():
    reading = list_of("UBND XÃ NGHĨA AN - HUYỆN NAM TRỰC", f"{LIST} NĂM 2025")
    row = reading.tables["core_review__household"].row(0, named=True)
    assert (row["era"], row["unit_code"]) == ("2025", "13984")
    assert row["former_era"] == "2024"
    assert row["former_unit_code"]
    assert [reason.kind for reason in reading.reasons] == ["warning"]


@pytest.mark.parametrize(
    "path", ["2023/Xa Yen Binh 2023.csv", "2023/Ý Yên/export xã Yên Bình 2023.csv"]
)
def test_the_file_name_answers_where_the_titles_do_not(path):
    assert about(list_of(LIST, path=path)) == ("2020", "13825", "2023")


def test_the_sheet_name_comes_before_the_file_name():
    content = workbook({"Xã Yên Bình 2023": [[LIST], HEADER, household(1)]})
    assert about(read(content, "xa Yen Nhan 2022.xlsx")) == ("2020", "13825", "2023")


def test_the_title_comes_before_the_file_name():
    reading = list_of("UBND XÃ YÊN BÌNH", f"{LIST} NĂM 2023", path="xa Yen Nhan 2022.csv")
    assert about(reading) == ("2020", "13825", "2023")


def test_answers_fill_what_the_file_leaves_open_and_nothing_else():
    answer = InboxAnswer(unit_code="13885", period="2022", status="official")
    assert about(list_of(LIST, answers=answer)) == ("2020", "13885", "2022")
    said = list_of("UBND XÃ YÊN BÌNH", f"{LIST} NĂM 2023", answers=answer)
    assert (*about(said), said.status) == ("2020", "13825", "2023", "official")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (InboxAnswer(period="2022"), ["period 2022, tệp ghi 2023"]),
        (InboxAnswer(unit_code="13885"), ["unit_code 13885, tệp ghi 13825"]),
        (InboxAnswer(form="summary"), ["form summary, tệp ghi review_list"]),
        # the file does not say the status: there the answer counts
        (InboxAnswer(status="official"), []),
        (InboxAnswer("review_list", "13825", "2023"), []),
    ],
)
def test_an_answer_that_the_file_contradicts_is_told(answer, told):
    said = list_of("UBND XÃ YÊN BÌNH", f"{LIST} NĂM 2023", answers=answer)
    assert about(said) == ("2020", "13825", "2023")
    warned = [each.found for each in said.reasons if "inbox.csv" in (each.found or "")]
    assert warned == [f"inbox.csv ghi {words}" for words in told]


def test_an_answer_decides_between_homonyms():
    titles = ["UBND XÃ HỒNG QUANG", f"{LIST} NĂM 2024"]
    asked = list_of(*titles)
    assert (asked.outcome, asked.reasons[0].kind) == ("refused", "question")
    assert list_of(*titles, answers=InboxAnswer(unit_code="13876")).unit_code == "13876"


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        ([f"{LIST} NĂM 2023"], "không thấy tên xã"),
        (["UBND XÃ YÊN BÌNH", LIST], "không thấy kỳ"),
        (["UBND XÃ YÊN BÌNH", f"{LIST} NĂM 2027"], "kỳ 2027"),
        (["UBND XÃ YÊN THÀNH ĐÔNG", f"{LIST} NĂM 2023"], "không có đơn vị này"),
        (["UBND XÃ YÊN BÌNH", "UBND XÃ YÊN NHÂN", f"{LIST} NĂM 2023"], "nhiều xã"),
        (["UBND TỈNH HÀ NAM", "UBND XÃ YÊN BÌNH", f"{LIST} NĂM 2023"], "tỉnh hà nam"),
        (["XÃ YÊN BÌNH VÀ XÃ YÊN NHÂN", f"{LIST} NĂM 2023"], "nhiều xã"),
        (["UBND XÃ YÊN BÌNH", f"{LIST} NĂM 2022", f"{LIST} NĂM 2023"], "nhiều kỳ"),
    ],
)
def test_what_stays_open_is_refused_with_its_question(titles, found):
    reading = list_of(*titles)
    assert (reading.outcome, reading.rows_loaded) == ("refused", 0)
    assert found in str(reading.reasons[0].found)


def test_a_hidden_sheet_that_contradicts_the_others_is_named():
    sheets = {
        "2023": [["UBND XÃ YÊN BÌNH"], [f"{LIST} NĂM 2023"], HEADER, household(1)],
        "cũ": [["UBND XÃ YÊN BÌNH"], [f"{LIST} NĂM 2022"], HEADER, household(1)],
    }
    asked = read(workbook(sheets, hidden=["cũ"]), "ds.xlsx")
    assert [(each.sheet, each.kind) for each in asked.reasons] == [
        (None, "question"), ("cũ", "warning"),
    ]  # fmt: skip


def test_two_communes_load_by_row_where_each_row_names_its_commune():
    header = [*HEADER, "Xã"]
    rows = [[*household(1), "Yên Bình"], [*household(2), "Xã Yên Nhân"], [*household(3), "Ở đâu"]]
    reading = list_of("UBND HUYỆN Ý YÊN", f"{LIST} NĂM 2023", header=header, rows=rows)
    assert (reading.unit_code, reading.rows_loaded, reading.rows_rejected) == ("360", 2, 1)
    units = reading.tables["core_review__household"]["unit_code"].to_list()
    assert units == ["13825", "13885"]


def test_rows_of_another_province_go_back():
    header = [*HEADER, "Tỉnh", "Xã"]
    rows = [[*household(1), "Nam Dinh", "Yên Bình"], [*household(2), "Hà Nam", "Yên Bình"]]
    reading = list_of("UBND HUYỆN Ý YÊN", f"{LIST} NĂM 2023", header=header, rows=rows)
    assert (reading.unit_code, reading.rows_loaded, reading.rows_rejected) == ("13825", 1, 1)


def test_a_row_of_another_commune_than_the_title_is_asked():
    rows = [[*household(1), "Yên Bình"], [*household(2), "Yên Nhân"]]
    reading = list_of(
        "UBND XÃ YÊN BÌNH, HUYỆN Ý YÊN", f"{LIST} NĂM 2023", header=[*HEADER, "Xã"], rows=rows
    )
    assert (reading.unit_code, reading.rows_loaded) == ("360", 2)
    assert [reason.kind for reason in reading.reasons] == ["question"]


def test_reviews_of_another_year_than_the_title_are_asked():
    rows = [[*household(number), "20/10/2024"] for number in (1, 2)]
    reading = list_of(
        "UBND XÃ YÊN BÌNH, HUYỆN Ý YÊN", f"{LIST} NĂM 2022", header=[*HEADER, "Ngày rà soát"],
        rows=rows,
    )  # fmt: skip
    assert (reading.period, reading.rows_loaded) == ("2022", 2)
    assert [reason.found for reason in reading.reasons] == ["ngày rà soát trong năm 2024"]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("(Kèm theo Quyết định số 125/QĐ-UBND ngày 08/12/2023)", "official"),
        ("(Kèm theo Quyết định số 125/QĐ-UBND)", "preliminary"),
        ("(Kèm theo Báo cáo số 45/BC-UBND ngày 08/12/2023)", "preliminary"),
        ("(Theo Quyết định số 24/2021/QĐ-TTg ngày 16/7/2021 của Thủ tướng)", "preliminary"),
        ("(Kèm theo Quyết định số 125/QĐ-UBND ngày 08/12/2022)", "preliminary"),
    ],
)
def test_a_decision_of_the_commune_makes_a_list_official(line, status):
    assert list_of("UBND XÃ YÊN BÌNH", f"{LIST} NĂM 2023", line).status == status


def test_decisions_in_the_rows_make_a_list_official():
    header = [*HEADER, "Số quyết định", "Ngày quyết định"]
    rows = [[*household(1), "125/QĐ-UBND", "08/12/2023"]]
    reading = list_of("UBND XÃ YÊN BÌNH", f"{LIST} NĂM 2023", header=header, rows=rows)
    row = reading.tables["core_review__household"].row(0, named=True)
    assert (row["status"], row["decision_date"]) == ("official", date(2023, 12, 8))


def test_the_standard_is_the_default_one_unless_the_title_names_the_other():
    def standard(title):
        reading = list_of("UBND XÃ YÊN BÌNH", title)
        return reading.tables["core_review__household"]["standard_id"].item()

    assert standard(f"{LIST} NĂM 2021") == "2022-2026"
    assert standard(f"{LIST} NĂM 2021 THEO CHUẨN NGHÈO GIAI ĐOẠN 2016-2020") == "2016-2020"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["NĂM 2023"], ["2023"]),
        (["Ngày 08 tháng 12 năm 2023"], []),
        (["GIAI ĐOẠN 2022-2025"], []),
        (["DANH SÁCH ... THÁNG 8 NĂM 2025"], ["2025-08"]),
        (["Tổng hợp tháng 08/2025"], ["2025-08"]),
        (["Danh sách hộ nghèo quý III năm 2025"], ["2025-Q3"]),
        (["Danh sách hộ nghèo Quý 2/2025"], ["2025-Q2"]),
        (["Danh sách biến động tháng 8, năm 2025"], ["2025-08"]),
        (["DANH SÁCH NĂM 2023", "so với năm 2022"], ["2023"]),
        (["DANH SÁCH HỘ NGHÈO 2023"], ["2023"]),
        (["DANH SÁCH HỘ NGHÈO 2023", "THỰC HIỆN KẾ HOẠCH CỦA NĂM 2021"], ["2023", "2021"]),
        (["Danh sách hộ nghèo đến ngày 31/12/2023"], ["2023"]),
        (["Danh sách hộ nghèo tính đến 31.12.2023"], ["2023"]),
        (["Danh sách hộ nghèo đến ngày 30/6/2023"], []),
        (["DANH SÁCH HỘ NGHÈO 2022, 2023"], []),
        (["DANH SÁCH HỘ NGHÈO 2022-2023"], []),
        (["Danh sách hộ nghèo theo Nghị định 07/2021/NĐ-CP, Thông tư 07/2021"], []),
        (["UBND xã Giao Châu 2023", "DANH SÁCH HỘ NGHÈO"], []),
    ],
)
def test_periods_in_titles(texts, expected):
    assert periods_named(texts) == expected


TITLE = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([f"{TITLE} (Kèm theo Quyết định số 2021/QĐ-UBND ngày 12/12/2023)", "Năm 2023"], ["2023"]),
        ([f"{TITLE} (Kèm theo Kế hoạch số 2034/KH-UBND)"], []),
        ([f"{TITLE} theo chuẩn nghèo 2022", "NĂM 2024"], ["2024"]),
        ([f"{TITLE} theo chuẩn nghèo đa chiều 2022"], []),
        ([f"{TITLE} 6 THÁNG 2023"], ["2023-6 tháng"]),
        ([f"{TITLE} 9 THÁNG NĂM 2025"], ["2025-9 tháng"]),
        ([f"{TITLE} 12 tháng năm 2024"], ["2024"]),
        ([f"{TITLE} Quý III 2025"], ["2025-Q3"]),
        ([f"{TITLE} 2024"], ["2024"]),
        ([f"{TITLE} 2024", "Năm 2023"], ["2024", "2023"]),
    ],
)
def test_a_number_beside_the_title_is_the_period_only_where_nothing_else_can_be(texts, expected):
    assert periods_named(texts) == expected


@pytest.mark.parametrize("period", ["QUÝ III NĂM 2025", "THÁNG 8 NĂM 2025", "6 THÁNG ĐẦU NĂM 2025"])
def test_a_list_of_part_of_a_year_is_no_yearly_review(period):
    titles = ["UBND XÃ HẢI HẬU", f"{LIST} {period}"]
    asked = list_of(*titles, path="Hai Hau 2025.csv")
    assert (asked.outcome, asked.period, asked.reasons[0].kind) == ("refused", None, "question")
    answered = list_of(*titles, answers=InboxAnswer(period="2025"))
    assert (answered.outcome, answered.period) == ("loaded", "2025")


def test_a_printed_label_does_not_say_the_type_of_the_unit():
    reading = list_of("Xã/phường/thị trấn: Yên Bình, huyện Ý Yên", f"{LIST} NĂM 2023")
    assert (*about(reading), reading.reasons) == ("2020", "13825", "2023", ())


def test_no_unit_name_is_cut_by_the_words_that_end_a_name():
    from reference.loading import units

    for name in units().filter(level="commune")["name"].unique().to_list():
        (found,) = units_named([f"UBND {name.upper()} NĂM 2023"])
        assert f"{found.type_word} {found.name}" == name.lower()


def test_the_decision_of_several_documents():
    found = document_named(
        ["Căn cứ Thông tư số 07/2021/TT-BLĐTBXH ngày 18/7/2021", "Số: 125/QĐ-UBND",
         "Yên Bình, ngày 08 tháng 12 năm 2023"]
    )  # fmt: skip
    assert (found.number, found.day, found.is_decision) == (
        "125/QĐ-UBND", date(2023, 12, 8), True
    )  # fmt: skip
