"""Linking inside a build: the lists that count on one side, the vault on the other."""

from pathlib import Path

from commands.folder import DataFolder
from linking.households import link
from warehouse import linked
from warehouse.builds import Build
from warehouse.door import Door, Viewer


def link_households(
    folder: DataFolder, path: Path, previous: Build | None, formulas: str
) -> int | None:
    """Write ``core_household__link`` of the staging file ``path``.

    Answers the first year of which a household is linked otherwise than in ``previous`` (None: none is). The
    links of ``previous`` are taken over when the same code made them and no list came or went.
    """
    same_code = previous is not None and _made_by(previous) == formulas
    if previous is not None and same_code and linked.inherit_links(path, previous):
        return None
    with folder.vault() as vault:
        linked.keep_links(path, link(linked.listed(path), vault.memory))
    return None if previous is None else linked.first_relinked_year(path, previous)


def _made_by(build: Build) -> object:
    return Door(Viewer("command"), build).build_facts().get("formulas")
