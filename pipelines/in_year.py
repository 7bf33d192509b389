"""Monthly in-year decisions: households recognised or no longer poor, and months without any."""

from datetime import date

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.cell_reader import read_cells
from pipelines.coded_values import coded
from pipelines.dates import EXPECTED as DATE_EXPECTED
from pipelines.dates import read_date
from pipelines.household_heads import read_heads
from pipelines.numbers import whole_number
from pipelines.reading import Status
from pipelines.reasons import ASK_COMMUNE, FIX_CELL, Reason
from pipelines.remarks import rejected_rows, remark, tell
from pipelines.repeated_rows import repeated
from pipelines.row_classes import NUMBERED, classify
from pipelines.row_units import NAMES, common_unit, place_rows
from pipelines.text import fold
from reference.loading import form_layout, value_words
from warehouse.core_tables import CORE_IN_YEAR__CHANGE

_TABLE = CORE_IN_YEAR__CHANGE.name
_PERSONAL = ("personal_name", "personal_identity_number", "personal_birth")
_COLUMNS = tuple(
    dict.fromkeys((*(c.name for c in form_layout("in_year").columns), *NAMES, "ethnicity"))
)
_SUBSTANCE = (
    "head_name", "identity_number", "household_code", "birth", "birth_male", "birth_female",
    "change", "class", "class_before", "decision_number",
)  # fmt: skip
_EARLIEST = date(2016, 1, 1)
_CLASSES = "Hộ nghèo, Hộ cận nghèo hoặc Hộ không nghèo"
_AFTER = {"recognised_poor": "poor", "recognised_near_poor": "near_poor"}
_BEFORE = {"escaped_poor": "poor", "escaped_near_poor": "near_poor"}
_BECAME = "trở thành"
_SHARED = (
    "file", "table", "sheet", "row", "submission_id", "era", "unit_code", "period", "status",
    "former_era", "former_unit_code", "standard_id",
)  # fmt: skip


def tidy(batch: Batch) -> list[TidyFile]:
    """The decisions of each file as rows of ``core_in_year__change``."""
    data, remarks = place_rows(_classified(batch).filter(kind="data"), batch)
    data = data.join(batch.identities(), on="file", how="left", maintain_order="left")
    no_change = data.filter("is_no_change")
    changed, told = _judge(data.filter(~pl.col("is_no_change")), batch)
    remarks += told
    rejected = rejected_rows(remarks)
    told_by_file = tell(remarks, batch.tables, batch.file_of_table)
    counts = dict(data["file"].value_counts().iter_rows())
    rows = pl.concat([_contract_changes(changed), _contract_no_change(no_change)])
    rows = rows.join(rejected, on=["table", "row"], how="anti", maintain_order="left")
    parts = {key[0]: part for key, part in rows.partition_by("file", as_dict=True).items()}
    return [
        _tidy_file(file, parts.get(place), counts.get(place, 0), told_by_file.get(place, []))
        for place, file in enumerate(batch.files)
    ]


def _tidy_file(
    file: OpenFile, part: pl.DataFrame | None, count: int, reasons: list[Reason]
) -> TidyFile:
    """One file; decisions are official, whatever the title says, unless a row lacks its decision."""
    if part is None:
        return TidyFile({}, 0, count, reasons)
    changes = part.filter(change_kind="changed")
    has_decision = changes["decision_number"].null_count() == 0
    status: Status = "official" if has_decision else file.identity.status
    rows = part.with_columns(status=pl.lit(status)).sort("table", "row").drop("file", "table")
    codes = part["unit_code"].unique().to_list()
    unit = common_unit(codes, file) if file.identity.is_commune else file.identity.unit_code
    return TidyFile({_TABLE: rows}, part.height, count - part.height, reasons,
                    unit_code=unit, status=status)  # fmt: skip


def _classified(batch: Batch) -> pl.DataFrame:
    rows = batch.rows(_COLUMNS)
    is_numbered = pl.col("row_number").str.contains(NUMBERED)
    is_idle = _says_no_change(pl.coalesce("line", "first_text")) & pl.col("class").is_null()
    rows = rows.with_columns(is_no_change=is_idle.fill_null(False))
    has_head = pl.col("head_name").is_not_null()
    has_number = pl.col("identity_number").str.contains(r"\d{6}")
    has_decision = pl.col("decision_number").is_not_null() & has_head
    rows = classify(
        rows,
        labels=("row_number", "commune_name", "village_name", "head_name"),
        substance=_SUBSTANCE,
        strong=pl.col("is_no_change") | (is_numbered & has_head) | has_number | has_decision,
        numbered=is_numbered,
    )
    return rows


