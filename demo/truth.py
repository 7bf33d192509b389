"""The true answers, in a folder that no reader of the inbox opens."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl

from demo.audits import audit_truth
from demo.fates import FileTruth
from demo.folder import TRUTH_FOLDER
from demo.geography import ERA_OF_YEAR
from demo.histories import NEAR, POOR
from demo.in_year import LAST_MONTH, LATE_UNITS, in_year_events, months, unit_of_home
from demo.late_corrections import restated_truth
from demo.plan_books import TARGET_YEARS, decision, duties, targets
from demo.programme_figures import PERIODS, true_figures
from demo.province import Province
from demo.support import support_truth

CLASS_NAMES = ("none", "near_poor", "poor")


def write_truth(to: Path, province: Province, files: list[FileTruth]) -> None:
    """Write the answers under ``to``.

    ``summary.json``: counts of the lists (``units``, ``sums``), what this folder lets a reader load
    (``loaded``; the same with corrections) and the running list by month (``running``).
    Sums of the programmes' figures over the communes that reported, assigned targets, duties,
    support by household by commune, the audit (sums of its sample, and what is true), and ``restated``:
    lists that were decided anew after a review meeting had told them.
    ``programmes.parquet``: every figure of every commune. ``files.json``: what must become of each file. ``rows.parquet``: the fate of every data row.
    """
    folder = to / TRUTH_FOLDER
    folder.mkdir(exist_ok=True)
    rows = _rows(province, files)
    figures = true_figures(province)
    counts = {
        **_counts(province),
        "loaded": _loaded(rows, files),
        "running": _running(province),
        "programmes": _programme_sums(figures),
        "targets": _targets(province),
        "duties": _duties(province),
        "support": support_truth(province),
        "audit": audit_truth(province),
        "restated": restated_truth(
            province, corrections=any(f.dirt == "wrong_class" for f in files)
        ),
    }
    _json(folder / "summary.json", counts)
    _json(folder / "files.json", [_file(truth) for truth in files])
    rows.write_parquet(folder / "rows.parquet")
    figures.write_parquet(folder / "programmes.parquet")


def _json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _counts(province: Province) -> dict[str, object]:
    """Counts of the lists the communes have sent, by commune and year, and their sums."""
    sent = province.rows.filter(
        (pl.col("year") != 2026) | pl.col("unit_code").is_in(sorted(province.reported_2026))
    ).with_columns(
        period=pl.col("year").cast(pl.String),
        era=pl.col("year").replace_strict(ERA_OF_YEAR),
        class_code=pl.col("klass").replace_strict(dict(enumerate(CLASS_NAMES))),
    )
    counted = (pl.len().alias("households"), pl.col("members").sum().alias("persons"))
    by_unit, by_year = ["period", "era", "unit_code", "class_code"], ["period", "class_code"]
    return {
        "units": sent.group_by(by_unit).agg(*counted).sort(by_unit).to_dicts(),
        "sums": sent.group_by(by_year).agg(*counted).sort(by_year).to_dicts(),
    }


def _loaded(rows: pl.DataFrame, files: list[FileTruth]) -> list[dict[str, object]]:
    """Households by commune, year and class from the newest file that loads, whole or in part."""
    newest = {
        (truth.unit_code, truth.period): truth.path
        for truth in sorted(files, key=lambda truth: truth.path)
        if truth.form in ("review_list", "export") and truth.outcome in ("loaded", "partly")
    }
    keys = ["period", "unit_code", "class_code"]
    kept = rows.filter(pl.col("path").is_in(sorted(newest.values())), fate="loaded")
    return kept.group_by(keys).agg(pl.len().alias("households")).sort(keys).to_dicts()


def _running(province: Province) -> list[dict[str, object]]:
    """Poor and near-poor of the last finished review plus in-year changes, at each month's end.

    Without the newest month of the communes whose report is late, as a reader sees it.
    """
    at_review: Counter[tuple[int, int]] = Counter()
    for year, klass in province.rows.select("year", "klass").iter_rows():
        at_review[year, klass] += 1
    changes: Counter[tuple[date, int]] = Counter()
    columns = ("month", "home", "before", "klass")
    for month, home, before, klass in in_year_events(province).select(columns).iter_rows():
        if month == LAST_MONTH and unit_of_home(home, month) in LATE_UNITS:
            continue
        changes[month, before] -= 1
        changes[month, klass] += 1
    found = []
    for month in months():
        past = [m for m in months() if m.year == month.year and m <= month]
        count = {
            klass: at_review[month.year - 1, klass] + sum(changes[m, klass] for m in past)
            for klass in (POOR, NEAR)
        }
        found.append({"period": f"{month:%Y-%m}", "poor": count[POOR], "near_poor": count[NEAR]})
    return found


def _programme_sums(figures: pl.DataFrame) -> list[dict[str, object]]:
    keys = ["period", "programme", "quantity"]
    sums = (pl.col("value").sum(), pl.len().alias("units"))
    known = figures.filter(pl.col("quantity") != "allocated_on")
    return known.group_by(keys).agg(*sums).sort(keys).to_dicts()


def _targets(province: Province) -> list[dict[str, object]]:
    names = ("unit_code", "indicator", "year", "value")
    return [
        {"decision_number": decision(province.seed, year)[0], **dict(zip(names, row, strict=True))}
        for year in TARGET_YEARS
        for row in targets(province, year)
    ]


def _duties(province: Province) -> list[dict[str, object]]:
    return [
        {"period": period, "duty_id": duty, "duty_status": status}
        for period in PERIODS
        for duty, status, _, _ in duties(province, period)
    ]


def _file(truth: FileTruth) -> dict[str, object]:
    facts = ("path", "form", "era", "unit_code", "period", "status", "outcome", "dirt")
    return {fact: getattr(truth, fact) for fact in facts} | {
        "data_rows": len(truth.rows) if truth.row_count is None else truth.row_count
    }


def _rows(province: Province, files: list[FileTruth]) -> pl.DataFrame:
    """One row a data row of a file: where it stands, its fate, and the household behind it.

    A row of a detailed list is one person and carries the household's row of the review list.
    """
    schema = {
        "sheet": pl.String,
        "row": pl.Int64,
        "row_id": pl.UInt32,
        "fate": pl.String,
        "dirt": pl.String,
    }
    parts = [
        pl.DataFrame(truth.rows, schema=schema, orient="row").select(
            pl.lit(truth.path).alias("path"), pl.lit(truth.form).alias("form"), pl.all()
        )
        for truth in files
    ]
    parents = pl.DataFrame(
        {"household": list(province.split_from), "split_from": list(province.split_from.values())},
        schema={"household": pl.Int64, "split_from": pl.Int64},
    )
    names = dict(enumerate(CLASS_NAMES))
    known = province.rows.join(parents, on="household", how="left").select(
        "row_id",
        "household",
        "split_from",
        "entry",
        pl.col("year").cast(pl.String).alias("period"),
        "unit_code",
        pl.col("klass").replace_strict(names).alias("class_code"),
        pl.col("before").replace_strict(names).alias("class_before_code"),
        "is_contradiction",
    )
    return pl.concat(parts).join(known, on="row_id", how="left", maintain_order="left")
