"""The whole demo province against the published figures of the reviews (domain: iPoor compilation, S22)."""

from functools import partial

import pytest

pytestmark = pytest.mark.province

# Household review of Nam Định, end of year, Decree 07/2021: published counts.
PUBLISHED = {
    "poor_household_count": {"2021": 11_088, "2022": 8_522, "2023": 7_041, "2024": 6_131},
    "near_poor_household_count": {"2021": 32_062, "2022": 22_241, "2023": 17_803, "2024": 15_099},
    # derived from the near-poor count and rate, ± 0,15 %
    "resident_household_count": {
        "2021": 636_176,
        "2022": 644_131,
        "2023": 645_036,
        "2024": 645_256,
    },
}
# 2025 is synthetic: the province has merged and published nothing for its former territory.
SYNTHETIC = {"poor_household_count": {"2025": 4_825}, "near_poor_household_count": {"2025": 13_730}}
RATES = {"2021": 1.74, "2022": 1.32, "2023": 1.09, "2024": 0.95}
CASES = [
    (measure, period, value)
    for figures in (PUBLISHED, SYNTHETIC)
    for measure, by_period in figures.items()
    for period, value in by_period.items()
]


@pytest.fixture(scope="module")
def told(province, ask):
    return partial(ask, province.data)


@pytest.mark.parametrize(("measure", "period", "value"), CASES)
def test_the_province_adds_up_to_the_published_count(told, measure, period, value):
    (row,) = told(measure, "--period", period)
    assert (row["value"], row["mark"], row["level"]) == (value, "ok", "province")
    assert row["units_reported"] == row["units_expected"]


@pytest.mark.parametrize(("period", "value"), RATES.items())
def test_the_rate_is_the_published_one(told, period, value):
    (row,) = told("poor_household_rate", "--period", period)
    assert row["value"] == value


@pytest.mark.parametrize("measure", ["poor_household_count", "near_poor_household_count"])
@pytest.mark.parametrize("period", ["2021", "2023", "2024", "2025"])
def test_districts_and_communes_add_up(told, measure, period):
    (total,) = told(measure, "--period", period)
    districts = told(measure, "--period", period, "--by", "district")
    communes = told(measure, "--period", period, "--by", "commune")
    assert len(districts) == 11
    assert [row["unit_code"] for row in districts].count("not_attributable") == 1
    assert len(communes) == {"2021": 226, "2023": 226, "2024": 175, "2025": 57}[period]
    for rows in (districts, communes):
        assert sum(row["value"] or 0 for row in rows) == total["value"]


def test_2021_in_the_57_communes_has_the_same_sum(told):
    rows = told("poor_household_count", "--period", "2021", "--by", "commune", "--era", "2025")
    assert len(rows) == 57
    assert sum(row["value"] for row in rows) == 11_088


@pytest.mark.parametrize("period", ["2025-Q3", "2026-Q3", "2025-H1", "2025-08"])
def test_running_lists_exist(told, period):
    (row,) = told("poor_household_count", "--period", period)
    assert row["mark"] == "ok"
    assert row["units_expected"] in (57, 175)


def test_the_running_review_is_preliminary_and_partial(told):
    (row,) = told("poor_household_count", "--period", "2026")
    assert (row["status"], row["units_reported"], row["units_expected"]) == ("preliminary", 31, 57)


def test_every_file_is_accounted_for(province):
    assert len(province.report["files"]) > 900
    for file in province.report["files"]:
        accounted = file["rows_loaded"] + file["rows_rejected"] + file["rows_not_data"]
        assert file["rows_read"] == accounted, file["path"]


def test_every_check_of_the_gate_was_run(province):
    assert province.report["checks"]["not_run"] == 0
