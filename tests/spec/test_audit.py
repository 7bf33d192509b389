"""Errors of targeting from audit samples, each with its arithmetic in a comment."""

import polars as pl
import pytest

from measures.audit import errors
from warehouse.core_tables import CORE_AUDIT__HOUSEHOLD


def sample(*groups):
    """(count, class on the list, class found, more): none on the list means not listed."""
    rows = []
    for count, on_list, found, more in groups:
        row = {
            "era": "2025", "unit_code": "13669", "is_listed": on_list != "none",
            "class_on_list": on_list, "class_found": found, **more,
        }  # fmt: skip
        rows += [row] * count
    return CORE_AUDIT__HOUSEHOLD.conform(pl.DataFrame(rows, infer_schema_length=None))


def line(rows, list_class, error):
    (found,) = [
        row for row in errors(rows) if (row["list_class"], row["error"]) == (list_class, error)
    ]
    return found


PHU_XUYEN = sample(
    (125, "poor", "none", {}),
    (558 - 125, "poor", "poor", {}),
    (1_894, "near_poor", "none", {}),
    (3_705 - 1_894, "near_poor", "near_poor", {}),
)


@pytest.mark.parametrize(("list_class", "published"), [("poor", 22.4), ("near_poor", 51.1)])
def test_phu_xuyen(list_class, published):
    # Inspection of Phú Xuyên (Hà Nội): 125 of 558 poor and 1,894 of 3,705 near-poor did not qualify
    row = line(PHU_XUYEN, list_class, "inclusion")
    assert round(row["value"], 1) == published
    assert (row["interval_reason"], row["low"]) == ("no_clusters", None)


def test_an_inspection_of_listed_households_cannot_know_who_was_left_out():
    for name in ("either", "poor", "near_poor"):
        row = line(PHU_XUYEN, name, "exclusion")
        assert (row["mark"], row["reason"], row.get("value")) == ("no_data", "no_unlisted", None)


def test_a_poor_household_found_near_poor_is_wrong_on_its_list_and_right_on_both_together():
    rows = sample((1, "poor", "near_poor", {}), (3, "poor", "poor", {}))
    assert line(rows, "poor", "inclusion")["value"] == 25
    assert line(rows, "either", "inclusion")["mark"] == "zero"
    assert line(rows, "near_poor", "inclusion")["mark"] == "no_case"


WEIGHTED = sample(
    (9, "poor", "poor", {"weight": 10.0}),
    (1, "poor", "none", {"weight": 10.0}),
    (1, "none", "poor", {"weight": 30.0}),
    (29, "none", "none", {"weight": 30.0}),
)


def test_exclusion_is_weighted():
    # eligible 9·10 on the list and 1·30 off it: 30 of 120 were left out; unweighted it would be 1 of 10
    row = line(WEIGHTED, "poor", "exclusion")
    assert (row["numerator"], row["denominator"], row["value"]) == (30, 120, 25)
    assert (row["households"], row["wrong_households"]) == (10, 1)
    assert line(WEIGHTED, "poor", "inclusion")["value"] == 10


def test_without_weights_exclusion_is_unknown_and_inclusion_counts_each_household_once():
    rows = WEIGHTED.with_columns(weight=pl.lit(None, pl.Float64))
    assert line(rows, "poor", "exclusion")["reason"] == "no_weights"
    assert line(rows, "poor", "inclusion")["value"] == 10


def test_weights_on_some_rows_only_tell_nothing():
    rows = sample((1, "poor", "poor", {"weight": 2.0}), (1, "poor", "none", {}))
    assert line(rows, "poor", "inclusion")["reason"] == "some_weights"


def cluster(name, right, wrong, **more):
    place = {"cluster": name, "weight": 1.0, **more}
    return (right, "poor", "poor", place), (wrong, "poor", "none", place)


def test_the_linearised_variance_over_clusters():
    rows = sample(*cluster("A", 3, 1), *cluster("B", 2, 2), *cluster("C", 1, 3))
    # R = 6/12; z = (1 − 2)/12, 0, (3 − 2)/12; SE² = 3/2 · 2/144 = 1/48, SE = 14.43 points;
    # t(2; 97.5 %) = 4.303: 50 ± 62.1, cut to 0 and 100
    row = line(rows, "poor", "inclusion")
    assert row["value"] == 50
    assert row["standard_error_points"] == pytest.approx(100 / 48**0.5)
    assert (row["low"], row["high"]) == (0, 100)


def test_strata_take_their_own_mean():
    rows = sample(
        *cluster("A", 3, 1, stratum="1"), *cluster("B", 2, 2, stratum="1"),
        *cluster("C", 4, 0, stratum="2"), *cluster("D", 4, 0, stratum="2"),
    )  # fmt: skip
    # R = 3/16. Stratum 1: z = (1 − 4R)/16, (2 − 4R)/16, differ by 1/16: 2/1 · 2·(1/32)² = 1/256;
    # stratum 2: both −4R/16, no spread. SE = 1/16 = 6.25 points; t(2) = 4.303
    row = line(rows, "poor", "inclusion")
    assert row["standard_error_points"] == pytest.approx(6.25)
    assert row["high"] == pytest.approx(18.75 + 4.302653 * 6.25, abs=1e-3)


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        (cluster("A", 3, 1), "lonely_cluster"),
        ((*cluster("A", 3, 0), *cluster("B", 4, 0)), "no_variation"),
        ((*cluster("A", 3, 1), *cluster(None, 2, 2)), "no_clusters"),
    ],
)
def test_what_has_no_interval_says_why(groups, reason):
    row = line(sample(*groups), "poor", "inclusion")
    assert (row["interval_reason"], row["low"]) == (reason, None)


def test_clusters_of_the_same_name_in_two_communes_are_two():
    rows = sample(*cluster("A", 3, 1), *cluster("A", 1, 3, unit_code="13672"))
    assert line(rows, "poor", "inclusion")["interval_reason"] is None
