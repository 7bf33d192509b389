"""``make pictures``: pages of the papers of a meeting, of a yearly report and of a form, into ``docs/pictures``.

Papers are written by the command line; LibreOffice and poppler turn them into pictures, where they are installed.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.server import ROOT
from warehouse.frozen import meetings
from warehouse.settings import settings

PICTURES = ROOT / "docs" / "pictures"
_TOOLS = ("soffice", "pdftoppm")
_YEAR = "2025"
_SHOWN = {
    "to-tom-tat": ("meeting/to-tom-tat.pdf", 1),
    "bao-cao": ("meeting/bao-cao.docx", 1),
    "trinh-chieu": ("meeting/trinh-chieu.pptx", 5),
    "phu-luc-so-lieu": ("meeting/phu-luc-so-lieu.xlsx", 1),
    "bao-cao-nam": ("annual/bao-cao.docx", 1),
    "bieu-01": ("annual/bieu-01.xlsx", 1),
    "bieu-02": ("annual/bieu-02.xlsx", 1),
}
"""Picture, the document it is of, and the page of it that is shown."""


def take(data: Path, folder: Path) -> None:
    """One PNG a document: the newest frozen meeting's, and those of the year's report."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    known = meetings(data)
    if missing or not known:
        why = f"{', '.join(missing)} missing" if missing else "no frozen meeting"
        sys.stderr.write(f"papers not pictured: {why}\n")
        return
    newest = max(known, key=lambda each: each.as_of).name
    with TemporaryDirectory() as name:
        made = Path(name)
        report = (sys.executable, "cli.py", "report")
        _run(*report, "meeting", "--frozen", newest, "--to", made / "meeting", "--data", data)
        _run(*report, "annual", "--period", _YEAR, "--to", made / "annual", "--data", data)
        for picture, (document, page) in _SHOWN.items():
            pdf = _as_pdf(made / document, made)
            target = folder / f"paper-{picture}"
            _run("pdftoppm", "-r", 70, "-f", page, "-l", page, "-singlefile", "-png", pdf, target)


def _as_pdf(document: Path, made: Path) -> Path:
    if document.suffix == ".pdf":
        return document
    profile = f"-env:UserInstallation=file://{made}/profile"
    where = document.parent / "converted"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", where, document)
    return where / f"{document.stem}.pdf"


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, capture_output=True)


if __name__ == "__main__":
    take(settings().data.resolve(), PICTURES)
