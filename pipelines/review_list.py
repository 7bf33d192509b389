"""Review lists and exports: one row a household, as the commune decided it.

What is needed of a row: the commune, a head (name or number), a conclusion, an area type (else that
of the commune). What is missing or contradicts itself beside these loads with a question; nothing
is corrected and nothing is filled in.
"""

from collections.abc import Callable
from datetime import date

import polars as pl
import polars.selectors as cs

from pipelines.batch import Batch, TidyFile
from pipelines.coded_values import as_list, coded, marked, several
from pipelines.dates import EXPECTED as DATE_EXPECTED
from pipelines.dates import read_date
from pipelines.household_codes import code_questions
from pipelines.household_heads import age_band, read_heads
from pipelines.household_rows import COLUMNS, FLAGS, SEVERAL, classified_rows, heading_remarks
from pipelines.numbers import EXPECTED as NUMBER_EXPECTED
from pipelines.reading import Status
from pipelines.reasons import ASK_COMMUNE, FIX_CELL
from pipelines.remarks import rejected_rows, remark, tell
from pipelines.repeated_rows import repeated
from pipelines.row_units import common_unit, place_rows
from pipelines.scores import class_questions, read_scores
from pipelines.subtotals import check_subtotals
from reference.loading import value_words
from warehouse.core_tables import CORE_REVIEW__HOUSEHOLD

_TABLE = CORE_REVIEW__HOUSEHOLD.name
_PERSONAL = ("personal_name", "personal_identity_number", "personal_birth", "personal_reviewer")
_EARLIEST = date(2010, 1, 1)
_CLASSES = "Hộ nghèo, Hộ cận nghèo hoặc Hộ không nghèo"
Step = Callable[[pl.DataFrame], tuple[pl.DataFrame, list[pl.DataFrame]]]


def tidy(batch: Batch) -> list[TidyFile]:
    """The households of each file as rows of ``core_review__household``."""
    rows = classified_rows(batch)
    remarks = [*check_subtotals(rows, persons="members"), *heading_remarks(rows)]
    data, told = place_rows(rows.filter(kind="data"), batch)
    remarks += told
    data = data.join(batch.identities(), on="file", how="left", maintain_order="left")
    today, is_demo = batch.context.today, batch.context.is_demo
    steps: tuple[Step, ...] = (
        _read_class,
        _read_area_and_members,
        read_scores,
        _read_lists,
        lambda rows: read_heads(rows, today=today, is_demo=is_demo),
        lambda rows: _read_dates(rows, today),
    )
    for step in steps:
        data, told = step(data)
        remarks += told
    data = data.with_columns(_number=pl.coalesce("personal_identity_number", "household_code"))
    remarks += _head_remarks(data)
    remarks += repeated(data, number="_number", column="identity_number|household_code",
                        columns=[name for name in COLUMNS if name != "row_number"])  # fmt: skip
    loaded = data.select(~cs.starts_with("_")).join(
        rejected_rows(remarks), on=["table", "row"], how="anti", maintain_order="left"
    )
    remarks += [*class_questions(loaded), code_questions(loaded)]
    return _by_file(batch, data["file"], loaded, remarks)


