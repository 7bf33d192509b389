"""What must hold for the export of the households' information system."""

from expectations.check import Suite
from expectations.household_rows import household_rows
from expectations.place_and_time import place_and_time

SUITE = Suite(
    name="export",
    form="export",
    table="export_household",
    checks=(*place_and_time("export"), *household_rows("export")),
)
