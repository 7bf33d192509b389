"""Households out of poverty after a model (T8.2): participants that left the list within 24 months.

Left means found neither poor nor near-poor at one of the two reviews after joining and not back on the list at the
second. A household that the lists do not name is unknown: it may have moved or be written otherwise.
"""

import ibis
from ibis import _

from measures.household_support import HouseholdMeasure

FORM = "model_participants"
REVIEWS = 2
"""Yearly reviews inside 24 months of the day a household joined."""
MEASURE = HouseholdMeasure(
    "model_participants_out_rate",
    numerator=_.has_left.ifelse(1, 0),
    denominator=_.is_told.ifelse(1, ibis.null("int64")),
)
