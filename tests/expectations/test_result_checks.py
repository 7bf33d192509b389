"""Every check of the second gate: passes on figures that add up, seen failing on one change."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from expectations import public_suite, results_suite, staging
from expectations.check import Check, Suite
from expectations.engine import CheckedFile
from expectations.gate import judge_figures, judge_public
from tests.expectations.small_province import open_for_writing
from warehouse.core_tables import CORE_REVIEW__FORM_CELL
from warehouse.dim_tables import DIM__UNIT
from warehouse.engine import create, writing
from warehouse.geography import dim_unit
from warehouse.model_tables import RESULT__MODEL
from warehouse.quality_tables import QUALITY__COVERAGE
from warehouse.result_tables import RESULT__ESTIMATE, RESULT__HOUSEHOLD_FLOW

Figure = dict[str, Any]
Spoil = Callable[[list[Figure]], None]

# The province has 40 poor of 1,000 households: 12 + 28 in two communes of era 2025; 15 + 25 by area.
PROVINCE, FIRST, SECOND, RURAL, URBAN, RATE, SHARE, EMPTY = range(8)


def figure(measure: str, unit_code: str, value: float | None, **changed: Any) -> Figure:
    """A count of poor households at the end of 2025."""
    return {
        "measure": measure,
        "period": "2025",
        "selection": "best",
        "status": "official",
        "standard_id": "2022-2026",
        "era": "2025",
        "level": "province" if unit_code == "36" else "commune",
        "unit_code": unit_code,
        "value": value,
        "unit": "household",
        "numerator": value,
        "mark": "ok",
        "units_reported": 57 if unit_code == "36" else 1,
        "units_expected": 57 if unit_code == "36" else 1,
        **changed,
    }


def figures() -> list[Figure]:
    """Figures that pass every check, in the order of the constants above."""
    count, rate = "poor_household_count", "poor_household_rate"
    by_area = {"group_by": "area_type"}
    parts = {"numerator": 40.0, "denominator": 1000.0}
    suppressed = {"mark": "suppressed", "numerator": None}
    return [
        figure(count, "36", 40.0),
        figure(count, "13669", 12.0),
        figure(count, "13684", 28.0),
        figure(count, "36", 15.0, **by_area, group="rural"),
        figure(count, "36", 25.0, **by_area, group="urban"),
        figure(rate, "36", 4.0, unit="pct", **parts),
        # A = 0.25: 120 deprivations of 40 × 12.
        figure(
            "deprivation_intensity", "36", 0.25, unit="share", numerator=120.0, denominator=480.0
        ),
        figure(rate, "13669", None, unit="pct", denominator=300.0, **suppressed),
    ]


def at(position: int, **values: object) -> Spoil:
    """One figure gets ``values``."""
    return lambda rows: rows[position].update(values)


def repeated(position: int) -> Spoil:
    """One figure is there twice."""
    return lambda rows: rows.append(dict(rows[position]))


def _one_commune_hidden(rows: list[Figure]) -> None:
    rows[FIRST].update(value=None, numerator=None, mark="suppressed")


def _one_group_hidden(rows: list[Figure]) -> None:
    rows[RURAL].update(value=None, numerator=None, mark="suppressed")


def _count_hidden_but_not_its_rate(rows: list[Figure]) -> None:
    # 4 % of 300 are the 12 that the count hides.
    _one_commune_hidden(rows)
    rows[EMPTY].update(value=4.0, numerator=12.0, mark="ok")


CASES: dict[str, Spoil] = {
    "results.figure_unique": repeated(RATE),
    "results.measure_named": at(RATE, measure=None),
    "results.unit_allowed": at(RATE, unit="percent"),
    "results.mark_allowed": at(RATE, mark="hidden"),
    "results.mark_fits_value": at(FIRST, value=None),
    "results.rates_in_range": at(RATE, value=104.0),
    "results.counts_whole": at(FIRST, value=12.5),
    "results.numerator_within_denominator": at(RATE, numerator=1001.0),
    # 45 of 1,000 is 4.5 %, not 4 %.
    "results.rate_follows_from_parts": at(RATE, numerator=45.0),
    "results.coverage_sound": at(FIRST, units_reported=2),
    "results.zero_is_reported": at(FIRST, value=0.0, numerator=0.0, mark="zero", units_reported=0),
    "results.units_exist": at(FIRST, unit_code="99999"),
    # 13 + 28 = 41, the province says 40.
    "results.levels_add_up": at(FIRST, value=13.0, numerator=13.0),
    # 16 + 25 = 41 of 40.
    "results.groups_within_whole": at(RURAL, value=16.0),
    "results.suppressed_is_empty": at(EMPTY, numerator=3.0),
    # 12 of the opening list are told to have stayed poor or gone; it had 14.
    "results.flows_balance": lambda rows: rows.append(
        figure("poor_household_count", "13669", 14.0, period="2024")
    ),
    # Form 4 says 12 poor households, the lists now give 14.
    "results.official_forms_as_lists": at(FIRST, value=14.0, numerator=14.0),
    "public.mark_fits_value": at(EMPTY, value=1.0),
    "public.suppressed_is_empty": at(EMPTY, numerator=3.0),
    "public.no_small_count": at(FIRST, value=4.0),
    # 40 − 28 tells the hidden 12; 40 − 25 the hidden 15.
    "public.no_cell_by_difference": _one_commune_hidden,
    "public.no_group_by_difference": _one_group_hidden,
    "public.no_count_by_rate": _count_hidden_but_not_its_rate,
}
MORE_CASES: list[tuple[str, Spoil]] = [
    ("results.mark_fits_value", at(FIRST, mark="zero")),
    ("results.mark_fits_value", at(FIRST, mark="no_data")),
    ("results.mark_fits_value", at(FIRST, value=0.0, numerator=0.0)),
    ("results.rates_in_range", at(SHARE, value=1.01)),
    ("results.counts_whole", at(FIRST, value=-1.0)),
    ("results.levels_add_up", at(PROVINCE, value=None, numerator=None, mark="no_data")),
    ("public.no_small_count", at(RATE, numerator=3.0)),
    ("public.no_small_count", at(RATE, denominator=4.0)),
    ("public.no_small_count", at(RATE, numerator=None)),
]

SUITES = (*results_suite.SUITES, *public_suite.SUITES)
CHECKS = {check.check_id: (suite, check) for suite in SUITES for check in suite.checks}


def flows() -> pl.DataFrame:
    """Twelve households were poor in the first commune: eleven stayed, one left the list."""
    common = {
        "period": "2025", "standard_id": "2022-2026", "era": "2025", "level": "commune",
        "unit_code": "13669", "class_from": "poor", "units_reported": 1, "units_expected": 1,
    }  # fmt: skip
    counts = {"poor": 11, "no_longer_on_list": 1}
    return pl.DataFrame(
        [{**common, "class_to": name, "household_count": count} for name, count in counts.items()]
    )


MODEL: Figure = {
    "model_id": "M1", "part": "all", "grade": "evidence", "participants": 60, "listed": 55, "households": 50,
    "unmatched": 1, "out": 30, "relapsed_12": 1, "relapse_known_12": 25, "relapsed_24": 0,
    "relapse_known_24": 0, "out_share": 0.6, "effect_share": 0.3, "effect_low_share": 0.2,
    "effect_high_share": 0.4, "cost_per_exit_vnd": 5e7,
}  # fmt: skip


_OF_FORM_4 = {
    "submission_id": "form-4", "era": "2025", "unit_code": "13669", "period": "2025", "status": "official",
    "standard_id": "2022-2026",
}  # fmt: skip
FORM_4 = [
    {**_OF_FORM_4, "sheet": "Biểu 04", "row": 9, "form_number": 4, "counted": "household",
     "column_number": column, "value": value}
    for column, value in {1: 12.0, 5: 3.0}.items()
]  # fmt: skip
"""Commune 13669 on form 4: 12 poor households, three of them with an undernourished child."""
FORM_4_COVERAGE = {**_OF_FORM_4, "form": "official_form_4", "row_count": 2, "is_current": True}


def write_results(path: Path, rows: list[Figure], **model: object) -> Path:
    """A file with ``result__estimate``, ``result__household_flow``, one model and the units."""
    with writing(path) as connection:
        create(connection, RESULT__ESTIMATE, pl.DataFrame(rows, infer_schema_length=None))
        create(connection, RESULT__HOUSEHOLD_FLOW, flows())
        create(connection, RESULT__MODEL, pl.DataFrame([MODEL | model]))
        create(connection, DIM__UNIT, dim_unit())
    return path


def write_restricted(path: Path, rows: list[Figure]) -> Path:
    """The same with a form 4, which no public file has."""
    with writing(write_results(path, rows)) as connection:
        create(connection, CORE_REVIEW__FORM_CELL, pl.DataFrame(FORM_4))
        create(connection, QUALITY__COVERAGE, pl.DataFrame([FORM_4_COVERAGE]))
    return path


def test_figures_that_add_up_pass_every_check(tmp_path: Path) -> None:
    restricted = write_restricted(tmp_path / "results.duckdb", figures())
    public = write_results(tmp_path / "public.duckdb", figures())
    for result in (judge_figures(restricted), judge_public(public)):
        assert set(result.checks["verdict"]) == {"passed"}
        assert set(result.checks["gate"]) == {"result"}


def test_every_check_is_seen_failing() -> None:
    apart = {"public.nothing_personal", "results.models_sound"}
    assert CASES.keys() | apart == CHECKS.keys()


@pytest.mark.parametrize(("check_id", "spoil"), [*CASES.items(), *MORE_CASES])
def test_check_fails(check_id: str, spoil: Spoil, tmp_path: Path) -> None:
    rows = figures()
    spoil(rows)
    path = write_restricted(tmp_path / "results.duckdb", rows)
    assert _verdict(path, *CHECKS[check_id]) == "failed"


@pytest.mark.parametrize(
    "column", ["file_name", "submission_id", "household_id", "personal_birth", "reviewer_id"]
)
def test_public_file_holds_no_name_of_a_person_or_file(column: str, tmp_path: Path) -> None:
    path = write_results(tmp_path / "results.duckdb", figures())
    with open_for_writing(path) as connection:
        connection.execute("CREATE TABLE quality__submission (file_number BIGINT)")
        connection.execute(f"ALTER TABLE quality__submission ADD COLUMN {column} VARCHAR")
    assert _verdict(path, *CHECKS["public.nothing_personal"]) == "failed"


@pytest.mark.parametrize(
    "spoiled",
    [
        {"effect_low_share": -0.1},
        {"grade": "sure"},
        {"effect_high_share": 0.2},
        {"out_share": 1.2},
        {"relapsed_12": 26},
        {"listed": 61},
    ],
    ids=lambda spoiled: next(iter(spoiled)),
)
def test_a_verdict_without_its_figures_is_not_published(spoiled: Figure, tmp_path: Path) -> None:
    path = write_results(tmp_path / "results.duckdb", figures(), **spoiled)
    assert _verdict(path, *CHECKS["results.models_sound"]) == "failed"


def test_what_cannot_be_attributed_completes_the_sum(tmp_path: Path) -> None:
    rows = figures()
    rows[SECOND].update(value=27.0, numerator=27.0)
    rows.append(figure("poor_household_count", "not_attributable", 1.0, mark="not_attributable"))
    path = write_results(tmp_path / "results.duckdb", rows)
    assert _verdict(path, *CHECKS["results.levels_add_up"]) == "passed"


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"numerator": 3.0, "denominator": 12.0}, []),
        ({"numerator": 4.0, "denominator": 12.0}, ["biểu 4 ghi 3, danh sách cho 4"]),
        # One of the twelve has no marks on the list: nobody knows what the form would have to say.
        ({"numerator": 4.0, "denominator": 11.0}, []),
        ({"numerator": 4.0, "denominator": 12.0, "status": "preliminary"}, []),
    ],
)
def test_a_count_on_form_4_is_the_numerator_of_the_rate(
    told: Figure, found: list[str], tmp_path: Path
) -> None:
    share = 100 * told["numerator"] / told["denominator"]
    rate = figure("deprivation_nutrition_among_poor", "13669", share, unit="pct", **told)
    restricted = write_restricted(tmp_path / "results.duckdb", [*figures(), rate])
    assert judge_figures(restricted).questions["found"].to_list() == found


def _verdict(path: Path, suite: Suite, check: Check) -> str:
    alone = Suite(suite.name, suite.form, suite.table, (check,))
    with CheckedFile(path) as file:
        staging.prepare_results(file)
        (outcome,) = file.validate(alone)
    assert outcome.verdict != "not_run", outcome.note
    return outcome.verdict
