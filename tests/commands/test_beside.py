"""What is asked of the process beside a build is answered, also where that process is killed or the build fails."""

import os
from pathlib import Path

import pytest

from commands.beside import Beside
from warehouse import engine
from warehouse.side_process import side_processes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "restricted.duckdb"
    with engine.writing(path) as connection:
        connection.execute("CREATE TABLE one AS SELECT 1 AS figure")
    return path


def test_what_is_asked_is_worked_on_in_another_process():
    with side_processes(1) as process:
        assert Beside(process)._ask("os", "getpid")() != os.getpid()


def test_after_the_process_was_killed_everything_is_answered_here():
    with side_processes(1) as process:
        beside = Beside(process)
        waiting = beside._ask("os", "getpid")
        assert waiting() != os.getpid()
        killed = process.submit(os._exit, 9)
        caught_up = beside._ask("os", "getpid")
        assert killed.exception() is not None
        assert caught_up() == os.getpid()
        assert beside._ask("os", "getpid")() == os.getpid()
        assert not beside.is_apart


def test_a_question_that_fails_tells_its_fault():
    with side_processes(1) as process, pytest.raises(ZeroDivisionError):
        Beside(process)._ask("operator", "truediv", 1, 0)()


def test_of_a_copy_nothing_is_left_beside_the_build(file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Beside, "_ask", lambda _self, _module, _function, copy: lambda: copy)
    with Beside(None).build(file) as judged:
        copy = judged()
        assert copy.read_bytes() == file.read_bytes()
        # what DuckDB leaves there when its process is killed
        copy.with_suffix(".duckdb.tmp").mkdir()
        copy.with_suffix(".duckdb.wal").touch()
    assert list(file.parent.iterdir()) == [file]


def test_a_copy_goes_also_where_the_build_fails(file: Path):
    with pytest.raises(ZeroDivisionError), Beside(None).figures(file):
        raise ZeroDivisionError
    assert list(file.parent.iterdir()) == [file]
