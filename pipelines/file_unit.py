"""The commune a file is about, or the unit above when its rows name the communes."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

from pipelines.layout import SheetTable
from pipelines.period import Period
from pipelines.reading import Form
from pipelines.reasons import Kind, Reason, file_reason
from pipelines.title_words import UnitWords, is_own_province, units_named, units_named_plainly
from pipelines.unit_names import eras, province_code
from pipelines.units import Resolution, resolve_for_date, resolve_unit
from reference.loading import UNDER_TITLE

_BY_ROW = frozenset({"summary", *UNDER_TITLE})
"""Forms that name a unit in every row."""
_CODE = re.compile(r"(?<!\d)(\d{5})(?!\d)")


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """The commune (or unit above) of a file, or the reason why there is none."""

    resolution: Resolution | None
    is_commune: bool
    district: str | None
    remark: Reason | None = None
    problem: Reason | None = None


def has_values(tables: Iterable[SheetTable], column: str) -> bool:
    """Whether some row of the sheets has something in that column."""
    return any(table.distinct(column) for table in tables)


def find_unit(
    path: str,
    form: Form,
    tables: Sequence[SheetTable],
    titles: Sequence[str],
    answer: str | None,
    period: Period,
) -> FoundUnit:
    """The unit of a file, by its titles, columns, sheet names and path, then by the answer."""
    district = _district(path, tables, titles, period.era)
    words = units_named(titles)
    if foreign := [each.name for each in words if _is_foreign(each)]:
        return _problem(district, _other_province(foreign[0]))
    named = _communes(words, district, period.last_day)
    by_row = has_values(tables, "commune_name") or form in _BY_ROW
    if len(named) == 1 and (named[0].code or not by_row):
        return _one(named[0], district, answer, period)
    if len(named) > 1 and not by_row:
        return _problem(district, _two_communes(named))
    if by_row:
        return _above(district, period.era, answer)
    if code := _code_in_rows(tables):
        return _one(resolve_unit(code, period.era), district, answer, period)
    for names in ([table.name for table in tables], _file_names(path)):
        found = _communes([u for n in names for u in units_named_plainly(n)], district,
                          period.last_day) or _bare(names, district, period.last_day)  # fmt: skip
        if len(found) > 1:
            return _problem(district, _two_communes(found))
        if found:
            return _one(found[0], district, answer, period)
    if answer:
        return _one(resolve_unit(answer, period.era), district, None, period)
    todo = "Ghi tên xã/phường và huyện ở đầu biểu, hoặc điền cột unit_code của tệp inbox.csv."
    missing = file_reason("question", "không thấy tên xã/phường trong tệp",
                          "tên xã, phường hoặc thị trấn gửi danh sách", todo)  # fmt: skip
    return _problem(district, missing)


def _one(found: Resolution, district: str | None, answer: str | None, period: Period) -> FoundUnit:
    if found.how == "ambiguous" and answer in {each.code for each in found.candidates}:
        found = resolve_unit(str(answer), period.era)
    if found.code_in_force is None:
        kind: Kind = "question" if found.how == "ambiguous" else "rejected"
        reason = file_reason(kind, found.warning, "tên một xã, phường, thị trấn trong danh mục "
                             "hành chính của kỳ báo cáo", "Sửa tên ở đầu biểu, hoặc điền cột "
                             "unit_code của tệp inbox.csv, rồi nộp lại.")  # fmt: skip
        return _problem(district, reason)
    remark = None
    if found.warning:
        remark = file_reason("warning", found.warning, "tên đầy đủ, đúng dấu, kèm huyện",
                             "Kiểm tra lại tên đơn vị; nếu đúng thì không phải làm gì.")  # fmt: skip
    return FoundUnit(found, is_commune=True, district=district, remark=remark)


def _above(district: str | None, era: str, answer: str | None) -> FoundUnit:
    """The district or province of a file whose rows name the communes."""
    for name in (district, answer):
        found = resolve_unit(name, era, level="district") if name else None
        if found and found.code:
            return FoundUnit(found, is_commune=False, district=found.code)
    code = province_code(era)
    province = resolve_unit(code, era, level="province")
    return FoundUnit(province, is_commune=False, district=district)


def _problem(district: str | None, reason: Reason) -> FoundUnit:
    return FoundUnit(None, is_commune=False, district=district, problem=reason)


def _is_foreign(words: UnitWords) -> bool:
    return words.level == "province" and words.is_sender and not is_own_province(words.name)


def _other_province(name: str) -> Reason:
    return file_reason("rejected", f"tiêu đề ghi tỉnh {name}", "một xã, phường của tỉnh",
                       "Sửa tên tỉnh ở tiêu đề; nếu tệp của tỉnh khác thì bỏ ra.")  # fmt: skip


def _two_communes(found: Sequence[Resolution]) -> Reason:
    names = [each.candidates[0].label if each.candidates else str(each.warning) for each in found]
    return file_reason(
        "rejected",
        "tệp có nhiều xã: " + "; ".join(names),
        "một xã, phường một tệp, hoặc cột tên xã ở từng dòng",
        "Tách thành mỗi xã một tệp, hoặc thêm cột tên xã cho từng dòng, rồi nộp lại.",
    )


def _communes(named: Sequence[UnitWords], district: str | None, day: date) -> list[Resolution]:
    """The different communes that the words name; a name that is none counts if nothing else."""
    words = [each for each in named if each.level == "commune"]
    found = {
        (each.name, each.is_sender): resolve_for_date(
            f"{each.type_word} {each.name}".strip(), district, day
        )
        for each in words
    }
    certain = {r.code_in_force: r for r in found.values() if r.code_in_force}
    open_ones = {name: r for (name, sends), r in found.items() if not r.code_in_force and sends}
    if not certain and not open_ones:
        open_ones = {name: r for (name, _), r in found.items()}
        return list(open_ones.values())[:1]
    return [*certain.values(), *open_ones.values()]


def _bare(names: Sequence[str], district: str | None, day: date) -> list[Resolution]:
    """Communes that are named by a sheet or file name and nothing else ("Hải Lộc 2023")."""
    for name in names:
        text = " ".join(re.sub(r"[\d_().,\-]+", " ", name).split())
        found = resolve_for_date(text, district, day) if text else None
        if found and found.code_in_force:
            return [found]
    return []


def _district(
    path: str, tables: Sequence[SheetTable], titles: Sequence[str], era: str
) -> str | None:
    """Code of the one district that titles, columns, sheet names or the path name, if any."""
    sources: tuple[Callable[[], list[str]], ...] = (
        lambda: _districts(units_named(titles)),
        lambda: sorted({name for table in tables for name in table.distinct("district_name")}),
        lambda: _districts(u for table in tables for u in units_named_plainly(table.name)),
        lambda: _districts(u for name in _file_names(path) for u in units_named_plainly(name)),
    )
    for names in sources:
        codes = {_district_code(name, era) for name in names()} - {None}
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None


def _districts(words: Iterable[UnitWords]) -> list[str]:
    return [each.name for each in words if each.level == "district"]


@lru_cache(maxsize=1_024)
def _district_code(name: str, era: str) -> str | None:
    """A district of the era, else of the newest older era that knows the name."""
    for each in (era, *(older for older in reversed(eras()) if older < era)):
        if code := resolve_unit(name, each, level="district").code:
            return code
    return None


def _code_in_rows(tables: Sequence[SheetTable]) -> str | None:
    """The one five-digit code that every household code holds ("36.360.13870.0001")."""
    values = [value for table in tables for value in table.distinct("household_code")]
    codes = {code for value in values for code in _CODE.findall(value)}
    return codes.pop() if len(codes) == 1 else None


def _file_names(path: str) -> list[str]:
    """The file name without its ending, then its folders from the innermost outwards."""
    pure = PurePosixPath(path)
    return [pure.stem, *(part for part in reversed(pure.parent.parts) if part not in (".", ""))]
