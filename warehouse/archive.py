"""What was received, kept as it was: encrypted, named by its SHA-256, never changed."""

import os
from pathlib import Path

from warehouse.keys import Keys


class Archive:
    """The folder of received files."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._keys = keys

    def keep(self, sha256: str, content: bytes) -> None:
        """Keep ``content``; a file already there is left alone. Whole or not at all, also after a power cut."""
        target = self._folder / f"{sha256}.sealed"
        if target.exists():
            return
        unfinished = target.with_suffix(".part")
        unfinished.write_bytes(self._keys.encrypt(content))
        os.replace(unfinished, target)

    def read(self, sha256: str) -> bytes:
        """The file as it was received."""
        return self._keys.decrypt((self._folder / f"{sha256}.sealed").read_bytes())

    def holds(self, sha256: str) -> bool:
        """Whether the file was ever kept."""
        return (self._folder / f"{sha256}.sealed").exists()