def _says_no_change(text: pl.Expr) -> pl.Expr:
    """Rows that report that nothing happened ("Không phát sinh")."""
    words = tuple(fold(word) for word in value_words()["change"].words["no_change"])

    def read(cell: str | None) -> tuple[object, ...]:
        return (cell is not None and any(word in fold(cell) for word in words),)

    return read_cells([text], read, {"value": pl.Boolean()}).struct.field("value")


def _judge(data: pl.DataFrame, batch: Batch) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Rows of decisions with every column of the contract, and what is to be said of them."""
    data = _read_classes(data)
    data, remarks = read_heads(data, today=batch.context.today, is_demo=batch.context.is_demo)
    data = _read_decisions(data, batch)
    remarks += [*_class_remarks(data), *_decision_remarks(data)]
    data = data.with_columns(_number=pl.coalesce("personal_identity_number", "household_code"))
    remarks.append(
        remark(data, pl.col("personal_name").is_null() & pl.col("_number").is_null(),
               kind="rejected", column="head_name", found="không có tên và không có số định danh",
               expected="họ tên chủ hộ hoặc số định danh", todo=FIX_CELL)
    )  # fmt: skip
    remarks += repeated(data, number="_number", column="identity_number|household_code",
                        columns=[name for name in _COLUMNS if name != "row_number"])  # fmt: skip
    return data, remarks


def _read_classes(data: pl.DataFrame) -> pl.DataFrame:
    """Class before and after: from their columns, else from the words of the decision."""
    change = read_cells(
        [pl.col("change")], _of_change, dict.fromkeys(("before", "after"), pl.String())
    )
    data = data.with_columns(
        _class=coded(pl.col("class"), "class"),
        _before=coded(pl.col("class_before"), "class"),
        _entry=coded(pl.col("entry"), "entry"),
        _area=coded(pl.col("area_type"), "area_type"),
        _members=whole_number(pl.col("member_count")),
        _change=change,
    )
    change_entry = coded(pl.col("change"), "entry").struct.field("value")
    return data.with_columns(
        class_code=pl.coalesce(
            pl.col("_class").struct.field("value"), pl.col("_change").struct.field("after")
        ),
        class_before_code=pl.coalesce(
            pl.col("_before").struct.field("value"), pl.col("_change").struct.field("before")
        ),
        entry_kind=pl.coalesce(pl.col("_entry").struct.field("value"), change_entry),
        area=pl.coalesce(pl.col("_area").struct.field("value"), pl.col("unit_area_type")),
        members=pl.col("_members").struct.field("value"),
    )


def _of_change(cell: str | None) -> tuple[object, ...]:
    """Class before and after that the words of a decision name, null where they do not say."""
    if cell is None:
        return None, None
    text = fold(cell)
    head, _, became = text.replace("(", " ").replace(")", " ").partition(_BECAME)
    kinds = {
        fold(word): kind for kind, words in value_words()["change"].words.items() for word in words
    }
    kind = kinds.get(" ".join(head.split()), "")
    classes = {
        fold(word): value for value, words in value_words()["class"].words.items() for word in words
    }
    before = _BEFORE.get(kind) or classes.get(" ".join(head.split()))
    after = classes.get(" ".join(became.split())) or _AFTER.get(kind)
    return before, after


def _read_decisions(data: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Decision of the row, else of the title when that is a decision."""
    rows = [
        (
            place,
            file.identity.document.number if file.identity.document.is_decision else None,
            file.identity.document.day if file.identity.document.is_decision else None,
            file.identity.last_day,
        )
        for place, file in enumerate(batch.files)
    ]
    schema = {"file": pl.Int64, "file_decision": pl.String, "file_decision_day": pl.Date,
              "last_day": pl.Date}  # fmt: skip
    documents = pl.DataFrame(rows, schema=schema, orient="row")
    read = read_date(pl.col("decision_date"), earliest=_EARLIEST, latest=batch.context.today)
    data = data.join(documents, on="file", how="left", maintain_order="left")
    return data.with_columns(_decided=read).with_columns(
        decision=pl.coalesce(pl.col("decision_number").str.strip_chars(), "file_decision"),
        decision_day=pl.coalesce(pl.col("_decided").struct.field("date"), "file_decision_day"),
    )


