"""Household codes ("36.365.14212.0001") that name another commune than the one their row counts in."""

import re
from functools import lru_cache

import polars as pl

from pipelines.reasons import ASK_COMMUNE
from pipelines.remarks import remark
from pipelines.unit_names import eras, successor, unit

_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_PLACE = ("era", "unit_code", "household_code")


def code_questions(rows: pl.DataFrame) -> pl.DataFrame:
    """A question on each row whose household code holds the code of another commune.

    ``rows`` have ``table``, ``row``, ``era``, ``unit_code`` and ``household_code``. The code of a commune that
    became part of the row's own is its own.
    """
    keys = rows.select(_PLACE).drop_nulls().unique()
    named = [_other_commune(*key) for key in keys.iter_rows()]
    told = keys.with_columns(pl.Series("_named", named, dtype=pl.String()))
    found = rows.join(told, on=_PLACE, how="left", maintain_order="left")
    return remark(
        found,
        pl.col("_named").is_not_null(),
        kind="question",
        column="household_code",
        found=pl.format("mã hộ ghi mã của {}", "_named"),
        expected="mã hộ của xã mà dòng này được tính vào",
        todo=ASK_COMMUNE,
    )


@lru_cache(maxsize=16_384)
def _other_commune(era: str, unit_code: str, household_code: str) -> str | None:
    """Name of the commune that the code names, if it is another."""
    others = []
    for code in _CODE.findall(household_code):
        for each in (older for older in eras() if older <= era):
            named = unit(each, code)
            if named is None or named.level != "commune":
                continue
            if successor(each, code, era) == unit_code:
                return None
            others.append(named.label)
    return others[-1] if others else None
