"""Plausible rows of a build for tests of charts and pages, in the contract's tables and types."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from reference.loading import published, units
from tests.app import deprivation_rows
from warehouse import engine
from warehouse.builds import PUBLIC, RESTRICTED, building, publish
from warehouse.core_tables import CORE_POPULATION__UNIT, CORE_REVIEW__HOUSEHOLD
from warehouse.dim_tables import DIM__PLACEMENT, DIM__PUBLISHED, DIM__TOUCH, DIM__UNIT
from warehouse.geography import dim_placement, dim_touch, dim_unit
from warehouse.quality_tables import (
    QUALITY__BUILD,
    QUALITY__CHECK,
    QUALITY__COVERAGE,
    QUALITY__REASON,
    QUALITY__SUBMISSION,
)
from warehouse.result_tables import RESULT__ESTIMATE, RESULT__INTEGRITY_SIGNAL, RESULT__PROGRAMME
from warehouse.tables import CORE_TABLES, QUALITY_TABLES

POOR = {"2021": 11088, "2022": 8522, "2023": 7041, "2024": 6131, "2025": 4825}
NEAR_POOR = {"2021": 32062, "2022": 22241, "2023": 17803, "2024": 15099, "2025": 13730}
RESIDENT = {"2021": 636176, "2022": 644131, "2023": 645036, "2024": 645256, "2025": 646000}
PERSONS_PER_POOR_HOUSEHOLD = 2
RUNNING = "2026-Q3"


def era_of(period: str) -> str:
    return "2020" if period < "2024" else "2024" if period < "2025" else "2025"


def estimate(**given: object) -> dict[str, object]:
    """One row of ``result__estimate``; what is not given is the province's complete official figure."""
    row: dict[str, object] = {
        "measure": "poor_household_rate", "period": "2024", "selection": "best", "status": "official",
        "standard_id": "2022-2026", "era": "2024", "level": "province", "unit_code": "36",
        "unit_name": "Tỉnh Nam Định", "unit": "pct", "mark": "ok", "units_reported": 175,
        "units_expected": 175,
    }  # fmt: skip
    return row | given


def province_rows() -> list[dict[str, object]]:
    rows = []
    for period, poor in POOR.items():
        expected = {"2020": 226, "2024": 175, "2025": 57}[era_of(period)]
        common = {
            "period": period,
            "era": era_of(period),
            "units_reported": expected,
            "units_expected": expected,
        }
        rows += figures(common, poor, NEAR_POOR[period], RESIDENT[period])
    common = {
        "period": RUNNING, "era": "2025", "status": "preliminary", "units_reported": 52, "units_expected": 57,
    }  # fmt: skip
    return rows + figures(common, 4410, 13020, RESIDENT["2025"])


def figures(
    common: dict[str, object], poor: float, near_poor: float, resident: float
) -> list[dict[str, object]]:
    """Rates and counts of both classes, households and persons, from three counts."""
    rows = []
    counts = {"poor": poor, "near_poor": near_poor, "poor_and_near_poor": poor + near_poor}
    for kind, count in counts.items():
        rate = {
            "numerator": count,
            "denominator": resident,
            "value": round(100 * count / resident, 2),
        }
        rows.append(estimate(measure=f"{kind}_household_rate", **rate, **common))
        rows.append(
            estimate(
                measure=f"{kind}_household_count",
                value=count,
                unit="household",
                numerator=count,
                **common,
            )
        )
        if kind != "poor_and_near_poor":
            persons = count * PERSONS_PER_POOR_HOUSEHOLD
            share = {
                "numerator": persons,
                "denominator": resident * 3,
                "value": round(100 * persons / resident / 3, 2),
            }
            rows.append(estimate(measure=f"{kind}_person_rate", **share, **common))
            rows.append(
                estimate(
                    measure=f"{kind}_person_count",
                    value=persons,
                    unit="person",
                    numerator=persons,
                    **common,
                )
            )
    rows.append(
        estimate(
            measure="resident_household_count",
            value=resident,
            unit="household",
            numerator=resident,
            **common,
        )
    )
    return rows


def unit_rows(level: str, era: str, period: str, seed: int = 7) -> list[dict[str, object]]:
    """Every unit of a level with the province's counts shared out at random."""
    chance = random.Random(f"{seed}{level}{era}{period}")
    found = units().filter(era=era, level=level).to_dicts()
    weights = [chance.uniform(0.4, 1.6) for _ in found]
    poor_weights = [weight * chance.uniform(0.3, 1.9) for weight in weights]
    rows: list[dict[str, object]] = []
    for unit, weight, poor_weight in zip(found, weights, poor_weights, strict=True):
        common = {
            "period": period, "era": era, "level": level, "unit_code": unit["code"],
            "unit_name": unit["name"], "units_reported": 1, "units_expected": 1,
        }  # fmt: skip
        rows += figures(
            common,
            round(POOR[period] * poor_weight / sum(poor_weights)),
            round(NEAR_POOR[period] * poor_weight / sum(poor_weights)),
            round(RESIDENT[period] * weight / sum(weights)),
        )
    return rows


