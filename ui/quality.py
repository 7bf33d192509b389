"""What the quality tables say, counted and put into words."""

from collections.abc import Mapping
from datetime import datetime

import polars as pl

from charts.numbers import LOCAL_TIME, MISSING, day, moment, number
from charts.theme import STATUS_SYMBOLS
from reference.loading import FORMS as READABLE
from ui.build import Served
from ui.data import Rows
from ui.texts import language, plain, t

FORMS = (*READABLE, "unknown")
OUTCOMES = ("loaded", "partly", "held", "refused")
KINDS = ("rejected", "question", "warning")
STATUSES = ("estimate", "preliminary", "official", "restated")
READ = (
    "column.unit", "column.file", "column.row", "column.column", "column.found", "column.todo",
)  # fmt: skip
"""What a clerk reads of a cell to be mended: where it is, what stands there, what to do."""
READ_ROWS = 8
_VERDICT_SYMBOLS = {
    "passed": STATUS_SYMBOLS["good"],
    "failed": STATUS_SYMBOLS["bad"],
    "not_run": STATUS_SYMBOLS["unknown"],
}


def freshness(served: Served, rows: Rows) -> tuple[str, str]:
    """When the build was made, and what the checks found, for one card."""
    checks = rows.checks()
    counted = {verdict: checks.filter(verdict=verdict).height for verdict in _VERDICT_SYMBOLS}
    verdicts = [
        f"{symbol} {number(counted[verdict], language())} {t(f'verdict.{verdict}')}"
        for verdict, symbol in _VERDICT_SYMBOLS.items()
    ]
    lines = [t("overview.built", moment=moment(served.built_at)), t("overview.checks"), *verdicts]
    return day(served.today), "  \n".join(map(plain, lines))


def cards(
    served: Served, submissions: pl.DataFrame, checks: pl.DataFrame
) -> list[tuple[str, str, str]]:
    """Title, value and note of the page's four facts."""
    live = submissions.filter(pl.col("withdrawn_at").is_null())
    received: list[datetime] = submissions["received_at"].drop_nulls().to_list()
    failed, silent = checks.filter(verdict="failed"), checks.filter(verdict="not_run")
    blocking = failed.filter(level="blocking").height
    return [
        (
            t("quality.card.files"),
            number(live.height, language()),
            t("quality.card.files.note", day=moment(max(received, default=None))),
        ),
        (
            t("quality.card.rows"),
            number(live["rows_loaded"].sum(), language()),
            t("quality.card.rows.note", read=number(live["rows_read"].sum(), language())),
        ),
        (
            t("quality.card.rejected"),
            number(live["rows_rejected"].sum(), language()),
            t("quality.card.rejected.note", files=number(_sent_back(live), language())),
        ),
        (
            t("quality.card.checks"),
            f"{number(failed.height, language())} / {number(checks.height, language())}",
            t(
                "quality.card.checks.note",
                blocking=number(blocking, language()),
                silent=number(silent.height, language()),
                day=day(served.today),
            ),
        ),
    ]


def _sent_back(submissions: pl.DataFrame) -> int:
    return submissions.filter(pl.col("rows_rejected") > 0).height


def received_sentence(submissions: pl.DataFrame) -> str:
    """How many files came, how many loaded whole, and what goes back."""
    counted = {outcome: submissions.filter(outcome=outcome).height for outcome in OUTCOMES}
    return t(
        "sentence.received",
        files=number(submissions.height, language()),
        whole=number(counted["loaded"], language()),
        partly=number(counted["partly"], language()),
        back=number(counted["held"] + counted["refused"], language()),
        rows=number(submissions["rows_rejected"].sum(), language()),
    )


def by_form(submissions: pl.DataFrame) -> pl.DataFrame:
    """Files and rows by form: each row of a file ends in exactly one of the three places."""
    live = submissions.filter(pl.col("withdrawn_at").is_null())
    counted = live.group_by("form").agg(
        pl.len().alias("files"),
        *((pl.col("outcome") == outcome).sum().alias(outcome) for outcome in OUTCOMES),
        pl.col("rows_read", "rows_loaded", "rows_rejected", "rows_not_data").sum(),
    )
    order = {form: place for place, form in enumerate(FORMS)}
    lines = sorted(counted.iter_rows(named=True), key=lambda row: order.get(row["form"], 99))
    return pl.DataFrame(
        [
            {
                t("column.form"): t(f"form.{line['form']}"),
                t("column.files"): number(line["files"], language()),
                **{t(f"outcome.{one}"): number(line[one], language()) for one in OUTCOMES},
                **{
                    t(f"column.{name}"): number(line[name], language())
                    for name in ("rows_read", "rows_loaded", "rows_rejected", "rows_not_data")
                },
            }
            for line in lines
        ]
    )


