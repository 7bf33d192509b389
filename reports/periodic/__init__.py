"""The reports that the plan asks for: half-yearly, yearly, five-yearly."""
