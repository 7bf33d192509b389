"""Documents into a folder, one after the other; a document that fails is named and leaves the others."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import typst
from xlsxwriter.exceptions import XlsxWriterException

Writer = Callable[[], bytes]
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    XlsxWriterException,
    typst.TypstError,
)


@dataclass(frozen=True)
class Written:
    """One document: where it was written, or why it was not."""

    name: str
    path: Path | None
    problem: str | None


def write_documents(
    writers: Mapping[str, Writer], folder: Path, said: Callable[[str, int, int], None]
) -> list[Written]:
    """Write every document into ``folder``; ``said`` is told (what, done, total)."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for place, (name, writer) in enumerate(writers.items()):
        said("Tài liệu", place, len(writers))
        found.append(_written(folder / name, writer))
    said("Tài liệu", len(writers), len(writers))
    return found


def _written(path: Path, writer: Writer) -> Written:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(writer())
        os.replace(unfinished, path)
    except _FAULTS as error:
        unfinished.unlink(missing_ok=True)
        return Written(path.name, None, f"{type(error).__name__}: {error}")
    return Written(path.name, path, None)
