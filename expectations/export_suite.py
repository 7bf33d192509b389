"""What must hold for the export of the households' information system."""

from expectations.check import Suite
from expectations.household_rows import household_rows
from expectations.place_and_time import place_and_time

SUITES = (
    place_and_time("export"),
    Suite("export", "export", "export_household", household_rows("export")),
)
