"""A build in the making: begun, judged, computed, judged again and published; nobody sees it until then."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from commands.beside import Beside, working_beside
from commands.build_report import VERDICTS, NotPublished
from commands.folder import DataFolder
from commands.formulas import fingerprint
from expectations.verdict import GateResult, together
from expectations.waivers import Waiver
from reference.loading import published
from warehouse import engine, staging
from warehouse.builds import PUBLIC, RESTRICTED, Build, build_id_of, building, publish
from warehouse.contract import CONTRACT_VERSION
from warehouse.differences import differences
from warehouse.dim_tables import DIM__PUBLISHED
from warehouse.publication import write_public
from warehouse.quality_tables import (
    QUALITY__BUILD,
    QUALITY__CHECK,
    QUALITY__DIFFERENCE,
    QUALITY__REASON,
)

if TYPE_CHECKING:
    from commands.link import Links

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Making:
    """The folder a build is made in, what it follows and what works on it."""

    folder: DataFolder
    unfinished: Path
    previous: Build | None
    today: date
    beside: Beside
    progress: Progress
    formulas: str

    @property
    def path(self) -> Path:
        """The staging file, which becomes the restricted file."""
        return self.unfinished / RESTRICTED


@contextmanager
def making(
    folder: DataFolder, today: date, progress: Progress, wait_seconds: float = 600
) -> Iterator[Making]:
    """A build that begins with what the served one knows; gone at the end unless it was published.

    Raises:
        BuildLocked: another build holds the folder for longer than ``wait_seconds``.
    """
    with building(folder.path, wait_seconds) as unfinished, working_beside() as beside:
        previous = folder.served
        if previous:
            beside.load()
        made = Making(folder, unfinished, previous, today, beside, progress, fingerprint())
        staging.begin(made.path, previous, published().select(*DIM__PUBLISHED.columns))
        yield made


def judge_and_link(made: Making, fresh: Sequence[str], waivers: Sequence[Waiver]) -> "Links | None":
    """First gate, and meanwhile the links as if it held nothing back; None where they are still to be found."""

    def find() -> "Links":
        # Ibis and scipy take a second to load: that is done meanwhile, too.
        import_module("commands.compute")
        from commands.link import find_links

        return find_links(made.folder, made.path, made.previous, made.formulas)

    return judge(made.beside, made.path, fresh, waivers, find)


def judge(
    beside: Beside,
    path: Path,
    fresh: Sequence[str],
    waivers: Sequence[Waiver],
    meanwhile: Callable[[], "Links | None"] = lambda: None,
) -> "Links | None":
    """First gate: hold back what fails a blocking check, keep the questions.

    Answers what was found ``meanwhile`` by this process; None where it did not look, or where something is held
    that it counted.
    """
    with engine.writing(path) as connection:
        engine.create(connection, QUALITY__CHECK, QUALITY__CHECK.empty())
    with beside.submissions(path, fresh, waivers) as judged:
        found = meanwhile() if beside.is_apart else None
        verdict = judged()
    _stop_if(verdict, verdict.unproven)
    held = [reason for reasons in verdict.held.values() for reason in reasons]
    staging.hold(path, list(verdict.held), pl.DataFrame(held, schema=QUALITY__REASON.schema))
    staging.record(path, verdict.questions, verdict.checks)
    return None if verdict.held else found


def finish(made: Making, links: "Links | None") -> tuple[Build, dict[str, int]]:
    """Figures, second gate, public file, pointer: the build is served. ``links`` as :func:`judge_and_link` answers.

    Raises:
        NotPublished: the build or its results fail a blocking check.
    """
    figures(made, links)
    checks = counted(made.path)
    return publish(made.folder.path, made.unfinished), checks


def counted(path: Path) -> dict[str, int]:
    """How many checks have which verdict so far."""
    verdicts = staging.table(path, QUALITY__CHECK)["verdict"].to_list()
    return {verdict: verdicts.count(verdict) for verdict in VERDICTS}


def figures(made: Making, links: "Links | None", known_until: date | None = None) -> None:
    """Figures, second gate and public file of a build that nobody sees yet.

    Raises:
        NotPublished: the build or its results fail a blocking check.
    """
    from commands.compute import compute

    made.progress("Tính các chỉ tiêu", 0, 1)
    compute(made, links)
    facts = {
        "build_id": build_id_of(made.unfinished),
        "previous_build_id": made.previous.build_id if made.previous else None,
        "built_at": datetime.now(UTC),
        "today": made.today,
        "known_until": known_until,
        "contract_version": CONTRACT_VERSION,
        "formulas": made.formulas,
        "is_demo": made.folder.is_demo,
    }
    with engine.writing(made.path) as connection:
        engine.create(connection, QUALITY__BUILD, pl.DataFrame([facts]))
        changed = differences(connection, made.previous)
        engine.create(connection, QUALITY__DIFFERENCE, changed)
    with made.beside.figures(made.path) as judged:
        write_public(made.path, made.unfinished / PUBLIC, made.previous)
        silence = made.beside.public(made.unfinished / PUBLIC)
        _stop_if_blocked(made.path, together([judged(), silence()]))


@contextmanager
def judged_beside(made: Making) -> Iterator[None]:
    """The gate for the build as it is now, while its figures are computed.

    Raises:
        NotPublished: the build fails a blocking check; what cannot be computed of it is told by that.
    """
    with made.beside.build(made.path) as judged:
        try:
            yield
        finally:
            _stop_if_blocked(made.path, judged())


def _stop_if_blocked(path: Path, result: GateResult) -> None:
    staging.record(path, result.questions.drop_nulls("submission_id"), result.checks)
    _stop_if(result, [*result.faults, *result.unproven])


def _stop_if(result: GateResult, check_ids: Sequence[str]) -> None:
    if check_ids:
        titles = "; ".join(result.checks.filter(pl.col("check_id").is_in(check_ids))["title_vi"])
        raise NotPublished(
            f"Bản dựng không đạt kiểm tra bắt buộc: {titles}. Bản đang dùng được giữ nguyên."
        )
