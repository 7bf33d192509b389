"""No hidden count can be worked out from what is shown."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from warehouse.cell_suppression import Lot, solve_here, solving_apart
from warehouse.disclosure import CELLS, SUMS, suppress

Counts = Mapping[str, int]
Sums = Sequence[tuple[str, Sequence[str]]]


def cells_of(counts: Counts, turns: Counts | None = None, remainders: Sequence[str] = ()):
    rows = [
        (
            number,
            count,
            0 if name in remainders else max(count, 1),
            (turns or {}).get(name, 0),
            0 < count < 5,
            name not in remainders,
        )
        for number, (name, count) in enumerate(counts.items())
    ]
    return pl.DataFrame(rows, schema=CELLS, orient="row")


def sums_of(counts: Counts, sums: Sums):
    names = list(counts)
    rows = [
        (number, names.index(name), sign)
        for number, (total, parts) in enumerate(sums)
        for name, sign in ((total, -1), *((part, 1) for part in parts))
    ]
    return pl.DataFrame(rows, schema=SUMS, orient="row")


def hidden(counts: Counts, sums: Sums, **options) -> set[str]:
    solve = options.pop("solve", solve_here)
    names = list(counts)
    return {
        names[cell] for cell in suppress(cells_of(counts, **options), sums_of(counts, sums), solve)
    }


def width(counts: Counts, sums: Sums, not_shown: set[str], target: str) -> float:
    """Of the interval that remains for ``target`` to who knows all shown counts and all sums."""
    names = list(counts)
    matrix = np.zeros((len(sums), len(names)))
    for row, (total, parts) in enumerate(sums):
        matrix[row, names.index(total)] = -1
        matrix[row, [names.index(part) for part in parts]] = 1
    least = 0 if any(counts[name] == 0 for name in not_shown) else 1
    bounds = [(least, None) if n in not_shown else (counts[n], counts[n]) for n in names]
    ends = []
    for sign in (1, -1):
        objective = np.zeros(len(names))
        objective[names.index(target)] = sign
        found = linprog(objective, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds)
        ends.append(found.fun if found.status == 0 else -np.inf)
    return -ends[1] - ends[0]


def test_a_small_count_takes_the_cheapest_neighbour_along():
    # 3 = 158 - 40 - 15 - 100 would come back: 15 is hidden with it, 3 + 15 = 18 stays open from 1 to 17.
    counts = {"all": 158, "a": 3, "b": 40, "c": 15, "d": 100}
    assert hidden(counts, [("all", "abcd")]) == {"a", "c"}


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden({"all": 12, "a": 5, "b": 7, "c": 0}, [("all", "abc")]) == set()


def test_two_ones_do_not_protect_each_other():
    # Zeros are shown, so two hidden counts that sum to 2 are 1 and 1.
    counts = {"all": 42, "a": 1, "b": 1, "c": 0, "d": 40}
    assert hidden(counts, [("all", "abcd")]) >= {"a", "b", "d"}


def test_a_zero_stays_a_zero():
    counts = {"all": 30, "a": 2, "b": 0, "c": 8, "d": 20}
    assert "b" not in hidden(counts, [("all", "abcd")])


def test_poor_comes_back_neither_by_both_nor_by_the_province():
    counts = {
        "poor": 20, "near": 60, "both": 80,
        "poor_a": 2, "near_a": 30, "both_a": 32,
        "poor_b": 18, "near_b": 30, "both_b": 48,
    }  # fmt: skip
    sums = [("both", ["poor", "near"])]
    sums += [(f"both_{d}", [f"poor_{d}", f"near_{d}"]) for d in "ab"]
    sums += [(name, [f"{name}_a", f"{name}_b"]) for name in ("poor", "near", "both")]
    found = hidden(counts, sums)
    assert found >= {"poor_a", "poor_b"}
    assert len(found & {"near_a", "both_a"}) == len(found & {"near_b", "both_b"}) == 1


def test_a_remainder_that_nobody_publishes_is_protected_too():
    # 203 on the list, 201 poor or near-poor: 2 households on the list are neither.
    counts = {"listed": 203, "both": 201, "neither": 2}
    assert hidden(counts, [("listed", ["both", "neither"])], remainders=["neither"])


def test_what_was_shown_before_is_hidden_where_nothing_else_helps():
    # The town is the district's only urban commune: urban = 3 tells it whether or not it is hidden itself.
    counts = {"district": 9, "village": 6, "town": 3, "rural": 6, "urban": 3}
    sums = [("district", ["village", "town"]), ("district", ["rural", "urban"])]
    sums += [("rural", ["village"]), ("urban", ["town"])]
    turns = {"rural": 1, "urban": 1}
    not_shown = hidden(counts, sums, turns=turns)
    assert width(counts, sums, not_shown, "town") >= 3


def test_sums_must_add_up():
    with pytest.raises(ValueError, match="adds up to"):
        hidden({"all": 5, "a": 5, "b": 1}, [("all", "ab")])


def test_where_the_solver_breaks_down_the_whole_sum_is_hidden():
    counts = {"all": 30, "a": 2, "b": 0, "c": 8, "d": 20}

    def broken(lots: Sequence[Lot]) -> list[set[int] | None]:
        return [None] * len(lots)

    assert hidden(counts, [("all", "abcd")], solve=broken) == set(counts)


def test_a_process_of_its_own_chooses_the_same(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    counts = {"all": 158, "a": 3, "b": 40, "c": 15, "d": 100}
    with solving_apart() as solve:
        assert hidden(counts, [("all", "abcd")], solve=solve) == {"a", "c"}
    assert not list(tmp_path.iterdir())


def test_the_solver_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hidden({"all": 12, "a": 2, "b": 10}, [("all", "ab")])
    assert not list(tmp_path.iterdir())


@st.composite
def tables(draw):
    """Counts by place and group with all margins, and the turns in which they are decided."""
    places, groups = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    count = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 8, 13, 30])
    inside = [[draw(count) for _ in range(groups)] for _ in range(places)]
    counts, sums = {}, []
    for place, row in enumerate(inside):
        counts |= {f"{place}{group}": value for group, value in enumerate(row)}
        counts[f"{place}*"] = sum(row)
        sums.append((f"{place}*", [f"{place}{group}" for group in range(groups)]))
    for group in range(groups):
        counts[f"*{group}"] = sum(row[group] for row in inside)
        sums.append((f"*{group}", [f"{place}{group}" for place in range(places)]))
    counts["**"] = sum(map(sum, inside))
    sums.append(("**", [f"{place}*" for place in range(places)]))
    sums.append(("**", [f"*{group}" for group in range(groups)]))
    order = draw(st.sampled_from(["at once", "margins first", "inside first"]))
    late = {"at once": False, "margins first": False, "inside first": True}[order]
    turns = {} if order == "at once" else {name: int(("*" in name) == late) for name in counts}
    return counts, sums, turns


@settings(max_examples=40, deadline=None)
@given(tables())
def test_an_attacker_who_knows_all_sums_finds_no_small_count(table):
    counts, sums, turns = table
    not_shown = hidden(counts, sums, turns=turns)
    small = [name for name, count in counts.items() if 0 < count < 5]
    assert set(small) <= not_shown
    for name in small:
        assert width(counts, sums, not_shown, name) > 3 - 1e-6
