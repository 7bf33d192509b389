"""A commune's list sent again with another class for one household: what a correction is, in a bench and in a test."""

import re
import zipfile
from pathlib import Path

_POOR, _NEAR_POOR = "Hộ nghèo", "Hộ cận nghèo"
_STRINGS, _SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"


def correct_a_list(folder: Path, target: Path) -> Path:
    """Write to ``target`` a review list of ``folder`` with one near-poor household more as poor; answers which list.

    Raises:
        LookupError: no list of the folder names its classes in full.
    """
    for source in sorted(folder.rglob("*.xlsx")):
        parts = _parts(source)
        words = re.findall(r"<si><t[^>]*>([^<]*)</t></si>", parts.get(_STRINGS, b"").decode())
        if {_POOR, _NEAR_POOR, "Kết quả rà soát"} <= set(words):
            sheet = _one_poor_more(parts[_SHEET].decode(), words)
            if sheet is not None:
                _write(target, parts | {_SHEET: sheet.encode()})
                return source
    raise LookupError(f"no list in {folder} to be corrected")


def _parts(path: Path) -> dict[str, bytes]:
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _one_poor_more(sheet: str, words: list[str]) -> str | None:
    """The column of the result follows that of the class before: the second class of a row is the one decided."""
    poor, near_poor = words.index(_POOR), words.index(_NEAR_POOR)
    cell = r'<c r="[A-Z]+\d+"[^>]* t="s"><v>{}</v></c>'
    both = re.search(cell.format(near_poor) + cell.format(near_poor), sheet)
    if both is None:
        return None
    start, end = both.span()
    decided = both.group().rsplit(f"<v>{near_poor}</v>", 1)
    return sheet[:start] + f"<v>{poor}</v>".join(decided) + sheet[end:]


def _write(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
