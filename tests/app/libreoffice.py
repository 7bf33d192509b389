"""A clerk at LibreOffice: open a workbook, type numbers into cells, save it as XLSX."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

_SECONDS = 120
_MACRO = """
Sub Fill(source As String, target As String, told As String)
    Dim hidden(0) As New com.sun.star.beans.PropertyValue
    hidden(0).Name = "Hidden"
    hidden(0).Value = True
    book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
    For Each one In Split(told, ";")
        part = Split(one, "=")
        place = Split(part(0), "!")
        cell = book.Sheets.getByName(place(0)).getCellRangeByName(place(1))
        cell.setFormula(part(1))
    Next one
    Dim format(0) As New com.sun.star.beans.PropertyValue
    format(0).Name = "FilterName"
    format(0).Value = "Calc MS Excel 2007 XML"
    book.storeToURL(ConvertToURL(target), format())
    book.close(True)
    StarDesktop.terminate()
End Sub
"""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCRIPT = "http://openoffice.org/2000/script"
_LIBRARY = "http://openoffice.org/2000/library"


def typed(source: Path, cells: Mapping[str, float | str], profile: Path) -> bytes:
    """The workbook as LibreOffice saves it after ``cells`` (``Sheet!C7``) were typed into it.

    Skips the test, with the reason, where LibreOffice is not installed. A value of type text is typed as a formula
    or a number would be, ``46096`` for a day.
    """
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    started = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    if not profile.exists():
        _run(*started, "--terminate_after_init")
        _install_macro(profile)
    target = profile / f"saved-{source.name}"
    told = ";".join(f"{cell}={value}" for cell, value in cells.items())
    macro = f'macro:///Standard.Clerk.Fill("{source}","{target}","{told}")'
    said = _run(*started, macro)
    assert target.exists(), said
    return target.read_bytes()


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    return done.stderr


def _install_macro(profile: Path) -> None:
    folder = profile / "user" / "basic" / "Standard"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Clerk.xba").write_text(
        f'{_HEAD}<script:module xmlns:script="{_SCRIPT}" script:name="Clerk" '
        f'script:language="StarBasic">{escape(_MACRO)}</script:module>',
        encoding="utf-8",
    )
    (folder / "script.xlb").write_text(
        f'{_HEAD}<library:library xmlns:library="{_LIBRARY}" library:name="Standard" '
        'library:readonly="false" library:passwordprotected="false">'
        '<library:element library:name="Clerk"/></library:library>',
        encoding="utf-8",
    )
