"""Detailed lists (official forms 14 and 15): one row a person of near-poor or poor households."""

from collections.abc import Iterable

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.coded_values import marked
from pipelines.household_heads import read_heads
from pipelines.layout import SheetTable
from pipelines.numbers import whole_number
from pipelines.reasons import ASK_COMMUNE, Reason
from pipelines.remarks import rejected_rows, remark, tell
from pipelines.repeated_rows import repeated
from pipelines.row_classes import NUMBERED, classify, village_of
from pipelines.row_units import NAMES, common_unit, place_rows
from pipelines.text import fold, folded
from reference.loading import form_layout, value_words
from warehouse.core_tables import CORE_REVIEW__PERSON

_TABLE = CORE_REVIEW__PERSON.name
_PERSONAL = (
    "personal_name", "personal_identity_number", "personal_birth", "personal_head_name",
    "personal_head_birth",
)  # fmt: skip
_COLUMNS = tuple(column.name for column in form_layout("person_list").columns)
_OF_LISTS = (*NAMES, "head_name", "birth", "sex")
"""Columns of other lists that shared steps look at; the official forms do not have them."""
_FLAGS = {
    "merit_member": "has_merit",
    "no_labour_capacity": "is_without_labour_capacity",
    "has_health_insurance": "has_health_insurance",
    "is_undernourished": "is_undernourished",
}
_ANSWERS = ("has_health_insurance", "is_undernourished")
"""Said of children only: a blank cell is no answer, not a no."""
_ENTRIES = {"new_poor": "new", "relapsed_poor": "relapse", "former_poor": "former"}
"""How a household came onto the list: at most one of three columns is marked."""
_NEEDS = tuple(value_words()["support"].words)
_CLASS_TITLES = {"near_poor": "hộ cận nghèo", "poor": "hộ nghèo"}
_FORM_NUMBERS = {"near_poor": "14", "poor": "15"}


def tidy(batch: Batch) -> list[TidyFile]:
    """The persons of each file as rows of ``core_review__person``."""
    rows = _classified(batch)
    data, remarks = place_rows(rows.filter(kind="data"), batch)
    data = data.join(batch.identities(), on="file", how="left", maintain_order="left")
    data, told = read_heads(data, today=batch.context.today, is_demo=batch.context.is_demo)
    remarks += told
    data, told = _read_flags(data)
    remarks += told
    data, told = _read_entries(data)
    data = _with_heads(data)
    remarks += [*told, *_person_remarks(data)]
    remarks += repeated(data, number="personal_identity_number", column="identity_number",
                        columns=["head", *(c for c in _COLUMNS if c != "head_number")])  # fmt: skip
    rejected = rejected_rows(remarks)
    loaded = data.join(rejected, on=["table", "row"], how="anti", maintain_order="left")
    told_by_file = tell(remarks, batch.tables, batch.file_of_table)
    contract = loaded.select("file").hstack(_contract(loaded))
    parts = {key[0]: part for key, part in contract.partition_by("file", as_dict=True).items()}
    counts = dict(data["file"].value_counts().iter_rows())
    return [
        _tidy_file(file, parts.get(place), counts.get(place, 0), told_by_file.get(place, []))
        for place, file in enumerate(batch.files)
    ]


def _tidy_file(
    file: OpenFile, part: pl.DataFrame | None, count: int, reasons: list[Reason]
) -> TidyFile:
    loaded = part.height if part is not None else 0
    codes = part["unit_code"].unique().to_list() if part is not None else []
    return TidyFile(
        tables={} if part is None else {_TABLE: part.drop("file")},
        loaded=loaded,
        rejected=count - loaded,
        reasons=reasons,
        unit_code=common_unit(codes, file),
    )


