"""Two lists of one village, small enough to see who is who, and what the arithmetic says of it."""

import polars as pl
import pytest

from linking.decide import decide
from linking.evidence import certainty, weighed
from linking.households import link
from warehouse.core_tables import CORE_REVIEW__HOUSEHOLD
from warehouse.keys import demo_keys
from warehouse.vault import Vault

BEFORE, NOW = "review_list|2022", "review_list|2023"
HOME, ELSEWHERE = "13669", "13684"
# Others on the list, so that a name and a birth year are not rare for want of people.
CROWD = [
    (BEFORE, f"Phạm Thị {given}", f"0991{year % 100:02d}{serial:06d}", f"{year}-01-{day:02d}")
    for serial, (given, year, day) in enumerate(
        ((given, year, day) for given in ("Sen", "Bưởi", "Mận", "Hạnh")
         for year, day in zip(range(1941, 1971), range(1, 31), strict=True)), start=500_000
    )
]  # fmt: skip
# (list, name, number, birth): who stands on the list before and on the list now
PERSONS = {
    "same number, name written otherwise": (
        (BEFORE, "Trần Thị Hoa", "099150000001", "1950-03-12"),
        (NOW, "TRAN THI HOA", "099150000001", "1950"),
    ),
    "number one digit off": (
        (BEFORE, "Nguyễn Thị Lan", "099148000002", "1948-07-01"),
        (NOW, "Nguyễn Thị Lan", "099148000092", "1948-07-01"),
    ),
    "no number, order and tone differ": (
        (BEFORE, "Vũ Thị Hằng", "099155000003", "1955-11-30"),
        (NOW, "Hang Thị Vũ", None, "1955-11-30"),
    ),
    "no number, year one off": (
        (BEFORE, "Đỗ Thị Nhung", "099161000004", "1961-05-05"),
        (NOW, "Đỗ Thị Nhung", None, "1962-05-05"),
    ),
    "no number, family name abbreviated, year alone": (
        (BEFORE, "Hoàng Thị Oanh", "099152000005", "1952-09-09"),
        (NOW, "Ho. Thị Oanh", None, "1952"),
    ),
}
STRANGERS = {
    "same name, another birthday": (
        (BEFORE, "Lê Thị Thu", "099150000010", "1950-01-02"),
        (NOW, "Lê Thị Thu", None, "1950-02-01"),
    ),
    "same name and year, another number": (
        (BEFORE, "Lê Thị Yến", "099150000011", "1950"),
        (NOW, "Lê Thị Yến", "099150000999", "1950"),
    ),
    "another given name": (
        (BEFORE, "Đinh Thị Thơm", "099157000012", "1957"),
        (NOW, "Đinh Thị Thoa", None, "1957"),
    ),
}
WAYS = {
    "same number, name written otherwise": None,
    "number one digit off": "number_digit",
    "no number, order and tone differ": "name_date",
    "no number, year one off": "name_date",
    "no number, family name abbreviated, year alone": "name_year",
}


def _village():
    """The crowd lives in ten villages; who is asked about, in the first."""
    digit = pl.col("personal_identity_number").str.slice(-1)
    is_crowd = pl.col("personal_identity_number").str.contains("^.{6}500")
    return pl.when(is_crowd).then("Xóm " + digit).otherwise(pl.lit("Xóm 1"))


def _listed(rows):
    return rows.select(
        "household_id", "list", block="unit_code", village="village_name", sex=pl.lit("female")
    )


@pytest.fixture
def links(tmp_path):
    """(list, name, number, birth[, commune]) in; the same rows with household_id, linked_id, way, certainty out."""

    def run(rows, number=0, builds=1):
        """``builds``: 2 to link after each list, as if one had come later."""
        names = ("list", "personal_name", "personal_identity_number", "personal_birth", "unit_code")
        frame = pl.DataFrame(
            [dict(zip(names, (*row, HOME)[:5], strict=True)) for row in rows],
            infer_schema_length=None,
        ).with_columns(era=pl.lit("2025"), village_name=_village(), row=pl.int_range(pl.len()))
        told, found = [], None
        # Each list is a file of its own, in the order given.
        for part in frame.partition_by("list", maintain_order=True):
            with Vault(tmp_path / f"vault{number}", demo_keys()) as vault:
                told.append(vault.pseudonymise(CORE_REVIEW__HOUSEHOLD.name, part))
                if builds == 2 or len(told) == frame["list"].n_unique():
                    together = pl.concat(told, how="diagonal_relaxed")
                    found = link(_listed(together), vault.memory)
        return together.join(found, on="household_id", how="left").sort("row")

    return run


def ids(links, *rows):
    """linked_id of the last rows, after the crowd."""
    return links([*CROWD, *rows])["linked_id"].tail(len(rows)).to_list()


@pytest.mark.parametrize("case", PERSONS)
def test_one_household_written_twice_is_found(links, case):
    rows = links([*CROWD, *PERSONS[case]]).tail(2)
    assert rows["linked_id"].n_unique() == 1
    assert rows["way"].unique().to_list() == [WAYS[case]]
    assert case.startswith("same number") or rows["certainty"].min() > 0.9


