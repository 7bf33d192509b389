"""The reference data, read once and typed; frames are shared, never change one in place."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from reference.analysis_forms import ANALYSIS_FORMS, analysis_layout
from reference.programmes import FORM_PREFIX, programme_form_names, programme_layout
from reference.records import (
    Agency,
    AreaType,
    DeprivationAnswer,
    FormLayout,
    Indicator,
    Review,
    Standard,
    ValueWords,
)
from reference.yaml_file import read_yaml

FOLDER = Path(__file__).parent
TITLED_FORMS = (
    "assigned_targets",
    "duties",
    "model_register",
    "model_participants",
    "household_support",
    "audit_sample",
    *programme_form_names(),
)
"""Forms of our own: a sheet is one of them only under its title."""
FLOW_FORMS = ("poor_flows", "near_poor_flows")
"""Official forms 2 and 3, told apart by their titles."""
FORMS = (
    "review_list",
    "person_list",
    "summary",
    "export",
    "in_year",
    *FLOW_FORMS,
    *ANALYSIS_FORMS,
    *TITLED_FORMS,
)
UNDER_TITLE = (*FLOW_FORMS, *ANALYSIS_FORMS, *TITLED_FORMS)
"""Forms that a sheet is only under their title, whatever its columns are called."""


@cache
def units() -> pl.DataFrame:
    """Units of all eras, key ``(era, code)``; ``parent_code`` lies in ``parent_era``.

    Columns: era, code, name (official, with type), type, level (province, district, commune),
    area_type (rural, urban; null above the commune), parent_era, parent_code, valid_from, valid_to
    (dates, null = still in force), source, mark.
    """
    return _table("units.csv").with_columns(pl.col("valid_from", "valid_to").str.to_date())


@cache
def crosswalk() -> pl.DataFrame:
    """226 rows code_2020, code_2024, code_2025: each older commune lies whole in its successor."""
    return _table("crosswalk.csv")


@cache
def straddling() -> pl.DataFrame:
    """Communes that lie in several districts of an earlier era, one row a commune and district.

    Columns: era, code, name, district_era, district_code, district_name, commune_count (how many
    communes of ``district_era`` came from that district).
    """
    return _table("straddling.csv").with_columns(pl.col("commune_count").cast(pl.Int64))


@cache
def points_2025() -> pl.DataFrame:
    """code, lat, lon (degrees) of the 57 units: good for a schematic map, not for distances."""
    return _table("points_2025.csv").with_columns(pl.col("lat", "lon").cast(pl.Float64))


@cache
def tile_grid() -> pl.DataFrame:
    """code, row, col (from 0, top left) of the ten districts of era 2020."""
    return _table("tile_grid.csv").with_columns(pl.col("row", "col").cast(pl.Int64))


@cache
def published() -> pl.DataFrame:
    """Published figures, one row each; ``value`` is null where the figure was not found (``gap``).

    Columns: series_id, series_vi, series_en, geography, measure, period, standard_id (null for
    surveys), value (as printed), unit (household, pct, thousand_vnd), status, mark, derived_note,
    source, conflict_note.
    """
    return _table("published.csv").with_columns(pl.col("value").cast(pl.Float64))


@cache
def sources() -> pl.DataFrame:
    """source_id and citation: what the marks ``[S22]`` in source columns stand for."""
    return _table("sources.csv")


@cache
def standards() -> dict[str, Standard]:
    """Standards by id, oldest first."""
    content = _yaml("standards.yml")["standards"]
    return {name: Standard.model_validate({"id": name, **body}) for name, body in content.items()}


@cache
def reviews() -> dict[int, Review]:
    """Yearly reviews by year."""
    found = (Review.model_validate(body) for body in _yaml("standards.yml")["reviews"])
    return {review.year: review for review in found}


def review_standards(year: int) -> tuple[str, ...]:
    """Standards of the review at the end of ``year``, the default first.

    Raises:
        KeyError: no standard is known for that year.
    """
    return reviews()[year].standards


def standard_in_force(policy_year: int) -> str:
    """Standard that in-year decisions of ``policy_year`` follow (2021 still the older one).

    Raises:
        KeyError: no standard is known for that year.
    """
    for standard in standards().values():
        first, last = standard.valid_from_year.value, standard.valid_to_year.value
        if first is not None and last is not None and first <= policy_year <= last:
            return standard.id
    raise KeyError(policy_year)


@cache
def indicators() -> tuple[Indicator, ...]:
    """The twelve indicators in the order of the official form."""
    content = _yaml("indicators.yml")
    found = []
    for position, body in enumerate(content["indicators"], start=1):
        dimension = content["dimensions"][body["dimension"]]
        labels = {f"dimension_{k.removeprefix('label_')}": v for k, v in dimension.items()}
        found.append(Indicator.model_validate({"position": position, **labels, **body}))
    return tuple(found)


@cache
def deprivation_answers() -> dict[str, DeprivationAnswer]:
    """By code of the indicator, in the order of the official form."""
    found = _yaml("deprivation_answers.yml")["answers"]
    return {code: DeprivationAnswer.model_validate(body) for code, body in found.items()}


@cache
def form_layout(name: str) -> FormLayout:
    """Header and value words of one of ``FORMS``.

    Raises:
        KeyError: no such form.
    """
    if name not in FORMS:
        raise KeyError(name)
    if name.startswith(FORM_PREFIX):
        return programme_layout(name)
    if name in ANALYSIS_FORMS:
        return analysis_layout(name, form_layout(FLOW_FORMS[0]))
    content = _yaml(f"forms/{name}.yml")
    columns = [{"name": column, **body} for column, body in content.pop("columns").items()]
    used = {column["values"] for column in columns if "values" in column}
    values = {key: words for key, words in value_words().items() if key in used}
    return FormLayout.model_validate(
        {"name": name, "columns": columns, "values": values, **content}
    )


@cache
def value_words() -> dict[str, ValueWords]:
    """Spellings of coded values by set, e.g. ``class``; lower case, tones as commonly written."""
    content = _yaml("forms/value_words.yml")["sets"]
    return {name: ValueWords.model_validate(body) for name, body in content.items()}


@cache
def row_words() -> dict[str, tuple[str, ...]]:
    """Words that begin rows without data: subtotal, village, signature, letterhead, remark."""
    return {kind: tuple(words) for kind, words in _yaml("forms/row_words.yml")["kinds"].items()}


@cache
def duty_owners() -> dict[str, str]:
    """Role that owes each duty of the plan, by the duty's id."""
    if not (FOLDER / "duties.csv").is_file():
        return {}
    table = _table("duties.csv")
    return dict(table.select(table.columns[0], "owner_role").iter_rows())