def estimates() -> pl.DataFrame:
    """A whole cube: province, former districts and the 57 units in force."""
    rows = province_rows()
    rows += [row for period in list(POOR)[1:] for row in flows(period)]
    rows += deprivation_rows.rows(estimate)
    for period in POOR:
        rows += unit_rows("district", "2020", period)
        rows += unit_rows("commune", "2025", period)
    return RESULT__ESTIMATE.conform(pl.DataFrame(rows, infer_schema_length=None))


def quality() -> dict[str, pl.DataFrame]:
    """The quality tables of a small build: one loaded, one partly loaded, one refused file."""
    received = datetime(2026, 9, 14, 2, 30, tzinfo=UTC)
    submissions = pl.DataFrame(
        [
            {
                "file_number": number, "submission_id": f"{number:064x}", "file_name": f"tep_{number}.xlsx",
                "form": form, "layout": "columns_19", "era": "2025", "unit_code": "13669", "period": "2025",
                "status": "official", "outcome": outcome, "rows_read": 120, "rows_loaded": loaded,
                "rows_rejected": rejected, "rows_not_data": 120 - loaded - rejected,
                "document_number": f"{number}/QĐ-UBND", "document_date": date(2025, 12, 12),
                "received_at": received, "contract_version": 1,
            }
            for number, form, outcome, loaded, rejected in (
                (1, "review_list", "loaded", 110, 0),
                (2, "review_list", "partly", 100, 10),
                (3, "unknown", "refused", 0, 120),
                (4, "summary", "loaded", 57, 0),
            )
        ]
    )  # fmt: skip
    reasons = pl.DataFrame(
        [
            {
                "submission_id": f"{2:064x}", "sheet": "DS", "row": 17, "column": "Điểm B2", "kind": "rejected",
                "found": "45", "expected": "bội số của 10 từ 0 đến 120",
                "todo": "Sửa ô này theo Phiếu B rồi nộp lại tệp.",
            },
            {
                "submission_id": f"{2:064x}", "sheet": "DS", "row": 21, "column": "Ngày sinh", "kind": "question",
                "found": "2 chữ số", "expected": "ngày hoặc năm sinh", "todo": "Bổ sung ngày sinh.",
            },
        ]
    )  # fmt: skip
    checks = pl.DataFrame(
        [
            {
                "check_id": f"check_{index}", "gate": "submission", "form": "review_list", "level": "blocking",
                "verdict": verdict, "title_vi": "Tổng danh sách bằng biểu 1", "title_en": "List total = form 1",
                "failing_rows": 0 if verdict == "passed" else 3 if verdict == "failed" else None,
                "failing_submissions": 0 if verdict != "failed" else 1,
                "note": "thiếu biểu 1" if verdict == "not_run" else None,
            }
            for index, verdict in enumerate(["passed", "passed", "failed", "not_run"])
        ]
    )  # fmt: skip
    coverage = pl.DataFrame(
        [
            {
                "submission_id": f"{number:064x}", "form": form, "era": "2025", "unit_code": "13669",
                "period": "2025", "status": "official", "row_count": 100, "is_current": True,
            }
            for number, form in ((1, "review_list"), (4, "summary"))
        ]
    )  # fmt: skip
    build = pl.DataFrame(
        [
            {
                "build_id": "20260915T020000-001", "built_at": datetime(2026, 9, 15, 2, 0, tzinfo=UTC),
                "today": date(2026, 9, 15), "contract_version": 1, "is_demo": True,
            }
        ]
    )  # fmt: skip
    return {
        "quality__submission": QUALITY__SUBMISSION.conform(submissions),
        "quality__reason": QUALITY__REASON.conform(reasons),
        "quality__check": QUALITY__CHECK.conform(checks),
        "quality__coverage": QUALITY__COVERAGE.conform(coverage),
        "quality__build": QUALITY__BUILD.conform(build),
    }


def core_rows() -> dict[str, pl.DataFrame]:
    """What the two current submissions of the first unit loaded: three households and form 1."""
    key = {"era": "2025", "unit_code": "13669", "period": "2025", "status": "official"}
    households = [
        {"submission_id": f"{1:064x}", "sheet": "DS", "row": row, "household_id": f"h{row}", **key}
        for row in (9, 10, 12)
    ]
    summary = {"submission_id": f"{4:064x}", "sheet": "B1", "row": 11, **key}
    return {
        "core_review__household": CORE_REVIEW__HOUSEHOLD.conform(pl.DataFrame(households)),
        "core_population__unit": CORE_POPULATION__UNIT.conform(pl.DataFrame([summary])),
    }


def flows(period: str) -> list[dict[str, object]]:
    """Flows of form 2 that explain the fall from the review before, up to a small rest."""
    fall = POOR[str(int(period) - 1)] - POOR[period]
    amounts = {
        "escaped_to_near_poor_household_count": fall * 0.9,
        "escaped_above_near_poor_household_count": fall * 0.5,
        "near_poor_became_poor_household_count": fall * 0.1,
        "relapsed_poor_household_count": fall * 0.05,
        "new_poor_household_count": fall * 0.24,
    }
    return [
        estimate(
            measure=name, period=period, era=era_of(period), unit="household",
            value=round(amount), numerator=round(amount),
        )
        for name, amount in amounts.items()
    ]  # fmt: skip


