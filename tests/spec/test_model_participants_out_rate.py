"""Households out of poverty after a model (T8.2), with the arithmetic in a comment."""

from datetime import date

MEASURES = ()
NAME = "model_participants_out_rate"
A, B = "13825", "13870"  # Yên Bình and Yên Cường are in Ý Yên (360)


def listed(household, period, class_code, unit=A):
    return {
        "household_id": household, "period": period, "class_code": class_code, "unit_code": unit,
    }  # fmt: skip


def member(household, entry, unit=A):
    return {
        "household_id": household, "unit_code": unit, "entry_date": entry, "model_id": "M1",
        "participant_number": household,
    }  # fmt: skip


JANUARY_2022 = date(2022, 1, 20)
LISTS = [
    listed("out at once", "2021", "poor"), listed("out at once", "2022", "none"),
    listed("out later", "2021", "poor"), listed("out later", "2022", "near_poor"),
    listed("out later", "2023", "none"),
    listed("still", "2021", "near_poor"), listed("still", "2022", "near_poor"),
    listed("still", "2023", "poor"),
    listed("back", "2021", "poor"), listed("back", "2022", "none"), listed("back", "2023", "poor"),
    listed("missed once", "2021", "poor"), listed("missed once", "2023", "near_poor"),
    listed("gone", "2021", "poor"), listed("gone", "2022", "poor"),
    listed("never listed", "2022", "none"),
    listed("too new", "2022", "poor"), listed("too new", "2023", "none"),
    listed("elsewhere", "2023", "poor", unit=B),
]  # fmt: skip
MEMBERS = [
    *(member(name, JANUARY_2022) for name in ("out at once", "out later", "still", "back", "gone")),
    member("missed once", JANUARY_2022),
    member("never listed", JANUARY_2022),
    member("too new", date(2023, 2, 1)),
]


def test_left_within_two_reviews_over_those_listed_before(estimate, one):
    rows = estimate(households=LISTS, participants=MEMBERS)
    row = one(rows, measure=NAME, level="commune", era="2020", unit_code=A)
    # two of five left: "still", "back" and "missed once" are listed in 2023; "gone" is not named then, "never listed" could not leave, of
    # "too new" only one of two reviews is over
    assert (row["numerator"], row["denominator"], row["value"]) == (2, 5, 40)
    assert (row["period"], row["mark"]) == ("2023", "ok")
    # B sent its list and has no participant; 224 communes sent no list of 2023
    assert one(rows, measure=NAME, level="commune", era="2020", unit_code=B)["mark"] == "no_case"
    above = one(rows, measure=NAME, level="province", era="2020")
    assert (above["value"], above["units_reported"], above["units_expected"]) == (40, 2, 226)


def test_without_a_list_of_participants_there_is_no_row(estimate):
    assert estimate(households=LISTS).filter(measure=NAME).is_empty()
