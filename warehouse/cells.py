"""Counts and the sums among them, as cell suppression sees them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One count. What costs nothing is hidden to begin with."""

    count: int
    cost: int
    turn: int
    is_sensitive: bool
    is_published: bool

    @property
    def least(self) -> int:
        """What the attacker knows of a hidden count before any sum: zeros are shown."""
        return 1 if self.is_published and self.count else 0


Cells = Mapping[int, Cell]
Terms = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Sum:
    """Cells with their signs; the signed counts add up to ``total``."""

    terms: Terms
    total: int = 0
