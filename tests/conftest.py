"""The demo province, written and built once for all tests of a run."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from typer.testing import CliRunner

from cli import app

ROOT = Path(__file__).parents[1]
TODAY = "2026-09-15"
_BUILDING = ("build", "withdraw", "freeze")
"""Commands that judge in this process once it has the gates loaded."""


@dataclass(frozen=True)
class Province:
    """A demo inbox, the data folder built from it, and what the build said."""

    inbox: Path
    data: Path
    report: dict[str, Any]

    @property
    def truth(self) -> Path:
        return self.inbox / "_truth"


def run_cli(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """``python cli.py …`` as a person would run it."""
    return subprocess.run(
        [sys.executable, "cli.py", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass(frozen=True)
class Done:
    """What a command answered."""

    returncode: int
    stdout: str
    stderr: str


def run_here(*arguments: object, **environment: str) -> Done:
    """The same in this process: a process of its own takes four seconds to import everything."""
    if arguments[0] in _BUILDING:
        import_module("expectations.gate")
    done = CliRunner().invoke(app, [*map(str, arguments)], env=environment)
    trouble = done.exception
    if trouble is not None and not isinstance(trouble, SystemExit):
        raise trouble
    return Done(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def cli():
    return run_here


@pytest.fixture(scope="session")
def ask():
    """Rows of ``estimates MEASURE …`` as JSON."""

    def estimates(data: Path, measure: str, *options: str) -> list[dict[str, Any]]:
        done = run_here("estimates", measure, *options, "--data", data, "--format", "json")
        assert done.returncode == 0, done.stderr
        rows: list[dict[str, Any]] = json.loads(done.stdout)
        return rows

    return estimates


@pytest.fixture(scope="session")
def province(request, tmp_path_factory) -> Province:
    """The whole province at the default dirt."""
    return _built(request, tmp_path_factory, "province")


@pytest.fixture(scope="session")
def small_province(request, tmp_path_factory) -> Province:
    """A few communes, every form and year, a tenth of the rows and files dirty."""
    return _built(request, tmp_path_factory, "small", "--size", "small", "--dirt", "0.1")


@pytest.fixture(scope="session")
def dirty_inbox(request, tmp_path_factory) -> Path:
    """A small inbox with a lot of dirt, each file sent back followed by its correction."""
    return _inbox(request, tmp_path_factory, "dirty", "--size", "small", "--dirt", "0.25")


@pytest.fixture(scope="session")
def uncorrected_inbox(request, tmp_path_factory) -> Path:
    """The same, and nobody sends anything again."""
    arguments = ("--size", "small", "--dirt", "0.25", "--no-corrections")
    return _inbox(request, tmp_path_factory, "uncorrected", *arguments)


@pytest.fixture
def own_copy(small_province, tmp_path) -> Province:
    """A small province that a test may change."""
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    shutil.copytree(small_province.inbox, inbox)
    shutil.copytree(small_province.data, data)
    return Province(inbox, data, small_province.report)


def _built(request, tmp_path_factory, name: str, *arguments: str) -> Province:
    """Shared by the workers of a run; the inbox also between runs, as long as its makers do not change."""
    inbox, shared = _inbox(request, tmp_path_factory, name, *arguments), _shared(tmp_path_factory)
    data, report = shared / f"{name}-data", shared / f"{name}-report.json"
    with FileLock(shared / f"{name}-build.lock"):
        if not report.exists():
            done = _succeed(
                run_cli("build", "--from", inbox, "--data", data, "--today", TODAY, "--json")
            )
            report.write_text(done.stdout.splitlines()[-1], encoding="utf-8")
    return Province(inbox, data, json.loads(report.read_text(encoding="utf-8")))


def _inbox(request, tmp_path_factory, name: str, *arguments: str) -> Path:
    """Written once a run, and for later runs until a maker changes; no test changes it."""
    inbox = request.config.cache.mkdir(f"demo-{name}-{_makers()}") / "inbox"
    with FileLock(_shared(tmp_path_factory) / f"{name}-demo.lock"):
        if not (inbox / "_truth" / "programmes.parquet").exists():
            _succeed(run_cli("demo", "--to", inbox, *arguments))
    return inbox


def _shared(tmp_path_factory) -> Path:
    base: Path = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def _succeed(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert done.returncode == 0, done.stderr
    return done


def _makers() -> str:
    digest = hashlib.sha256()
    for folder in ("demo", "reference"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".csv", ".yml"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
