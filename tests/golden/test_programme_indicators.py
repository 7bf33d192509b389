"""Every programme indicator of the whole demo province against its truth, by province, former district and commune."""

import polars as pl
import pytest

from measures.catalogue import reported_measures
from warehouse.door import Door, Viewer

pytestmark = pytest.mark.province
KEY = ["period", "unit_code"]


@pytest.fixture(scope="module")
def truth(province):
    """Figures of every commune that the agencies' workbooks tell."""
    return pl.read_parquet(province.truth / "programmes.parquet")


@pytest.fixture(scope="module")
def told(province):
    return Door.open(province.data, Viewer("command"))


def expected(truth, measure):
    """Numerator and denominator of each commune that told every term, added up term by term."""
    sums = []
    for role in ("numerator", "denominator"):
        terms = [f"{programme}/{quantity}" for programme, quantity in getattr(measure, role) or ()]
        named = truth.with_columns(term=pl.col("programme") + "/" + pl.col("quantity"))
        own = named.filter(pl.col("term").is_in(terms)).group_by(KEY)
        counted = own.agg(pl.col("value").sum().alias(role), pl.col("term").n_unique())
        whole = counted.filter(term=len(terms)).select(*KEY, role)
        sums.append(whole if terms else truth.select(KEY).unique().with_columns(denominator=None))
    first, second = sums
    return first.join(second, on=KEY)


@pytest.mark.parametrize("name", reported_measures())
def test_an_indicator_is_its_truth_and_its_parts_sum_to_the_whole(truth, told, name):
    measure = reported_measures()[name]
    of_communes = expected(truth, measure)
    assert of_communes.height > 1_000
    communes = told.estimates([name], level="commune").filter(pl.col("units_reported") == 1)
    both = communes.join(of_communes, on=KEY, suffix="_true", how="full", coalesce=True)
    assert both.height == of_communes.height == communes.height
    assert both["numerator"].eq(both["numerator_true"]).all()
    if measure.denominator:
        assert both["denominator"].eq(both["denominator_true"]).all()
        shares = both.filter(pl.col("denominator_true") > 0)
        exact = 100 * shares["numerator_true"] / shares["denominator_true"]
        assert (shares["value"] - exact).abs().max() <= 0.005 + 1e-9
        assert both.filter(denominator_true=0)["mark"].is_in(["no_case"]).all()
    whole = of_communes.group_by("period").agg(
        pl.col("numerator").sum(), pl.col("denominator").sum(), reported=pl.len()
    )
    provinces = told.estimates([name], level="province")
    districts = told.estimates([name], level="district").group_by("period")
    for rows in (provinces, districts.agg(pl.col("numerator").sum(), pl.col("denominator").sum())):
        joined = rows.join(whole, on="period", suffix="_true")
        assert joined.height == whole.height
        assert joined["numerator"].eq(joined["numerator_true"]).all()
        if measure.denominator:
            assert joined["denominator"].eq(joined["denominator_true"]).all()
    counted = provinces.join(whole, on="period")
    assert counted["units_reported"].eq(counted["reported"]).all()
