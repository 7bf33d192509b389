"""Linking inside a build: the lists that count on one side, the vault on the other."""

from pathlib import Path

from commands.folder import DataFolder
from commands.formulas import made_by
from linking.households import link
from warehouse import linked
from warehouse.builds import Build


def link_households(folder: DataFolder, path: Path, previous: Build | None, formulas: str) -> bool:
    """Write ``core_household__link`` of the staging file ``path``.

    Answers whether those of ``previous`` stand: the same code made them, and no list came or went.
    """
    has_same_code = previous is not None and made_by(previous) == formulas
    if previous is not None and has_same_code and linked.same_lists_count(path, previous):
        return True
    with folder.vault() as vault:
        linked.keep_links(path, link(linked.listed(path), vault.memory))
    return False
