"""What a report speaks of: figures of one build through the door, and nothing computed beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import polars as pl

import reference.loading
from measures.catalogue import cards
from measures.comparison import Change, contributions, is_whole
from measures.deprivations import MEASURES as DEPRIVATIONS
from measures.form_cells import Cells
from reference.loading import agency_in_charge, era_at, indicators
from reference.periods import last_day
from reference.yaml_file import read_yaml
from reports.vietnamese import DEMO_MARK, PUBLIC_MARK, STATUS
from warehouse.door import Door

if TYPE_CHECKING:
    from reports.meeting.since import Since

Row = dict[str, Any]
Key = tuple[str, str]
COVERAGE_MEASURE = "poor_household_count"
_COMMUNE_MEASURES = (
    "resident_household_count",
    "poor_household_count",
    "poor_household_rate",
    "near_poor_household_count",
    "near_poor_household_rate",
)
NOT_A_UNIT = "not_attributable"


@dataclass(frozen=True)
class ReportContent:
    """Figures of a report.

    ``official`` is the yearly review it speaks of and ``official_before`` the one before; ``running`` a month
    or half-year of the running list, ``year_ago`` the same a year before. ``province`` holds the rows of the
    whole area by (measure, period); ``communes`` those of the period ``placed`` by (measure, unit code), and
    ``communes_before`` those of ``placed_before`` in the same units. ``balance`` are the cells of form 2 for
    ``official``, if every commune is in them, ``since`` what the meeting before said. ``notes`` say who and why, ``link`` is the view on screen with the same figures.
    """

    name: str
    build_id: str
    as_of: date
    official: str
    official_before: str
    running: str | None
    year_ago: str | None
    placed: str
    placed_before: str | None
    province: dict[Key, Row]
    communes: dict[Key, Row]
    communes_before: dict[Key, Row]
    years: tuple[str, ...]
    today: date
    link: str
    is_demo: bool
    is_public: bool = False
    notes: tuple[tuple[str, str], ...] = ()
    balance: Cells = field(default_factory=dict)
    since: "Since | None" = None

    def row(self, measure: str, period: str | None) -> Row | None:
        """The whole area's row, or None."""
        return self.province.get((measure, period)) if period else None

    def ranked(self, measure: str) -> list[Row]:
        """Communes by figure, the highest first, equal ones by code; none unless all of them have one."""
        rows = [row for (name, _), row in self.communes.items() if name == measure]
        if not is_whole(self.row(COVERAGE_MEASURE, self.placed)):
            return []
        if any(row["value"] is None for row in rows):
            return []
        return sorted(rows, key=lambda row: (-row["value"], row["unit_code"]))

    def changed_most(self, measure: str) -> list[Change]:
        """Change of every commune from ``placed_before`` to ``placed``, the largest fall first."""
        before, now = (
            {code: row for (name, code), row in rows.items() if name == measure}
            for rows in (self.communes_before, self.communes)
        )
        return contributions(before, now, whole=self.row(measure, self.placed))

    def listed(self) -> list[Row]:
        """Communes that reported: ranked where all did, else by code."""
        rows = [row for (name, _), row in self.communes.items() if name == "poor_household_rate"]
        known = [row for row in rows if row["mark"] != "no_data"]
        return self.ranked("poor_household_rate") or sorted(known, key=lambda row: row["unit_code"])

    def missing_units(self) -> list[str]:
        """Names of communes that did not report on ``placed``; one that is suppressed did."""
        return [
            row["unit_name"]
            for (name, _), row in self.communes.items()
            if name == COVERAGE_MEASURE and row["mark"] == "no_data"
        ]

    def deprivations(self) -> list[tuple[str, str, Row]]:
        """(label, responsible role, row) of the poor's deprivations as the official form has them.

        The most frequent stands first where every commune's list carries the marks.
        """
        found = []
        for indicator in indicators():
            row = self.row(f"deprivation_{indicator.code}_among_poor", self.official)
            if row is not None and row["value"] is not None:
                found.append((indicator.label_vi, indicator.responsible_role, row))
        if not all(is_whole(row) for _, _, row in found):
            return found
        return sorted(found, key=lambda each: -each[2]["value"])

    def worst_deprivations(self) -> list[tuple[str, str, Row]]:
        """The same, the most frequent first; none while the marks of a commune are missing."""
        found = self.deprivations()
        return found if all(is_whole(row) for _, _, row in found) else []

    def half_years(self, measure: str) -> list[Row]:
        """The measure's half-years up to the day of the figures, the newest first."""
        return half_years_until(self.province, measure, self.as_of)

    @property
    def checksum(self) -> str:
        """First 16 digits of the SHA-256 over every figure."""
        said = [self.name, self.build_id]
        for rows in (self.province, self.communes, self.communes_before):
            said += [f"{key}={row['value']}/{row['mark']}" for key, row in sorted(rows.items())]
        said += [f"{column}={cell.value}" for column, cell in self.balance.items()]
        if self.since is not None:
            said.append(f"{self.since.meeting.build_id}: {self.since.said}")
        return sha256("\n".join(said).encode()).hexdigest()[:16]

    @property
    def standing(self) -> str:
        """Status and coverage of the figures that the report begins with."""
        row = self.row(COVERAGE_MEASURE, self.placed)
        if row is None or row["status"] is None:
            return "chưa có số liệu"
        coverage = f"{row['units_reported']}/{row['units_expected']} xã đã báo cáo"
        return f"{STATUS[row['status']]}, {coverage}"

    @property
    def stamp(self) -> str:
        """What stands over every page: simulated, public, or nothing."""
        marks = [(self.is_demo, DEMO_MARK), (self.is_public, PUBLIC_MARK)]
        return " · ".join(text for is_so, text in marks if is_so)

    @property
    def source_line(self) -> str:
        """Where the figures come from, for the foot of every page."""
        return (
            f"Bản dựng {self.build_id} · số liệu đến {self.as_of:%d/%m/%Y} · {self.standing} · "
            f"mã kiểm tra {self.checksum}"
        )


