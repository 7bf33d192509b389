"""Support by household and the audit of the small demo: what `estimates` tells equals the demo's truth."""

import json

import pytest

from reference.loading import indicators
from warehouse.door import Door, Viewer

PERIOD = "2025"
ALL = "all_policies_received_rate"


@pytest.fixture(scope="module")
def door(small_province) -> Door:
    return Door.open(small_province.data, Viewer(role="command"))


@pytest.fixture(scope="module")
def truth(small_province):
    return json.loads((small_province.truth / "summary.json").read_text("utf-8"))


def pairs(door: Door, measure: str) -> dict[str, tuple[float, float]]:
    rows = door.estimates((measure,), level="commune", periods=(PERIOD,))
    rows = rows.filter(rows["units_reported"] > 0)
    return {
        unit: (numerator, denominator)
        for unit, numerator, denominator in rows.select(
            "unit_code", "numerator", "denominator"
        ).iter_rows()
    }


def test_every_policy_received_by_commune(door, truth):
    told = {
        each["unit_code"]: (each["received_all"], each["entitled"]) for each in truth["support"]
    }
    assert pairs(door, ALL) == told
    (above,) = door.estimates((ALL,), periods=(PERIOD,)).to_dicts()
    assert above["numerator"] == sum(received for received, _ in told.values())
    # Some communes only: shown with its coverage, ranked nowhere.
    assert (above["units_reported"], above["units_expected"]) == (len(told), 57)


@pytest.mark.parametrize("code", [indicator.code for indicator in indicators()])
def test_deprivations_of_newly_escaped_and_their_support(door, truth, code):
    for measure, inside, of in (
        (f"deprivation_{code}_among_newly_escaped", f"newly_escaped_{code}", "newly_escaped"),
        (f"support_for_{code}_rate", f"supported_{code}", f"asked_{code}"),
    ):
        told = {
            each["unit_code"]: (each.get(inside, 0), each.get(of, 0)) for each in truth["support"]
        }
        assert pairs(door, measure) == told, measure


def test_the_audit(door, truth):
    rows = {(row["list_class"], row["error"]): row for row in door.audits().to_dicts()}
    audit = truth["audit"]
    inclusion, exclusion = rows["either", "inclusion"], rows["either", "exclusion"]
    assert inclusion["sampled_households"] == audit["households"]
    assert inclusion["numerator"] == pytest.approx(audit["listed_wrong_weight"])
    assert inclusion["denominator"] == pytest.approx(audit["listed_weight"])
    assert exclusion["numerator"] == pytest.approx(audit["eligible_missed_weight"])
    assert exclusion["denominator"] == pytest.approx(audit["eligible_weight"])


def test_participants_that_left_the_list_are_told(door):
    (row,) = door.estimates(("model_participants_out_rate",), periods=(PERIOD,)).to_dicts()
    assert row["mark"] == "ok"
    assert 0 < row["numerator"] < row["denominator"]
