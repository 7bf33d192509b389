"""The public file: small, silent about names and files, and closed to subtraction."""

from collections import Counter
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.warehouse import attacker
from warehouse import engine, publication
from warehouse.builds import Build
from warehouse.dim_tables import DIM__PUBLISHED, DIM__TOUCH, DIM__UNIT
from warehouse.publication import suppressed, write_public
from warehouse.quality_tables import QUALITY__BUILD, QUALITY__CHECK, QUALITY__SUBMISSION
from warehouse.result_tables import RESULT__ESTIMATE

KINDS = attacker.kinds()


def is_attributed(kind: attacker.Kind) -> bool:
    return len(attacker.COMMUNES[kind.commune][0]) == 1 or kind.former is not None


@st.composite
def households(draw) -> attacker.Households:
    """Households by kind; the lists of straddling communes name older communes always, never or sometimes."""
    few = draw(
        st.sampled_from([(0, 0, 0, 1, 2, 3, 7, 12), (0, 1, 2), (0, 0, 0, 5, 20), (0, 3, 30)])
    )
    counts = draw(st.lists(st.sampled_from(few), min_size=len(KINDS), max_size=len(KINDS)))
    names_older = draw(st.sampled_from(["always", "never", "sometimes"]))
    found = Counter(dict(zip(KINDS, counts, strict=True)))
    for kind in KINDS:
        is_straddling = len(attacker.COMMUNES[kind.commune][0]) > 1
        if is_straddling and names_older == ("never" if is_attributed(kind) else "always"):
            found[kind] = 0
    return found


def sensitive(found: attacker.Households) -> dict[str, attacker.Chosen]:
    """Households that no row counts, but that differences could tell of."""
    straddling = {name for name, (districts, _) in attacker.COMMUNES.items() if len(districts) > 1}
    chosen: dict[str, attacker.Chosen] = {}
    for district in ("A", "B"):
        chosen[f"neither poor nor near-poor in {district}"] = lambda kind, district=district: (
            kind.former == district and kind.class_code == "none"
        )
        for class_code in ("poor", "near_poor"):
            chosen[f"part of straddling communes in {district}, {class_code}"] = (
                lambda kind, district=district, class_code=class_code: (
                    kind.commune in straddling
                    and kind.former == district
                    and kind.class_code == class_code
                )
            )
    return {
        name: kinds
        for name, kinds in chosen.items()
        if 0 < sum(count for kind, count in found.items() if kinds(kind)) < 5
    }


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(households())
def test_an_attacker_finds_no_small_count(found):
    figures = attacker.figures(found)
    public = suppressed(figures, attacker.touch(), attacker.units())
    was_zero = figures["numerator"] == 0
    sees_zeros = not (was_zero & (public["mark"] == "suppressed")).any()
    knows = attacker.Attacker(public, sees_zeros=sees_zeros)
    truth = figures["numerator"].to_list()
    for row, count in zip(public.iter_rows(named=True), truth, strict=True):
        if 0 < count < 5:
            assert row["numerator"] is None
            assert row["value"] is None
            assert knows.width(attacker.numerator_of(row)) > 1 - 1e-6, row
    for name, chosen in sensitive(found).items():
        assert knows.width(chosen) > 1 - 1e-6, name


def test_zero_and_no_data_stay_what_they_are():
    figures = attacker.figures(Counter(dict.fromkeys(KINDS, 20)))
    is_commune = (pl.col("level") == "commune") & (pl.col("unit_code") == "c1")
    silent = figures.with_columns(
        numerator=pl.when(~is_commune).then("numerator"),
        value=pl.when(~is_commune).then("value"),
        mark=pl.when(is_commune).then(pl.lit("no_data")).otherwise("mark"),
    )
    public = suppressed(silent, attacker.touch(), attacker.units())
    assert set(public.filter(is_commune)["mark"]) == {"no_data"}
    nobody = attacker.figures(Counter())
    public = suppressed(nobody, attacker.touch(), attacker.units())
    assert "suppressed" not in set(public["mark"])
    assert public.filter(pl.col("mark") == "zero").height > 0


