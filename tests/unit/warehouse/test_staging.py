"""A build begins from one that an older version made."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from reference.loading import published
from warehouse import engine, staging
from warehouse.builds import RESTRICTED, Build
from warehouse.tables import (
    CORE_AUDIT__HOUSEHOLD,
    CORE_REVIEW__PERSON,
    CORE_TABLES,
    DIM__PUBLISHED,
    QUALITY__COVERAGE,
    QUALITY__REASON,
    QUALITY__RECEIVED,
    QUALITY__SUBMISSION,
)


def test_a_table_gained_since_the_older_build_is_there_and_empty(tmp_path: Path) -> None:
    older = Build("older", tmp_path / "older")
    older.folder.mkdir()
    known = (QUALITY__SUBMISSION, QUALITY__RECEIVED, QUALITY__COVERAGE, QUALITY__REASON)
    with engine.writing(older.folder / RESTRICTED) as connection:
        for table in (*CORE_TABLES[:-1], *known):
            engine.create(connection, table, table.empty())
    assert CORE_TABLES[-1] is CORE_AUDIT__HOUSEHOLD
    path = tmp_path / "new.duckdb"
    staging.begin(path, older, published().select(*DIM__PUBLISHED.columns))
    assert staging.table(path, CORE_AUDIT__HOUSEHOLD).is_empty()


def test_a_column_that_was_gained_or_became_another_type_is_as_the_contract_says(
    tmp_path: Path,
) -> None:
    older = Build("older", tmp_path / "older")
    older.folder.mkdir()
    rows = pl.DataFrame({"submission_id": ["one"], "file_number": ["7"]})
    with engine.writing(older.folder / RESTRICTED) as connection:
        connection.register("rows", rows.to_arrow())
        connection.execute("CREATE TABLE quality__submission AS SELECT * FROM rows")
        connection.execute("CREATE TABLE quality__check AS SELECT 'stale' AS verdict")
    path = tmp_path / "new.duckdb"
    staging.begin(path, older, published().select(*DIM__PUBLISHED.columns))
    kept = staging.table(path, QUALITY__SUBMISSION)
    assert kept.columns == list(QUALITY__SUBMISSION.columns)
    assert kept.select("submission_id", "file_number", "form").rows() == [("one", 7, None)]
    with engine.reading(path) as connection:
        assert "quality__check" not in engine.read(connection, "SHOW TABLES")["name"].to_list()


@pytest.mark.parametrize(
    ("is_simulated", "left"),
    # a preliminary list without a dated document speaks of 31 December; it was here on 1 September
    [(False, ["dated", "received"]), (True, ["dated"])],
)
def test_what_was_received_by_a_day_was_known_on_it(
    tmp_path: Path, is_simulated: bool, left: list[str]
) -> None:
    path = tmp_path / "new.duckdb"
    staging.begin(path, None, published().select(*DIM__PUBLISHED.columns))
    later = datetime(2026, 9, 14, 17, 30, tzinfo=UTC)
    rows = [
        ("dated", 1, date(2026, 9, 1), datetime(2026, 11, 1, tzinfo=UTC)),
        ("received", 2, None, datetime(2026, 9, 1, tzinfo=UTC)),
        # half past midnight of the 15th where the province lies
        ("after", 3, None, later),
        ("dated after", 4, date(2026, 9, 20), datetime(2026, 11, 1, tzinfo=UTC)),
    ]
    frame = pl.DataFrame(
        [
            {"submission_id": name, "file_number": number, "period": "2026", "outcome": "loaded",
             "document_date": day, "received_at": received}
            for name, number, day, received in rows
        ]
    )  # fmt: skip
    staging.add(path, {QUALITY__SUBMISSION: QUALITY__SUBMISSION.conform(frame)})
    assert staging.forget_later(path, date(2026, 9, 14), is_simulated=is_simulated) == len(left)
    assert sorted(staging.table(path, QUALITY__SUBMISSION)["submission_id"]) == left


@pytest.mark.parametrize(
    ("is_simulated", "withdrawn"), [(False, ["before"]), (True, ["before", "after"])]
)
def test_what_was_withdrawn_after_a_day_still_counted_on_it(
    tmp_path: Path, is_simulated: bool, withdrawn: list[str]
) -> None:
    path = tmp_path / "new.duckdb"
    staging.begin(path, None, published().select(*DIM__PUBLISHED.columns))
    key = {"form": "summary", "era": "2025", "period": "2025", "status": "official"}
    units = {"before": "13693", "after": "13699"}
    register = pl.DataFrame(
        [
            {"submission_id": name, "file_number": number, "document_date": date(2026, 1, 5)}
            for number, name in enumerate(units, 1)
        ]
    )
    coverage = pl.DataFrame(
        [{"submission_id": name, "unit_code": code, **key} for name, code in units.items()]
    )
    staging.add(
        path,
        {
            QUALITY__SUBMISSION: QUALITY__SUBMISSION.conform(register),
            QUALITY__COVERAGE: QUALITY__COVERAGE.conform(coverage),
        },
    )
    # half an hour before and after midnight of the 15th where the province lies
    staging.withdraw(path, "before", "gửi nhầm", datetime(2026, 9, 14, 16, 30, tzinfo=UTC))
    staging.withdraw(path, "after", "gửi nhầm", datetime(2026, 9, 14, 17, 30, tzinfo=UTC))
    staging.forget_later(path, date(2026, 9, 14), is_simulated=is_simulated)
    told = staging.table(path, QUALITY__COVERAGE).filter(~pl.col("is_current"))
    assert told["submission_id"].to_list() == withdrawn
    register = staging.table(path, QUALITY__SUBMISSION).drop_nulls("withdrawn_at")
    assert register["submission_id"].to_list() == withdrawn


@pytest.mark.parametrize(
    ("files", "current"),
    [
        # forms 14 and 15 come as two files: neither replaces the other
        ((("form 14", ["near_poor"]), ("form 15", ["poor"])), ["form 14", "form 15"]),
        ((("old", ["poor"]), ("form 14", ["near_poor"]), ("new", ["poor"])), ["form 14", "new"]),
        ((("both", ["near_poor", "poor"]), ("form 15", ["poor"])), ["form 15"]),
        ((("form 15", ["poor"]), ("both", ["near_poor", "poor"])), ["both"]),
    ],
)
def test_a_detailed_list_replaces_lists_of_its_own_class(
    tmp_path: Path, files: tuple[tuple[str, list[str]], ...], current: list[str]
) -> None:
    path = tmp_path / "new.duckdb"
    staging.begin(path, None, published().select(*DIM__PUBLISHED.columns))
    key = {"era": "2025", "unit_code": "13693", "period": "2025", "status": "official",
           "standard_id": "2022-2026"}  # fmt: skip
    staging.add(
        path,
        {
            CORE_REVIEW__PERSON: CORE_REVIEW__PERSON.conform(
                pl.DataFrame(
                    [
                        {"submission_id": name, "class_code": code, **key}
                        for name, codes in files
                        for code in codes
                    ]
                )
            ),
            QUALITY__SUBMISSION: QUALITY__SUBMISSION.conform(
                pl.DataFrame(
                    [
                        {"submission_id": name, "file_number": place}
                        for place, (name, _) in enumerate(files, 1)
                    ]
                )
            ),
            QUALITY__COVERAGE: QUALITY__COVERAGE.conform(
                pl.DataFrame(
                    [{"submission_id": name, "form": "person_list", **key} for name, _ in files]
                )
            ),
        },
    )
    told = staging.table(path, QUALITY__COVERAGE)
    assert sorted(told.filter("is_current")["submission_id"]) == current
    assert told["is_current"].null_count() == 0
