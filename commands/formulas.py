"""Which formulas made a figure: one hash of the code and the reference data it depends on."""

import hashlib
from pathlib import Path

_PROJECT = Path(__file__).parents[1]
_FOLDERS = ("linking", "measures", "reference", "warehouse")


def fingerprint() -> str:
    """SHA-256 over the files of linking, measures, reference data and contract; changes with any of them."""
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        for path in sorted((_PROJECT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(_PROJECT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