def indicator_estimates() -> pl.DataFrame:
    """Cards of poor persons in two half-years, whole and by commune; the second half is not complete."""
    common = {"measure": "poor_health_insurance_rate", "standard_id": None, "era": "2025"}
    rows = [
        estimate(
            **common, period=period, value=value, numerator=value * 10, denominator=1000,
            units_reported=told, units_expected=57,
        )
        for period, value, told in (("2025-H2", 98.0, 57), ("2026-H1", 99.5, 40))
    ]  # fmt: skip
    for place, row in enumerate(units().filter(era="2025", level="commune").iter_rows(named=True)):
        rows.append(
            estimate(
                **common, period="2025-H2", level="commune", unit_code=row["code"], unit_name=row["name"],
                value=90.0 + place % 10, numerator=90 + place % 10, denominator=100,
                units_reported=1, units_expected=1,
            )
        )  # fmt: skip
    return RESULT__ESTIMATE.conform(pl.DataFrame(rows, infer_schema_length=None))


def programme_figures() -> pl.DataFrame:
    """One half-year: insured poor persons of the province and two communes, houses built and repaired of the province."""
    communes = units().filter(era="2025", level="commune").head(2)
    places = [("province", "36", "Tỉnh Nam Định", 57)]
    places += [("commune", row["code"], row["name"], 1) for row in communes.iter_rows(named=True)]
    rows = [
        {
            "period": "2025-H2", "era": "2025", "level": level, "unit_code": code, "unit_name": name,
            "programme": "insurance_poor", "quantity": quantity, "value": value * told, "mark": "ok",
            "units_reported": told, "units_expected": told,
        }
        for level, code, name, told in places
        for quantity, value in (("eligible", 100.0), ("reached", 98.0))
    ]  # fmt: skip
    housing = {
        "housing_repaired": {"need": 10.0, "reached": 7.0},
        "housing_built": {"need": 25.0, "reached": 20.0, "outcome": 15.0, "disbursed_vnd": 2e9},
    }
    rows += [
        {
            "period": "2025-H2", "era": "2025", "level": "province", "unit_code": "36",
            "unit_name": "Tỉnh Nam Định", "programme": programme, "quantity": quantity,
            "value": value, "mark": "ok", "units_reported": 57, "units_expected": 57,
        }
        for programme, values in housing.items()
        for quantity, value in values.items()
    ]  # fmt: skip
    return RESULT__PROGRAMME.conform(pl.DataFrame(rows, infer_schema_length=None))


def integrity_signals() -> pl.DataFrame:
    """One marked signal and one usual one of the newest review."""
    unit = {
        "period": "2025",
        "standard_id": "2022-2026",
        "era": "2025",
        "unit_code": "13669",
        "unit_name": "Xã A",
    }
    counts = {"base_cases": 500, "base_of": 1000, "base_share_pct": 50.0}
    rows = [
        {
            **unit, **counts, "signal": "b2_at_the_cut", "cases": 38, "cases_of": 40, "share_pct": 95.0,
            "chance": 0.0001, "is_marked": True,
        },
        {
            **unit, "signal": "reviewer_apart", "reviewer_id": "ab12cd34ef", "cases": 12, "cases_of": 40,
            "base_of": 40, "share_pct": 30.0, "difference_points": -4.5, "chance": 0.2, "is_marked": False,
        },
    ]  # fmt: skip
    return RESULT__INTEGRITY_SIGNAL.conform(pl.DataFrame(rows, infer_schema_length=None))


def write_build(data: Path, *, is_demo: bool = True) -> None:
    """Publish a build made of this module's rows in ``data``."""
    core = core_rows()
    tables = quality()
    tables["quality__build"] = tables["quality__build"].with_columns(is_demo=pl.lit(is_demo))
    frames = [
        (RESULT__ESTIMATE, pl.concat([estimates(), indicator_estimates()])),
        (RESULT__PROGRAMME, programme_figures()),
        (RESULT__INTEGRITY_SIGNAL, integrity_signals()),
        (DIM__UNIT, dim_unit()),
        (DIM__TOUCH, dim_touch()),
        (DIM__PLACEMENT, dim_placement()),
        (DIM__PUBLISHED, DIM__PUBLISHED.conform(published().select(*DIM__PUBLISHED.schema))),
        *((table, tables.get(table.name, table.empty())) for table in QUALITY_TABLES),
        *((table, core.get(table.name, table.empty())) for table in CORE_TABLES),
    ]
    with building(data) as folder:
        for file in (RESTRICTED, PUBLIC):
            with engine.writing(folder / file) as connection:
                for table, rows in frames:
                    engine.create(connection, table, rows)
        publish(data, folder)
