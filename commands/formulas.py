"""Which formulas made a figure: one hash of the code and the reference data it depends on."""

import hashlib
from pathlib import Path

from warehouse.builds import Build
from warehouse.door import Door, Viewer

_PROJECT = Path(__file__).parents[1]
_FOLDERS = ("linking", "measures", "pipelines", "reference", "warehouse")


def fingerprint() -> str:
    """SHA-256 over the files of readers, linking, measures, reference data and contract; changes with any of them."""
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        for path in sorted((_PROJECT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(_PROJECT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def made_by(build: Build) -> object:
    """The fingerprint that made ``build``; None where it is older than fingerprints."""
    return Door(Viewer("command"), build).build_facts().get("formulas")
