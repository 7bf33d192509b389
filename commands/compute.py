"""Links and figures of a build in the making: computed, or left where they cannot have changed."""

from commands.link import link_households
from commands.making import Making, judged_beside
from measures.results import compute_results
from warehouse import carried_over, engine, linked


def compute(made: Making, same_lists: bool | None) -> None:
    """Write every ``result__*`` table, and the links where it is not known yet whether those before stand.

    Raises:
        NotPublished: the build fails a blocking check.
    """
    path, previous, today = made.path, made.previous, made.today
    if same_lists is None:
        same_lists = link_households(made.folder, path, previous, made.formulas)
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
