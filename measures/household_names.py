"""What the figures of household flows call classes, ways of finding and relapses.

Apart from the formulas: a page that names them need not load what computes them.
"""

CLASSES = ("poor", "near_poor", "none")
NOT_BEFORE, NO_LONGER = "not_on_list_before", "no_longer_on_list"
RELAPSE_REVIEWS = {"relapsed_12": 1, "relapsed_24": 2, "relapsed_36": 3}
"""Relapse within so many months → yearly reviews after the escape."""
RELAPSE_MONTHS = {name.removeprefix("relapsed_"): name for name in RELAPSE_REVIEWS}
UNFOUND = ("ambiguous", "unlinked")
"""Households that were poor or near-poor before as written, and not found."""
WAYS = (
    "number", "name", "number_digit", "name_date", "name_year", "moved", "ambiguous", "unlinked",
)  # fmt: skip
"""Surest first."""
