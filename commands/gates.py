"""The gates beside the build: another process loads Great Expectations while files are read, and judges meanwhile."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from expectations.verdict import GateResult
from expectations.waivers import Waiver
from warehouse.side_process import side_processes

_GATE = "expectations.gate"
Verdict = Callable[[], GateResult]
"""Waits for what a gate finds."""


class Gates:
    """Judges files of a build; a verdict is waited for where it is needed."""

    def __init__(self, beside: Executor) -> None:
        """Judge in ``beside``, and here where that process was killed, as where memory is short."""
        self._beside = beside

    def submissions(self, path: Path, fresh: Sequence[str], waivers: Sequence[Waiver]) -> Verdict:
        """The first gate; nobody may write ``path`` until it is told."""
        return self._ask("judge_submissions", path, fresh, waivers)

    @contextmanager
    def build(self, path: Path) -> Iterator[Verdict]:
        """The build as it is now: a copy is judged, ``path`` may be written meanwhile."""
        with _copied(path) as copy:
            yield self._ask("judge_build", copy)

    @contextmanager
    def figures(self, restricted: Path) -> Iterator[Verdict]:
        """The second gate for the figures of ``restricted`` as they are now."""
        with _copied(restricted) as copy:
            yield self._ask("judge_figures", copy)

    def public(self, path: Path) -> Verdict:
        """The second gate for the public file."""
        return self._ask("judge_public", path)

    def _ask(self, judge: str, *arguments: object) -> Verdict:
        asked: Future[GateResult] = self._beside.submit(_judge, judge, *arguments)

        def answer() -> GateResult:
            try:
                return asked.result()
            except BrokenProcessPool:
                return _judge(judge, *arguments)

        return answer


@contextmanager
def gates() -> Iterator[Gates]:
    """The gates, in a process of their own that begins to load now; in this one where it has them loaded."""
    is_loaded = _GATE in sys.modules
    with ThreadPoolExecutor(1) if is_loaded else side_processes(1) as beside:
        beside.submit(_load)
        yield Gates(beside)


def _load() -> None:
    import_module(_GATE)


def _judge(judge: str, *arguments: object) -> GateResult:
    found: GateResult = getattr(import_module(_GATE), judge)(*arguments)
    return found


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    copy = path.with_suffix(".judged")
    shutil.copy(path, copy)
    try:
        yield copy
    finally:
        copy.unlink()
