"""Whether counts stay open: by hand, and as τ-Argus' own audit says of the same tables."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytauargus.engine import audit_jj

from warehouse.cell_audit import Known, are_open
from warehouse.cells import Cell, Sum

MOST, WIDTH = 60, 3
TOTAL = Sum(((0, 1), (1, 1)), 43)


def cell(count: int) -> Cell:
    return Cell(count, cost=count, turn=0, is_sensitive=0 < count < 5, is_published=True)


@pytest.mark.parametrize(
    ("counts", "is_open"),
    [((3, 4), True), ((2, 3), True), ((2, 2), False), ((1, 1), False)],
)
def test_two_hidden_counts_of_a_known_total(counts: tuple[int, int], is_open: bool):
    # 3 + 4 = 7: each from 1 to 6; 2 + 3 = 5: from 1 to 4; 2 + 2 = 4: from 1 to 3, not four values
    cells = {number: cell(count) for number, count in enumerate(counts)}
    total = Sum(((0, 1), (1, 1)), sum(counts))
    assert are_open([Known(cells, [total], {0, 1}, MOST)], WIDTH) == [is_open]


def test_a_shown_count_gives_its_neighbour_away():
    cells = {0: cell(3), 1: cell(40)}
    assert are_open([Known(cells, [TOTAL], {0}, MOST)], WIDTH) == [False]


def test_a_shown_sensitive_count_and_sums_that_contradict_are_not_open():
    cells = {0: cell(3), 1: cell(40)}
    shown = Known(cells, [TOTAL], set(), MOST)
    contradiction = Known(cells, [Sum(TOTAL.terms, -5)], {0, 1}, MOST)
    assert are_open([shown, contradiction], WIDTH) == [False, False]


def test_lots_are_judged_each_by_itself():
    # 2 + 2 = 4 leaves 1 to 3; 3 + 40 = 43 with both hidden leaves 3 from 1 on; the third lot contradicts itself
    tight = Known({0: cell(2), 1: cell(2)}, [Sum(TOTAL.terms, 4)], {0, 1}, MOST)
    wide = Known({0: cell(3), 1: cell(40)}, [TOTAL], {0, 1}, MOST)
    contradiction = Known(wide.cells, [Sum(TOTAL.terms, -5)], {0, 1}, MOST)
    assert are_open([tight, wide, tight, wide], WIDTH) == [False, True, False, True]
    assert are_open([wide, contradiction, tight], WIDTH) == [True, False, False]
    assert are_open([], WIDTH) == []


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12), st.sets(st.integers(0, 11)))
def test_it_says_what_the_audit_of_tau_argus_says(counts: list[int], more: set[int]):
    cells = {number: cell(count) for number, count in enumerate(counts)}
    hidden = more | {number for number, facts in cells.items() if facts.is_sensitive}
    rows = [[4 * row + column for column in range(4)] for row in range(3)]
    columns = [[4 * row + column for row in range(3)] for column in range(4)]
    sums = [
        Sum(tuple((each, 1) for each in part), sum(counts[each] for each in part))
        for part in (*rows, *columns)
    ]
    told = _audited(cells, sums, hidden)
    expected = all(told[n] > WIDTH - 1e-6 for n, facts in cells.items() if facts.is_sensitive)
    assert are_open([Known(cells, sums, hidden, MOST)], WIDTH) == [expected]


def _audited(cells: dict[int, Cell], sums: list[Sum], hidden: set[int]) -> dict[int, float]:
    """Width of each hidden count by τ-Argus, which reads its tables from a file."""
    lines = ["0", str(len(cells))]
    for number, facts in cells.items():
        state = "u" if number in hidden else "s"
        lines.append(f"{number} {facts.count} 1 {state} {facts.least} {MOST} 0 0 0")
    lines.append(str(len(sums)))
    for part in sums:
        terms = " ".join(f"{number} ({sign})" for number, sign in part.terms)
        lines.append(f"{part.total} {len(part.terms)} : {terms}")
    Path("table.jj").write_text("\n".join(lines) + "\n", encoding="ascii")
    return {row["cell"]: row["max"] - row["min"] for row in audit_jj("table.jj")}


@pytest.fixture(autouse=True, scope="module")
def in_a_folder_of_its_own(tmp_path_factory: pytest.TempPathFactory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("audit"))
        yield
