"""Names of administrative units as people write them, and the units they could mean."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, NamedTuple

from pipelines.text import collapse_spaces, fold, strip_tones, to_nfc
from reference.loading import crosswalk, units

Level = Literal["commune", "district", "province"]
Spelling = Literal["exact", "tone_style", "toneless"]

_AUTHORITY = re.compile(r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|uy ban nhan dan)\s+")
_PREFIXES = (
    ("thị trấn", r"thị trấn\s+|thi tran\s+|tt(?:\.\s*|\s+)"),
    ("phường", r"phường\s+|phuong\s+|p(?:\.\s*|\s+)"),
    ("xã", r"xã\s+|xa\s+|x(?:\.\s*|\s+)"),
    ("huyện", r"huyện\s+|huyen\s+|h(?:\.\s*|\s+)"),
    ("thành phố", r"thành phố\s+|thanh pho\s+|tp(?:\.\s*|\s+)|t\.\s?p\.?\s*"),
    ("tỉnh", r"tỉnh\s+|tinh\s+"),
)
_PREFIX_PATTERNS = tuple((kind, re.compile(f"^(?:{forms})")) for kind, forms in _PREFIXES)
_TONELESS_PREFIX = re.compile("^(?:thi tran|phuong|xa|huyen|thanh pho|tinh) ")
_SEPARATOR = re.compile(r"\s*[,;()\[\]/–—-]\s*")
_FORMERLY = re.compile(r"\s+(?:cũ|cu|mới|moi)$")
COMMUNE_TYPES = frozenset({"xã", "phường", "thị trấn"})
DISTRICT_TYPES = frozenset({"huyện", "thành phố"})


class Reading(NamedTuple):
    """One way to read a written name: its type when it says one, and the name without it."""

    type: str | None
    name: str


@dataclass(frozen=True)
class Unit:
    """A unit of the reference table with what is needed to find it by name.

    ``districts`` are the codes of the districts that its area lay in, in any era up to its own.
    """

    era: str
    code: str
    name: str
    type: str
    level: str
    district_name: str | None
    districts: frozenset[str] = field(default_factory=frozenset)

    @property
    def label(self) -> str:
        """Name with its district, for messages."""
        return f"{self.name} ({self.district_name})" if self.district_name else self.name


def parts(written: str) -> list[str]:
    """The units named one after the other: "Xã Yên Bình - huyện Ý Yên" gives two."""
    return [part for part in _SEPARATOR.split(collapse_spaces(to_nfc(written))) if part]


def readings(written: str) -> list[Reading]:
    """The ways to read one name, the likeliest first.

    Text without tone marks has two: "PHUONG DINH" is *phường Định* or the name *Phương Định*.
    """
    text = _AUTHORITY.sub("", _FORMERLY.sub("", collapse_spaces(to_nfc(written)).lower()))
    for kind, pattern in _PREFIX_PATTERNS:
        match = pattern.match(text)
        if match and match.end() < len(text):
            read = Reading(kind, text[match.end() :])
            return [read, Reading(None, text)] if _TONELESS_PREFIX.match(text) else [read]
    return [Reading(None, text)]


def spelled(name: str, spelling: Spelling) -> str:
    """The key of a name (without type, lower case, NFC) under one way of comparing."""
    if spelling == "exact":
        return name
    return fold(name) if spelling == "tone_style" else strip_tones(fold(name))


def find(era: str, level: Level, reading: Reading, spelling: Spelling) -> list[Unit]:
    """Units of an era whose name is spelled like the reading, whatever their type."""
    return _index()[era, level, spelling].get(spelled(reading.name, spelling), [])


def unit(era: str, code: str) -> Unit | None:
    """The unit of that era with that code."""
    return _by_code().get((era, code))


@cache
def eras() -> tuple[str, ...]:
    """All eras, oldest first."""
    return tuple(units()["era"].unique().sort().to_list())


@cache
def successor(era: str, code: str, later_era: str) -> str | None:
    """Code of the commune of a later era that holds this commune; null when there is none."""
    if era == later_era:
        return code
    return next(iter(_crossed(era, later_era).get(code, ())), None)


@cache
def predecessors(era: str, code: str, earlier_era: str) -> frozenset[str]:
    """Codes of the communes of an earlier era that lie in this commune."""
    return frozenset(_crossed(era, earlier_era).get(code, ()))


@cache
def _crossed(era: str, other_era: str) -> Mapping[str, Sequence[str]]:
    """Codes of another era by code of this one, in the order of the crosswalk."""
    codes = defaultdict[str, list[str]](list)
    for code, other in crosswalk().select(f"code_{era}", f"code_{other_era}").iter_rows():
        codes[code].append(other)
    return codes


@cache
def province_code(era: str) -> str:
    """Code of the province in an era."""
    return str(units().filter(era=era, level="province")["code"].item())


def bare(official_name: str, kind: str) -> str:
    """An official name without its type, lower case: "Xã Yên Bình" is "yên bình"."""
    text = to_nfc(official_name).lower()
    return text.removeprefix(kind).strip()


@cache
def _by_code() -> dict[tuple[str, str], Unit]:
    table = {(row["era"], row["code"]): row for row in units().iter_rows(named=True)}
    found = {}
    for (era, code), row in table.items():
        parent = table.get((row["parent_era"], row["parent_code"]))
        has_district = parent is not None and parent["level"] == "district"
        found[era, code] = Unit(
            era, code, row["name"], row["type"], row["level"],
            parent["name"] if parent is not None and has_district else None,
            _districts(era, code, table) if row["level"] == "commune" else frozenset(),
        )  # fmt: skip
    return found


def _districts(era: str, code: str, table: dict[tuple[str, str], dict[str, str]]) -> frozenset[str]:
    codes = {(era, code)}
    for earlier in (each for each in eras() if each < era):
        codes |= {(earlier, each) for each in predecessors(era, code, earlier)}
    parents = {(table[each]["parent_era"], table[each]["parent_code"]) for each in codes}
    return frozenset(
        parent for era_of, parent in parents if table[era_of, parent]["level"] == "district"
    )


@cache
def _index() -> dict[tuple[str, str, str], dict[str, list[Unit]]]:
    index: dict[tuple[str, str, str], dict[str, list[Unit]]] = defaultdict(
        lambda: defaultdict(list)
    )
    spellings: tuple[Spelling, ...] = ("exact", "tone_style", "toneless")
    for each in _by_code().values():
        for spelling in spellings:
            key = spelled(bare(each.name, each.type), spelling)
            index[each.era, each.level, spelling][key].append(each)
    return index
