"""Header words: complete, folded as readers expect, and unambiguous inside a form."""

import unicodedata

import pytest

from reference.loading import FORMS, form_layout, indicators, row_words, value_words


@pytest.mark.parametrize("name", FORMS)
def test_layout_is_marked_unconfirmed(name):
    layout = form_layout(name)
    assert layout.confirmed is False
    assert "chưa đối chiếu với bản gốc" in layout.note
    assert any(column.required for column in layout.columns)


@pytest.mark.parametrize("name", FORMS)
def test_a_spelling_names_one_column(name):
    spellings = [spelling for column in form_layout(name).columns for spelling in column.headers]
    assert len(spellings) == len(set(spellings))


def test_words_are_lower_case_composed_and_trimmed():
    words = [w for name in FORMS for c in form_layout(name).columns for w in c.headers]
    words += [title for name in FORMS for title in form_layout(name).titles]
    words += [w for found in row_words().values() for w in found]
    for found in value_words().values():
        words += [w for spellings in found.words.values() for w in spellings] + list(
            found.questions
        )
    for word in words:
        assert word == " ".join(unicodedata.normalize("NFC", word).lower().split())


def test_titles_identify_one_form():
    titles = [title for name in FORMS for title in form_layout(name).titles]
    assert len(titles) == len(set(titles))


def test_a_word_means_one_value():
    for name, found in value_words().items():
        words = [word for spellings in found.words.values() for word in spellings]
        assert len(words) == len(set(words)), name
        assert not set(words) & set(found.questions), name


def test_the_review_list_carries_the_twelve_in_order():
    names = [column.name for column in form_layout("review_list").columns]
    marks = [name for name in names if name.startswith("deprivation_")]
    assert marks == [f"deprivation_{indicator.code}" for indicator in indicators()]


def test_area_codes_of_the_19_column_template():
    words = value_words()["area_type"].words
    assert "1" in words["urban"]
    assert "2" in words["rural"]


def test_escape_is_a_question_and_no_class():
    found = value_words()["class"]
    assert set(found.words) == {"poor", "near_poor", "none"}
    assert "1" in found.words["poor"]
    assert "2" in found.words["near_poor"]
    for word in ("3", "4", "thoát nghèo", "có khả năng tái nghèo"):
        assert word in found.questions


def test_the_eight_causes_of_form_10():
    assert len(value_words()["cause"].words) == 8


def test_summary_numbers_are_those_of_form_1():
    numbered = {c.number: c.name for c in form_layout("summary").columns if c.number}
    assert list(numbered) == list(range(1, 15))
    assert numbered[1] == "resident_household_count"
    assert numbered[3] == "poor_household_count"
    assert numbered[13] == "average_living_person_count"


def test_person_list_numbers_are_those_of_form_15():
    numbered = [c.number for c in form_layout("person_list").columns if c.number]
    assert numbered == list(range(1, 19))


@pytest.mark.parametrize("name", FORMS)
def test_what_identifies_a_person_is_personal(name):
    clear = {"head_name", "person_name", "identity_number", "address", "reviewer", "household_code"}
    for column in form_layout(name).columns:
        if column.name in clear or column.name.startswith("birth"):
            assert column.personal, column.name


def test_unknown_form_and_column():
    with pytest.raises(KeyError):
        form_layout("biểu lạ")
    with pytest.raises(KeyError):
        form_layout("export").column("village_name")
