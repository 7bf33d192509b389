"""Indicators over the agencies' workbooks, each with its arithmetic in a comment."""

import polars as pl

from warehouse.result_tables import RESULT__PROGRAMME

MEASURES = ()


A, B, C = "13825", "13870", "13939"  # Yên Bình and Yên Cường are in Ý Yên (360)


def insured(unit, eligible=None, reached=None, **more):
    told = {"eligible": eligible, "reached": reached}
    return {
        "programme": "insurance_poor",
        "unit_code": unit,
        **{name: value for name, value in told.items() if value is not None},
        **more,
    }


def test_a_rate_of_a_district_comes_from_the_sums(estimate, one):
    rows = estimate(programmes=[insured(A, 10, 9), insured(B, 90, 90)])
    row = one(rows, measure="poor_health_insurance_rate", level="district", unit_code="360")
    # (9 + 90) / (10 + 90) = 99 %; the mean of 90 % and 100 % would be 95
    assert (row["value"], row["numerator"], row["denominator"]) == (99, 99, 100)
    assert (row["period"], row["status"], row["standard_id"]) == ("2024-H1", "official", None)


def test_coverage_counts_communes_and_what_is_missing_is_in_neither_sum(estimate, one):
    rows = estimate(programmes=[insured(A, 10, 9), insured(B, 90)])
    row = one(rows, measure="poor_health_insurance_rate", level="province", era="2020")
    # B told how many are entitled and not how many have a card: 9 / 10, not 9 / 100
    assert (row["value"], row["units_reported"], row["units_expected"]) == (90, 1, 226)
    lacking = one(
        rows, measure="poor_health_insurance_rate", level="commune", era="2020", unit_code=B
    )
    assert (lacking["mark"], lacking["value"]) == ("no_data", None)


def test_nobody_entitled_is_no_case_and_nobody_reached_is_zero(estimate, one):
    rows = estimate(programmes=[insured(A, 0, 0), insured(B, 5, 0)])
    marks = {
        unit: one(
            rows, measure="poor_health_insurance_rate", level="commune", era="2020", unit_code=unit
        )["mark"]
        for unit in (A, B)
    }
    assert marks == {A: "no_case", B: "zero"}


def test_credit_needs_every_kind_of_borrower(estimate, one):
    def lent(programme, need, reached):
        return {"programme": programme, "unit_code": A, "need": need, "reached": reached}

    three = [
        lent("credit_poor", 10, 8),
        lent("credit_near_poor", 20, 20),
        lent("credit_newly_escaped", 5, 5),
    ]
    where = {"measure": "credit_need_met_rate", "level": "commune", "era": "2020", "unit_code": A}
    assert one(estimate(programmes=three), **where)["mark"] == "no_data"
    # (8 + 20 + 5 + 7) / (10 + 20 + 5 + 15) = 40 / 50
    whole = estimate(programmes=[*three, lent("credit_other", 15, 7)])
    assert one(whole, **where)["value"] == 80


def test_a_commune_of_today_has_the_figure_of_a_year_before(estimate, one, crosswalk):
    # every commune of 2020 in the commune of 2025 that holds Yên Cường: one card of two persons each
    today = crosswalk.filter(code_2020=B)["code_2025"].item()
    parts = crosswalk.filter(code_2025=today)["code_2020"].unique().to_list()
    rows = estimate(programmes=[insured(unit, 2, 1) for unit in parts])
    where = {"measure": "poor_health_insurance_rate", "level": "commune", "era": "2025"}
    row = one(rows, **where, unit_code=today)
    assert (row["numerator"], row["denominator"], row["value"]) == (len(parts), 2 * len(parts), 50)
    assert (row["units_reported"], row["units_expected"]) == (len(parts), len(parts))
    fewer = estimate(programmes=[insured(unit, 2, 1) for unit in parts[1:]])
    row = one(fewer, **where, unit_code=today)
    assert (row["units_reported"], row["units_expected"]) == (len(parts) - 1, len(parts))


def test_every_quantity_is_summed_with_its_coverage(estimate):
    rows = estimate(
        programmes=[insured(A, 10, 9), insured(B, 90, 90)], result=RESULT__PROGRAMME
    ).filter(level="district", unit_code="360", quantity="reached")
    assert rows["value"].to_list() == [99]
    assert (rows["units_reported"].item(), rows["mark"].item()) == (2, "ok")


def test_after_the_merger_a_half_year_is_told_by_the_communes_in_force(estimate, crosswalk):
    unit = crosswalk["code_2025"].first()
    rows = estimate(programmes=[insured(unit, 4, 2, period="2025-H2", era="2025")])
    told = rows.filter(
        pl.col("measure") == "poor_health_insurance_rate", level="province", selection="best"
    )
    assert told["units_expected"].to_list() == [57]
    assert told["value"].to_list() == [50]
