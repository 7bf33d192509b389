"""Links and figures of a build in the making: computed, or taken over where they cannot have changed."""

from datetime import date
from pathlib import Path

from commands.beside import Beside
from commands.folder import DataFolder
from commands.link import link_households
from measures.results import compute_results
from warehouse import carried_over, engine, linked
from warehouse.builds import Build


def compute(
    beside: Beside,
    folder: DataFolder,
    path: Path,
    previous: Build | None,
    formulas: str,
    today: date,
) -> None:
    """Write the links and every ``result__*`` table of the staging file ``path``."""
    same_lists = link_households(folder, path, previous, formulas)
    first_year = carried_over.first_changed_year(path, previous, formulas, today)
    if previous and not same_lists:
        first_year = min(first_year, linked.first_relinked_year(path, previous))
    if previous and first_year > today.year:
        return
    carried_over.forget_since(path, first_year)
    with (
        beside.followed(path, first_year, same_lists=same_lists) as followed,
        engine.ibis_writing(path) as backend,
    ):
        compute_results(backend, today, first_year, followed)
