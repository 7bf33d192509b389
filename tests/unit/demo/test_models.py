"""The models of the demo: effects as planted, no fate changed, read back row by row."""

from datetime import date

import polars as pl
import pytest

from demo.folder import Paths
from demo.model_books import model_book
from demo.models import (
    COMPONENTS,
    PLANS,
    Models,
    fates,
    model_tasks,
    models,
    usual_shares,
)
from demo.province import Province, imagine
from demo.workbook import book_bytes
from pipelines.read import read_file
from pipelines.reading import ReadingContext, SourceFile

TODAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def known(province: Province) -> Models:
    return models(province)


def test_twelve_models_of_which_one_is_too_small(known: Models) -> None:
    counts = known.members.join(known.sites, on=["model_id", "home"]).group_by("plan").len()
    sizes = dict(counts.iter_rows())
    assert len(sizes) == len(PLANS) == 12
    assert [number for number, size in sizes.items() if size < 30] == [10]


def test_participants_come_from_the_lists_with_their_own_fates(
    province: Province, known: Models
) -> None:
    for baseline in (2022, 2023):
        own = known.members.filter(baseline=baseline).select("household", "home", "klass", "is_out")
        true = fates(province.rows, baseline)
        assert own.join(true, on=own.columns, how="anti").is_empty()


@pytest.mark.parametrize(
    "plan", [plan for plan in PLANS if plan.households > 9], ids=lambda p: p.name
)
def test_the_share_out_is_the_usual_one_plus_the_planted_effect(
    province: Province, known: Models, plan: object
) -> None:
    sites = known.sites.filter(plan=plan.number)  # type: ignore[attr-defined]
    members = known.members.join(sites, on=["model_id", "home"])
    usual = pl.concat(
        usual_shares(fates(province.rows, year)).with_columns(baseline=pl.lit(year, pl.Int64))
        for year in (2022, 2023)
    ).rename({"is_out": "usual"})
    members = members.join(usual.with_columns(pl.col("klass")), on=["klass", "baseline"])
    found = (members["is_out"].cast(pl.Float64) - members["usual"]).to_numpy().mean()
    planted = members["effect"].to_numpy().mean()
    # three standard errors of a share near one half
    assert abs(found - planted) < 3 * 0.5 / members.height**0.5


def test_the_worst_off_gain_points_without_any_effect(known: Models) -> None:
    own = known.members.filter(pl.col("model_id").str.starts_with("MH08"))
    others = known.members.filter(pl.col("model_id").str.starts_with("MH06"))
    gains = [
        frame.select((pl.col("b1_after") - pl.col("b1_before")).mean()).item()
        for frame in (own, others)
    ]
    assert gains[0] > gains[1] + 8


def test_copies_lose_effect_with_their_components(known: Models) -> None:
    copies = known.sites.filter(plan=9).sort("components")
    assert copies["effect"].is_sorted()
    assert copies["effect"].to_list()[0] == 0
    assert copies["components"].to_list()[-1] == len(COMPONENTS)


def test_one_model_passes_its_support_on_and_one_does_not(known: Models) -> None:
    shares = {
        model: known.members.filter(pl.col("model_id").str.starts_with(model))[
            "passed_on_to"
        ].count()
        for model in ("MH11", "MH12")
    }
    assert shares["MH11"] > 8 * max(shares["MH12"], 1)


@pytest.mark.parametrize("size", ["small", "province"])
def test_both_workbooks_load_whole_and_are_the_same_each_time(size: str) -> None:
    there = imagine(5, size)  # type: ignore[arg-type]
    for task in model_tasks(Paths()):
        book, rows = model_book(there, task)
        content = book_bytes(book)
        assert content == book_bytes(model_book(there, task)[0])
        reading = read_file(SourceFile(task.path, content), ReadingContext(TODAY, is_demo=True))
        assert (reading.outcome, reading.rows_loaded) == ("loaded", rows)
        assert rows > 0
        assert reading.reasons == ()
