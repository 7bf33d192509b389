"""How numbers are read back from papers, by another hand than the one that writes them."""

import io
import re

import docx
import polars as pl
import pypdf

COUNTS_OF_FORM_1 = {
    "1": "resident_household_count",
    "2": "resident_person_count",
    "3": "poor_household_count",
    "5": "near_poor_household_count",
    "7": "average_living_household_count",
    "9": "poor_person_count",
    "11": "near_poor_person_count",
    "13": "average_living_person_count",
}
HEADS_OF_THE_ANNEX = {
    "Mã chỉ tiêu": "measure",
    "Mã kỳ": "period",
    "Mã thời kỳ địa giới": "era",
    "Mã đơn vị": "unit_code",
    "Số liệu": "value",
    "Tử số": "numerator",
    "Mẫu số": "denominator",
    "Số xã đã báo cáo": "units_reported",
    "Tổng số xã": "units_expected",
}
NUMBER = r"\d{1,3}(?:\.\d{3})*(?:,\d+)?"
WITH_UNIT = re.compile(rf"({NUMBER}) ?(điểm %|%|hộ\b|người|mô hình)")


def written(value, unit):
    """Number and unit as Vietnamese papers write them, by another hand than the papers'."""
    decimals = {"pct": 2, "points": 2, "share": 3}.get(unit, 0)
    # Half up, as figures of the cube are; two decimals of a float are exact enough after a nudge.
    text = f"{value + 1e-9:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    names = {"pct": "%", "points": "điểm %", "household": "hộ", "person": "người",
             "model": "mô hình"}  # fmt: skip
    return text, names.get(unit, "")


def key_of(row):
    return (row["measure"], str(row["period"]), str(row["unit_code"]), str(row["era"]))


def figures_of(row):
    return tuple(
        None if row[name] is None else float(row[name])
        for name in ("value", "numerator", "denominator", "units_reported", "units_expected")
    )


def written_cells(content):
    """Every figure of the communes on an official form: (unit, household or person, column, figure)."""
    return sorted(
        (row.unit_name, row.kind, int(number), cell.value)
        for row in content.rows
        if row.level == "commune"
        for number, cell in row.cells.items()
        if cell.value is not None
    )


def read_cells(reading, names):
    """The same as the reader of forms 4 to 13 found it; ``names`` by code."""
    rows = reading.tables.get("core_review__form_cell")
    if rows is None:
        return []
    found = rows.select("unit_code", "counted", "column_number", "value").rows()
    return sorted((names[code], *rest) for code, *rest in found)


def annex_rows(content, sheet):
    """Rows of a sheet of the data annex by the names of ``result__estimate``."""
    rows = pl.read_excel(io.BytesIO(content), sheet_name=sheet, infer_schema_length=None)
    codes = ("measure", "period", "era", "unit_code")
    return rows.rename(HEADS_OF_THE_ANNEX).cast(dict.fromkeys(codes, pl.String))


def pdf_text(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return re.sub(r"[ \n]+", " ", "\n".join(page.extract_text() for page in pages))


def word_text(content):
    """All text of a DOCX, tables and the foot of the pages included."""
    word = docx.Document(io.BytesIO(content))
    shown = [paragraph.text for paragraph in word.paragraphs]
    shown += [paragraph.text for paragraph in word.sections[0].footer.paragraphs]
    shown += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join(shown)


def known_numbers(rows):
    """(number, unit) of figures and of the differences of two of one place, as papers write them."""
    values = {written(row["value"], row["unit"]) for row in rows}
    by_series: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for row in rows:
        place = by_series.setdefault((row["measure"], row["unit_code"]), [])
        place.append((row["value"], row["unit"]))
    differences = {
        written(abs(round(a - b, 2)), "points" if unit == "pct" else unit)
        for series in by_series.values()
        for a, unit in series
        for b, _ in series
    }
    return values | differences
