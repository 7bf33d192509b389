"""A running list that some communes are missing from, and programmes by place, opened on a small build."""

import polars as pl
import pytest

from reference.loading import units
from tests.app import factory
from tests.app.test_pages import _texts
from warehouse.result_tables import RESULT__ESTIMATE, RESULT__PROGRAMME

COMMUNES = units().filter(era="2025", level="commune").sort("code").to_dicts()
BEFORE, REPORTED = "2025-Q3", 52
REACHED = (9.0, 5.0, 7.0, 5.0)  # of 10 each; a fifth commune reports its need only


def _running_lists():
    """57 communes a year ago, 52 now: 90 and 80 of 10.000 households; the five missing ones had 1.000."""
    rows = [
        row
        for period, told, poor in ((BEFORE, 57, 90), (factory.RUNNING, REPORTED, 80))
        for place, commune in enumerate(COMMUNES[:told])
        for row in factory.figures(
            {
                "period": period, "era": "2025", "level": "commune", "unit_code": commune["code"],
                "unit_name": commune["name"], "units_reported": 1, "units_expected": 1,
            },
            1000 if place >= REPORTED else poor, 0, 10000,
        )
    ]  # fmt: skip
    return RESULT__ESTIMATE.conform(pl.DataFrame(rows, infer_schema_length=None))


def _repairs():
    told = [
        (commune, quantity, value)
        for commune, reached in zip(COMMUNES, (*REACHED, None), strict=False)
        for quantity, value in (("need", 10.0), ("reached", reached))
        if value is not None
    ]
    rows = [
        {
            "period": "2025-H2", "era": "2025", "level": "commune", "unit_code": commune["code"],
            "unit_name": commune["name"], "programme": "housing_repaired", "quantity": quantity,
            "value": value, "mark": "ok", "units_reported": 1, "units_expected": 1,
        }
        for commune, quantity, value in told
    ]  # fmt: skip
    return RESULT__PROGRAMME.conform(pl.DataFrame(rows))


@pytest.fixture(scope="module")
def partial_data(tmp_path_factory):
    """The small build with the two running lists by commune and repairs of houses by commune."""
    folder = tmp_path_factory.mktemp("partial")
    estimates, figures = factory.estimates, factory.programme_figures
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(factory, "estimates", lambda: pl.concat([estimates(), _running_lists()]))
        patch.setattr(factory, "programme_figures", lambda: pl.concat([figures(), _repairs()]))
        factory.write_build(folder)
    return folder


# 52 · 90 = 4.680 and 52 · 80 = 4.160 of 52 · 10.000 = 520.000 households
def test_the_same_communes_a_year_before_stand_under_a_period_that_some_are_missing_from(
    open_app, partial_data
):
    app = open_app(partial_data, "poverty_rates", period=factory.RUNNING)
    assert (
        "Trên cùng 52 xã: quý III/2025 là 0,90 % = 4.680 hộ; quý III/2026 là 0,80 % = 4.160 hộ"
        " (−0,10 điểm %)."
    ) in _texts(app).replace("\\", "")
    for other in ({"period": "2025"}, {"period": factory.RUNNING, "role": "officer"}):
        assert "Trên cùng" not in _texts(open_app(partial_data, "poverty_rates", **other))


def test_the_card_of_the_running_list_is_compared_on_the_same_communes_only(open_app, partial_data):
    words = "cùng 52 xã: −520 hộ so với quý III/2025"
    assert words in _texts(open_app(partial_data)).replace("\\", "")
    assert "cùng 52 xã" not in _texts(open_app(partial_data, role="officer"))
    english = _texts(open_app(partial_data, lang="en")).replace("\\", "")
    assert "same 52 communes: −520 households against Q3/2025" in english


def test_the_least_reached_places_come_first_and_those_without_a_share_last(open_app, partial_data):
    app = open_app(partial_data, "programme_delivery", programme="housing_repaired")
    table = next(each.value for each in app.dataframe if "Đơn vị" in each.value.columns)
    shares = [text.strip() for text in table.iloc[:, 1]]
    assert shares == ["50,0 %", "50,0 %", "70,0 %", "90,0 %", "–"]
    first, second, third, fourth, silent = (commune["name"] for commune in COMMUNES[:5])
    assert set(table["Đơn vị"][:2]) == {second, fourth}
    assert list(table["Đơn vị"][2:]) == [third, first, silent]
