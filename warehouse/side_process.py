"""Processes beside the build: fresh interpreters that end with it, also when it is killed."""

import atexit
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread


def side_processes(
    count: int, begin: Callable[..., None] | None = None, *arguments: object
) -> ProcessPoolExecutor:
    """A pool of ``count`` processes, each of which first calls ``begin`` with ``arguments``.

    They start fresh ("spawn"): a fork would copy the threads of Polars and DuckDB in whatever state they are.
    """
    return ProcessPoolExecutor(
        count, get_context("spawn"), initializer=_begin, initargs=(begin, arguments)
    )


def _begin(begin: Callable[..., None] | None, arguments: tuple[object, ...]) -> None:
    # At its end an interpreter searches all it has loaded for cycles, a second with Great Expectations: nobody needs it.
    atexit.register(os._exit, 0)
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=[parent], daemon=True).start()
    if begin:
        begin(*arguments)


def _end_with(parent: BaseProcess) -> None:
    """A process waiting for work would wait for ever when the build that started it is killed."""
    parent.join()
    os._exit(1)