def estimate(measure: str, value: float, **fields) -> dict[str, object]:
    return {
        "measure": measure,
        "period": "2024",
        "selection": "best",
        "status": "official",
        "standard_id": "2022-2026",
        "era": "2024",
        "level": "province",
        "unit_code": "36",
        "value": value,
        "unit": "household",
        "numerator": value,
        "mark": "ok",
        "units_reported": 2,
        "units_expected": 2,
    } | fields


def district(measure: str, value: float, **fields) -> dict[str, object]:
    return estimate(measure, value, era="2020", level="district", unit_code="356") | fields


def commune(measure: str, value: float, **fields) -> dict[str, object]:
    return estimate(measure, value, level="commune", unit_code="13633") | fields


POOR, FLOW = "poor_household_count", "new_poor_household_count"
ESTIMATES = [
    estimate(POOR, 60),
    estimate(POOR, 61, selection="official"),
    estimate(POOR, 58, period="2024-03"),
    estimate(FLOW, 12),
    estimate("an_unheard_of_count", 12),
    estimate(POOR, 50, group_by="head_ethnicity", group="kinh"),
    estimate(POOR, 10, group_by="head_ethnicity", group="minority"),
    district(POOR, 60),
    district(POOR, 58, period="2024-03"),
    district(POOR, 0, period="2024-03", unit_code="358", mark="zero"),
    district(FLOW, 12),
    district(FLOW, 0, unit_code="358", mark="zero"),
    district(POOR, 50, group_by="head_ethnicity", group="kinh"),
    district(POOR, 20, group_by="head_sex", group="male"),
    commune(POOR, 60),
    commune(POOR, 60, era="2025"),
    commune(POOR, 58, period="2024-03"),
    commune(POOR, 20, group_by="head_sex", group="male"),
    commune("poor_person_count", 90, unit="person"),
]
SUBMISSION = {
    "file_number": 1,
    "submission_id": "ab" * 32,
    "file_name": "2024/Nguyen Van A.xlsx",
    "form": "review_list",
    "era": "2024",
    "unit_code": "13633",
    "period": "2024",
    "status": "official",
    "outcome": "partly",
    "rows_read": 70,
    "rows_loaded": 63,
    "rows_rejected": 2,
    "rows_not_data": 5,
    "document_number": "15/QĐ-UBND",
    "document_date": date(2024, 12, 20),
}
FORM_1 = SUBMISSION | {"file_number": 2, "form": "summary", "rows_read": 4, "rows_loaded": 1}
WITHDRAWN = SUBMISSION | {"file_number": 3, "withdrawn_at": datetime(2025, 1, 2, tzinfo=UTC)}


def write_restricted(folder, estimates):
    folder.mkdir()
    with engine.writing(folder / "restricted.duckdb") as target:
        for table, rows in (
            (RESULT__ESTIMATE, estimates),
            (QUALITY__SUBMISSION, [SUBMISSION, FORM_1, WITHDRAWN]),
            (QUALITY__BUILD, [{"build_id": folder.name, "today": date(2026, 9, 15)}]),
            (
                QUALITY__CHECK,
                [{"check_id": "x", "verdict": "passed", "note": "bà Trần Thị B cho qua"}],
            ),
            (
                DIM__UNIT,
                [{"era": "2024", "code": "13633", "level": "commune", "area_type": "urban"}],
            ),
            (DIM__TOUCH, []),
            (DIM__PUBLISHED, []),
        ):
            engine.create(target, table, pl.DataFrame(rows) if rows else table.empty())
    return Build(folder.name, folder)


def build(folder, estimates=ESTIMATES, previous=None):
    made = write_restricted(folder, estimates)
    write_public(made.restricted, made.public, previous)
    return made


def public_table(made, name):
    with engine.reading(made.public) as source:
        return engine.read(source, f"SELECT * FROM {name}")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return build(tmp_path_factory.mktemp("data") / "first")


