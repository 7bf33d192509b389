"""Links and figures of a build in the making: computed, or left where they cannot have changed."""

from commands.link import Links, find_links
from commands.making import Making, judged_beside
from measures.results import compute_results
from warehouse import carried_over, engine, linked


def compute(made: Making, links: Links | None) -> None:
    """Write the links and every ``result__*`` table; ``links`` are None where they are still to be found.

    Raises:
        NotPublished: the build fails a blocking check.
    """
    path, previous, today = made.path, made.previous, made.today
    if links is None:
        links = find_links(made.folder, path, previous, made.formulas)
    if links.rows is not None:
        linked.keep_links(path, links.rows)
    same_lists = links.rows is None
    first_year = carried_over.first_changed_year(path, previous, made.formulas, today)
    if previous and not same_lists:
        first_year = min(first_year, linked.first_relinked_year(path, previous))
    if previous and first_year > today.year:
        with judged_beside(made):
            return
    carried_over.forget_since(path, first_year)
    # Following takes as long as all other figures: it begins before the gate, in the same process.
    with (
        made.beside.followed(path, first_year, same_lists=same_lists) as followed,
        judged_beside(made),
        engine.ibis_writing(path) as backend,
    ):
        compute_results(backend, today, first_year, followed)
