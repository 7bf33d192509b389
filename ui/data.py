"""The one door to rows, for pages: the warehouse's door, cached by build, viewer and arguments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ui.asking import Question, ask
from ui.build import Served
from warehouse.door import Door, Level, ModelTable, Viewer
from warehouse.quality_tables import QUALITY__SUBMISSION


@dataclass(frozen=True)
class Rows:
    """Rows of one build for one viewer. Every question is answered by the warehouse's door."""

    served: Served
    viewer: Viewer

    def estimates(
        self,
        measures: tuple[str, ...],
        *,
        level: Level = "province",
        periods: tuple[str, ...] | None = None,
        group_by: str | None = None,
        status: str | None = None,
        era: str | None = None,
        units: tuple[str, ...] | None = None,
    ) -> pl.DataFrame:
        """Rows of ``result__estimate``; see :meth:`warehouse.door.Door.estimates`."""
        frame: pl.DataFrame = self._ask(
            "estimates",
            measures=measures,
            level=level,
            periods=periods,
            group_by=group_by,
            status=status,
            era=era,
            units=units,
        )
        return frame

    def newest_complete_period(self) -> str | None:
        """The newest yearly review that all communes reported."""
        period: str | None = self._ask("newest_complete_period")
        return period

    def periods(self) -> pl.DataFrame:
        """Every period with figures, its status, standard and coverage."""
        frame: pl.DataFrame = self._ask("periods")
        return frame

    def groups(self, measure: str) -> list[str]:
        """Groupings that the build carries for a measure."""
        names: list[str] = self._ask("groups", measure=measure)
        return names

    def units(self, era: str, level: Level) -> pl.DataFrame:
        """Units of one era and level."""
        frame: pl.DataFrame = self._ask("units", era=era, level=level)
        return frame

    def unit_names(self) -> dict[tuple[str, str], str]:
        """Names of the units of every era and level, by (era, code)."""
        names: dict[tuple[str, str], str] = self._ask("unit_names")
        return names

    def published(self) -> pl.DataFrame:
        """Published figures with their sources."""
        frame: pl.DataFrame = self._ask("published")
        return frame

    def assigned_targets(self) -> pl.DataFrame:
        """Targets that decisions assign; see :meth:`warehouse.door.Door.assigned_targets`."""
        frame: pl.DataFrame = self._ask("assigned_targets")
        return frame

    def programme_figures(self, programme: str | None, level: Level) -> pl.DataFrame:
        """Every quantity of one programme or of all; see :meth:`warehouse.door.Door.programme_figures`.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("programme_figures", programme=programme, level=level)
        return frame

    def checks(self) -> pl.DataFrame:
        """Verdicts of the gates."""
        frame: pl.DataFrame = self._ask("checks")
        return frame

    def submissions(self) -> pl.DataFrame:
        """What was received, newest first; columns a visitor may not see are null."""
        return QUALITY__SUBMISSION.conform(self._ask("submissions"))

    def reasons(self) -> pl.DataFrame:
        """Rejected rows, questions and warnings.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("reasons")
        return frame

    def integrity_signals(self) -> pl.DataFrame:
        """Signals that a review deserves another look, the least likely first.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("integrity_signals")
        return frame

    def coverage(self) -> pl.DataFrame:
        """Units in each accepted submission.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("coverage")
        return frame

    def counted_files(self) -> pl.DataFrame:
        """Units in each submission that counts, in no order.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("counted_files")
        return frame

    def differences(self) -> pl.DataFrame:
        """Figures that differ from the build before.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("differences")
        return frame

    def duty_statuses(self) -> pl.DataFrame:
        """Where the plan's duties stand, by half-year.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("duty_statuses")
        return frame

    def provenance(self, period: str, level: Level, era: str, unit_code: str) -> pl.DataFrame:
        """The submissions behind one unit's figures of a yearly review.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask(
            "provenance", period=period, level=level, era=era, unit_code=unit_code
        )
        return frame

    def household_flows(
        self, level: Level = "province", periods: tuple[str, ...] | None = None
    ) -> pl.DataFrame:
        """Moves between two reviews: rows of ``result__household_flow``.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("household_flows", level=level, periods=periods)
        return frame

    def household_history(
        self, level: Level = "province", periods: tuple[str, ...] | None = None
    ) -> pl.DataFrame:
        """Escapes, relapses, entries, duration: rows of ``result__household_history``.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("household_history", level=level, periods=periods)
        return frame

    def household_links(
        self, level: Level = "province", periods: tuple[str, ...] | None = None
    ) -> pl.DataFrame:
        """How households were found on the list before: rows of ``result__household_link``.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("household_links", level=level, periods=periods)
        return frame

    def watched_households(self) -> pl.DataFrame:
        """Newly escaped households at risk, by pseudonym.

        Raises:
            NotAllowed: the viewer may not see rows of households.
        """
        frame: pl.DataFrame = self._ask("watched_households")
        return frame

    def poor_households(
        self, period: str, standard: str, *, labour: bool = False, merit: bool = False
    ) -> pl.DataFrame:
        """Poor households of one kind, by pseudonym.

        Raises:
            NotAllowed: the viewer may not see rows of households.
        """
        frame: pl.DataFrame = self._ask(
            "poor_households", period=period, standard=standard, labour=labour, merit=merit
        )
        return frame

    def audits(self) -> pl.DataFrame:
        """Errors of targeting from audit samples; see :meth:`warehouse.door.Door.audits`.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("audits")
        return frame

    def model_results(self, table: ModelTable) -> pl.DataFrame:
        """The evaluation of models; see :meth:`warehouse.door.Door.model_results`.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("model_results", table=table)
        return frame

    def model_turn_counts(self) -> pl.DataFrame:
        """Households of each turn of each model.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        frame: pl.DataFrame = self._ask("model_turn_counts")
        return frame

    def model_turns(self, family_id: str) -> pl.DataFrame:
        """Who passed on to whom, by numbers inside the model.

        Raises:
            NotAllowed: the viewer may not see rows of households.
        """
        frame: pl.DataFrame = self._ask("model_turns", family_id=family_id)
        return frame

    def door(self) -> Door:
        """The warehouse's own door on the same build for the same viewer, for papers."""
        return Door.open(Path(self.served.folder), self.viewer, self.served.build_id)

    def _ask(self, question: Question, **arguments: object) -> Any:
        return ask(
            self.served.folder,
            self.served.build_id,
            self.viewer,
            question,
            tuple(sorted(arguments.items())),
        )


BY_BUILD: Mapping[str | type[Any], Callable[[Any], Any]] = {
    Rows: lambda rows: (
        rows.served.folder,
        rows.served.build_id,
        rows.viewer.role,
        rows.viewer.scope,
    )
}
"""How Streamlit's caches tell rows apart: what was made of a build stays true as long as it is there."""
