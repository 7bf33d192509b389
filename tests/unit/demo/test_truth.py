"""The synthetic province adds up, and its households' histories make sense."""

import numpy as np
import polars as pl
import pytest

from demo.geography import apportion, targets
from demo.histories import NEAR, NONE, POOR, Rates, flows
from demo.in_year import LAST_MONTH, expected_units, in_year_events, months
from demo.names import UNASSIGNED_PREFIX
from demo.province import Province
from reference.loading import standards

PUBLISHED = {
    2021: (11_088, 32_062, 636_176),
    2022: (8_522, 22_241, 644_131),
    2023: (7_041, 17_803, 645_036),
    2024: (6_131, 15_099, 645_256),
    2025: (4_825, 13_730, None),
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_lists_sum_to_the_published_counts(province: Province, year: int) -> None:
    poor, near_poor, residents = PUBLISHED[year]
    rows = province.rows.filter(year=year)
    assert rows.filter(klass=POOR).height == poor
    assert rows.filter(klass=NEAR).height == near_poor
    if residents:
        assert province.quotas.resident_households[:, year - 2021].sum() == residents


def test_counts_without_a_publication_come_from_the_targets(province: Province) -> None:
    rows = province.rows.filter(year=2026)
    assert rows.filter(klass=POOR).height == targets()[2026, "poor_household_count"]
    assert len(province.reported_2026) == 31


def test_nobody_is_on_two_lists_of_a_year(province: Province) -> None:
    assert province.rows.select("year", "household").is_duplicated().sum() == 0


def test_class_before_is_the_class_of_the_year_before(province: Province) -> None:
    last = province.rows.select(
        pl.col("year") + 1, "household", pl.col("klass").alias("klass_last_year")
    )
    pairs = province.rows.filter(pl.col("year") > 2021).join(
        last, on=["year", "household"], how="left"
    )
    known = pairs.with_columns(pl.col("klass_last_year").fill_null(pl.lit(NONE, pl.Int8)))
    assert known.filter(pl.col("before") != pl.col("klass_last_year")).is_empty()


def test_whoever_relapses_had_escaped_before(province: Province) -> None:
    relapsed = province.rows.filter(entry="relapse")
    earlier = province.rows.filter(pl.col("before") != NONE, klass=NONE).select(
        "household", pl.col("year").alias("escaped_in")
    )
    pairs = relapsed.join(earlier, on="household", how="inner").filter(
        pl.col("escaped_in") < pl.col("year")
    )
    assert pairs["row_id"].n_unique() == relapsed.height > 500


def test_class_follows_from_the_scores_but_for_the_real_contradictions(province: Province) -> None:
    standard = standards()["2022-2026"]
    cut = pl.when("is_urban").then(standard.b1_cut("urban")).otherwise(standard.b1_cut("rural"))
    follows = (
        pl.when(pl.col("b1") > cut)
        .then(NONE)
        .when(pl.col("b2") >= standard.b2_cut_points.value)
        .then(POOR)
        .otherwise(NEAR)
    )
    wrong = province.rows.filter(pl.col("klass") != follows)
    assert wrong["is_contradiction"].all()
    assert 0 < wrong.height < 0.005 * province.rows.height


def test_b2_is_ten_points_a_mark(province: Province) -> None:
    marks = sum((pl.col("marks") // (1 << i) % 2 for i in range(12)), start=pl.lit(0))
    assert province.rows.filter(pl.col("b2") != 10 * marks).is_empty()


def test_identity_numbers_belong_to_nobody(province: Province) -> None:
    numbers = province.rows["written_number"].drop_nulls()
    assert numbers.str.starts_with(UNASSIGNED_PREFIX).all()
    assert (numbers.str.len_chars() == 12).all()
    assert len(set(province.households.number)) == len(province.households.number)


@pytest.mark.parametrize(
    ("fault", "share"),
    [
        (pl.col("written_number").is_null(), 0.15),
        (pl.col("written_birth").str.len_chars() == 4, 0.30),
    ],
)
def test_faults_for_linking_have_their_shares(
    province: Province, fault: pl.Expr, share: float
) -> None:
    assert province.rows.select(fault.mean()).item() == pytest.approx(share, abs=0.005)


def test_name_variants_are_five_in_a_hundred(province: Province) -> None:
    true = [province.households.name[h] for h in province.rows["household"]]
    assert (province.rows["written_name"] != pl.Series(true)).mean() == pytest.approx(
        0.05, abs=0.005
    )


def test_moves_and_splits_are_one_and_a_half_in_a_hundred_a_year(province: Province) -> None:
    rows = province.rows.filter(pl.col("year") > 2021)
    listed_before = rows.filter(pl.col("before") != NONE).height
    changed = rows.filter(pl.col("entry").is_in(["moved", "split"])).height
    assert changed / listed_before == pytest.approx(0.015, abs=0.003)


def test_rates_of_communes_differ_and_persist(province: Province) -> None:
    rate = province.quotas.poor / province.quotas.resident_households
    assert np.quantile(rate[:, 0], 0.9) > 2 * np.quantile(rate[:, 0], 0.1)
    assert np.corrcoef(rate[:, 0], rate[:, 3])[0, 1] > 0.8


def test_every_in_year_change_ends_in_the_class_of_that_years_list(province: Province) -> None:
    events = in_year_events(province)
    listed = events.join(
        province.rows.select("row_id", pl.col("klass").alias("at_review")), on="row_id"
    )
    assert listed.height == events.height > 1000
    assert (listed["klass"] == listed["at_review"]).all()
    assert (listed["month"].dt.year() == listed["year"]).all()
    assert listed.select("year", "household").is_duplicated().sum() == 0


def test_two_communes_are_late_in_the_newest_month_only(province: Province) -> None:
    assert [len(expected_units(province, month)) for month in months()] == (
        [226] * 8 + [175] * 10 + [57] * 13 + [55]
    )
    assert months()[-1] == LAST_MONTH


def test_small_is_the_same_truth_cut_to_six_communes(province: Province) -> None:
    from demo.province import imagine

    small = imagine(5, "small")
    kept = province.rows.filter(pl.col("home").is_in(small.home_numbers))
    assert small.rows.equals(kept)


@pytest.mark.parametrize(
    "counts", [(10, 30, 8, 22), (0, 0, 3, 4), (5, 5, 20, 1), (40, 90, 0, 0), (3, 200, 60, 9)]
)
def test_flows_meet_the_next_list(counts: tuple[int, int, int, int]) -> None:
    poor, near, poor_next, near_next = counts
    way = flows(poor, near, poor_next, near_next, Rates())
    assert way.poor_stay + way.near_to_poor + way.new_poor == poor_next
    assert way.near_stay + way.poor_to_near + way.new_near == near_next
    assert way.poor_stay + way.poor_to_near <= poor
    assert way.near_to_poor + way.near_stay <= near
    assert min(vars(way).values()) >= 0


def test_apportion_keeps_the_total() -> None:
    # 10 of weights 1:1:1 = 3.33 each; the one left over goes to the first of equal remainders
    assert apportion(10, np.array([1.0, 1.0, 1.0])).tolist() == [4, 3, 3]
