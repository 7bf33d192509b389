"""Unit names to codes: exact, tone style, tone-free; homonyms; older eras."""

import unicodedata
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text import strip_tones
from pipelines.unit_names import readings
from pipelines.units import resolve_for_date, resolve_former, resolve_unit, resolved
from reference.loading import crosswalk, units

IN_2023, IN_2024, IN_2025 = date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31)
COMMUNES = units().filter(pl.col("level") == "commune").to_dicts()
QUICK = settings(max_examples=80, deadline=None)


def parent_of(unit):
    return None if unit["era"] == "2025" else unit["parent_code"]


@given(st.sampled_from(COMMUNES))
@QUICK
def test_every_official_name_resolves_to_its_own_code(unit):
    for written in (
        unit["name"],
        unit["name"].upper(),
        f"UBND {unit['name']}",
        unicodedata.normalize("NFD", unit["name"]),
        f"  {unit['name'].replace(' ', chr(160))} ",
    ):
        found = resolve_unit(written, unit["era"], parent_of(unit))
        assert (found.code, found.era, found.how, found.warning) == (
            unit["code"], unit["era"], "exact", None,
        )  # fmt: skip


@given(st.sampled_from(COMMUNES))
@QUICK
def test_a_name_without_tones_resolves_to_its_unit_or_to_a_question(unit):
    found = resolve_unit(strip_tones(unit["name"]), unit["era"], parent_of(unit))
    assert found.code in (unit["code"], None)
    if found.code is None:
        names = {strip_tones(each.name) for each in found.candidates}
        assert found.how == "ambiguous"
        assert len(found.candidates) > 1
        assert names == {strip_tones(unit["name"])}


@given(st.sampled_from([unit for unit in COMMUNES if unit["era"] != "2025"]))
@QUICK
def test_an_older_name_with_its_district_leads_to_the_unit_in_force(unit):
    district = units().filter(
        (pl.col("era") == unit["era"]) & (pl.col("code") == unit["parent_code"])
    )["name"][0]
    found = resolve_for_date(unit["name"], district, IN_2025)
    if found.era == "2025":  # the commune of 2025 has the same type and name
        assert found.how == "exact"
        return
    column = f"code_{found.era}"
    later = crosswalk().filter(pl.col(column) == found.code)["code_2025"].unique().to_list()
    assert [found.code_in_force] == later
    assert "trước sáp nhập" in found.warning


@pytest.mark.parametrize(
    ("name", "district", "day", "code", "how"),
    [
        ("Xã Yên Bình", "Huyện Ý Yên", IN_2023, "13825", "exact"),
        ("XÃ YÊN BÌNH - HUYỆN Ý YÊN", None, IN_2023, "13825", "exact"),
        ("Yên Bình (Ý Yên)", None, IN_2023, "13825", "exact"),
        ("Xã Yên Bình, huyện Ý Yên, tỉnh Nam Định", None, IN_2023, "13825", "exact"),
        ("Xã Yên Bình - Nam Định", None, IN_2023, "13825", "exact"),
        ("13825", None, IN_2023, "13825", "exact"),
        ("X. Yên Bình", "H. Ý Yên", IN_2023, "13825", "exact"),
        ("Xuân Thuỷ", "Xuân Trường", IN_2023, "14113", "tone_style"),
        ("Yên Bính", "Ý Yên", IN_2023, "13825", "toneless"),
        ("XA YEN BINH", "Y YEN", IN_2023, "13825", "toneless"),
        ("PHUONG DINH", "Truc Ninh", IN_2023, "14029", "toneless"),
        ("Phương Định", "Trực Ninh", IN_2023, "14029", "exact"),
        ("TT. Gôi", "Vụ Bản", IN_2023, "13741", "exact"),
        ("Trực Hưng", "Trực Ninh", IN_2023, "14050", "exact"),
        ("Trực Hùng", "Trực Ninh", IN_2023, "14083", "exact"),
        ("Hồng Quang", "Ý Yên", IN_2024, "13876", "exact"),
        ("Hồng Quang", "Nam Trực", IN_2024, "13984", "exact"),
        ("Phường Hồng Quang", None, IN_2025, "13984", "exact"),
        ("xã Hồng Quang", "Ý Yên", IN_2025, "13876", "exact"),
        ("Xã Mỹ Hà", "Huyện Mỹ Lộc", IN_2024, "13711", "exact"),
        ("Xã Hải Hậu", None, IN_2025, "14215", "exact"),
    ],
)
def test_names_as_clerks_write_them(name, district, day, code, how):
    found = resolve_for_date(name, district, day)
    assert (found.code, found.how) == (code, how)


