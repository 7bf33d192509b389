"""The folder that is written: marks, fates of files and rows, the same bytes again."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from demo import dirt, refusals
from demo.late_corrections import restated_truth
from demo.province import Province
from demo.write import write_demo

MARK = "DỮ LIỆU MÔ PHỎNG"
LISTS = ("review_list", "export")


def content(folder: Path) -> dict[str, str]:
    """Path inside the folder to the hash of the file."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def files_of(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / "_truth/files.json").read_text("utf-8"))
    return found


def test_same_arguments_give_the_same_bytes(dirty_inbox: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    code = (
        "from pathlib import Path; from demo.write import write_demo; "
        f"write_demo(Path({str(again)!r}), dirt=0.25, size='small')"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", code], cwd=root, env={"PYTHONHASHSEED": "77"}, check=True)
    assert content(again) == content(dirty_inbox)


def test_truth_lists_exactly_the_files_of_the_inbox(dirty_inbox: Path) -> None:
    found = {p for p in content(dirty_inbox) if not p.startswith("_truth/")}
    assert found - {"demo.json", "inbox.csv"} == {truth["path"] for truth in files_of(dirty_inbox)}


def test_mark_file_names_the_arguments(dirty_inbox: Path) -> None:
    mark = json.loads((dirty_inbox / "demo.json").read_text("utf-8"))
    assert mark["mark"] == MARK
    assert (mark["seed"], mark["dirt"], mark["size"]) == (5, 0.25, "small")


def test_every_workbook_says_that_it_is_simulated(dirty_inbox: Path) -> None:
    for truth in files_of(dirty_inbox):
        path = dirty_inbox / truth["path"]
        if path.suffix == ".csv" or truth["dirt"] in refusals.BYTE_KINDS:
            continue
        with zipfile.ZipFile(path) as book:
            sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
            assert all(f"&amp;C{MARK}" in book.read(name).decode() for name in sheets), path


def test_every_kind_of_fault_occurs(dirty_inbox: Path) -> None:
    kinds = {truth["dirt"] for truth in files_of(dirty_inbox)}
    missing = {*dirt.KINDS, *refusals.KINDS} - kinds
    assert len(missing) <= 3, missing


def test_with_corrections_every_list_loads_to_the_truth(dirty_inbox: Path) -> None:
    summary = json.loads((dirty_inbox / "_truth/summary.json").read_text("utf-8"))
    true = {
        (row["period"], row["unit_code"], row["class_code"]): row["households"]
        for row in summary["units"]
    }
    loaded = {
        (row["period"], row["unit_code"], row["class_code"]): row["households"]
        for row in summary["loaded"]
    }
    assert loaded == true


def test_without_corrections_only_what_was_sent_back_is_missing(uncorrected_inbox: Path) -> None:
    assert not (uncorrected_inbox / "bo-sung").exists()
    summary = json.loads((uncorrected_inbox / "_truth/summary.json").read_text("utf-8"))
    rows = pl.read_parquet(uncorrected_inbox / "_truth/rows.parquet").filter(
        pl.col("form").is_in(LISTS)
    )
    own = {(t["path"], t["unit_code"]) for t in files_of(uncorrected_inbox)}
    back = rows.filter(
        pl.col("fate") != "loaded",
        pl.col("dirt").is_null() | (pl.col("dirt") != "repeated_row"),
    )
    back_own = [row for row in back.rows(named=True) if (row["path"], row["unit_code"]) in own]
    true = sum(row["households"] for row in summary["units"])
    loaded = sum(row["households"] for row in summary["loaded"])
    assert true - loaded == len(back_own) > 0


def test_a_correction_is_read_after_what_it_corrects(dirty_inbox: Path) -> None:
    order = sorted(files_of(dirty_inbox), key=lambda truth: truth["path"])
    seen: dict[tuple[str, str], list[str | None]] = {}
    for truth in order:
        if truth["form"] in LISTS:
            seen.setdefault((truth["unit_code"], truth["period"]), []).append(truth["dirt"])
    corrected = [faults for faults in seen.values() if "correction" in faults]
    assert corrected
    assert all(faults[-1] == "correction" and len(faults) == 2 for faults in corrected)


def test_row_numbers_are_those_the_spreadsheet_shows(
    dirty_inbox: Path, dirty_rows: pl.DataFrame, province: Province
) -> None:
    names = province.rows.select("row_id", "written_name")
    clean = dirty_rows.filter(
        pl.col("path").str.ends_with(".xlsx"), pl.col("form").is_in([*LISTS, "in_year"])
    )
    untouched = {truth["path"] for truth in files_of(dirty_inbox) if truth["dirt"] is None}
    clean = clean.filter(pl.col("path").is_in(sorted(untouched))).join(names, on="row_id")
    for path in clean["path"].unique().sort()[::12]:
        book = fastexcel.read_excel(dirty_inbox / path)
        for (sheet,), rows in clean.filter(path=path).group_by("sheet"):
            frame = book.load_sheet(sheet, header_row=None, dtypes="string").to_polars()
            shown = dict(enumerate(frame.rows(), start=1))
            for row, name in rows.select("row", "written_name").iter_rows():
                assert name in shown[row], (path, row)


def test_spoiled_rows_are_marked_row_by_row(dirty_rows: pl.DataFrame) -> None:
    spoiled = dirty_rows.filter(pl.col("dirt").is_in(refusals.ROW_KINDS))
    assert spoiled.height > 0
    assert (spoiled["fate"] == "rejected").all()


@pytest.mark.parametrize("rate", [-0.1, 0.31])
def test_dirt_outside_its_range_is_refused(tmp_path: Path, rate: float) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 0\.3"):
        write_demo(tmp_path, dirt=rate, size="small")


def test_some_lists_are_corrected_after_a_review_had_told_them(
    dirty_inbox: Path, dirty_rows: pl.DataFrame, province: Province
) -> None:
    summary = json.loads((dirty_inbox / "_truth/summary.json").read_text("utf-8"))
    told = restated_truth(province, corrections=True)
    assert summary["restated"] == [each for each in told if each in summary["restated"]]
    assert {each["period"] for each in summary["restated"]} == {"2023", "2024"}
    for each in summary["restated"]:
        first = dirty_rows.filter(
            pl.col("period") == each["period"], pl.col("unit_code") == each["unit_code"],
            pl.col("dirt") == "wrong_class",
        )  # fmt: skip
        assert first.height == each["poor_told_as_near_poor"] >= 3
        assert (first["class_code"] == "poor").all()
        assert (first["fate"] == "loaded").all()
        # after the review of the third quarter, within the year in which a list may be corrected
        year = int(each["period"]) + 1
        assert f"{year}-09-15" < each["corrected_on"] <= f"{year}-12-31"