def checks_table(checks: pl.DataFrame) -> pl.DataFrame:
    """Suites and verdicts: failed first, then those that could not run."""
    worst_first = {"failed": 0, "not_run": 1, "passed": 2}
    title = "title_vi" if language() == "vi" else "title_en"
    lines = sorted(
        checks.iter_rows(named=True), key=lambda row: (worst_first[row["verdict"]], row["check_id"])
    )
    return pl.DataFrame(
        [
            {
                t("column.check"): line[title],
                t("column.verdict"): f"{_VERDICT_SYMBOLS[line['verdict']]} "
                + t(f"verdict.{line['verdict']}"),
                t("column.level"): t(f"check_level.{line['level']}"),
                t("column.form"): t(f"form.{line['form']}") if line["form"] else t("check.build"),
                t("column.failing_rows"): number(line["failing_rows"], language()),
                t("column.failing_files"): number(line["failing_submissions"], language()),
                t("column.note"): line["note"] or "",
            }
            for line in lines
        ]
    )


def every_reason(found: pl.DataFrame) -> str:
    """What opens all cells to send back: how many there are."""
    return t("quality.back.every", count=number(found.height, language()))


def to_send_back(reasons: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """The cells a clerk must look at, as the clerk would look for them."""
    return reasons.join(names, on=["era", "unit_code"], how="left", maintain_order="left").select(
        _text("unit_name", "unit_code").alias(t("column.unit")),
        _text("file_number").alias(t("column.file")),
        _text("sheet").alias(t("column.sheet")),
        _text("row").alias(t("column.row")),
        _text("column").alias(t("column.column")),
        _words("kind", {one: t(f"kind.{one}") for one in KINDS}).alias(t("column.kind")),
        _text("found").alias(t("column.found")),
        _text("expected").alias(t("column.expected_value")),
        _text("todo").alias(t("column.todo")),
    )


def chosen_reasons(
    reasons: pl.DataFrame, unit: tuple[str, str] | None, kind: str | None
) -> pl.DataFrame:
    """Reasons of one sender and one kind (None means all), rejected rows first."""
    found = reasons if kind is None else reasons.filter(kind=kind)
    found = found if unit is None else found.filter(era=unit[0], unit_code=unit[1])
    order = {kind: place for place, kind in enumerate(KINDS)}
    first = pl.col("kind").replace_strict(order, default=len(order), return_dtype=pl.Int64)
    return found.sort(first, maintain_order=True)


def files_table(submissions: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """The register: one line a file by its number."""
    outcome = (
        pl.when(pl.col("withdrawn_at").is_null())
        .then(_words("outcome", {one: t(f"outcome.{one}") for one in OUTCOMES}))
        .otherwise(pl.lit(t("outcome.withdrawn")))
    )
    joined = submissions.join(names, on=["era", "unit_code"], how="left", maintain_order="left")
    return joined.select(
        _text("file_number").alias(t("column.file")),
        _words("form", {one: t(f"form.{one}") for one in FORMS}).alias(t("column.form")),
        _text("unit_name", "unit_code").alias(t("column.unit")),
        _text("period").alias(t("column.period")),
        _words("status", {one: t(f"status.{one}") for one in STATUSES}).alias(t("column.status")),
        outcome.alias(t("column.outcome")),
        _text("rows_loaded").alias(t("column.rows_loaded")),
        _text("rows_rejected").alias(t("column.rows_rejected")),
        _text("document_number").alias(t("column.document")),
        pl.col("document_date")
        .dt.strftime("%d/%m/%Y")
        .fill_null(MISSING)
        .alias(t("column.document_date")),
        pl.col("received_at")
        .dt.convert_time_zone(LOCAL_TIME.key)
        .dt.strftime("%d/%m/%Y %H:%M")
        .alias(t("column.received")),
    )


def _text(*names: str) -> pl.Expr:
    """The first of some columns that says something, as text; a dash where none does."""
    return pl.coalesce(*(pl.col(name).cast(pl.String()) for name in names), pl.lit(MISSING))


def _words(name: str, words: Mapping[str, str]) -> pl.Expr:
    """A coded column in the reader's words; a code without words stays as it is."""
    return pl.col(name).replace(dict(words)).fill_null(MISSING)


def most_frequent(reasons: pl.DataFrame) -> str:
    """The most frequent fault among the rejected rows, in words."""
    rejected = reasons.filter(kind="rejected").drop_nulls("column")
    if rejected.is_empty():
        return t("sentence.no_rejects")
    top = rejected.group_by("column").len().sort("len", "column", descending=[True, False])
    return t(
        "sentence.frequent",
        column=plain(top["column"][0]),
        rows=number(top["len"][0], language()),
    )


def unit_names(names: Mapping[tuple[str, str], str]) -> pl.DataFrame:
    """era, unit_code and unit_name, one row a unit."""
    return pl.DataFrame(
        [(era, code, name) for (era, code), name in names.items()],
        schema={"era": pl.String(), "unit_code": pl.String(), "unit_name": pl.String()},
        orient="row",
    )