def half_years_until(province: dict[Key, Row], measure: str, day: date) -> list[Row]:
    """Rows of a measure's half-years up to a day, the newest first."""
    until = f"{day.year}-H{1 if day.month <= 6 else 2}"
    halves = [
        row
        for (name, each), row in province.items()
        if name == measure and each[4:6] == "-H" and each <= until
    ]
    return sorted(halves, key=lambda row: str(row["period"]), reverse=True)


@cache
def pack_definition() -> dict[str, Any]:
    """What a report speaks of, as it stands in ``reference/meeting_pack.yml``."""
    path = Path(reference.loading.FOLDER) / "meeting_pack.yml"
    content: dict[str, Any] = read_yaml(path)
    return content


def label(measure: str) -> str:
    """Name of a measure in Vietnamese; its own name where this version has no card for it."""
    card = cards().get(measure)
    return card.label_vi if card else measure


def agency(role: str, on: date) -> str:
    """Name of the agency in charge, or in words that nobody is recorded."""
    try:
        return agency_in_charge(role, on).name_vi
    except KeyError:
        return "chưa rõ cơ quan phụ trách"


def whole_area(door: Door, more: Iterable[str] = ()) -> dict[Key, Row]:
    """Rows of the whole area, every period, by (measure, period): what every report speaks of and ``more``."""
    pack = pack_definition()
    names = {
        *pack["headline"],
        *(target["measure"] for target in pack["targets"]),
        *(flow["measure"] for flow in pack["flows"]),
        *(measure.name for measure in DEPRIVATIONS if measure.name.endswith("_among_poor")),
        "resident_household_count",
        *more,
    }
    rows = door.estimates(sorted(names))
    return {(row["measure"], row["period"]): row for row in rows.iter_rows(named=True)}


def communes_of(door: Door, period: str, era: str | None = None) -> dict[Key, Row]:
    """Rows of the communes in a period by (measure, code): in the units of then, or re-expressed."""
    rows = door.estimates(_COMMUNE_MEASURES, level="commune", periods=[period], era=era)
    return {
        (row["measure"], row["unit_code"]): row
        for row in rows.iter_rows(named=True)
        if row["unit_code"] != NOT_A_UNIT
    }


def both_communes(
    door: Door, period: str, before: str | None
) -> tuple[dict[Key, Row], dict[Key, Row]]:
    """Rows of the communes in a period, and of the period before in the same units."""
    era = era_at(last_day(period))
    return communes_of(door, period), communes_of(door, before, era) if before else {}


def is_demo_and_today(door: Door) -> tuple[bool, date]:
    """Whether the build's figures are simulated, and the day it counts as today."""
    facts = door.build_facts()
    return bool(facts["is_demo"]), cast(date, facts["today"])


def years_of(periods: pl.DataFrame, until: str) -> tuple[str, ...]:
    """Yearly reviews up to one, the oldest first."""
    return tuple(sorted(p for p in periods["period"] if len(p) == 4 and p <= until))


def newest(periods: pl.DataFrame, pattern: str, until: str = "9999") -> str | None:
    """The newest official period of a kind up to one: whole where there is such, else with any figure."""
    known = periods.filter(
        pl.col("period").str.contains(pattern),
        pl.col("period") <= until,
        pl.col("units_reported") > 0,
        pl.col("status").is_in(["official", "restated"]),
    )
    whole = known.filter(pl.col("units_reported") == pl.col("units_expected"))
    found = (whole if whole.height else known)["period"].max()
    return None if found is None else str(found)
