"""What must hold for the agencies' programme workbooks: one figure a commune, half-year and quantity."""

import polars as pl

from expectations.check import Check, Suite
from reference.programmes import programmes

_UNIT_IN_FORCE = """
SELECT r.submission_id, r.sheet, r."row", 'mã ' || coalesce(r.unit_code, '(trống)') AS found
FROM {batch} AS r
LEFT JOIN dim__unit AS u
    ON u.era = r.era AND u.code = r.unit_code AND u.level = 'commune'
    AND coalesce(u.valid_from, DATE '0001-01-01') <= last_day_of(r.period)
    AND coalesce(u.valid_to, DATE '9999-12-31') >= last_day_of(r.period)
WHERE u.code IS NULL
GROUP BY ALL
"""

_HALF_YEAR_AND_STATUS = r"""
SELECT submission_id, NULL AS sheet, NULL AS "row",
    'kỳ ' || coalesce(period, '(trống)') || ', ' || coalesce(status, '(trống)') AS found
FROM {batch}
WHERE NOT coalesce(regexp_full_match(period, '\d\d\d\d-H[12]'), false)
    OR status IS NULL OR status NOT IN ('estimate', 'preliminary', 'official', 'restated')
GROUP BY ALL
"""

_KNOWN = """
SELECT r.submission_id, r.sheet, r."row", r.programme || ', ' || r.quantity AS found
FROM {batch} AS r
ANTI JOIN programme_quantity AS q ON q.programme = r.programme AND q.quantity = r.quantity
"""

_NOT_NEGATIVE = """
SELECT r.submission_id, r.sheet, r."row", q.label_vi AS "column", number_in_words(r.value) AS found
FROM {batch} AS r
JOIN programme_quantity AS q ON q.programme = r.programme AND q.quantity = r.quantity
WHERE r.value IS NULL OR r.value < 0
"""

# The part and its whole stand in one row of the workbook.
_AT_MOST = """
SELECT part.submission_id, part.sheet, part."row", q.label_vi AS "column",
    number_in_words(part.value) || ' lớn hơn ' || number_in_words(whole.value)
        || ' ở cột “' || q.at_most_vi || '”' AS found
FROM {batch} AS part
JOIN programme_quantity AS q
    ON q.programme = part.programme AND q.quantity = part.quantity AND q.at_most IS NOT NULL
JOIN {batch} AS whole
    ON whole.submission_id = part.submission_id AND whole.sheet = part.sheet
    AND whole."row" = part."row" AND whole.programme = part.programme AND whole.quantity = q.at_most
WHERE part.value > whole.value
"""

_CHECKS = (
    Check(
        check_id="programme.unit_in_force",
        level="blocking",
        title_vi="Đơn vị trên biểu chương trình còn hiệu lực vào ngày cuối kỳ",
        title_en="Units of programme workbooks are in force at the end of the half-year",
        expected_vi="xã, phường, thị trấn còn hiệu lực vào ngày cuối kỳ",
        todo_vi="Sửa tên đơn vị hoặc kỳ báo cáo rồi nộp lại tệp.",
        column_vi="Đơn vị",
        rule=_UNIT_IN_FORCE,
    ),
    Check(
        check_id="programme.period_and_status",
        level="blocking",
        title_vi="Biểu chương trình ghi nửa năm và trạng thái",
        title_en="Programme workbooks name a half-year and a status",
        expected_vi="6 tháng đầu năm hoặc 6 tháng cuối năm",
        todo_vi="Ghi kỳ báo cáo ở đầu biểu rồi nộp lại tệp.",
        column_vi="Kỳ báo cáo",
        rule=_HALF_YEAR_AND_STATUS,
    ),
    Check(
        check_id="programme.known_figures",
        level="blocking",
        title_vi="Mỗi số liệu thuộc một chương trình và cột đã khai báo",
        title_en="Every figure belongs to a declared programme and quantity",
        expected_vi="chương trình, cột trong biểu mẫu",
        todo_vi="Dùng biểu trống mới nhất của hệ thống rồi nộp lại tệp.",
        rule=_KNOWN,
    ),
    Check(
        check_id="programme.not_negative",
        level="blocking",
        title_vi="Biểu chương trình không có số âm",
        title_en="No programme figure is negative",
        expected_vi="số từ 0 trở lên",
        todo_vi="Sửa số âm rồi nộp lại tệp.",
        rule=_NOT_NEGATIVE,
    ),
    Check(
        check_id="programme.part_within_whole",
        level="blocking",
        title_vi="Số được hỗ trợ không lớn hơn số có nhu cầu hoặc đủ điều kiện",
        title_en="No numerator exceeds its denominator",
        expected_vi="số nhỏ hơn hoặc bằng số ở cột so sánh",
        todo_vi="Sửa ô này hoặc ô so sánh cùng dòng rồi nộp lại tệp; cả tệp được giữ lại đến khi sửa.",
        rule=_AT_MOST,
    ),
)

SUITES = (Suite("programme", "programme", "programme_figure", _CHECKS),)


def programme_quantity() -> pl.DataFrame:
    """One row a declared programme and quantity: labels, and the quantity it never exceeds."""
    rows = [
        {
            "programme": programme.id,
            "quantity": column.quantity,
            "label_vi": f"{programme.label_vi} - {column.label_vi}",
            "at_most": column.at_most,
            "at_most_vi": programme.column(column.at_most).label_vi if column.at_most else None,
        }
        for programme in programmes().values()
        for column in programme.columns
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String()))
