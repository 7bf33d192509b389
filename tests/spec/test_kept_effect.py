"""What the places of a model keep of its effect, on a table checked by hand."""

import polars as pl
import pytest

from charts.kept_effect import Place, Step, kept_effect, signed
from measures.evaluation.steps import steps

SITES = pl.DataFrame(
    [
        (1.0, 20, 12, 0.3), (1.0, 10, 3, 0.3), (0.4, 10, 3, 0.2), (0.4, None, None, None),
        (0.6, 0, None, None), (None, 18, 9, 0.25),
    ],
    schema=["fidelity_share", "households", "out", "expected_share"],
    orient="row",
)  # fmt: skip


def test_places_that_kept_as_much_are_taken_together():
    # all kept: 15 out of 30, expected 6 + 3 = 9: (15 − 9) / 30 = 0.2, not the mean of 0.3 and 0
    # 40 % kept: 3 of 10, expected 2: 0.1; without a share or a result nothing is said
    found = steps(SITES)
    assert found["fidelity_share"].to_list() == [1.0, 0.4]
    assert found["effect_share"].to_list() == pytest.approx([0.2, 0.1])
    assert found["site_count"].to_list() == [2, 1]
    assert found["households"].to_list() == [30, 10]


def test_without_a_known_place_there_is_no_step():
    assert steps(SITES.filter(pl.col("fidelity_share").is_null())).is_empty()


def test_every_place_is_named_and_stands_at_its_effect():
    places = (Place("Xã A (gốc)", 30.0, True), Place("Xã B (nhân rộng)", -4.0, False))
    figure = kept_effect([Step("Giữ 100 %", 13.0, places)], "không hơn", "vi", "light")
    texts = [one.text for one in figure.layout.annotations]
    assert {"Xã A (gốc)", "+30", "Xã B (nhân rộng)", signed(-4.0, "vi")} <= set(texts)
    copies, pilots = figure.data[2], figure.data[3]
    assert (list(copies.x), list(pilots.x)) == ([-4.0], [30.0])
    assert (copies.marker.symbol, pilots.marker.symbol) == ("circle", "diamond")
    assert figure.layout.xaxis.range[0] < -4