def _class_remarks(data: pl.DataFrame) -> list[pl.DataFrame]:
    hint = pl.coalesce(pl.col("_class").struct.field("hint"), pl.lit(FIX_CELL))
    before = pl.col("_before").struct
    entry = pl.col("_entry").struct
    is_step = pl.col("entry").str.to_lowercase().str.contains("thoát|trở thành").fill_null(False)
    written = pl.coalesce("class", "change", pl.lit("ô trống"))
    problem = pl.col("_members").struct.field("problem")
    return [
        remark(data, pl.col("class_code").is_null(), kind="rejected", column="class|change",
               found=written, expected=f"loại hộ sau quyết định: {_CLASSES}", todo=hint),
        remark(data, before.field("is_unknown") | before.field("hint").is_not_null(),
               kind="question", column="class_before", found=pl.col("class_before"),
               expected=_CLASSES, todo=ASK_COMMUNE),
        remark(data, pl.col("class_code") == pl.col("class_before_code"), kind="question",
               column="class|change", found="loại hộ trước và sau giống nhau",
               expected="loại hộ thay đổi theo quyết định", todo=ASK_COMMUNE),
        remark(data, entry.field("is_unknown") & ~is_step, kind="question", column="entry",
               found=pl.col("entry"), expected="Phát sinh mới hoặc Tái nghèo",
               todo=ASK_COMMUNE),
        remark(data, problem.is_not_null(), kind="question", column="member_count",
               found=pl.col("member_count"), expected="số nhân khẩu", todo=ASK_COMMUNE),
    ]  # fmt: skip


def _decision_remarks(data: pl.DataFrame) -> list[pl.DataFrame]:
    problem = pl.col("_decided").struct.field("problem")
    expected = problem.replace_strict(DATE_EXPECTED, default=None, return_dtype=pl.String)
    last = pl.col("last_day")
    is_outside = (pl.col("decision_day") > last) | (pl.col("decision_day") < last.dt.month_start())
    return [
        remark(data, pl.col("decision_day").is_null(), kind="rejected", column="decision_date",
               found=pl.coalesce(pl.col("decision_date"), pl.lit("ô trống")),
               expected=pl.coalesce(expected, pl.lit("ngày của quyết định")), todo=FIX_CELL),
        remark(data, pl.col("decision").is_null(), kind="question", column="decision_number",
               found="ô trống", expected="số quyết định", todo=ASK_COMMUNE),
        remark(data, is_outside, kind="question", column="decision_date",
               found=pl.col("decision_day").dt.strftime("%d/%m/%Y"),
               expected="ngày trong tháng của biểu", todo=ASK_COMMUNE),
    ]  # fmt: skip


def _contract_changes(rows: pl.DataFrame) -> pl.DataFrame:
    return _contract(
        rows.select(
            *_SHARED, "class_before_code", "class_code", "entry_kind", *_PERSONAL,
            pl.lit("changed").alias("change_kind"),
            pl.col("area").alias("area_type"),
            pl.col("members").alias("member_count"),
            pl.col("decision").alias("decision_number"),
            pl.col("decision_day").alias("decision_date"),
        )
    )  # fmt: skip


def _contract_no_change(rows: pl.DataFrame) -> pl.DataFrame:
    empty = [pl.lit(None, pl.String).alias(name) for name in _PERSONAL]
    return _contract(
        rows.select(
            *_SHARED, *empty, pl.lit("no_change").alias("change_kind"),
            pl.col("unit_area_type").alias("area_type"),
        )
    )  # fmt: skip


def _contract(rows: pl.DataFrame) -> pl.DataFrame:
    known = [name for name in CORE_IN_YEAR__CHANGE.columns if name in rows.columns]
    contract = CORE_IN_YEAR__CHANGE.conform(rows.select(known)).drop("household_id")
    return rows.select("file", "table").hstack(contract).hstack(rows.select(_PERSONAL))