def test_only_what_is_meant_for_all_is_in_the_file(made):
    rows = public_table(made, "result__estimate")
    shown = rows.select("measure", "period", "level", "era", "group_by", "mark").rows()
    assert sorted(shown, key=str) == sorted(
        [
            (POOR, "2024", "province", "2024", None, "ok"),
            (POOR, "2024-03", "province", "2024", None, "ok"),
            (FLOW, "2024", "province", "2024", None, "ok"),
            (POOR, "2024", "province", "2024", "head_ethnicity", "ok"),
            (POOR, "2024", "province", "2024", "head_ethnicity", "ok"),
            (POOR, "2024", "district", "2020", None, "ok"),
            (POOR, "2024-03", "district", "2020", None, "suppressed"),
            (POOR, "2024-03", "district", "2020", None, "suppressed"),
            (FLOW, "2024", "district", "2020", None, "suppressed"),
            (FLOW, "2024", "district", "2020", None, "suppressed"),
            (POOR, "2024", "district", "2020", "head_sex", "ok"),
            (POOR, "2024", "commune", "2024", None, "ok"),
        ],
        key=str,
    )
    withheld = rows.filter(pl.col("mark") == "suppressed")
    assert withheld.select("value", "numerator", "denominator").null_count().row(0) == (4, 4, 4)


def test_the_total_of_the_only_district_with_data_is_withheld_as_that_district_is(tmp_path):
    rate = {"unit": "pct", "numerator": 58.0, "denominator": 900.0}
    month = {"period": "2024-03"}
    by_sex = {"group_by": "head_sex", **month}
    rows = [
        estimate(POOR, 58, **month),
        estimate("poor_household_rate", 6.44, **rate, **month),
        estimate(POOR, 30, group="male", **by_sex),
        estimate(POOR, 28, group="female", **by_sex),
        estimate("near_poor_household_count", 70, **month),
        district(POOR, 58, **month),
        district(POOR, None, numerator=None, unit_code="358", mark="no_data", **month),
        district(POOR, 30, group="male", **by_sex),
        district("near_poor_household_count", 40, **month),
        district("near_poor_household_count", 30, unit_code="358", **month),
    ]
    public = public_table(build(tmp_path / "one", rows), "result__estimate")
    marks = public.filter(level="province").select("measure", "group", "mark").rows()
    assert sorted(marks, key=str) == [
        ("near_poor_household_count", None, "ok"),
        (POOR, "female", "suppressed"),
        (POOR, "male", "suppressed"),
        (POOR, None, "suppressed"),
        ("poor_household_rate", None, "suppressed"),
    ]


def test_a_file_has_a_number_and_rounded_rows_and_no_name(made):
    submissions = public_table(made, "quality__submission")
    assert submissions.columns == [
        *("file_number", "form", "era", "unit_code", "period", "status", "outcome"),
        *("rows_read", "rows_loaded", "rows_rejected", "rows_not_data", "document_date"),
    ]
    rows = submissions.select("file_number", "rows_read", "rows_loaded", "rows_rejected")
    # 63 households on the list become 60; form 1 has one row a commune and tells of no household.
    assert rows.rows() == [(1, 67, 60, 2), (2, 8, 1, 2)]


def test_nothing_else_is_in_the_file(made):
    with engine.reading(made.public) as source:
        tables = engine.read(source, "SELECT table_name FROM information_schema.tables")
    assert set(tables["table_name"]) == {
        *("result__estimate", "dim__unit", "dim__published"),
        *("quality__build", "quality__submission", "quality__check", "quality__rules"),
    }
    assert public_table(made, "quality__check")["note"].null_count() == 1


def test_a_period_that_did_not_change_keeps_its_public_rows(made, tmp_path, monkeypatch):
    seen = []

    def spy(rows, *arguments):
        seen.append(sorted(set(rows["period"])))
        return suppressed(rows, *arguments)

    monkeypatch.setattr(publication, "suppressed", spy)
    again = build(tmp_path / "again", previous=made)
    changed = [*ESTIMATES, estimate("near_poor_household_count", 80, period="2024-03")]
    later = build(tmp_path / "later", changed, previous=again)
    assert seen == [[], ["2024-03"]]
    figures = [public_table(one, "result__estimate") for one in (made, again, later)]
    order = ["measure", "period", "level", "group"]
    assert figures[0].sort(order).equals(figures[1].sort(order))
    assert figures[2].height == figures[0].height + 1


def test_other_rules_decide_every_period_again(made, tmp_path, monkeypatch):
    monkeypatch.setattr(publication, "_fingerprint", lambda: "of newer code")
    seen = []
    monkeypatch.setattr(
        publication, "suppressed", lambda rows, *others: seen.append(rows.height) or rows
    )
    build(tmp_path / "again", previous=made)
    assert seen == [public_table(made, "result__estimate").height]