@pytest.mark.parametrize("case", STRANGERS)
def test_two_households_are_not_made_one(links, case):
    one, other = ids(links, *STRANGERS[case])
    assert one != other


def test_a_move_to_another_commune_is_found_by_name_and_birth_date(links):
    rows = ((BEFORE, "Cao Thị Ngoan", "099144000020", "1944-04-14"),
            (NOW, "Cao Thị Ngoan", None, "1944-04-14", ELSEWHERE))  # fmt: skip
    found = links([*CROWD, *rows]).tail(2)
    assert found["linked_id"].n_unique() == 1
    assert found["way"].to_list() == ["moved", "moved"]


def test_two_that_fit_equally_are_ambiguous_and_stay_apart(links):
    rows = ((BEFORE, "Mai Thị Xuyến", "099150000030", "1950"),
            (BEFORE, "Mai Thị Xuyến", "099150000777", "1950"),
            (NOW, "Mai Thị Xuyến", None, "1950"))  # fmt: skip
    found = links([*CROWD, *rows]).tail(3)
    assert found["linked_id"].n_unique() == 3
    assert found["is_contested"].to_list() == [True, True, True]


def test_the_same_households_whatever_the_order_of_the_files(links):
    rows = [*CROWD, *(row for pair in (PERSONS | STRANGERS).values() for row in pair)]
    one = links(rows, 1)
    other = links(rows[::-1], 2)
    turned = other.with_columns(row=len(rows) - 1 - pl.col("row"))
    assert partition(one) == partition(turned)


def test_a_list_that_comes_later_is_linked_as_if_all_had_come_at_once(links):
    rows = [*CROWD, *(row for pair in (PERSONS | STRANGERS).values() for row in pair)]
    at_once, in_two = links(rows, 1), links(rows, 2, builds=2)
    columns = ["row", "linked_id", "way", "certainty", "is_contested"]
    assert in_two.select(columns).equals(at_once.select(columns))


def test_who_comes_back_after_others_came_is_compared_with_them(tmp_path):
    names = ("list", "personal_name", "personal_identity_number", "personal_birth")
    one, other = PERSONS["no number, order and tone differ"]
    rows = pl.DataFrame(
        [dict(zip(names, row, strict=True)) for row in (*CROWD, one, other)],
        infer_schema_length=None,
    ).with_columns(era=pl.lit("2025"), unit_code=pl.lit(HOME), village_name=_village())
    with Vault(tmp_path / "vault", demo_keys()) as vault:
        told = vault.pseudonymise(CORE_REVIEW__HOUSEHOLD.name, rows.head(-1))
        now = vault.pseudonymise(CORE_REVIEW__HOUSEHOLD.name, rows.tail(1))
        without = _listed(pl.concat([told.head(-1), now]))
        with_it = _listed(pl.concat([told, now]))
        link(_listed(told), vault.memory)
        link(without, vault.memory)  # the list before was withdrawn and sent anew without her
        found = link(with_it, vault.memory)
    pair = found.filter(
        pl.col("household_id").is_in([told["household_id"][-1], now["household_id"][0]])
    )
    assert pair["linked_id"].n_unique() == 1


def partition(found):
    groups = found.group_by("linked_id").agg(pl.col("row").sort())["row"].to_list()
    return sorted(tuple(group) for group in groups)


def test_strangers_are_counted_by_hand():
    # 100 women of one commune and village; 2 of them bear the name.
    people = pl.DataFrame({"household_id": range(100), "sex": ["female"] * 100,
                           "spelling": ["hoa"] * 2 + [f"other {n}" for n in range(98)]})  # fmt: skip
    places = people.select("household_id", block=pl.lit("x"), village=pl.lit("xóm 1"))
    pair = {
        "one": 0,
        "other": 1,
        "is_same_name": True,
        "year_gap": 0,
        "has_days": False,
        "is_digit": False,
    }
    rows = weighed(pl.DataFrame([pair]), people, places)
    # of one sex: 100 / 2 = 50 · name 2/100 / 0,95 · year 1/40 / 0,96 · village 100/100 / 0,98
    expected = 50 * 0.02 / 0.95 / 40 / 0.96 / 0.98
    assert rows.row(0, named=True)["way"] == "name_year"
    assert rows["strangers"].item() == pytest.approx(expected)
    assert rows.select(certainty(pl.col("strangers"))).item() == pytest.approx(1 / (1 + expected))


def test_the_surest_pair_goes_first_and_takes_the_place():
    # a and b of 2022 both fit x of 2023; a fits a thousand times better.
    stays = pl.DataFrame({"household_id": ["a", "b", "x"], "list": ["2022", "2022", "2023"]})
    pairs = pl.DataFrame({"one": ["a", "b"], "other": ["x", "x"], "way": ["name_date", "name_year"],
                          "strangers": [1e-5, 1e-2]})  # fmt: skip
    found = dict(decide(pairs, stays).select("household_id", "linked_id").iter_rows())
    assert found == {"a": "a", "b": "b", "x": "a"}
