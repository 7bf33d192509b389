"""Names of units to codes, by rule and never by guess.

A name is looked for as written (NFC), then without regard to the tone style (*Thuỷ*, *Thủy*), then
without tone marks, the last only if one name inside the parent can be meant in any era so far:
*Trực Hưng* and *Trực Hùng* are never taken for each other. Between homonyms the district decides;
without one there is a question.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import polars as pl

from pipelines.cell_reader import read_cells
from pipelines.unit_names import (
    COMMUNE_TYPES,
    DISTRICT_TYPES,
    Level,
    Reading,
    Spelling,
    Unit,
    bare,
    eras,
    find,
    parts,
    predecessors,
    readings,
    spelled,
    successor,
    unit,
)
from reference.loading import era_at

How = Literal["exact", "tone_style", "toneless", "ambiguous", "unknown"]
Scope = Callable[[Unit], bool]


@dataclass(frozen=True)
class Resolution:
    """The unit a name means, or why none.

    ``code`` and ``era`` name the unit found (null when ambiguous or unknown); ``code_in_force`` is
    the commune of the era asked for that holds it. ``candidates`` are the units that could be
    meant. ``warning`` (Vietnamese) tells what was assumed, or what to answer.
    """

    code: str | None
    era: str | None
    code_in_force: str | None
    how: How
    candidates: tuple[Unit, ...]
    warning: str | None


@lru_cache(maxsize=16_384)
def resolve_unit(
    name: str, era: str, parent: str | None = None, level: Level = "commune"
) -> Resolution:
    """The unit of one era that a name (or a code) means.

    ``parent`` is the district, by name or code of any era; a parent in the name itself ("Xã Yên
    Bình, huyện Ý Yên") counts when none is given.
    """
    return _resolve(name, (era,), parent, level)


@lru_cache(maxsize=16_384)
def resolve_for_date(name: str, district: str | None, day: date) -> Resolution:
    """The commune that a name means on a day: of the era in force, else of an older one.

    A name of an older era resolves to that unit, with a warning and the code in force.
    """
    in_force = era_at(day)
    older = [era for era in reversed(eras()) if era < in_force]
    return _resolve(name, (in_force, *older), district, "commune")


@lru_cache(maxsize=16_384)
def resolve_former(name: str, successor_era: str, successor_code: str) -> Resolution:
    """The older commune inside a commune of today that a name means (column "Xã/phường cũ").

    The newest older era that knows the name counts. ``code_in_force`` is the successor.
    """
    older = tuple(era for era in reversed(eras()) if era < successor_era)
    inside = {era: predecessors(successor_era, successor_code, era) for era in older}

    def is_inside(each: Unit) -> bool:
        return each.code in inside.get(each.era, frozenset())

    found = _search(readings(name), older, is_inside, "commune")
    if found is None:
        return _unknown(name, ())
    how, candidates = found
    if len(candidates) > 1:
        return _ambiguous(name, candidates)
    return Resolution(candidates[0].code, candidates[0].era, successor_code, how, candidates, None)


def resolved(names: pl.Expr, districts: pl.Expr | None, day: date) -> pl.Expr:
    """:func:`resolve_for_date` of columns, as a struct.

    Fields (all String): ``code``, ``era``, ``code_in_force``, ``how``, ``warning``; all null where
    the name is null.
    """

    def read(name: str | None, district: str | None = None) -> tuple[object, ...]:
        if name is None or not name.strip():
            return (None,) * 5
        found = resolve_for_date(name, district, day)
        return found.code, found.era, found.code_in_force, found.how, found.warning

    fields = ("code", "era", "code_in_force", "how", "warning")
    columns = [names] if districts is None else [names, districts]
    return read_cells(columns, read, dict.fromkeys(fields, pl.String))


def _resolve(
    written: str, wanted_eras: Sequence[str], parent: str | None, level: Level
) -> Resolution:
    text = written.strip()
    if text.isdigit():
        return _by_code(text, wanted_eras, level)
    first, *rest = parts(text) or [""]
    possible = [each for each in readings(first) if _fits(each, level)]
    districts = _district_codes(parent) if parent and parent.strip() else _first_district(rest)
    if districts == frozenset():
        return _unknown(written, (), f"không có huyện/thành phố “{parent}”")

    def is_inside(each: Unit) -> bool:
        return districts is None or level != "commune" or bool(each.districts & districts)

    found = _search(possible, wanted_eras, is_inside, level)
    if found is None:
        anywhere = _search(possible, eras()[::-1], lambda _: True, level)
        return _unknown(written, anywhere[1] if anywhere else ())
    how, candidates = found
    if len(candidates) > 1:
        return _ambiguous(written, candidates)
    return _certain(written, possible, wanted_eras[0], (how, candidates[0]), districts is not None)


def _search(
    possible: Sequence[Reading], wanted_eras: Sequence[str], is_inside: Scope, level: Level
) -> tuple[Spelling, tuple[Unit, ...]] | None:
    """The first way of comparing that finds units inside the scope, and these units.

    A name of the written type in an older era goes before a unit of another type in force.
    """
    close: tuple[Spelling, ...] = ("exact", "tone_style")
    for of_type in (True, False):
        for era in wanted_eras:
            for spelling in close:
                found = _found(possible, era, spelling, is_inside, level, of_type=of_type)
                if found:
                    return spelling, found
    for of_type in (True, False):
        for era in wanted_eras:
            found = _found(possible, era, "toneless", is_inside, level, of_type=of_type)
            if found:
                others = _other_names(found, possible, max(wanted_eras), is_inside, level)
                return "toneless", found + others
    return None


def _found(
    possible: Sequence[Reading], era: str, spelling: Spelling, is_inside: Scope, level: Level,
    *, of_type: bool,
) -> tuple[Unit, ...]:  # fmt: skip
    units = {
        each.code: each
        for reading in possible
        for each in find(era, level, reading, spelling)
        if is_inside(each) and (not of_type or reading.type in (None, each.type))
    }
    return tuple(units.values())


def _other_names(
    found: tuple[Unit, ...],
    possible: Sequence[Reading],
    last_era: str,
    is_inside: Scope,
    level: Level,
) -> tuple[Unit, ...]:
    """Units of any era so far with the same letters, other tones: they forbid a tone-free match."""
    known = {spelled(bare(each.name, each.type), "tone_style") for each in found}
    others = {
        key: each
        for era in eras()
        if era <= last_era
        for reading in possible
        for each in find(era, level, reading, "toneless")
        if (key := spelled(bare(each.name, each.type), "tone_style")) not in known
        and is_inside(each)
    }
    return tuple(others.values())


def _fits(reading: Reading, level: Level) -> bool:
    kinds = {"commune": COMMUNE_TYPES, "district": DISTRICT_TYPES, "province": {"tỉnh"}}[level]
    return reading.type is None or reading.type in kinds


def _first_district(names: Sequence[str]) -> frozenset[str] | None:
    """The district among the names that follow the unit's own; null when none is named."""
    named = (name for name in names if not _is_bare_province(name))
    return next((codes for codes in map(_district_codes, named) if codes), None)


def _is_bare_province(name: str) -> bool:
    """Whether a name after a comma is the province's: "Nam Định" alone is not the city there."""
    (first, *_) = readings(name)
    return first.type is None and any(find(era, "province", first, "toneless") for era in eras())


@lru_cache(maxsize=4_096)
def _district_codes(name: str) -> frozenset[str] | None:
    """Codes of a district by name or code; empty when unknown, null for a province."""
    text = name.strip()
    if text.isdigit():
        return frozenset(code for era in eras() for code in [text] if unit(era, code))
    possible = readings((parts(text) or [""])[0])
    if possible[0].type == "tỉnh" or "ninh bình" in possible[0].name:
        return None
    found = _search(possible, eras()[::-1], lambda _: True, "district")
    return frozenset(each.code for each in found[1]) if found else frozenset()


def _by_code(code: str, wanted_eras: Sequence[str], level: Level) -> Resolution:
    for era in wanted_eras:
        each = unit(era, code)
        if each is not None and each.level == level:
            return _certain(code, [Reading(None, code)], wanted_eras[0], ("exact", each), True)
    return _unknown(code, ())


def _certain(
    written: str,
    possible: Sequence[Reading],
    era: str,
    found: tuple[How, Unit],
    has_district: bool,
) -> Resolution:
    how, each = found
    now = successor(each.era, each.code, era) if each.level == "commune" else each.code
    remarks = []
    if not has_district and each.district_name:
        remarks.append(f"tên không kèm huyện, hiểu là {each.label}")
    if how == "toneless":
        remarks.append(f"tên viết không đúng dấu, hiểu là {each.name}")
    if possible[0].type not in (None, each.type):
        remarks.append(f"loại đơn vị khác với danh mục ({each.name})")
    if each.era != era and now:
        current = unit(era, now)
        remarks.append(
            f"{each.label} là đơn vị trước sáp nhập, nay thuộc {current.name if current else now}"
        )
    warning = f"“{written.strip()}”: {'; '.join(remarks)}." if remarks else None
    return Resolution(each.code, each.era, now, how, (each,), warning)


def _ambiguous(written: str, candidates: tuple[Unit, ...]) -> Resolution:
    names = ", ".join(each.label for each in candidates)
    warning = f"“{written.strip()}” có thể là {names}: ghi đủ tên có dấu, kèm tên huyện."
    return Resolution(None, None, None, "ambiguous", candidates, warning)


def _unknown(written: str, elsewhere: tuple[Unit, ...], why: str | None = None) -> Resolution:
    if why is None:
        names = ", ".join(f"{each.label}, danh mục {each.era}" for each in elsewhere)
        why = f"không có đơn vị này ở đây; cùng tên có {names}" if names else "không có đơn vị này"
    warning = (
        f"“{written.strip()}”: {why}. Ghi đúng tên trong danh mục hành chính hoặc mã 5 chữ số."
    )
    return Resolution(None, None, None, "unknown", elsewhere, warning)
