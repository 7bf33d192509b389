"""Where clerks put their files and what they call them."""

from demo.geography import Unit
from demo.names import without_tone
from demo.randomness import stream

MARK_FILE = "demo.json"
ANSWERS_FILE = "inbox.csv"
TRUTH_FOLDER = "_truth"
CORRECTIONS = "bo-sung"
"""Sorts after the folders named by year, so that a correction is read after what it corrects."""
IN_YEAR = "thuong-xuyen"


class Paths:
    """Gives out file paths inside the inbox, each once, whatever the file system thinks of case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, folder: str, stem: str, ending: str) -> str:
        """``folder/stem.ending``, with a number as the spreadsheet program adds it when taken."""
        number, path = 1, f"{folder}/{stem}.{ending}"
        while path.lower() in self._taken:
            number += 1
            path = f"{folder}/{stem} ({number}).{ending}"
        self._taken.add(path.lower())
        return path


def place(year: int, unit: Unit) -> str:
    """Folder of a commune's files: by year and district, since 2025 by year and commune."""
    return f"{year}/{unit.district_name or unit.name}"


def list_stem(seed: int, year: int, unit: Unit) -> str:
    """File name of a review list as this commune's clerk writes it."""
    rng = stream(seed, "file name", year, int(unit.code))
    plain = without_tone(unit.name)
    words = "".join(word.capitalize() for word in without_tone(unit.short_name).split())
    styles = (
        f"DS RA SOAT HN, HCN {year} - {plain.upper()}",
        f"Danh sách hộ nghèo, cận nghèo {unit.name} {year}",
        f"{words}_rasoat_{year}",
        f"{unit.name} - rà soát {year}",
        f"{unit.name} nop {year} (ban cuoi)",
    )
    return styles[int(rng.integers(len(styles)))]
