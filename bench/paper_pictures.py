"""``make pictures``: first pages of the papers of a meeting and of a yearly report, into ``docs/pictures``.

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
_SHOWN = {
    "to-tom-tat.pdf": 1,
    "bao-cao.docx": 1,
    "trinh-chieu.pptx": 5,
}
"""Document of the meeting pack, and the page of it that is pictured."""


def take(data: Path, folder: Path) -> None:
    """One PNG a document of the newest frozen meeting."""
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    known = meetings(data)
    if missing or not known:
        why = f"{', '.join(missing)} missing" if missing else "no frozen meeting"
        sys.stderr.write(f"papers not pictured: {why}\n")
        return
    with TemporaryDirectory() as name:
        made = Path(name)
        meeting = known[-1].name
        _run(
            sys.executable, "cli.py", "report", "meeting", "--frozen", meeting,
            "--to", made, "--data", data,
        )  # fmt: skip
        for document, page in _SHOWN.items():
            pdf = made / document
            if pdf.suffix != ".pdf":
                profile = f"-env:UserInstallation=file://{made}/profile"
                _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", made, pdf)
                pdf = pdf.with_suffix(".pdf")
            target = folder / f"paper-{pdf.stem}"
            _run("pdftoppm", "-r", 70, "-f", page, "-l", page, "-singlefile", "-png", pdf, target)


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, capture_output=True)


if __name__ == "__main__":
    take(settings().data.resolve(), PICTURES)