@cache
def agencies() -> tuple[Agency, ...]:
    """Agencies and their roles, one record a role, with dated successors."""
    return tuple(Agency.model_validate(row) for row in _table("agencies.csv").to_dicts())


def agency_in_charge(role: str, on: date) -> Agency:
    """Agency that held ``role`` on that day.

    Raises:
        KeyError: nobody did, or more than one: the table is incomplete.
    """
    found = [
        agency
        for agency in agencies()
        if agency.role == role
        and (agency.valid_from is None or agency.valid_from <= on)
        and (agency.valid_to is None or on <= agency.valid_to)
    ]
    if len(found) != 1:
        raise KeyError((role, on))
    return found[0]


def era_at(day: date) -> str:
    """Era of the units in force: 2020 until 31 August 2024, 2024 until 30 June 2025, then 2025."""
    for era, last in _era_ends():
        if last is None or day <= last:
            return era
    raise KeyError(day)


def unit_area_type(era: str, code: str) -> AreaType:
    """Area type of a commune: rural (xã) or urban (phường, thị trấn).

    Raises:
        KeyError: no commune has that code in that era.
    """
    return _area_types()[era, code]


@cache
def _era_ends() -> tuple[tuple[str, date | None], ...]:
    ends = units().group_by("era").agg(pl.col("valid_to").max()).sort("era")
    return tuple(ends.iter_rows())


@cache
def _area_types() -> dict[tuple[str, str], AreaType]:
    communes = units().filter(level="commune").select("era", "code", "area_type")
    return {(era, code): area_type for era, code, area_type in communes.iter_rows()}


def _table(name: str) -> pl.DataFrame:
    """A committed CSV: every column text (codes keep their zeros), an empty cell is null."""
    return pl.read_csv(FOLDER / name, infer_schema=False)


def _yaml(name: str) -> Any:
    return read_yaml(FOLDER / name)
