"""What must hold whatever the pairs: one to one, symmetric, the same in any order."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.decide import TIERS, decide
from linking.spelling import are_alike, name_key

LETTERS = "abcdefgh"
STRANGERS = st.sampled_from([1e-6, 5e-4, 5e-3, 5e-2, 0.5])
PAIRS = st.dictionaries(
    st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)).filter(lambda pair: pair[0] < pair[1]),
    STRANGERS, max_size=20,
)  # fmt: skip
STAYS = st.fixed_dictionaries(
    {letter: st.sets(st.sampled_from([2021, 2022, 2023]), max_size=3) for letter in LETTERS}
)


def frames(pairs, stays):
    rows = [(one, other, "name_date", strangers) for (one, other), strangers in pairs.items()]
    schema = {
        "one": pl.String(),
        "other": pl.String(),
        "way": pl.String(),
        "strangers": pl.Float64(),
    }
    listed = [(letter, str(year)) for letter, years in stays.items() for year in sorted(years)]
    listed += [(letter, None) for letter, years in stays.items() if not years]
    return (
        pl.DataFrame(rows, schema=schema, orient="row"),
        pl.DataFrame(listed, schema={"household_id": pl.String(), "list": pl.String()}, orient="row"),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(PAIRS, STAYS)
def test_no_household_is_twice_on_one_list(pairs, stays):
    weighed, listed = frames(pairs, stays)
    found = decide(weighed, listed)
    together = (
        listed.drop_nulls().join(found, on="household_id").group_by("linked_id", "list").len()
    )
    assert together.filter(pl.col("len") > 1).is_empty()


@settings(max_examples=40, deadline=None)
@given(PAIRS, STAYS)
def test_every_household_has_one_answer_and_is_named_by_one_of_its_own(pairs, stays):
    found = decide(*frames(pairs, stays))
    assert found["household_id"].to_list() == sorted(LETTERS)
    named = dict(found.select("household_id", "linked_id").iter_rows())
    assert all(named[first] == first <= household for household, first in named.items())


@settings(max_examples=40, deadline=None)
@given(PAIRS, STAYS, st.randoms(use_true_random=False))
def test_order_and_direction_of_pairs_do_not_matter(pairs, stays, random):
    weighed, listed = frames(pairs, stays)
    turned = weighed.select(
        pl.col("other").alias("one"), pl.col("one").alias("other"), "way", "strangers"
    )
    shuffled = turned.sample(fraction=1, shuffle=True, seed=random.randint(0, 99))
    assert decide(shuffled, listed.reverse()).equals(decide(weighed, listed))


@settings(max_examples=40, deadline=None)
@given(PAIRS, STAYS)
def test_only_pairs_with_few_strangers_are_linked(pairs, stays):
    found = decide(*frames(pairs, stays))
    assert found["strangers"].drop_nulls().le(TIERS[-1]).all()
    near = {
        letter for pair, strangers in pairs.items() if strangers <= TIERS[-1] for letter in pair
    }
    linked = found.filter(pl.col("household_id") != pl.col("linked_id"))["household_id"]
    assert set(linked) <= near


def test_a_key_forgets_tone_spelling_and_order():
    names = pl.DataFrame(
        {
            "name": [
                "Trần Thị Lý",
                "Lí Thị Trần",
                "TRAN  THI LY",
                "Đỗ Văn Hòa",
                "Đỗ Văn Hoà",
                "-",
                None,
            ]
        }
    )
    keys = names.select(name_key(pl.col("name"))).to_series().to_list()
    assert keys[0] == keys[1] == keys[2] == "li thi tran"
    assert keys[3] == keys[4] == "do hoa van"
    assert keys[5:] == [None, None]


def test_alike_is_an_abbreviation_or_a_syllable_left_out_never_another_given_name():
    pairs = {
        ("hung nguien van", "hung ng van"): True,
        ("hung van vu", "hung vu"): True,
        ("hoa nguien thi", "hoan nguien thi"): True,
        ("hoa nguien thi", "lan nguien thi"): False,
        ("hoa nguien thi", "hoa tran thi"): False,
    }
    one, other = (pl.Series([pair[side] for pair in pairs]) for side in (0, 1))
    assert are_alike(one, other).to_list() == list(pairs.values())
    assert are_alike(other, one).to_list() == list(pairs.values())
