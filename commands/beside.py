"""Another process beside the build: it judges, and computes what nothing else waits for."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.verdict import GateResult
from expectations.waivers import Waiver
from warehouse.side_process import side_processes

if TYPE_CHECKING:
    from measures.results import Followed

_GATE, _HOUSEHOLDS = "expectations.gate", "measures.household_results"
Verdict = Callable[[], GateResult]
"""Waits for what a gate finds."""


class Beside:
    """What is asked here is answered where it is needed; files that are read meanwhile are copies."""

    def __init__(self, process: ProcessPoolExecutor | None) -> None:
        """Work in ``process``; without one, or where it was killed as memory was short, here and when asked for."""
        self._process = process

    def load(self) -> None:
        """Begin to load Great Expectations, which takes seconds, before it is asked for."""
        self._ask(__name__, "load_judges")

    @property
    def is_apart(self) -> bool:
        """Whether what is asked is worked on while this process goes on."""
        return self._process is not None

    @contextmanager
    def submissions(
        self, path: Path, fresh: Sequence[str], waivers: Sequence[Waiver]
    ) -> Iterator[Verdict]:
        """The first gate for the submissions as they are now."""
        with _copied(path, "judged") as copy:
            yield self._ask(_GATE, "judge_submissions", copy, fresh, waivers)

    @contextmanager
    def build(self, path: Path) -> Iterator[Verdict]:
        """The gate for the build as it is now."""
        with _copied(path, "judged") as copy:
            yield self._ask(_GATE, "judge_build", copy)

    @contextmanager
    def figures(self, restricted: Path) -> Iterator[Verdict]:
        """The second gate for the figures of ``restricted`` as they are now."""
        with _copied(restricted, "judged") as copy:
            yield self._ask(_GATE, "judge_figures", copy)

    def public(self, path: Path) -> Verdict:
        """The second gate for the public file."""
        return self._ask(_GATE, "judge_public", path)

    @contextmanager
    def followed(
        self, path: Path, first_year: int, *, same_lists: bool
    ) -> Iterator[Callable[[], "Followed"]]:
        """:func:`measures.household_results.follow_households` of the build as it is now."""
        with _copied(path, "followed") as copy:
            yield self._ask(
                _HOUSEHOLDS, "follow_households", copy, first_year, same_lists=same_lists
            )

    def _ask(
        self, module: str, function: str, *arguments: object, **named: object
    ) -> Callable[[], Any]:
        here = partial(_call, module, function, *arguments, **named)
        if self._process is None:
            return here
        try:
            asked = self._process.submit(here)
        except BrokenProcessPool:
            # killed before: it answers nothing any more
            self._process = None
            return here

        def answer() -> Any:
            try:
                return asked.result()
            except BrokenProcessPool:
                return here()

        return answer


@contextmanager
def working_beside() -> Iterator[Beside]:
    """A process that starts when it is first asked; none where this one has everything loaded already."""
    if _GATE in sys.modules:
        yield Beside(None)
        return
    with side_processes(1) as process:
        yield Beside(process)


def load_judges() -> None:
    """Load what judges and what follows households."""
    import_module(_GATE)
    import_module(_HOUSEHOLDS)


def _call(module: str, function: str, *arguments: object, **named: object) -> object:
    return getattr(import_module(module), function)(*arguments, **named)


@contextmanager
def _copied(path: Path, what: str) -> Iterator[Path]:
    """A copy of ``path`` in a folder of its own, where what a killed process leaves beside it goes as well."""
    folder = path.with_suffix(f".{what}")
    folder.mkdir()
    try:
        yield Path(shutil.copy(path, folder))
    finally:
        # Where something failed it may still be open in the other process: on Windows it goes with the build's folder.
        shutil.rmtree(folder, ignore_errors=True)
