"""What a gate found; readers of a verdict need not load Great Expectations."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

Reason = dict[str, str | int | None]


@dataclass(frozen=True)
class GateResult:
    """What a gate found.

    ``checks`` has the columns of ``quality__check``, ``questions`` those of ``quality__reason``
    (warnings, and what a waiver let pass). ``held`` gives the reasons for each submission that
    fails a blocking check: rows of ``quality__reason`` with kind ``rejected``.
    """

    checks: pl.DataFrame
    held: dict[str, list[Reason]]
    questions: pl.DataFrame

    @property
    def unproven(self) -> list[str]:
        """Blocking checks that did not run: nothing may be published on their account."""
        return self._blocking("not_run")

    @property
    def faults(self) -> list[str]:
        """Blocking checks that failed. For a build or its results: nothing may be published."""
        return self._blocking("failed")

    def _blocking(self, verdict: str) -> list[str]:
        chosen = self.checks.filter(level="blocking", verdict=verdict)
        return chosen["check_id"].to_list()


def together(results: Iterable[GateResult]) -> GateResult:
    """What several parts of a gate found, in their order."""
    parts = list(results)
    held: dict[str, list[Reason]] = {}
    for part in parts:
        for name, reasons in part.held.items():
            held.setdefault(name, []).extend(reasons)
    return GateResult(
        pl.concat([part.checks for part in parts]),
        held,
        pl.concat([part.questions for part in parts]),
    )