def _classified(batch: Batch) -> pl.DataFrame:
    """All rows under the headers with their kind, village and the class of their list."""
    rows = batch.rows((*_COLUMNS, *_OF_LISTS), presence=tuple(_FLAGS))
    is_member = pl.col("member_number").str.contains(NUMBERED)
    has_birth = pl.coalesce("birth_male", "birth_female").str.contains(r"\d{4}")
    rows = classify(
        rows,
        labels=("head_number", "village_name", "person_name"),
        substance=("person_name", "birth_male", "birth_female", "identity_number"),
        strong=(is_member | has_birth) & pl.col("person_name").is_not_null(),
        numbered=is_member | pl.col("head_number").str.contains(NUMBERED),
    )
    classes = {number: _class_of(sheet, batch.files[batch.file_of_table[number]])
               for number, sheet in enumerate(batch.tables)}  # fmt: skip
    heading = pl.when(pl.col("kind") == "village").then(village_of(pl.col("label")))
    return rows.with_columns(
        village=pl.coalesce("village_name", heading.forward_fill().over("table")),
        head_name=pl.col("person_name"),
        class_code=pl.col("table").replace_strict(classes, return_dtype=pl.String),
    )


def _class_of(sheet: SheetTable, file: OpenFile) -> str | None:
    """Class of the list by its title, its form number or its sheet's name; null when both fit."""
    for texts in (sheet.titles, (sheet.name,), (file.path,)):
        folded_texts = [fold(text) for text in texts]
        found = _named(folded_texts) or _numbered(folded_texts)
        if found:
            return found
    return None


def _named(texts: Iterable[str]) -> str | None:
    named = set()
    for text in texts:
        if "danh sách" in text or "biểu" in text:
            is_near = _CLASS_TITLES["near_poor"] in text
            rest = text.replace(_CLASS_TITLES["near_poor"], "")
            named |= {"near_poor"} if is_near else set()
            named |= {"poor"} if _CLASS_TITLES["poor"] in rest else set()
    return named.pop() if len(named) == 1 else None


def _numbered(texts: Iterable[str]) -> str | None:
    named = {
        name for name, number in _FORM_NUMBERS.items() for text in texts
        if number in text.replace("(", " ").replace(")", " ").split()
    }  # fmt: skip
    return named.pop() if len(named) == 1 else None


