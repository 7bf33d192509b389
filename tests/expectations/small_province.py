"""A staging file small enough to check by hand: two communes, two reviews, every form once.

Commune A (13633) and B (13636) are wards of era 2020, so urban: B1 cut 175, B2 cut 30. At the end
of 2022 and of 2023 each has one poor and one near-poor household; nothing changes in between.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl

from warehouse.contract import DEPRIVATION_COLUMNS, Table
from warehouse.core_tables import (
    CORE_AUDIT__HOUSEHOLD,
    CORE_DUTY__STATUS,
    CORE_IN_YEAR__CHANGE,
    CORE_MODEL__PARTICIPANT,
    CORE_MODEL__REGISTER,
    CORE_POPULATION__UNIT,
    CORE_PROGRAMME__VALUE,
    CORE_REVIEW__FLOW,
    CORE_REVIEW__FORM_CELL,
    CORE_REVIEW__HOUSEHOLD,
    CORE_REVIEW__PERSON,
    CORE_SUPPORT__HOUSEHOLD,
    CORE_TARGET__ASSIGNED,
)
from warehouse.dim_tables import DIM__PLACEMENT, DIM__UNIT
from warehouse.engine import create, writing
from warehouse.geography import dim_placement, dim_unit
from warehouse.quality_tables import QUALITY__COVERAGE, QUALITY__REASON, QUALITY__SUBMISSION

A, B = "13633", "13636"
DISTRICT = "356"
Row = dict[str, Any]
Rows = dict[str, list[Row]]

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        CORE_REVIEW__HOUSEHOLD,
        CORE_REVIEW__PERSON,
        CORE_POPULATION__UNIT,
        CORE_REVIEW__FLOW,
        CORE_REVIEW__FORM_CELL,
        CORE_IN_YEAR__CHANGE,
        CORE_PROGRAMME__VALUE,
        CORE_TARGET__ASSIGNED,
        CORE_DUTY__STATUS,
        CORE_MODEL__REGISTER,
        CORE_MODEL__PARTICIPANT,
        CORE_SUPPORT__HOUSEHOLD,
        CORE_AUDIT__HOUSEHOLD,
        QUALITY__SUBMISSION,
        QUALITY__COVERAGE,
        QUALITY__REASON,
        DIM__UNIT,
        DIM__PLACEMENT,
    )
}


def household(submission_id: str, row: int, unit_code: str, period: str, **changed: Any) -> Row:
    """A poor household of two: B1 100 (≤ 175), B2 30 from three marks."""
    marks = {name: position < 3 for position, name in enumerate(DEPRIVATION_COLUMNS)}
    return {
        "submission_id": submission_id,
        "sheet": "Tổ 1",
        "row": row,
        "household_id": f"{unit_code}-{row}",
        "era": "2020",
        "unit_code": unit_code,
        "period": period,
        "status": "official",
        "source_form": "review_list",
        "standard_id": "2022-2026",
        "review_kind": "periodic",
        "area_type": "urban",
        "member_count": 2,
        "b1_points": 100.0,
        "b2_points": 30,
        "class_before_code": "poor",
        "class_code": "poor",
        "is_without_labour_capacity": False,
        "has_member_of_merit": False,
        "head_sex": "female",
        "head_age_band": "30_59",
        "head_ethnicity": "kinh",
        "review_date": date(int(period), 10, 20),
        "decision_number": "12/QĐ-UBND",
        "decision_date": date(int(period), 12, 5),
        **marks,
        **changed,
    }


def near_poor(submission_id: str, row: int, unit_code: str, period: str, **changed: Any) -> Row:
    """A near-poor household of three: B1 100, no mark at all (NĐ 07/2021, điều 3)."""
    values = {
        "class_code": "near_poor",
        "class_before_code": "near_poor",
        "b2_points": 0,
        "member_count": 3,
        **dict.fromkeys(DEPRIVATION_COLUMNS, False),
    }
    return household(submission_id, row, unit_code, period, **{**values, **changed})


def person(submission_id: str, row: int, member_number: int, **changed: Any) -> Row:
    """A member of commune A's poor household in 2023."""
    return {
        "submission_id": submission_id,
        "sheet": "Biểu 15",
        "row": row,
        "household_id": f"{A}-8",
        "era": "2020",
        "unit_code": A,
        "period": "2023",
        "status": "official",
        "class_code": "poor",
        "standard_id": "2022-2026",
        "head_number": 1,
        "member_number": member_number,
        "sex": "female",
        "age_band": "31_59",
        "ethnicity": "kinh",
        "has_merit": False,
        "is_without_labour_capacity": False,
        **changed,
    }


