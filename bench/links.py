"""Precision and recall of the links on the demo's truth: ``python -m bench.links [INBOX DATA]``.

With an inbox of the demo and the folder built from it, what the build linked; without, the lists of the whole
province as the demo's clerks write them, straight into a vault of its own (no workbooks, half a minute).

A pair is two rows of two different reviews. Precision is the share of linked pairs that are one household in
truth, recall the share of the true pairs that are linked; the same for pairs of one review and the next.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from demo.geography import ERA_OF_YEAR
from demo.province import imagine
from linking.households import link
from warehouse import engine
from warehouse.builds import current_build
from warehouse.core_tables import CORE_REVIEW__HOUSEHOLD
from warehouse.geography import dim_placement
from warehouse.keys import demo_keys
from warehouse.vault import Vault

_ROWS = """
    SELECT s.file_name AS path, h.sheet, h."row", h.period, h.household_id,
           coalesce(l.linked_id, h.household_id) AS linked_id, c.form
    FROM core_review__household h
    JOIN quality__submission s ON s.submission_id = h.submission_id
    JOIN quality__coverage c ON c.submission_id = h.submission_id AND c.era = h.era
        AND c.unit_code = h.unit_code AND c.period = h.period AND c.status = h.status
    LEFT JOIN core_household__link l ON l.household_id = h.household_id
    WHERE c.is_current
"""


@dataclass(frozen=True)
class Score:
    """Pairs that are linked, that are true, and that are both."""

    linked: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        """Share of linked pairs that are true."""
        return self.both / self.linked

    @property
    def recall(self) -> float:
        """Share of true pairs that are linked."""
        return self.both / self.true


def rows_with_truth(inbox: Path, data: Path) -> pl.DataFrame:
    """Rows of the lists that count: period, household (the true one), household_id, linked_id, form."""
    build = current_build(data)
    if build is None:
        raise LookupError(f"nothing was built in {data}")
    with engine.reading(build.restricted) as connection:
        rows = engine.read(connection, _ROWS)
    truth = pl.read_parquet(inbox / "_truth" / "rows.parquet")
    place = ["path", "sheet", "row"]
    return rows.join(truth.select(*place, "household"), on=place)


def simulated(seed: int) -> pl.DataFrame:
    """The same columns for the province of ``seed``, linked without a build."""
    province = imagine(seed, "province")
    villages = [
        province.villages[home][number]
        for home, number in province.rows.select("home", "village_number").iter_rows()
    ]
    day, month, year = (
        pl.col("written_birth").str.slice(place, size) for place, size in ((0, 2), (3, 2), (6, 4))
    )
    is_date = pl.col("written_birth").str.len_chars() > len("2000")
    is_sent = pl.col("unit_code").is_in(sorted(province.reported_2026)) | (pl.col("year") < 2026)
    rows = province.rows.with_columns(village_name=pl.Series(villages)).filter(is_sent)
    written = rows.select(
        "household",
        "unit_code",
        "village_name",
        era=pl.col("year").replace_strict(ERA_OF_YEAR, return_dtype=pl.String),
        period=pl.col("year").cast(pl.String),
        sex=pl.when("female").then(pl.lit("female")).otherwise(pl.lit("male")),
        personal_name="written_name",
        personal_identity_number="written_number",
        personal_birth=pl.when(is_date)
        .then(pl.concat_str([year, month, day], separator="-"))
        .otherwise("written_birth"),
    )
    forward = dim_placement().filter(level="commune", to_era=max(ERA_OF_YEAR.values()))
    blocks = forward.select(era="from_era", unit_code="from_code", block="to_code")
    with TemporaryDirectory() as folder, Vault(Path(folder), demo_keys()) as vault:
        told = vault.pseudonymise(CORE_REVIEW__HOUSEHOLD.name, written)
        listed = told.join(blocks, on=["era", "unit_code"]).select(
            "household_id", "block", "sex", list="period", village=pl.col("village_name")
        )
        links = link(listed.unique(), vault.memory)
    return told.join(links, on="household_id")


def score(rows: pl.DataFrame, column: str, *, next_review_only: bool = False) -> Score:
    """Pairs of ``rows`` that ``column`` makes one household against those that truly are."""
    both = ["household", column]
    count = _next_pairs if next_review_only else _all_pairs
    return Score(count(rows, [column]), count(rows, ["household"]), count(rows, both))


def _all_pairs(rows: pl.DataFrame, keys: list[str]) -> int:
    """Pairs of rows of different reviews that agree in ``keys``."""
    size = pl.col("len").cast(pl.Int64)
    pairs = (size * (size - 1) // 2).sum()
    everything = rows.group_by(keys).len().select(pairs).item()
    of_one_review = rows.group_by([*keys, "period"]).len().select(pairs).item()
    return int(everything - of_one_review)


def _next_pairs(rows: pl.DataFrame, keys: list[str]) -> int:
    year = pl.col("period").cast(pl.Int64)
    now = rows.group_by([*keys, year.alias("year")]).len()
    then = now.with_columns(pl.col("year") + 1)
    met = now.join(then, on=[*keys, "year"])
    return int((met["len"].cast(pl.Int64) * met["len_right"].cast(pl.Int64)).sum())


def report(rows: pl.DataFrame) -> None:
    """Print the table."""
    print(f"{rows.height} rows of {rows['household'].n_unique()} households")
    print(f"{'':34}{'precision':>11}{'recall':>9}{'false':>8}{'missed':>8}")
    for name, column in (("pseudonym alone", "household_id"), ("linked", "linked_id")):
        for pairs, only_next in (("all reviews", False), ("one and the next", True)):
            found = score(rows, column, next_review_only=only_next)
            print(
                f"{name + ', ' + pairs:34}{found.precision:11.3%}{found.recall:9.2%}"
                f"{found.linked - found.both:8}{found.true - found.both:8}"
            )


def report_build(rows: pl.DataFrame) -> None:
    """Print the table, then the one without exports, which have neither number nor birth to link by."""
    report(rows)
    print("without exports of the review application (a name and a sex, no number, no birth):")
    report(rows.filter(pl.col("form") != "export"))


if __name__ == "__main__":
    folders = [Path(name) for name in sys.argv[1:]]
    if folders:
        report_build(rows_with_truth(*folders))
    else:
        report(simulated(seed=5))
