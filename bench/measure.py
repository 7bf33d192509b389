"""``make bench``: each figure as a ratio to a floor measured in the same run.

Absolute times say little on a shared machine; ratios hold. The last table is in ``bench/README.md``.
"""

import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import fastexcel
from streamlit.testing.v1 import AppTest

from bench.correction import correct_a_list
from bench.server import ROOT, browser, serving
from warehouse.builds import current_build
from warehouse.engine import reading

TODAY = "2026-09-15"
PAGES = (
    "overview", "poverty_rates", "deprivations", "household_flows", "target_gaps", "programme_delivery",
    "duties", "reporting", "model_replication", "review_meeting", "meeting_changes", "data_quality",
    "about",
)  # fmt: skip


def main() -> None:
    """Make the demo province in a scratch folder, measure, print one line a figure."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as scratch:
        inbox, data = Path(scratch, "inbox"), Path(scratch, "data")
        _cli("demo", "--to", inbox)
        floor = _seconds(lambda: _read_bare(inbox))
        full = _seconds(lambda: _build(inbox, data))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        _report("full build / reading the same workbooks bare", full, floor, 6)
        print(f"peak memory of the largest process: {memory:,.0f} MB (limit 1,500)")
        correct_a_list(inbox / "2024", inbox / "zz-ban-sua.xlsx")
        one = _seconds(lambda: _build(inbox, data))
        _report("one corrected commune / full build", one, full, 0.2)
        _pages(data)
        _first_chart(data)


def _pages(data: Path) -> None:
    build = current_build(data)
    if build is None:
        raise LookupError("nothing was built")
    empty = AppTest.from_file(str(ROOT / "bench" / "empty.py"))
    bare = _median(lambda: _bare_query(build.restricted))
    floor = _median(lambda: empty.run(timeout=60)) + bare
    os.environ["POVERTY_DATA"] = str(data)
    for name in PAGES:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.run()
        app.switch_page(f"pages/{name}.py")
        first = _seconds(app.run)
        warm = _median(app.run)
        _report(f"page {name}, first / empty page and bare SQL", first, floor, 3)
        _report(f"page {name}, warm / empty page and bare SQL", warm, floor, 3)


def _first_chart(data: Path) -> None:
    with browser() as running:
        times = {}
        for name, script in (("hello", "bench/hello.py"), ("ours", "app.py")):
            with serving(data, script) as address:
                samples = []
                for _ in range(4):
                    page = running.new_context().new_page()
                    started = time.monotonic()
                    page.goto(address)
                    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
                    samples.append(time.monotonic() - started)
                    page.context.close()
                times[name] = statistics.median(samples[1:])
    _report("first chart in Chromium / one-chart app", times["ours"], times["hello"], 1.5)


def _read_bare(inbox: Path) -> None:
    for path in inbox.rglob("*.xls*"):
        try:
            book = fastexcel.read_excel(path.read_bytes())
        except fastexcel.FastExcelError:
            continue
        for name in book.sheet_names:
            book.load_sheet(name, header_row=None, dtypes="string").to_polars()


def _bare_query(path: Path) -> None:
    with reading(path) as connection:
        connection.execute(
            "SELECT * FROM result__estimate WHERE measure = 'poor_household_rate' AND selection = 'best'"
        ).fetchall()


def _build(inbox: Path, data: Path) -> None:
    _cli("build", "--from", inbox, "--data", data, "--today", TODAY, "--json")


def _cli(*arguments: object) -> None:
    done = subprocess.run(
        [sys.executable, "cli.py", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    if "--json" in arguments:
        print(
            "   build:",
            {key: value for key, value in json.loads(done.stdout).items() if key != "files"},
        )


def _seconds(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def _median(work: Callable[[], object], runs: int = 5) -> float:
    return statistics.median(_seconds(work) for _ in range(runs))


def _report(what: str, seconds: float, floor: float, limit: float) -> None:
    ratio = seconds / floor
    verdict = "within" if ratio <= limit else "ABOVE"
    print(f"{what}: {ratio:.2f} ({seconds:.2f} s / {floor:.2f} s), {verdict} {limit}")


if __name__ == "__main__":
    main()