def form_1(submission_id: str, row: int, unit_code: str, period: str, **changed: Any) -> Row:
    """A commune of 1,000 households with one poor (2 persons) and one near-poor (3 persons)."""
    return {
        "submission_id": submission_id,
        "sheet": "Biểu 1",
        "row": row,
        "era": "2020",
        "unit_code": unit_code,
        "period": period,
        "status": "official",
        "standard_id": "2022-2026",
        "area_type": "urban",
        "resident_household_count": 1000,
        "resident_person_count": 3600,
        "poor_household_count": 1,
        "near_poor_household_count": 1,
        "average_living_household_count": 10,
        "poor_person_count": 2,
        "near_poor_person_count": 3,
        "average_living_person_count": 30,
        **changed,
    }


def flow(submission_id: str, row: int, **changed: Any) -> Row:
    """Commune A's poor households of 2023: one before, one now, nobody left or came."""
    nobody = (
        "left_to_other_count", "left_above_count", "other_decrease_count", "came_from_other_count",
        "relapsed_count", "new_count", "other_increase_count",
    )  # fmt: skip
    return {
        "submission_id": submission_id,
        "sheet": "Biểu 02",
        "row": row,
        "era": "2020",
        "unit_code": A,
        "period": "2023",
        "status": "official",
        "standard_id": "2022-2026",
        "class_code": "poor",
        "counted": "household",
        "opening_count": 1,
        **dict.fromkeys(nobody, 0),
        "closing_count": 1,
        **changed,
    }


def form_cells(number: int, row: int, **values: float) -> list[Row]:
    """Commune A's row of an official form at the end of 2023, by "column_3"."""
    return [
        {
            "submission_id": f"form-{number}",
            "sheet": f"Biểu {number:02d}",
            "row": row,
            "era": "2020",
            "unit_code": A,
            "period": "2023",
            "status": "official",
            "standard_id": "2022-2026",
            "form_number": number,
            "counted": "household",
            "column_number": int(column.removeprefix("column_")),
            "value": value,
        }
        for column, value in values.items()
    ]


def change(submission_id: str, row: int, **changed: Any) -> Row:
    """Commune B's poor household of 2023 becomes near-poor in March 2024."""
    return {
        "submission_id": submission_id,
        "sheet": "Tháng 3",
        "row": row,
        "household_id": f"{B}-8",
        "era": "2020",
        "unit_code": B,
        "period": "2024-03",
        "status": "official",
        "standard_id": "2022-2026",
        "area_type": "urban",
        "class_before_code": "poor",
        "class_code": "near_poor",
        "change_kind": "changed",
        "decision_date": date(2024, 3, 20),
        "decision_number": "3/QĐ-UBND",
        **changed,
    }


def no_change(submission_id: str, row: int, **changed: Any) -> Row:
    """Commune A reports that nothing happened in March 2024."""
    nothing = dict.fromkeys(
        ("household_id", "class_before_code", "class_code", "decision_date", "decision_number")
    )
    values = {"unit_code": A, "change_kind": "no_change", **nothing, **changed}
    return change(submission_id, row, **values)


def figure(submission_id: str, row: int, quantity: str, value: float, **changed: Any) -> Row:
    """A figure of policy credit to poor households in commune A."""
    values: Row = {
        "submission_id": submission_id,
        "sheet": "Giảm nghèo",
        "row": row,
        "era": "2020",
        "unit_code": A,
        "period": "2023-H1",
        "status": "official",
        "form": "programme_credit",
        "programme": "credit_poor",
        "quantity": quantity,
        "value": value,
    }
    return values | changed


def target(submission_id: str, row: int, **changed: Any) -> Row:
    """The poverty rate assigned to commune A."""
    values: Row = {
        "submission_id": submission_id,
        "sheet": "Sheet1",
        "row": row,
        "era": "2020",
        "unit_code": A,
        "level": "commune",
        "indicator": "T1.1",
        "year": 2023,
        "value": 1.5,
        "decision_number": "12/QĐ-UBND",
        "decision_date": date(2023, 1, 10),
        "version": 1,
    }
    return values | changed


def duty(submission_id: str, row: int, **changed: Any) -> Row:
    """A duty of the province, done."""
    values: Row = {
        "submission_id": submission_id,
        "sheet": "Sheet1",
        "row": row,
        "era": "2020",
        "unit_code": "36",
        "period": "2023-H1",
        "duty_id": "D1",
        "owner_role": "poverty_reduction",
        "duty_status": "done",
        "evidence": "12/KH-UBND",
        "due_date": date(2023, 5, 1),
    }
    return values | changed