def _read_class(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    rows = rows.with_columns(
        _before=coded(pl.col("class_before"), "class"),
        _kind=coded(pl.col("review_kind"), "review_kind"),
    ).with_columns(
        class_before_code=pl.col("_before").struct.field("value"),
        review_kind_code=pl.coalesce(pl.col("_kind").struct.field("value"), pl.lit("periodic")),
    )
    hint, before_hint = (pl.col(name).struct.field("hint") for name in ("_class", "_before"))
    is_unknown = pl.col("_class").struct.field("is_unknown")
    is_blank = pl.col("class_code").is_null() & hint.is_null() & ~is_unknown
    return rows, [
        remark(rows, is_blank, kind="rejected", column="class", found="ô trống",
               expected=_CLASSES, todo=FIX_CELL),
        remark(rows, hint.is_not_null(), kind="rejected", column="class", found=pl.col("class"),
               expected=_CLASSES, todo=hint),
        remark(rows, is_unknown, kind="rejected", column="class",
               found=pl.col("class"), expected=_CLASSES, todo=FIX_CELL),
        remark(rows, before_hint.is_not_null() | pl.col("_before").struct.field("is_unknown"),
               kind="question", column="class_before", found=pl.col("class_before"),
               expected=_CLASSES, todo=pl.coalesce(before_hint, pl.lit(ASK_COMMUNE))),
        remark(rows, pl.col("_kind").struct.field("is_unknown"), kind="question",
               column="review_kind", found=pl.col("review_kind"),
               expected="Định kỳ hoặc Thường xuyên", todo=ASK_COMMUNE),
    ]  # fmt: skip


def _read_area_and_members(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    rows = rows.with_columns(_area=coded(pl.col("area_type"), "area_type"))
    rows = rows.rename({"area_type": "_area_text"}).with_columns(
        area_type=pl.coalesce(pl.col("_area").struct.field("value"), pl.col("unit_area_type"))
    )
    problem = pl.col("_members").struct.field("problem")
    is_missing = problem.is_null() & (pl.col("members").is_null() | (pl.col("members") == 0))
    expected = problem.replace_strict(NUMBER_EXPECTED, default=None, return_dtype=pl.String)
    remarks = [
        remark(rows, pl.col("_area").struct.field("is_unknown"), kind="question",
               column="area_type", found=pl.col("_area_text"),
               expected="1: thành thị; 2: nông thôn",
               todo="Đã lấy khu vực theo loại đơn vị hành chính; xã sửa ô này ở lần nộp sau."),
        remark(rows, problem.is_not_null(), kind="question", column="member_count",
               found=pl.col("member_count"), expected=expected, todo=ASK_COMMUNE),
        remark(rows, is_missing & pl.col("has_member_count"), kind="question",
               column="member_count", found=pl.coalesce("member_count", pl.lit("ô trống")),
               expected="số nhân khẩu từ 1 trở lên", todo=ASK_COMMUNE),
    ]  # fmt: skip
    members = pl.when(pl.col("members") > 0).then(pl.col("members"))
    return rows.with_columns(members=members), remarks


def _read_lists(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Flags of the household and the columns with several values, in one cell or as marks."""
    remarks = []
    for name, target in FLAGS.items():
        rows = rows.with_columns(_flag=marked(pl.col(name)))
        is_unknown = pl.col("_flag").struct.field("is_unknown") & pl.col(f"has_{name}")
        remarks.append(
            remark(rows, is_unknown, kind="question", column=name,
                   found=pl.col(name), expected="x hoặc để trống", todo=ASK_COMMUNE)
        )  # fmt: skip
        value = pl.col("_flag").struct.field("value")
        rows = rows.with_columns(pl.when(pl.col(f"has_{name}")).then(value).alias(target))
    for name, values in SEVERAL.items():
        rows = rows.rename({name: f"_{name}_text"})
        rows = rows.with_columns(_several=several(pl.col(f"_{name}_text"), values))
        unknown = pl.col("_several").struct.field("unknown")
        allowed = "; ".join(words[0] for words in value_words()[values].words.values())
        remarks.append(
            remark(rows, unknown.is_not_null(), kind="question", column=name,
                   found=unknown, expected=allowed, todo=ASK_COMMUNE)
        )  # fmt: skip
        values_of = as_list(pl.col("_several").struct.field("values"))
        written = pl.when(pl.col(f"has_{name}")).then(values_of)
        rows = rows.with_columns(_with_marks(rows, name, values, written).alias(name))
    return rows, remarks


def _with_marks(rows: pl.DataFrame, name: str, values: str, written: pl.Expr) -> pl.Expr:
    """The values in the cell and those marked in columns of their own ("causes:capital")."""
    marks = {
        value: f"{name}:{value}"
        for value in value_words()[values].words
        if f"{name}:{value}" in rows.columns
    }
    if not marks:
        return written
    ticked = pl.concat_list(
        pl.when(marked(pl.col(column)).struct.field("value")).then(pl.lit(value))
        for value, column in marks.items()
    ).list.drop_nulls()
    return pl.coalesce(written, ticked)


def _read_dates(rows: pl.DataFrame, today: date) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Day of the review and decision of the row, and the births that come after the period."""
    rows = rows.with_columns(
        _reviewed=read_date(pl.col("review_date"), earliest=_EARLIEST, latest=today),
        _decided=read_date(pl.col("decision_date"), earliest=_EARLIEST, latest=today),
    ).with_columns(
        review_day=pl.col("_reviewed").struct.field("date"),
        decision_day=pl.col("_decided").struct.field("date"),
        year=pl.col("period").str.head(4).cast(pl.Int64),
    )
    remarks = [
        remark(rows, pl.col(read).struct.field("problem").is_not_null(), kind="question",
               column=column, found=pl.col(column),
               expected=pl.col(read).struct.field("problem")
               .replace_strict(DATE_EXPECTED, default=None, return_dtype=pl.String), todo=ASK_COMMUNE)
        for read, column in (("_reviewed", "review_date"), ("_decided", "decision_date"))
    ]  # fmt: skip
    remarks.append(_other_year(rows))
    remarks.append(
        remark(rows, pl.col("birth_year") > pl.col("year"), kind="question", column="birth",
               found="năm sinh sau năm rà soát", expected=DATE_EXPECTED["out_of_range"], todo=ASK_COMMUNE)
    )  # fmt: skip
    return rows, remarks


def _other_year(rows: pl.DataFrame) -> pl.DataFrame:
    """A question on files whose households were reviewed in another year than the title says."""
    reviewed = pl.col("review_day").dt.year()
    files = rows.group_by("file", maintain_order=True).agg(
        pl.col("table").first(),
        pl.lit(None, pl.Int64).alias("row"),
        reviewed.count().alias("dated"),
        reviewed.is_between(pl.col("year"), pl.col("year") + 1).not_().sum().alias("others"),
        reviewed.mode().first().alias("usual"),
        pl.col("period").first(),
    )
    return remark(files, pl.col("others") * 2 > pl.col("dated"), kind="question",
                  column="review_date", found=pl.format("ngày rà soát trong năm {}", "usual"),
                  expected=pl.format("ngày rà soát của kỳ {}", "period"),
                  todo="Kiểm tra năm ở tiêu đề và cột ngày rà soát.")  # fmt: skip


def _head_remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    return [
        remark(rows, pl.col("personal_name").is_null() & pl.col("_number").is_null(),
               kind="rejected", column="head_name", found="không có tên và không có số định danh",
               expected="họ tên chủ hộ hoặc số định danh",
               todo="Điền tên chủ hộ rồi nộp lại tệp.")
    ]  # fmt: skip


def _by_file(
    batch: Batch, files: pl.Series, loaded: pl.DataFrame, remarks: list[pl.DataFrame]
) -> list[TidyFile]:
    """What becomes of each file: ``files`` has the file of each row of data, ``loaded`` those not sent back."""
    told = tell(remarks, batch.tables, batch.file_of_table)
    counts = dict(files.value_counts().iter_rows())
    documents = _documents(batch)
    loaded = loaded.join(documents, on="file", how="left", maintain_order="left").with_columns(
        decision_number=pl.coalesce(pl.col("decision_number").str.strip_chars(), "file_decision"),
        decision_date=pl.coalesce("decision_day", "file_decision_day"),
    )
    loaded = _with_status(loaded)
    contract = loaded.select("file").hstack(_contract(loaded))
    parts = {key[0]: part for key, part in contract.partition_by("file", as_dict=True).items()}
    found = []
    for place, file in enumerate(batch.files):
        part = parts.get(place)
        rows = part.height if part is not None else 0
        codes = part["unit_code"].unique().to_list() if part is not None else []
        status: Status = part["status"][0] if part is not None else file.identity.status
        found.append(
            TidyFile(
                tables={} if part is None else {_TABLE: part.drop("file")},
                loaded=rows,
                rejected=counts.get(place, 0) - rows,
                reasons=told.get(place, []),
                unit_code=common_unit(codes, file),
                status=status,
            )
        )
    return found


def _documents(batch: Batch) -> pl.DataFrame:
    """The decision in the title of each file, and whether its status is open to the rows."""
    rows = [
        (
            place,
            file.identity.document.number if file.identity.document.is_decision else None,
            file.identity.document.day if file.identity.document.is_decision else None,
            file.tables[0].header.form if file.tables[0].header else None,
        )
        for place, file in enumerate(batch.files)
    ]
    schema = {"file": pl.Int64, "file_decision": pl.String, "file_decision_day": pl.Date,
              "source_form": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _with_status(loaded: pl.DataFrame) -> pl.DataFrame:
    """A list without a decision in its title is official if most listed households carry one."""
    is_listed = pl.col("class_code").is_in(["poor", "near_poor"])
    has_decision = pl.col("decision_number").is_not_null() & pl.col("decision_date").is_not_null()
    share = (is_listed & has_decision).sum().over("file") / is_listed.sum().over("file")
    is_official = (pl.col("status") == "preliminary") & (share > 0.5)
    return loaded.with_columns(
        status=pl.when(is_official).then(pl.lit("official")).otherwise(pl.col("status"))
    )


def _contract(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows in the contract's columns, and the personal columns beside them."""
    reviewer = pl.col("reviewer").str.strip_chars().alias("personal_reviewer")
    named = rows.with_columns(
        pl.col("village").alias("village_name"),
        pl.col("review_kind_code").alias("review_kind"),
        pl.col("members").alias("member_count"),
        pl.col("b1").alias("b1_points"),
        pl.col("b2").alias("b2_points"),
        pl.col("review_day").alias("review_date"),
        age_band(pl.col("birth_year"), pl.col("year")).alias("head_age_band"),
        reviewer,
    )
    known = [name for name in CORE_REVIEW__HOUSEHOLD.columns if name in named.columns]
    rows = CORE_REVIEW__HOUSEHOLD.conform(named.select(known))
    rows = rows.drop("household_id", "reviewer_id")
    return rows.hstack(named.select(_PERSONAL))
