"""One commune's review list before it has a layout."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import polars as pl

from demo.geography import Unit

Layout = Literal["template", "marks", "villages"]


@dataclass(frozen=True)
class ReviewList:
    """One list as one commune sends it; ``decision`` is None while the list is preliminary."""

    year: int
    unit: Unit
    rows: pl.DataFrame
    villages: list[str]
    formers: list[str]
    reviewers: list[str]
    province: str
    decision: tuple[str, date] | None
    layout: Layout
    words: Literal["full", "short", "codes"] = "full"
    village_rows: bool = False
    decision_columns: bool = False
    subtotals: bool = False
    older_places: list[tuple[str, str]] | None = None
    """District and commune of an older era that each row of the template names instead."""
    version: int = 1

    @property
    def has_former(self) -> bool:
        """Lists since the merger of 2025 name the older commune."""
        return self.unit.district_name is None

    def only(self, places: Sequence[int]) -> "ReviewList":
        """The list cut to the rows at these places."""

        def pick(values: list[str]) -> list[str]:
            return [values[place] for place in places]

        return replace(
            self,
            rows=self.rows[list(places)],
            villages=pick(self.villages),
            formers=pick(self.formers),
            reviewers=pick(self.reviewers),
            older_places=self.older_places and [self.older_places[place] for place in places],
        )

    def followed_by(self, other: "ReviewList") -> "ReviewList":
        """The rows of both under the head of this one."""
        return replace(
            self,
            rows=pl.concat([self.rows, other.rows]),
            villages=self.villages + other.villages,
            formers=self.formers + other.formers,
            reviewers=self.reviewers + other.reviewers,
        )
