"""Names and limits of the integrity signals, for who only shows them: pages need no engine and no statistics."""

SIGNALS = (
    "b1_at_the_cut",
    "b2_at_the_cut",
    "reviewer_apart",
    "no_exits",
    "no_entries",
    "class_changed_alone",
    "area_type_changed",
)
NEAR_POINTS = 10
"""B1 within so many points of the cut is near it."""
FEWEST_OF_A_REVIEWER = 10