@pytest.mark.parametrize(
    ("name", "district", "day", "how", "candidates"),
    [
        ("Truc Hung", "Trực Ninh", IN_2023, "ambiguous", {"14050", "14083"}),
        ("Trực Hũng", "Trực Ninh", IN_2024, "ambiguous", {"14050", "14083"}),
        ("Hồng Quang", None, IN_2024, "ambiguous", {"13876", "13984"}),
        ("xã Hồng Quang", None, IN_2025, "ambiguous", {"13876", "13984"}),
        ("Quang Trung", None, IN_2023, "ambiguous", {"13645", "13768"}),
        ("Xã Yên Thành Đông", "Ý Yên", IN_2023, "unknown", set()),
        ("Yên Bình", "Nam Trực", IN_2023, "unknown", {"13825"}),
        ("Yên Bình", "Huyện Kim Sơn", IN_2023, "unknown", set()),
        ("Huyện Ý Yên", None, IN_2023, "unknown", set()),
        ("99999", None, IN_2023, "unknown", set()),
        ("", None, IN_2023, "unknown", set()),
    ],
)
def test_what_is_not_certain_is_asked(name, district, day, how, candidates):
    found = resolve_for_date(name, district, day)
    assert found.code is None
    assert found.how == how
    assert {unit.code for unit in found.candidates} == candidates
    assert found.warning


def test_a_name_unique_in_its_era_resolves_without_district_but_with_a_warning():
    found = resolve_for_date("Yên Bình", None, IN_2023)
    assert found.code == "13825"
    assert "không kèm huyện" in found.warning
    assert resolve_for_date("Phường Hồng Quang", None, IN_2025).warning is None


def test_an_older_commune_tells_its_era_and_the_commune_in_force():
    found = resolve_for_date("Xã Yên Bình", "Ý Yên", IN_2025)
    assert (found.code, found.era, found.code_in_force) == ("13825", "2024", "13834")
    assert "nay thuộc" in found.warning


def test_another_type_than_in_the_table_is_told():
    assert "loại đơn vị" in resolve_for_date("xã Mỹ Lộc", "Mỹ Lộc", IN_2023).warning


def test_a_former_commune_is_looked_for_inside_its_successor():
    for name, code in {
        "P. Nam Vân": "13705",
        "xã Nghĩa An": "13975",
        "Hồng Quang": "13984",
    }.items():
        found = resolve_former(name, "2025", "13984")
        assert (found.code, found.era, found.code_in_force) == (code, "2024", "13984")
    assert resolve_former("Yên Bình", "2025", "13984").how == "unknown"


def test_districts_and_provinces_have_their_own_level():
    assert resolve_unit("Huyện Ý Yên", "2020", level="district").code == "360"
    assert resolve_unit("TP. Nam Định", "2024", level="district").code == "356"
    assert resolve_unit("HUYEN MY LOC", "2020", level="district").code == "358"
    assert resolve_unit("Huyện Mỹ Lộc", "2024", level="district").how == "unknown"
    assert resolve_unit("Tỉnh Nam Định", "2020", level="province").code == "36"


def test_text_without_tones_has_two_readings():
    assert [each.name for each in readings("PHUONG DINH")] == ["dinh", "phuong dinh"]
    assert [each.name for each in readings("Phường Hạ Long")] == ["hạ long"]
    assert readings("Phương Định")[0].type is None


def test_columns_resolve_with_null_kept():
    rows = pl.DataFrame(
        {"xã": ["Yên Bình", None, "Trực Hưng"], "huyện": ["Ý Yên", None, "Trực Ninh"]}
    )
    found = rows.select(resolved(pl.col("xã"), pl.col("huyện"), IN_2023).alias("u"))["u"]
    assert found.struct.field("code").to_list() == ["13825", None, "14050"]
    alone = rows.select(resolved(pl.col("xã"), None, IN_2023).alias("u"))["u"]
    assert alone.struct.field("how").to_list() == ["exact", None, "exact"]
