"""Linking inside a build: the lists that count on one side, the vault on the other."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from commands.folder import DataFolder
from commands.formulas import made_by
from linking.households import link
from warehouse import linked
from warehouse.builds import Build


@dataclass(frozen=True)
class Links:
    """Rows of ``core_household__link``; None where those of the build before stand."""

    rows: pl.DataFrame | None


def find_links(folder: DataFolder, path: Path, previous: Build | None, formulas: str) -> Links:
    """The links of the lists that count in the staging file ``path``, which is left as it is.

    Those of ``previous`` stand where the same code made them and no list came or went.
    """
    has_same_code = previous is not None and made_by(previous) == formulas
    if previous is not None and has_same_code and linked.same_lists_count(path, previous):
        return Links(None)
    with folder.vault() as vault:
        return Links(link(linked.listed(path), vault.memory))