def model(submission_id: str, row: int, **changed: Any) -> Row:
    """A pilot in commune A."""
    values: Row = {
        "submission_id": submission_id,
        "sheet": "Sheet1",
        "row": row,
        "era": "2020",
        "unit_code": A,
        "period": "2023",
        "status": "official",
        "model_id": "M1",
        "model_name": "Nuôi gà",
        "model_type": "livestock",
        "model_kind": "pilot",
        "copy_of": None,
        "started_date": date(2023, 1, 5),
        "ended_date": None,
        "budget_local_vnd": 9e8,
        "core_components": ["con giống"],
    }
    return values | changed


def participant(submission_id: str, row: int, number: str, **changed: Any) -> Row:
    """A household in the pilot."""
    values: Row = {
        "submission_id": submission_id,
        "sheet": "Sheet1",
        "row": row,
        "household_id": f"h-{number}",
        "era": "2020",
        "unit_code": A,
        "period": "2023",
        "status": "official",
        "model_id": "M1",
        "participant_number": number,
        "entry_date": date(2023, 1, 20),
        "support_vnd": 2e7,
        "b1_before_points": 110.0,
        "b1_after_points": 150.0,
        "recovered_vnd": 1e7,
        "passed_on_to": None,
        "is_exemplary": None,
    }
    return values | changed


def support(submission_id: str, row: int, **changed: Any) -> Row:
    """A card of health insurance for commune A's poor household."""
    values: Row = {
        "submission_id": submission_id,
        "sheet": "Sheet1",
        "row": row,
        "household_id": f"{A}-8",
        "era": "2020",
        "unit_code": A,
        "period": "2023",
        "status": "official",
        "household_class": "poor",
        "policy": "health_insurance",
        "deprivation": "health_insurance",
        "is_received": True,
        "support_date": date(2023, 3, 1),
        "amount_vnd": 972000.0,
    }
    return values | changed


def audited(submission_id: str, row: int, **changed: Any) -> Row:
    """A listed household of commune A that the audit found poor."""
    values: Row = {
        "submission_id": submission_id,
        "sheet": "Sheet1",
        "row": row,
        "era": "2020",
        "unit_code": A,
        "period": "2023",
        "status": "official",
        "audit_number": f"P{row}",
        "is_listed": True,
        "class_on_list": "poor",
        "class_found": "poor",
        "weight": 12.5,
        "stratum": "1",
        "cluster": "An Cừ",
        "audit_date": date(2024, 2, 1),
    }
    return values | changed


def submission(submission_id: str, form: str, unit_code: str, period: str, rows: int) -> Row:
    """A file with ``rows`` core rows and seven rows of titles."""
    return {
        "submission_id": submission_id,
        "file_name": f"{submission_id}.xlsx",
        "form": form,
        "era": "2020",
        "unit_code": unit_code,
        "period": period,
        "status": "official",
        "outcome": "loaded",
        "rows_read": rows + 7,
        "rows_loaded": rows,
        "rows_rejected": 0,
        "rows_not_data": 7,
    }


def small_province() -> Rows:
    """Rows by table in which every check passes, communes without any file apart."""
    rows: Rows = {name: [] for name in TABLES}
    for period in ("2022", "2023"):
        for code in (A, B):
            name = f"list-{code}-{period}"
            rows["core_review__household"] += [
                household(name, 8, code, period),
                near_poor(name, 9, code, period),
            ]
        rows["core_population__unit"] += [
            form_1(f"form-1-{period}", 9 + place, code, period) for place, code in enumerate((A, B))
        ]
    rows["core_review__household"] += [
        row | {"submission_id": "export", "source_form": "export", "household_id": None}
        for row in (household("", 2, A, "2023"), near_poor("", 3, A, "2023"))
    ]
    rows["core_review__person"] = [person("persons", 9, 1), person("persons", 10, 2)]
    persons = {"counted": "person", "opening_count": 2, "closing_count": 2}
    three = {"counted": "person", "opening_count": 3, "closing_count": 3}
    rows["core_review__flow"] = [
        flow("form-2", 9),
        flow("form-2", 10, **persons),
        flow("form-3", 9, class_code="near_poor"),
        flow("form-3", 10, class_code="near_poor", **three),
    ]
    # Three marks on the one poor household; 1 of 1,000 households is 0.1 %.
    marks = {f"column_{place}": float(place < 6) for place in range(3, 15)}
    rows["core_review__form_cell"] = [
        *form_cells(4, 9, column_1=1.0, column_2=3.0, **marks),
        *form_cells(12, 9, column_1=1000.0, column_9=1.0, column_20=0.1),
    ]
    rows["core_in_year__change"] = [change("in-year", 7), no_change("in-year-a", 7)]
    rows["core_programme__value"] = [
        figure("credit", 8, "need", 10.0),
        figure("credit", 8, "reached", 9.0),
    ]
    rows["core_target__assigned"] = [target("targets", 8)]
    rows["core_duty__status"] = [duty("duties", 8)]
    rows["core_model__register"] = [
        model("models", 8),
        model("models", 9, model_id="M1-2", model_kind="copy", copy_of="M1"),
    ]
    rows["core_model__participant"] = [
        participant("members", 8, "1", passed_on_to=["2"]),
        participant("members", 9, "2"),
    ]
    rows["core_support__household"] = [
        support("support", 8),
        support("support", 9, policy="housing", deprivation=None, is_received=False),
    ]
    rows["core_audit__household"] = [audited("audit", 8), audited("audit", 9, cluster="Ấp Đình")]
    record(rows)
    return rows