def _read_flags(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    remarks = []
    for name, target in _FLAGS.items():
        is_said = pl.col(f"has_{name}")
        if name in _ANSWERS:
            is_said = is_said & pl.col(name).is_not_null()
        rows = rows.with_columns(_flag=marked(pl.col(name)))
        is_unknown = pl.col("_flag").struct.field("is_unknown") & pl.col(f"has_{name}")
        remarks.append(
            remark(rows, is_unknown, kind="question", column=name,
                   found=pl.col(name), expected="x hoặc để trống", todo=ASK_COMMUNE)
        )  # fmt: skip
        value = pl.when(is_said).then(pl.col("_flag").struct.field("value"))
        rows = rows.with_columns(value.alias(f"{target}_flag"))
    ticked = [
        pl.when(marked(pl.col(f"need_{need}")).struct.field("value")).then(pl.lit(need))
        for need in _NEEDS
    ]
    return rows.with_columns(needs=pl.concat_list(ticked).list.drop_nulls()), remarks


def _read_entries(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Whether the household is new on the list, has relapsed, or was on it before; asked where two are marked."""
    rows = rows.with_columns(marked(pl.col(name)).alias(f"_{name}") for name in _ENTRIES)
    remarks = [
        remark(rows, pl.col(f"_{name}").struct.field("is_unknown"), kind="question", column=name,
               found=pl.col(name), expected="x hoặc để trống", todo=ASK_COMMUNE)
        for name in _ENTRIES
    ]  # fmt: skip
    ticked = pl.concat_list(
        pl.when(pl.col(f"_{name}").struct.field("value")).then(pl.lit(kind))
        for name, kind in _ENTRIES.items()
    ).list.drop_nulls()
    rows = rows.with_columns(_entries=ticked)
    is_one = pl.col("_entries").list.len() == 1
    remarks.append(
        remark(rows, pl.col("_entries").list.len() > 1, kind="question", column="new_poor",
               found="đánh dấu hơn một ô", expected="một trong ba ô: mới, tái, cũ",
               todo=ASK_COMMUNE)
    )  # fmt: skip
    return rows.with_columns(
        entry_kind=pl.when(is_one).then(pl.col("_entries").list.first())
    ), remarks


def _with_heads(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbers of household and member, and the head each member stands under."""
    rows = rows.with_columns(
        head=whole_number(pl.col("head_number")).struct.field("value").forward_fill().over("table"),
        member=whole_number(pl.col("member_number")).struct.field("value"),
        folded_relation=folded(pl.col("relation")),
    )
    is_head = (pl.col("member") == 1) | pl.col("folded_relation").is_in(
        list(value_words()["relation"].words["head"])
    )
    starts = is_head.fill_null(False).cast(pl.Int64).cum_sum().over("table")
    rows = rows.with_columns(_is_head=is_head.fill_null(False), _household=starts)
    return rows.with_columns(
        pl.col(column).filter(pl.col("_is_head")).first().over("table", "_household")
        .alias(f"personal_head_{column.removeprefix('personal_')}")
        for column in ("personal_name", "personal_birth")
    )  # fmt: skip


def _person_remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    is_first = pl.col("member") == 1
    says_head = pl.col("folded_relation").is_in(list(value_words()["relation"].words["head"]))
    return [
        remark(rows, pl.col("personal_name").is_null(), kind="rejected", column="person_name",
               found="ô trống", expected="họ và tên", todo="Điền họ tên rồi nộp lại tệp."),
        remark(rows, pl.col("class_code").is_null(), kind="rejected", column=None,
               found="tiêu đề không ghi rõ danh sách hộ nghèo hay hộ cận nghèo",
               expected="danh sách chi tiết hộ nghèo (biểu 15) hoặc hộ cận nghèo (biểu 14)",
               todo="Sửa tiêu đề rồi nộp lại tệp."),
        remark(rows, pl.col("_household") == 0, kind="rejected", column="head_number",
               found="thành viên không có chủ hộ ở trên", expected="dòng chủ hộ đứng trước",
               todo="Thêm dòng chủ hộ rồi nộp lại tệp."),
        remark(rows, pl.col("head").is_null() | pl.col("member").is_null(), kind="question",
               column="member_number", found="thiếu số thứ tự chủ hộ hoặc thành viên",
               expected="số thứ tự chủ hộ và thành viên", todo=ASK_COMMUNE),
        remark(rows, is_first & says_head.not_(), kind="question", column="relation",
               found=pl.col("relation"), expected="Chủ hộ", todo=ASK_COMMUNE),
    ]  # fmt: skip


def _age_band(birth_year: pl.Expr, year: pl.Expr) -> pl.Expr:
    age = year - birth_year
    return (
        pl.when(age < 0).then(None)
        .when(age < 6).then(pl.lit("under_6"))
        .when(age <= 15).then(pl.lit("6_15"))
        .when(age <= 30).then(pl.lit("16_30"))
        .when(age < 60).then(pl.lit("31_59"))
        .when(age.is_not_null()).then(pl.lit("60_plus"))
    )  # fmt: skip


def _contract(rows: pl.DataFrame) -> pl.DataFrame:
    named = rows.select(
        "submission_id", "sheet", "row", "era", "unit_code", "period", "status", "class_code",
        "standard_id", *_PERSONAL,
        pl.col("village").alias("village_name"),
        pl.col("head").alias("head_number"),
        pl.col("member").alias("member_number"),
        pl.col("folded_relation").alias("relation"),
        pl.col("head_sex").alias("sex"),
        pl.col("head_ethnicity").alias("ethnicity"),
        _age_band(pl.col("birth_year"), pl.col("period").str.head(4).cast(pl.Int64))
        .alias("age_band"),
        "entry_kind",
        *(pl.col(f"{target}_flag").alias(target) for target in _FLAGS.values()),
        pl.col("needs").alias("support_needs"),
    )  # fmt: skip
    contract = CORE_REVIEW__PERSON.conform(named.drop(_PERSONAL)).drop("household_id")
    return contract.hstack(named.select(_PERSONAL))
