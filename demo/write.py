"""Entry of the demo: a folder like a real inbox, and the true answers beside it."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path

from demo.answers import write_answers
from demo.fates import FileTruth
from demo.folder import MARK_FILE
from demo.list_plan import Options
from demo.meetings import meetings
from demo.produce import write_task
from demo.province import Province, Size, imagine
from demo.sheets import MARK
from demo.tasks import Task, plan
from demo.truth import write_truth

VERSION = 7
TODAY = "2026-09-15"
"""The day the demo is told on: builds of its inbox take it unless told another."""
WORKERS = 2
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class DemoSummary:
    """What was written; ``arguments`` are those that make the same bytes again."""

    folder: Path
    files: int
    files_by_form: dict[str, int]
    rows: int
    arguments: dict[str, object]


def write_demo(
    to: Path,
    seed: int = 5,
    dirt: float = 0.02,
    size: Size = "province",
    corrections: bool = True,
    *,
    progress: Progress | None = None,
) -> DemoSummary:
    """Write the demo province's inbox into ``to``, which is made; files of the same name go.

    The same arguments give byte-identical files. ``dirt`` is the share of files and rows with
    faults, 0 to 0.3; with ``corrections`` every unreadable file is followed by the one the commune
    sent later, so that all totals load exactly. ``progress`` is called with files done and planned.

    Raises:
        ValueError: ``dirt`` outside 0 to 0.3.
    """
    if not 0 <= dirt <= 0.3:
        raise ValueError(f"dirt must lie between 0 and 0.3, not {dirt}")
    options = Options(seed=seed, dirt=dirt, size=size, corrections=corrections)
    to.mkdir(parents=True, exist_ok=True)
    province = imagine(seed, size)
    tasks = plan(province, options)
    truths: list[FileTruth] = []
    for done, written in enumerate(_run(to, options, province, tasks), start=1):
        truths += written
        if progress:
            progress(done, len(tasks))
    mark = {
        **{"mark": MARK, "version": VERSION, "today": TODAY, **asdict(options)},
        "meetings": meetings(),
    }
    (to / MARK_FILE).write_text(
        json.dumps(mark, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    write_answers(to, truths)
    write_truth(to, province, truths)
    by_form: dict[str, int] = {}
    for truth in truths:
        by_form[truth.form] = by_form.get(truth.form, 0) + 1
    return DemoSummary(
        folder=to,
        files=len(truths),
        files_by_form=by_form,
        rows=sum(len(truth.rows) + (truth.row_count or 0) for truth in truths),
        arguments=asdict(options),
    )


def _run(
    to: Path, options: Options, province: Province, tasks: list[Task]
) -> Iterator[list[FileTruth]]:
    """Write every task, in two processes when there is much to do; results in the tasks' order."""
    if options.size == "small":
        for task in tasks:
            yield write_task(to, options, province, task)
        return
    work = partial(_write_in_worker, to, options)
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, tasks, chunksize=12)


def _write_in_worker(to: Path, options: Options, task: Task) -> list[FileTruth]:
    return write_task(to, options, _imagined(options.seed, options.size), task)


@lru_cache(maxsize=1)
def _imagined(seed: int, size: Size) -> Province:
    """Each worker imagines the province once: cheaper than to send it the rows of every task."""
    return imagine(seed, size)
