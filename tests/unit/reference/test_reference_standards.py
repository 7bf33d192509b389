"""Standards and indicators against the decree's figures."""

import re
from datetime import date

import pytest
from pydantic import ValidationError

from reference.citations import cited
from reference.loading import (
    FOLDER,
    agencies,
    agency_in_charge,
    indicators,
    review_standards,
    reviews,
    sources,
    standard_in_force,
    standards,
)
from reference.records import Sourced


@pytest.mark.parametrize(
    ("standard_id", "rural", "urban", "b1_rural", "b1_urban"),
    [
        ("2016-2020", 700_000, 900_000, 120, 140),
        ("2022-2026", 1_500_000, 2_000_000, 140, 175),
        ("2027-2030", 2_200_000, 2_800_000, None, None),  # the new circular was not found
    ],
)
def test_lines_and_cuts(standard_id, rural, urban, b1_rural, b1_urban):
    standard = standards()[standard_id]
    assert standard.income_line_vnd("rural") == rural
    assert standard.income_line_vnd("urban") == urban
    assert standard.b1_cut("rural") == b1_rural
    assert standard.b1_cut("urban") == b1_urban
    assert standard.min_deprivations.value == 3


def test_b2_of_the_standard_in_force():
    standard = standards()["2022-2026"]
    # three indicators at ten points each
    assert standard.b2_cut_points.value == 30
    assert standard.b2_points_per_deprivation.value == 10
    assert standard.rule.value == "income_and_deprivation"


def test_band_exists_only_under_the_older_rule():
    for standard in standards().values():
        has_band = standard.income_band_upper_rural_vnd is not None
        assert has_band == (standard.rule.value == "income_or_band_and_deprivation")
    assert standards()["2016-2020"].income_band_upper_rural_vnd.value == 1_000_000
    assert standards()["2016-2020"].income_band_upper_urban_vnd.value == 1_300_000


def test_nothing_of_the_draft_decree():
    """The draft's lines of 1.9 and 2.5 million, poor whatever the deprivations, were dropped."""
    text = (FOLDER / "standards.yml").read_text(encoding="utf-8")
    assert not re.search(r"\b(1900000|2500000)\b", text)
    assert standards()["2027-2030"].income_band_upper_rural_vnd is None


def test_policy_years_have_no_overlap_and_no_hole():
    assert [standard_in_force(year) for year in (2016, 2021, 2022, 2026, 2027, 2030)] == [
        "2016-2020", "2016-2020", "2022-2026", "2022-2026", "2027-2030", "2027-2030",
    ]  # fmt: skip
    with pytest.raises(KeyError):
        standard_in_force(2031)


def test_two_reviews_have_two_standards():
    assert set(reviews()) == set(range(2016, 2031))
    assert review_standards(2021) == ("2022-2026", "2016-2020")
    assert review_standards(2026) == ("2022-2026", "2027-2030")
    others = [review_standards(year) for year in reviews() if year not in (2021, 2026)]
    assert all(len(found) == 1 for found in others)
    assert review_standards(2020) == ("2016-2020",)
    assert review_standards(2024) == ("2022-2026",)
    assert reviews()[2026].mark == "derived"
    known = set(standards())
    assert all(set(review.standards) <= known for review in reviews().values())


def test_unknown_cannot_look_like_a_fact():
    with pytest.raises(ValidationError):
        Sourced[int](value=None, mark="verified", source="Nghị định")
    with pytest.raises(ValidationError):
        Sourced[int](value=5, mark="gap", source="Nghị định")


def test_the_twelve_in_the_order_of_the_form():
    assert [indicator.code for indicator in indicators()] == [
        "employment", "dependency", "nutrition", "health_insurance", "adult_education",
        "child_school", "housing_quality", "housing_area", "water", "sanitation", "internet",
        "info_assets",
    ]  # fmt: skip
    assert [indicator.position for indicator in indicators()] == list(range(1, 13))
    assert {indicator.points for indicator in indicators()} == {10}
    # 6 dimensions of two indicators each
    dimensions = [indicator.dimension for indicator in indicators()]
    assert dimensions[::2] == dimensions[1::2]
    assert len(set(dimensions)) == 6


def test_indicators_name_the_agency_of_the_plan():
    for indicator in indicators():
        agency = agency_in_charge(indicator.responsible_role, date(2022, 12, 31))
        assert agency.agency_id == indicator.responsible_agency_id


def test_poverty_reduction_moves_with_the_dated_agencies():
    held = [
        agency_in_charge("poverty_reduction", day).agency_id
        for day in (date(2025, 2, 28), date(2025, 3, 1), date(2025, 7, 1), date(2026, 9, 15))
    ]
    assert held == ["so_ldtbxh", "so_nnmt", "so_nnmt_ninh_binh", "so_nnmt_ninh_binh"]


def test_every_successor_holds_the_role_from_the_next_day():
    held = {(agency.role, agency.agency_id): agency for agency in agencies()}
    assert len(held) == len(agencies())
    for agency in agencies():
        if agency.successor_id:
            successor = held[agency.role, agency.successor_id]
            assert agency.valid_to is not None
            assert successor.valid_from is not None
            assert (successor.valid_from - agency.valid_to).days == 1
        else:
            assert agency.valid_to is None or agency.note, agency.agency_id


def test_every_quoted_source_is_listed():
    listed = set(sources()["source_id"])
    quoted = set()
    for path in [*FOLDER.glob("*.yml"), *FOLDER.glob("*.csv"), *FOLDER.glob("*/*.yml")]:
        quoted |= set(re.findall(r"\[([A-Z]+\d*)\]", path.read_text(encoding="utf-8")))
    assert quoted <= listed
    assert sources()["source_id"].is_unique().all()


def test_a_mark_becomes_the_name_and_number_of_its_source():
    assert cited("Bảng số liệu (gis.csv) [S22]") == "Bảng số liệu (nguồn số 22: iPoor)"
    assert cited("Bảng số liệu [S22] ghi 2.826") == "Bảng số liệu (nguồn số 22: iPoor) ghi 2.826"
    assert cited("[S22] cột 3") == "nguồn số 22: iPoor, cột 3"
    assert cited("New Ninh Bình [S25]", "en").endswith("(source 25: Thời báo Tài chính Việt Nam)")
    assert sources()["name"].null_count() == 0