def record(rows: Rows) -> None:
    """Submissions and coverage of what the core tables hold, made anew."""
    rows["quality__submission"], rows["quality__coverage"] = [], []
    forms = {
        "core_review__household": "review_list",
        "core_review__person": "person_list",
        "core_population__unit": "summary",
        "core_review__flow": "poor_flows",
        "core_review__form_cell": "official_form_4",
        "core_in_year__change": "in_year",
        "core_programme__value": "programme_credit",
        "core_target__assigned": "assigned_targets",
        "core_duty__status": "duties",
        "core_model__register": "model_register",
        "core_model__participant": "model_participants",
        "core_support__household": "household_support",
        "core_audit__household": "audit_sample",
    }
    for table, form in forms.items():
        by_file: dict[str, list[Row]] = {}
        for row in rows[table]:
            by_file.setdefault(row["submission_id"], []).append(row)
        for name, own in by_file.items():
            kind = own[0].get("source_form", form)
            if table == "core_review__flow":
                kind = f"{own[0]['class_code']}_flows"
            if table == "core_review__form_cell":
                kind = f"official_form_{own[0]['form_number']}"
            units = sorted({row["unit_code"] for row in own})
            code = units[0] if len(units) == 1 else DISTRICT
            period = own[0].get("period", "2023")
            loaded = len({(row["sheet"], row["row"]) for row in own})
            rows["quality__submission"].append(submission(name, kind, code, period, loaded))
            rows["quality__coverage"] += [
                {
                    "submission_id": name,
                    "form": kind,
                    "era": "2020",
                    "unit_code": unit,
                    "period": period,
                    "status": own[0].get("status", "official"),
                    "standard_id": own[0].get("standard_id"),
                    "row_count": sum(row["unit_code"] == unit for row in own),
                    "is_current": True,
                }
                for unit in units
            ]
    rows["dim__unit"] = _only_these_communes(dim_unit()).to_dicts()
    rows["dim__placement"] = _only_from_and_to_these(dim_placement()).to_dicts()


def _only_these_communes(units: pl.DataFrame) -> pl.DataFrame:
    """Of era 2020 only A and B with their district and province, so that nobody is missing."""
    kept = pl.col("code").is_in([A, B, DISTRICT, "36"])
    return units.filter((pl.col("era") != "2020") | kept)


def _only_from_and_to_these(placement: pl.DataFrame) -> pl.DataFrame:
    is_kept = pl.col("from_code").is_in([A, B])
    return placement.filter(
        pl.when(pl.col("from_era") == "2020").then(is_kept).otherwise(pl.col("to_era") != "2020")
    )


def write_staging(path: Path, rows: Rows) -> Path:
    """A DuckDB file with ``rows`` in the contract's tables; a table left out of ``rows`` is absent."""
    plain, content = _plain()
    path.write_bytes(content)
    with writing(path) as connection:
        for name in plain:
            if rows.get(name) != plain[name]:
                connection.execute(f'DROP TABLE "{name}"')
        for name in rows:
            if rows[name] != plain.get(name):
                _create(connection, name, rows[name])
    return path


@cache
def _plain() -> tuple[Rows, bytes]:
    """The small province as it is, and its file: most tests change one table of sixteen."""
    rows = small_province()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plain.duckdb"
        with writing(path) as connection:
            for name in rows:
                _create(connection, name, rows[name])
        return rows, path.read_bytes()


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: list[Row]) -> None:
    frame = pl.DataFrame(rows, infer_schema_length=None) if rows else TABLES[name].empty()
    create(connection, TABLES[name], frame)


def open_for_writing(path: Path) -> duckdb.DuckDBPyConnection:
    """To spoil a staging file in ways the contract's types forbid."""
    return duckdb.connect(str(path))
