"""Signals of the review's integrity on tables small enough to count by hand."""

import polars as pl
import pytest

from measures import integrity
from warehouse.contract import DEPRIVATION_COLUMNS

NO_MARKS = dict.fromkeys(DEPRIVATION_COLUMNS, False)
NO_FLOWS = pl.DataFrame(
    schema={
        "period": pl.String(), "standard_id": pl.String(), "era": pl.String(), "unit_code": pl.String(),
        "class_from": pl.String(), "class_to": pl.String(), "household_count": pl.Int64(),
    }
)  # fmt: skip


def household(number, **changes):
    return {
        "period": "2024", "standard_id": "2022-2026", "era": "2024", "unit_code": "A",
        "household_id": f"h{number}", "class_code": "poor", "reviewer_id": None,
        "b1_points": 120.0, "b2_points": 40, "area_type": "rural", **NO_MARKS, **changes,
    }  # fmt: skip


def lists(*rows):
    return pl.DataFrame(
        list(rows), infer_schema_length=None, schema_overrides={"reviewer_id": pl.String()}
    )


def found(signal, rows, flows=NO_FLOWS):
    table = integrity.signals(rows, flows).filter(signal=signal)
    return {row["unit_code"]: row for row in table.iter_rows(named=True)}


def numbers(row):
    return row["cases"], row["cases_of"], row["base_cases"], row["base_of"]


def test_b1_is_near_the_cut_of_its_area_type():
    # The cut is 140 in the country and 175 in town; 130 is not within ten points, 150 is.
    rows = lists(
        household(1, b1_points=140), household(2, b1_points=131), household(3, b1_points=150),
        household(4, b1_points=130), household(5, b1_points=151),
        household(6, b1_points=175, area_type="urban", unit_code="B"),
        household(7, b1_points=140, area_type="urban", unit_code="B"),
    )  # fmt: skip
    signal = found("b1_at_the_cut", rows)
    assert numbers(signal["A"]) == (2, 3, 3, 4)
    assert numbers(signal["B"]) == (1, 1, 3, 4)


def test_b2_counts_those_exactly_at_the_cut_against_one_indicator_less():
    rows = lists(*(household(n, b2_points=points) for n, points in enumerate((30, 30, 20, 40, 10))))
    assert numbers(found("b2_at_the_cut", rows)["A"]) == (2, 3, 2, 3)


def test_the_chance_is_twice_the_smaller_tail_of_the_binomial_law():
    # 10 of 10 in A, 0 of 10 in B: base 1/2, chance of 10 of 10 is 2/1024 = 0.00195, below 0.002.
    rows = lists(
        *(household(n, b2_points=30) for n in range(10)),
        *(household(n, b2_points=20, unit_code="B") for n in range(10, 20)),
    )
    signal = found("b2_at_the_cut", rows)
    assert signal["A"]["chance"] == pytest.approx(2 / 1024)
    assert signal["A"]["is_marked"]
    assert signal["B"]["is_marked"]


def test_nine_of_ten_is_no_signal():
    rows = lists(
        *(household(n, b2_points=30 if n else 20) for n in range(10)),
        *(household(n, b2_points=20 if n < 19 else 30, unit_code="B") for n in range(10, 20)),
    )
    # 9 or 10 of 10 at 1/2: 11/1024, twice that is 0.0215.
    row = found("b2_at_the_cut", rows)["A"]
    assert row["chance"] == pytest.approx(22 / 1024)
    assert not row["is_marked"]


def test_where_nobody_shows_it_nothing_is_marked():
    rows = lists(*(household(n, b2_points=20, unit_code="AB"[n % 2]) for n in range(10)))
    signal = found("b2_at_the_cut", rows)
    assert {row["chance"] for row in signal.values()} == {1.0}
    assert not any(row["is_marked"] for row in signal.values())


def test_a_class_that_changes_alone_and_an_answer_that_is_missing():
    rows = lists(
        household(1, period="2023"), household(1, class_code="near_poor"),
        household(2, period="2023"), household(2),
        household(3, period="2023"), household(3, b1_points=100.0, class_code="near_poor"),
        household(4, period="2023", **{DEPRIVATION_COLUMNS[0]: None}),
        household(4, class_code="near_poor"),
    )  # fmt: skip
    assert numbers(found("class_changed_alone", rows)["A"]) == (1, 2, 1, 2)


def test_an_area_type_that_changes_in_the_same_commune_only():
    rows = lists(
        household(1, period="2023"), household(1, area_type="urban"),
        household(2, period="2023", unit_code="B"), household(2, area_type="urban"),
    )  # fmt: skip
    assert numbers(found("area_type_changed", rows)["A"]) == (1, 1, 1, 1)


def test_a_household_listed_twice_is_followed_nowhere():
    rows = lists(household(1, period="2023"), household(1), household(1, unit_code="B"))
    assert not found("area_type_changed", rows)


def test_nothing_is_compared_across_standards():
    rows = lists(household(1, period="2023", standard_id="2016-2020"), household(1))
    assert not found("class_changed_alone", rows)


def flow(unit, before, after, count):
    return {
        "period": "2024", "standard_id": "2022-2026", "era": "2024", "unit_code": unit,
        "class_from": before, "class_to": after, "household_count": count,
    }  # fmt: skip


def test_a_commune_that_nobody_left():
    # The province lost 20 of 60; none of 20 leaving has the chance (2/3)^20 = 0.0003.
    flows = pl.DataFrame(
        [
            flow("A", "poor", "poor", 15), flow("A", "poor", "near_poor", 5),
            flow("B", "poor", "poor", 20), flow("B", "poor", "none", 15),
            flow("B", "near_poor", "no_longer_on_list", 5), flow("B", "not_on_list_before", "poor", 3),
        ]
    )  # fmt: skip
    signal = found("no_exits", lists(household(1)), flows)
    assert set(signal) == {"A"}
    assert numbers(signal["A"]) == (0, 20, 20, 60)
    assert signal["A"]["chance"] == pytest.approx((2 / 3) ** 20)
    assert signal["A"]["is_marked"]
    assert numbers(found("no_entries", lists(household(1)), flows)["A"]) == (0, 20, 3, 43)


def test_a_reviewer_far_from_the_others_of_the_commune():
    # 10 households at 90 and 110 in turn against 10 at 130 and 150: 100 - 140 = -40 points.
    rows = lists(
        *(household(n, reviewer_id="r1", b1_points=90.0 + 20 * (n % 2)) for n in range(10)),
        *(household(n, reviewer_id="r2", b1_points=130.0 + 20 * (n % 2)) for n in range(10, 20)),
    )
    table = integrity.signals(rows, NO_FLOWS).filter(signal="reviewer_apart")
    first = table.row(by_predicate=pl.col("reviewer_id") == "r1", named=True)
    assert first["difference_points"] == pytest.approx(-40)
    assert (first["cases"], first["base_of"]) == (10, 20)
    # Standard error: variance 1000/9 of ten each, sqrt(2 x 1000/90) = 4.714; z = 8.5.
    assert first["is_marked"]


def test_nine_households_tell_nothing_of_a_reviewer():
    rows = lists(
        *(household(n, reviewer_id="r1", b1_points=90.0 + n) for n in range(9)),
        *(household(n, reviewer_id="r2", b1_points=130.0 + n) for n in range(9, 30)),
    )
    assert integrity.signals(rows, NO_FLOWS).filter(signal="reviewer_apart").is_empty()
