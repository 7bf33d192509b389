"""Official forms of the whole province: every commune, every year; sums, identities, read back exactly."""

from datetime import date

import pytest

from pipelines.flow_forms import COUNTS as COUNTS_OF_FLOWS
from pipelines.read import read_file
from pipelines.reading import ReadingContext, SourceFile
from reference.analysis_forms import ANALYSIS_FORMS, analysis_form
from reports.flow_balance import flow_balance
from reports.official_forms.content import form_content
from reports.official_forms.sheet import form_file
from tests.commands.reading_back import COUNTS_OF_FORM_1, read_cells, written_cells
from warehouse.door import Door, Viewer

pytestmark = pytest.mark.province

PROVINCE = "36"
YEARS = ("2021", "2022", "2023", "2024", "2025")
COMMUNES = {"2021": 226, "2022": 226, "2023": 226, "2024": 175, "2025": 57}
EXPORTS = {"2023": 6}
COUNTS_OF_FORMS_2_AND_3 = {str(place): name for place, name in enumerate(COUNTS_OF_FLOWS, start=1)}


@pytest.fixture(scope="module")
def door(province):
    return Door.open(province.data, Viewer("command"))


@pytest.fixture(scope="module", params=[(n, y) for n in (1, 2, 3) for y in YEARS], ids=str)
def form(request, door):
    return form_content(door, request.param[0], PROVINCE, request.param[1])


def test_every_commune_stands_in_it_once(form):
    names = [row.number for row in form.rows if row.level == "commune"]
    kinds = len(form.definition.rows)
    assert len(names) == COMMUNES[form.period] * kinds


def test_the_sums_of_the_communes_are_the_rows_above(form):
    counts = COUNTS_OF_FORM_1 if form.definition.number == 1 else COUNTS_OF_FORMS_2_AND_3
    for kind in form.definition.rows:
        rows = {level: [r for r in form.rows if r.level == level and r.kind == kind]
                for level in ("province", "district", "commune")}  # fmt: skip
        for number in counts:
            told = rows["province"][0].cells[number].value
            cells = [row.cells[number].value for row in rows["commune"]]
            known = [value for value in cells if value is not None]
            assert (sum(known) if known else None) == told, (kind, number)
            if rows["district"]:
                above = [row.cells[number].value for row in rows["district"]]
                assert sum(value for value in above if value is not None) == (told or 0)


def test_its_identities_hold_in_every_row(form):
    for row in form.rows:
        found = {number: cell.value for number, cell in row.cells.items()}
        if form.definition.number == 1:
            # 4 = 3/1·100 and so on, as the formula row says; from the sums, two decimals
            for rate, part, whole in (("4", "3", "1"), ("6", "5", "1"), ("8", "7", "1"),
                                      ("10", "9", "2"), ("12", "11", "2"), ("14", "13", "2")):  # fmt: skip
                if None not in (found[part], found[whole], found[rate]) and found[whole]:
                    assert found[rate] == pytest.approx(100 * found[part] / found[whole], abs=5e-3)
        elif None not in found.values():
            left = found["1"] - sum(found[key] for key in "234") + sum(found[key] for key in "5678")
            assert left == found["9"], row.unit_name


@pytest.mark.parametrize("period", ["2022", "2024", "2025"])
def test_the_flows_of_a_report_are_the_whole_provinces_form_2(door, period):
    balance = {column: cell.value for column, cell in flow_balance(door, period).items()}
    counts = [door.estimates(["poor_household_count"], periods=[each])["value"][0]
              for each in (str(int(period) - 1), period)]  # fmt: skip
    assert [balance["1"], balance["9"]] == counts
    form = form_content(door, 2, PROVINCE, period)
    assert balance == {column: cell.value for column, cell in form.rows[0].cells.items()}


def test_flows_of_a_year_that_communes_are_missing_in_are_not_told_as_a_balance(door):
    assert flow_balance(door, "2021") == flow_balance(door, "2023") == {}


def test_it_is_read_back_to_the_same_numbers(form, door):
    number = form.definition.number
    counts = COUNTS_OF_FORM_1 if number == 1 else COUNTS_OF_FORMS_2_AND_3
    rows = [
        tuple(row.cells[place].value for place in counts)
        for row in form.rows
        if row.level == "commune"
    ]
    written = [row for row in rows if None not in row]
    context = ReadingContext(date(2026, 9, 15), is_demo=True)
    reading = read_file(SourceFile(f"bieu-{number:02d}.xlsx", form_file(form)), context)
    assert (reading.period, reading.status) == (form.period, form.status)
    table = "core_population__unit" if number == 1 else "core_review__flow"
    back = reading.tables[table] if written else None
    read = [] if back is None else [tuple(row[name] for name in counts.values())
                                    for row in back.iter_rows(named=True)]  # fmt: skip
    assert sorted(read) == sorted(written)
    # An export says nothing of who came and went: six communes of 2023 sent one. 2021 has no list before it.
    if number == 1 or form.period > "2021":
        assert len(written) == len(rows) - EXPORTS.get(form.period, 0) * (
            0 if number == 1 else len(form.definition.rows)
        )


@pytest.mark.parametrize("period", YEARS)
@pytest.mark.parametrize("name", ANALYSIS_FORMS)
def test_forms_4_to_13_are_read_back_to_the_same_numbers(door, name, period):
    content = form_content(door, analysis_form(name).number, PROVINCE, period)
    source = SourceFile("bieu.xlsx", form_file(content))
    reading = read_file(source, ReadingContext(date(2026, 9, 15), is_demo=True))
    names = dict(door.units(reading.era).select("code", "name").iter_rows())
    told = written_cells(content)
    assert read_cells(reading, names) == told
    # Only of the children, form 11, do lists of households say nothing.
    assert bool(told) == (name != "official_form_11")
    if told:
        assert (reading.form, reading.period, reading.status) == (name, period, content.status)
        assert (reading.rows_loaded, reading.rows_rejected) == (
            COMMUNES[period] * len(content.definition.rows), 0,
        )  # fmt: skip
        assert not reading.reasons
