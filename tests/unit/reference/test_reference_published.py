"""Published figures, golden: a typing error here would become the province's figure."""

import polars as pl
import pytest

from reference.loading import published, standards

YEARS = ("2021", "2022", "2023", "2024")


def series(series_id: str, measure: str, standard_id: str | None = "2022-2026") -> dict[str, float]:
    rows = published().filter(
        pl.col("series_id") == series_id,
        pl.col("measure") == measure,
        pl.col("standard_id").eq_missing(pl.lit(standard_id)),
        pl.col("value").is_not_null(),
    )
    return dict(rows.select("period", "value").iter_rows())


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("poor_household_count", (11_088, 8_522, 7_041, 6_131)),
        ("near_poor_household_count", (32_062, 22_241, 17_803, 15_099)),
        ("resident_household_count", (636_176, 644_131, 645_036, 645_256)),
        ("poor_household_rate", (1.74, 1.32, 1.09, 0.95)),
        ("near_poor_household_rate", (5.04, 3.45, 2.76, 2.34)),
        ("poor_and_near_poor_household_rate", (6.78, 4.78, 3.85, 3.29)),
    ],
)
def test_nam_dinh_under_the_new_standard(measure, values):
    assert series("nam_dinh_review", measure) == dict(zip(YEARS, values, strict=True))


def test_nam_dinh_under_the_older_standard():
    old = ("2016", "2017", "2018", "2019", "2020")
    counts = series("nam_dinh_review", "poor_household_count", "2016-2020")
    assert counts == dict(zip(old, (23_477, 18_267, 13_106, 9_443, 5_338), strict=True))
    near = series("nam_dinh_review", "near_poor_household_count", "2016-2020")
    assert near == dict(zip(old, (36_126, 40_624, 38_898, 37_609, 32_030), strict=True))


def test_rates_follow_from_counts_and_residents():
    """Each printed rate is the count over the derived residents, to the second digit."""
    residents = series("nam_dinh_review", "resident_household_count")
    poor = series("nam_dinh_review", "poor_household_count")
    near_poor = series("nam_dinh_review", "near_poor_household_count")
    for year in YEARS:
        poor_rate = series("nam_dinh_review", "poor_household_rate")[year]
        near_poor_rate = series("nam_dinh_review", "near_poor_household_rate")[year]
        assert round(100 * poor[year] / residents[year], 2) == pytest.approx(poor_rate)
        assert round(100 * near_poor[year] / residents[year], 2) == pytest.approx(near_poor_rate)


def test_resident_totals_say_that_they_are_derived():
    rows = published().filter(series_id="nam_dinh_review", measure="resident_household_count")
    known = rows.filter(pl.col("value").is_not_null())
    assert set(known["mark"]) == {"derived"}
    assert known["derived_note"].str.contains("± 0,15 %", literal=True).all()


def test_survey_is_another_indicator_without_a_standard():
    rates = series("nam_dinh_gso_survey", "gso_multidimensional_poverty_rate", None)
    assert list(rates.values()) == [4.2, 3.6, 2.78, 2.33, 1.98, 1.82, 1.43, 0.99, 0.73]
    assert published().filter(series_id="nam_dinh_gso_survey")["standard_id"].null_count() == 18


def test_nation_and_region():
    assert series("nation_review", "poor_household_rate") == {
        "2022": 4.03, "2023": 2.93, "2024": 1.93,
    }  # fmt: skip
    assert series("nation_review", "poor_household_rate", "2016-2020") == {"2021": 2.23}
    assert series("red_river_delta_review", "poor_and_near_poor_household_count")["2023"] == 129_779
    assert series("ninh_binh_new_review", "poor_household_count")["2024"] == 15_172


def test_conflicts_stand_side_by_side():
    press = published().filter(series_id="nam_dinh_press_2024_05")
    assert press["value"].to_list() == [1.32]
    conflicting = {
        "nam_dinh_press_2024_05", "ninh_binh_new_gso_mean", "ninh_binh_old_preliminary_2021_11",
        "ninh_binh_old_press_2024", "thai_binh_review", "ha_noi_review",
    }  # fmt: skip
    rows = published().filter(pl.col("series_id").is_in(conflicting))
    assert set(rows["series_id"]) == conflicting
    assert rows["conflict_note"].null_count() == 0


def test_every_figure_has_source_status_and_mark():
    frame = published()
    required = ["series_id", "series_vi", "series_en", "geography", "measure", "period", "unit"]
    for column in [*required, "source", "status", "mark"]:
        assert frame[column].null_count() == 0, column
    assert set(frame["mark"]) == {"verified", "recalled", "derived", "gap"}
    assert set(frame["status"]) <= {"estimate", "preliminary", "official", "restated"}
    assert set(frame["unit"]) == {"household", "pct", "thousand_vnd"}
    assert set(frame["standard_id"].drop_nulls()) <= set(standards())
    assert (frame["value"].is_null() == (frame["mark"] == "gap")).all()
    assert frame.filter(mark="derived")["derived_note"].null_count() == 0
    assert frame.select("series_id", "measure", "period", "standard_id").is_unique().all()


def test_what_is_not_known_is_a_gap():
    gaps = published().filter(mark="gap", series_id="nam_dinh_review")
    found = set(gaps.select("measure", "period", "standard_id").iter_rows())
    assert ("poor_household_count", "2021", "2016-2020") in found
    assert ("poor_household_count", "2025", "2022-2026") in found
