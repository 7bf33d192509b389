"""Whatever stands in a sheet: no row is lost, none is counted twice, nothing personal is told."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.numbers import read_whole_number
from tests.unit.pipelines.making import (
    HEADER,
    TITLE,
    csv_file,
    household,
    households,
    read,
)

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
FIRST = len(TITLE) + 2
NAME_COLUMN, MEMBERS = 2, 6

LOADS = st.sampled_from(
    [
        {},
        {"b1": "140,0", "b2": " 40 "},
        {"b1": None},
        {"birth": "1961"},
        {"birth": "1961-02-08"},
        {"birth": 22320},
        {"birth": "8/2/61"},
        {"identity": None},
        {"members": "04"},
        {"village": None},
        {"class": "cận nghèo", "b2": 0},
        {"class": "HỘ KHÔNG NGHÈO", "b1": 200},
    ]
)
GOES_BACK = st.sampled_from(
    [
        {"class": None},
        {"class": "3"},
        {"class": "khác"},
        {"b2": 45},
        {"b1": -1},
        {"birth": "30/02/1960"},
        {"name": None, "identity": None},
    ]
)
BETWEEN = st.sampled_from(
    [
        [None, None, "Thôn Đông"],
        ["I", None, "HỘ NGHÈO"],
        [None, None, "Cộng"],
        [7],
        list(HEADER),
        [None, None, None, "Ghi chú: theo Phiếu B"],
    ]
)
LINE = st.one_of(
    st.tuples(st.just("loaded"), LOADS),
    st.tuples(st.just("rejected"), GOES_BACK),
    st.tuples(st.just("not_data"), BETWEEN),
)
FOOTER = [
    [None, None, None, None, None, None, None, "Yên Bình, ngày 08 tháng 12 năm 2023"],
    [None, None, "NGƯỜI LẬP BIỂU", None, None, None, "CHỦ TỊCH"],
    [None, None, "Nguyễn Văn A", None, None, None, "Trần Thị B"],
]


def rows_of(lines):
    """Sheet rows and, by fate, the numbers the spreadsheet shows for them."""
    rows, fates = [], {"loaded": set(), "rejected": set(), "not_data": set()}
    for place, (fate, content) in enumerate(lines):
        fates[fate].add(FIRST + place)
        rows.append(content if fate == "not_data" else household(place + 1, **content))
    return rows, fates


@FEW
@given(st.lists(LINE, min_size=1, max_size=12), st.booleans())
def test_every_row_has_exactly_the_fate_it_should(lines, has_footer):
    rows, fates = rows_of(lines)
    reading = households(*rows, *(FOOTER if has_footer else []))
    frame = reading.tables.get("core_review__household")
    loaded = set(frame["row"].to_list()) if frame is not None else set()
    told = {reason.row for reason in reading.reasons if reason.kind == "rejected"} - {None}
    assert loaded == fates["loaded"]
    assert told == fates["rejected"]
    assert reading.rows_rejected == len(fates["rejected"])
    assert reading.rows_read == len(TITLE) + 1 + len(rows) + (3 if has_footer else 0)


@FEW
@given(st.lists(LINE, min_size=1, max_size=8))
def test_no_message_holds_a_name_a_number_or_a_birth(lines):
    rows, _ = rows_of(lines)
    reading = households(*rows)
    told = " ".join(str(reason.found) for reason in reading.reasons)
    assert "Chủ hộ" not in told
    assert not re.search(r"\d{9}|1961|30/02", told)


@FEW
@given(st.lists(LINE, min_size=1, max_size=8))
def test_a_correct_total_is_never_asked_about(lines):
    rows, _ = rows_of([line for line in lines if line[1] != [None, None, "Cộng"]])
    data = [row for row in rows if len(row) == len(HEADER) and row != list(HEADER)]
    persons = [read_whole_number(str(row[MEMBERS]))[0] for row in data]
    total = [None, None, f"Tổng cộng: {len(data)} hộ", None, None, None, sum(persons)]
    reading = households(*rows, total)
    last = FIRST + len(rows)
    assert not [reason for reason in reading.reasons if reason.row == last]


CELL = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-10, 10**12).map(str),
    st.sampled_from([str(word) for word in HEADER]),
    st.sampled_from(
        ["Hộ nghèo", "x", "--", "Thôn 1", "Tổng cộng", "1O5", "31/02/2000", "TM. UBND"]
    ),
)


@FEW
@given(st.lists(st.lists(CELL, min_size=1, max_size=len(HEADER)), max_size=10), st.booleans())
def test_any_cells_at_all_are_accounted_for(rows, has_header):
    above = [*TITLE, HEADER] if has_header else []
    reading = read(csv_file([*above, *rows]))
    assert reading.outcome == "refused" or reading.rows_loaded
    assert reading.rows_read == (
        reading.rows_loaded + reading.rows_rejected + reading.rows_not_data
    )


@FEW
@given(st.permutations(range(len(HEADER))), st.lists(LOADS, min_size=1, max_size=4))
def test_the_order_of_the_columns_does_not_matter(order, changes):
    def ordered(row):
        return [row[place] for place in order]

    rows = [household(place, **change) for place, change in enumerate(changes, start=1)]
    plain = households(*rows)
    moved = read(csv_file([*TITLE, ordered(HEADER), *map(ordered, rows)]))
    columns = [c for c in plain.tables["core_review__household"].columns if c != "submission_id"]
    assert (
        moved.tables["core_review__household"]
        .select(columns)
        .equals(plain.tables["core_review__household"].select(columns))
    )
