"""A row that names a unit of any level: the province, a district or a commune."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipelines.title_words import is_own_province, units_named
from pipelines.unit_names import Level, province_code
from pipelines.units import resolve_for_date, resolve_unit


@dataclass(frozen=True, slots=True)
class Named:
    """A unit in force, as its row names it."""

    era: str
    code: str
    level: Level


@lru_cache(maxsize=16_384)
def unit_named(name: str, era: str, district: str | None, day: date) -> Named | str:
    """The unit of ``era`` that a row names, or what is wrong with the name (Vietnamese).

    "Toàn tỉnh" and the province's name are the province; a bare name is a commune if one has it,
    else a district.
    """
    words = units_named([name])
    level = words[0].level if words else None
    if level == "province" or is_own_province(name) or name.casefold() in ("toàn tỉnh", "cấp tỉnh"):
        return Named(era, province_code(era), "province")
    warning = None
    if level != "district":
        found = resolve_for_date(name, district, day)
        if found.code_in_force:
            return Named(era, found.code_in_force, "commune")
        warning = found.warning
    above = resolve_unit(name, era, level="district")
    if level != "commune" and above.code:
        return Named(era, above.code, "district")
    return warning or above.warning or f"không có đơn vị “{name}”"
