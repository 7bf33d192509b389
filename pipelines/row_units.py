"""The commune of each row: named in the row itself, else in the title of its file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from pipelines.batch import Batch, OpenFile
from pipelines.remarks import remark
from pipelines.title_words import is_own_province
from pipelines.unit_names import province_code
from pipelines.units import resolve_for_date, resolve_former
from reference.loading import unit_area_type, units

NAMES = ("province_name", "district_name", "commune_name", "former_commune_name")
"""Columns that name where a household lives; a form that lacks one has it as null."""
_KEY = ("file", *NAMES)
_EXPECTED = "tên một xã, phường, thị trấn trong danh mục hành chính của kỳ báo cáo"
_FOUND = {
    "unit_code": pl.String,
    "former_era": pl.String,
    "former_unit_code": pl.String,
    "unit_area_type": pl.String,
    "unit_problem": pl.String,
    "unit_question": pl.String,
    "unit_warning": pl.String,
    "former_problem": pl.String,
}


@dataclass(frozen=True, slots=True)
class _Place:
    unit_code: str | None = None
    former_era: str | None = None
    former_unit_code: str | None = None
    unit_area_type: str | None = None
    unit_problem: str | None = None
    unit_question: str | None = None
    unit_warning: str | None = None
    former_problem: str | None = None


def place_rows(rows: pl.DataFrame, batch: Batch) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """``rows`` with ``era, unit_code, former_era, former_unit_code, unit_area_type``, and remarks.

    A row whose commune cannot be known is rejected; an older commune that cannot be known is a
    question and stays null.
    """
    keys = rows.select(_KEY).unique(maintain_order=True)
    places = [_place(batch.files[file], *names) for file, *names in keys.iter_rows()]
    found = pl.DataFrame(
        [[getattr(place, name) for name in _FOUND] for place in places], schema=_FOUND, orient="row"
    )
    eras = {place: file.identity.era for place, file in enumerate(batch.files)}
    rows = rows.join(keys.hstack(found), on=_KEY, how="left", nulls_equal=True,
                     maintain_order="left")  # fmt: skip
    rows = rows.with_columns(era=pl.col("file").replace_strict(eras, return_dtype=pl.String))
    first_of_name = pl.col("row").eq(pl.col("row").min().over(*_KEY, "table"))
    remarks = [
        remark(rows, pl.col("unit_problem").is_not_null(), kind="rejected", column="commune_name",
               found=pl.col("unit_problem"), expected=_EXPECTED,
               todo="Sửa tên xã (ghi đủ dấu, kèm huyện) ở dòng này rồi nộp lại tệp."),
        remark(rows, pl.col("unit_question").is_not_null() & first_of_name, kind="question",
               column="commune_name", found=pl.col("unit_question"),
               expected="xã của dòng là xã ở tiêu đề",
               todo="Dòng được nhập cho xã ghi ở dòng; kiểm tra tiêu đề và cột tên xã."),
        remark(rows, pl.col("unit_warning").is_not_null() & first_of_name, kind="warning",
               column="commune_name", found=pl.col("unit_warning"), expected=_EXPECTED,
               todo="Kiểm tra lại tên xã; nếu đúng thì không phải làm gì."),
        remark(rows, pl.col("former_problem").is_not_null(), kind="question",
               column="former_commune_name", found=pl.col("former_problem"),
               expected="tên xã, phường, thị trấn cũ đã nhập vào đơn vị này",
               todo="Ghi đúng tên đơn vị cũ; dòng đã được nhập, chưa gắn đơn vị cũ."),
    ]  # fmt: skip
    return rows, remarks


def common_unit(codes: Sequence[str], file: OpenFile) -> str:
    """The commune if there is one only, else the district they share, else the province."""
    identity = file.identity
    if len(codes) == 1:
        return codes[0]
    if not codes:
        return identity.unit_code or province_code(identity.era)
    parents = set(
        units()
        .filter(pl.col("code").is_in(list(codes)), era=identity.era, level="commune")["parent_code"]
        .to_list()
    )
    return str(parents.pop()) if len(parents) == 1 else province_code(identity.era)


def _place(
    file: OpenFile, province: str | None, district: str | None, commune: str | None,
    former: str | None,
) -> _Place:  # fmt: skip
    identity = file.identity
    if province and not is_own_province(province):
        return _Place(unit_problem=f"“{province}” ngoài địa bàn tỉnh")
    if not commune:
        if not identity.is_commune or identity.unit_code is None:
            return _Place(unit_problem="dòng không ghi tên xã")
        titled = _Place(identity.unit_code, identity.former_era, identity.former_unit_code)
        return _with_former(titled, file, former)
    found = resolve_for_date(commune, district or identity.district, identity.last_day)
    if found.code_in_force is None:
        return _Place(unit_problem=found.warning)
    is_older = found.era != identity.era
    is_other = identity.is_commune and found.code_in_force != identity.unit_code
    named = _Place(
        unit_code=found.code_in_force,
        former_era=found.era if is_older else None,
        former_unit_code=found.code if is_older else None,
        unit_question=f"dòng ghi {commune}, khác với xã ở tiêu đề" if is_other else None,
        unit_warning=found.warning,
    )
    return _with_former(named, file, former)


def _with_former(place: _Place, file: OpenFile, former: str | None) -> _Place:
    """The place with its area type, and the older commune that a column of its own names."""
    era, unit = file.identity.era, str(place.unit_code)
    place = replace(place, unit_area_type=unit_area_type(era, unit))
    if not former:
        return place
    older = resolve_former(former, era, unit)
    if older.code is None:
        return replace(place, former_problem=older.warning or former)
    return replace(place, former_era=older.era, former_unit_code=older.code)
