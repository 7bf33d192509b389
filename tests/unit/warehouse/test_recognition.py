"""Rows without a number: one household that fits, or none."""

import polars as pl
import pytest

from warehouse.recognition import recognised

YEAR, OTHER_YEAR = "y" * 12, "z" * 12
DAY, OTHER_DAY = YEAR + "1" * 12, YEAR + "2" * 12
KEYS = {"date_key": pl.String(), "linked_id": pl.String()}


@pytest.mark.parametrize(
    ("asked", "named", "born", "found"),
    [
        (None, ["h1"], [], "h1"),
        (None, ["h1"], [(DAY, "h1")], "h1"),  # a year goes with any of its days
        (DAY, ["h1"], [], "h1"),
        (DAY, ["h1"], [(DAY, "h1")], "h1"),
        (DAY, ["h1"], [(OTHER_DAY, "h1")], None),  # another birthday
        (DAY, ["h1"], [(OTHER_YEAR + "1" * 12, "h1")], "h1"),  # once written with another year
        (DAY, ["h1", "h2"], [(DAY, "h2")], "h2"),  # the very day goes before the year alone
        (DAY, ["h1", "h2"], [(OTHER_DAY, "h2")], "h1"),
        (DAY, ["h1", "h2"], [(DAY, "h1"), (DAY, "h2")], None),  # never forced
        (None, ["h1", "h2"], [], None),
    ],
)
def test_one_household_fits_and_no_other(asked, named, born, found):
    rows = pl.DataFrame(
        {"link_key": ["k"], "date_key": [asked]}, schema_overrides={"date_key": pl.String}
    )
    names = pl.DataFrame({"link_key": ["k"] * len(named), "linked_id": named})
    days = pl.DataFrame(born, schema=KEYS, orient="row")
    assert recognised(rows, names, days)["linked_id"].to_list() == ([found] if found else [])
