"""Marks of sources as officials read them."""

from reports.citations import cited


def test_a_mark_is_the_name_of_its_source_and_files_are_not_named():
    told = "Bảng số liệu tổng hợp từ biểu thống kê chính thức (gis_indicator_values.csv) [S22]"
    assert cited(told) == "Bảng số liệu tổng hợp từ biểu thống kê chính thức (iPoor)"


def test_a_mark_that_leads_stands_without_brackets():
    assert cited("[S15] cột") == "Hệ thống báo cáo hộ nghèo tỉnh Đắk Nông, cột"
