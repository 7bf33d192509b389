"""Official forms 4 to 13: what the writer writes, the reader reads, cell by cell."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.form_cells import NO_DATA, Cell, upper_cells
from pipelines.read import read_file
from pipelines.reading import ReadingContext, SourceFile
from reference.analysis_forms import ANALYSIS_FORMS, analysis_form
from reports.official_forms.content import FormContent, FormRow
from reports.official_forms.sheet import form_file

COMMUNES = {"14248": "Xã Hải Hưng", "14215": "Xã Hải Hậu"}
TODAY = date(2026, 9, 15)


def count(value):
    return Cell(value, "ok" if value else "zero")


def rate(parts):
    whole, part = parts
    return Cell(round(100 * part / whole, 2), "ok" if part else "zero", part, whole)


WORDS = st.sampled_from([NO_DATA, Cell(None, "suppressed"), Cell(None, "no_case", 0, 0)])
CELLS = {
    "count": st.one_of(st.integers(0, 2_000_000).map(count), WORDS),
    "pct": st.one_of(
        st.integers(1, 999)
        .flatmap(lambda whole: st.tuples(st.just(whole), st.integers(0, whole)))
        .map(rate),
        WORDS,
    ),
    "open": st.just(NO_DATA),
}


@st.composite
def forms(draw, name):
    """A form of the province: what two communes say under their sums."""
    definition = analysis_form(name)
    cells = {
        (unit, kind): {column.number: draw(CELLS[column.unit]) for column in definition.columns}
        for unit in COMMUNES.values()
        for kind in definition.rows
    }
    sums = [
        FormRow(
            None,
            "tỉnh Ninh Bình",
            "province",
            kind,
            upper_cells(definition, [cells[unit, kind] for unit in COMMUNES.values()]),
        )
        for kind in definition.rows
    ]
    return form(name, cells, above=sums)


def filled(name, status="official", communes=tuple(COMMUNES.values())):
    """A form with the same figure in every cell of a column."""
    definition = analysis_form(name)
    figures = {"count": count(5), "pct": rate((8, 1)), "open": count(3)}
    row = {column.number: figures[column.unit] for column in definition.columns}
    return form(name, {(unit, kind): row for unit in communes for kind in definition.rows}, status)


def form(name, cells, status="official", above=()):
    rows = [FormRow(1, unit, "commune", kind, row) for (unit, kind), row in cells.items()]
    units = list(dict.fromkeys(row.unit_name for row in rows))
    is_one = len(units) == 1
    return FormContent(
        analysis_form(name), "37", units[0] if is_one else "tỉnh Ninh Bình", None,
        "commune" if is_one else "province", "2025", status, (*above, *rows), len(units), len(units),
        len(units), "20260915T000000", TODAY, is_demo=True,
    )  # fmt: skip


def read_back(content):
    file = SourceFile("bieu.xlsx", form_file(content))
    return read_file(file, ReadingContext(TODAY, is_demo=True))


def written(content):
    """(unit, household or person, column) to the figure that the form shows."""
    codes = {name: code for code, name in COMMUNES.items()}
    return {
        (codes[row.unit_name], row.kind, int(number)): cell.value
        for row in content.rows
        if row.level == "commune"
        for number, cell in row.cells.items()
        if cell.value is not None
    }


def read(reading):
    if "core_review__form_cell" not in reading.tables:
        return {}
    rows = reading.tables["core_review__form_cell"]
    found = dict(
        zip(
            rows.select("unit_code", "counted", "column_number").rows(),
            rows["value"].to_list(),
            strict=True,
        )
    )
    assert len(found) == rows.height
    return found


@pytest.mark.parametrize("name", ANALYSIS_FORMS)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_a_form_is_read_back_to_the_same_numbers(name, data):
    content = data.draw(forms(name))
    reading = read_back(content)
    assert (reading.form, reading.period, reading.status) == (name, "2025", "official")
    assert read(reading) == written(content)
    assert reading.rows_rejected == 0
    loaded = {(row[0], row[1]) for row in written(content)}
    assert reading.rows_loaded == len(loaded)
    asked = [reason for reason in reading.reasons if reason.row is not None]
    assert not asked


@pytest.mark.parametrize("name", ANALYSIS_FORMS)
@pytest.mark.parametrize("status", ["preliminary", "official", "restated", "estimate"])
def test_the_title_says_the_status(name, status):
    content = filled(name, status=status)
    reading = read_back(content)
    assert (reading.form, reading.status) == (name, status)
    assert not reading.reasons


@pytest.mark.parametrize("name", ANALYSIS_FORMS)
def test_a_communes_own_form_is_that_communes(name):
    content = filled(name, communes=("Xã Hải Hậu",))
    reading = read_back(content)
    assert (reading.outcome, reading.unit_code) == ("loaded", "14215")
    assert read(reading) == written(content)
