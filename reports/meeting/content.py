"""What the papers of a meeting say: figures of one build through the door, and nothing computed beside it."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import polars as pl
import yaml

import reference.loading
from measures.catalogue import cards
from measures.deprivations import MEASURES as DEPRIVATIONS
from reference.loading import agency_in_charge, indicators
from warehouse.door import Door, NotAllowed
from warehouse.frozen import Meeting

Row = dict[str, Any]
_COMMUNE_MEASURES = (
    "resident_household_count",
    "poor_household_count",
    "poor_household_rate",
    "near_poor_household_count",
    "near_poor_household_rate",
)
NOT_A_UNIT = "not_attributable"


class MeetingNotPossible(LookupError):
    """The build has no figures a meeting could speak of; the message says so in Vietnamese."""


@dataclass(frozen=True)
class MeetingContent:
    """Figures of a meeting.

    ``official`` is the newest yearly review that every commune reported, else the newest official one;
    ``running`` the newest month likewise, ``year_ago`` the same month a year before. ``province`` holds the
    rows of the whole area by (measure, period); ``communes`` those of ``official`` by (measure, unit code).
    """

    meeting: Meeting
    official: str
    official_before: str
    running: str | None
    year_ago: str | None
    province: dict[tuple[str, str], Row]
    communes: dict[tuple[str, str], Row]
    years: tuple[str, ...]
    is_demo: bool
    today: date

    def row(self, measure: str, period: str | None) -> Row | None:
        """The whole area's row, or None."""
        return self.province.get((measure, period)) if period else None

    def ranked(self, measure: str) -> list[Row]:
        """Communes whose list is there, the highest first; equal ones by code."""
        rows = [
            row
            for (name, _), row in self.communes.items()
            if name == measure and row["value"] is not None
        ]
        return sorted(rows, key=lambda row: (-row["value"], row["unit_code"]))

    def missing_units(self) -> list[str]:
        """Names of communes without a figure in the newest official review."""
        return [
            row["unit_name"]
            for (name, _), row in self.communes.items()
            if name == "poor_household_count" and row["value"] is None
        ]

    def deprivations(self) -> list[tuple[str, str, Row]]:
        """(label, responsible role, row) of the poor's deprivations, the most frequent first."""
        found = []
        for indicator in indicators():
            row = self.row(f"deprivation_{indicator.code}_among_poor", self.official)
            if row is not None and row["value"] is not None:
                found.append((indicator.label_vi, indicator.responsible_role, row))
        return sorted(found, key=lambda each: -each[2]["value"])

    @property
    def checksum(self) -> str:
        """First 16 digits of the SHA-256 over every figure."""
        said = [self.meeting.name, self.meeting.build_id]
        for rows in (self.province, self.communes):
            said += [f"{key}={row['value']}/{row['mark']}" for key, row in sorted(rows.items())]
        return sha256("\n".join(said).encode()).hexdigest()[:16]

    @property
    def source_line(self) -> str:
        """Where the figures come from, for the foot of every page."""
        return (
            f"Bản dựng {self.meeting.build_id} · số liệu đến {self.meeting.as_of:%d/%m/%Y} · "
            f"mã kiểm tra {self.checksum}"
        )

    @property
    def link(self) -> str:
        """The view on screen with the same figures."""
        return f"?meeting={self.meeting.slug}&period={self.official}"


@cache
def pack_definition() -> dict[str, Any]:
    """What a pack speaks of, as it stands in ``reference/meeting_pack.yml``."""
    path = Path(reference.loading.FOLDER) / "meeting_pack.yml"
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
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


def meeting_content(door: Door, meeting: Meeting) -> MeetingContent:
    """Everything the papers need.

    Raises:
        MeetingNotPossible: the build has no yearly review.
        NotAllowed: a visitor or an officer: the pack speaks of the whole province.
    """
    if door.viewer.role in ("visitor", "officer"):
        raise NotAllowed("Chỉ người xem số liệu toàn tỉnh được xuất tài liệu của kỳ họp.")
    periods = door.periods()
    official = door.newest_complete_period() or _newest(periods, is_month=False)
    if official is None:
        raise MeetingNotPossible("Bản đã chốt chưa có kỳ rà soát năm nào.")
    running = _newest(periods, is_month=True)
    pack = pack_definition()
    names = {
        *pack["headline"],
        *(target["measure"] for target in pack["targets"]),
        *(flow["measure"] for flow in pack["flows"]),
        *(measure.name for measure in DEPRIVATIONS if measure.name.endswith("_among_poor")),
        "resident_household_count",
    }
    province = door.estimates(sorted(names))
    communes = door.estimates(_COMMUNE_MEASURES, level="commune", periods=[official])
    facts = door.build_facts()
    return MeetingContent(
        meeting=meeting,
        official=official,
        official_before=str(int(official) - 1),
        running=running,
        year_ago=_year_before(running),
        province={(row["measure"], row["period"]): row for row in province.iter_rows(named=True)},
        communes={
            (row["measure"], row["unit_code"]): row
            for row in communes.iter_rows(named=True)
            if row["unit_code"] != NOT_A_UNIT
        },
        years=tuple(sorted(p for p in periods["period"] if len(p) == 4 and p <= official)),
        is_demo=bool(facts["is_demo"]),
        today=cast(date, facts["today"]),
    )


def _newest(periods: pl.DataFrame, *, is_month: bool) -> str | None:
    """The newest whole period, else the newest official one with any figure."""
    wanted = pl.col("period").str.contains(r"^\d{4}-\d{2}$" if is_month else r"^\d{4}$")
    known = periods.filter(
        wanted, pl.col("units_reported") > 0, pl.col("status").is_in(["official", "restated"])
    )
    whole = known.filter(pl.col("units_reported") == pl.col("units_expected"))
    found = (whole if whole.height else known)["period"].max()
    return None if found is None else str(found)


def _year_before(month: str | None) -> str | None:
    return None if month is None else f"{int(month[:4]) - 1}{month[4:]}"
