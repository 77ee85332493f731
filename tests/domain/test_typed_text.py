"""Text, postcodes, telephone numbers and initials: kept as meant, or refused with what works."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement_tui.domain.typed import clean, initials, long_text, phone, postcode, sex, short_text, shown
from placement_tui.errors import Invalid

# Anything that can come through a terminal or a pasted file: control characters, escape sequences, lone surrogates.
ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=60) | st.text(
    "\x1b[]0;?mPX\\\x07\x9b\x9cab \u202e\ud800", max_size=30
)


@given(ANYTHING)
def test_cleaned_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    for found in (clean(text), clean(text, lines=True).replace("\n", "")):
        assert not [letter for letter in found if unicodedata.category(letter) in ("Cc", "Cs")]
        assert "\u202e" not in found
        assert found == unicodedata.normalize("NFC", found)
    assert clean(clean(text)) == clean(text)
    clean(text).encode("utf-8")  # the store can hold it


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\x1b[31mSmith [/b]\x1b[0m", "Smith [/b]"),
        ("before\x1b]52;c;aGVsbG8=\x07after", "beforeafter"),
        ("one\ntwo\tthree", "one two three"),
        ("  spaces   fold ", "spaces fold"),
        ("O\u0301 Su\u0301illeabha\u0301in", "Ó Súilleabháin"),
        ("null\x00byte", "nullbyte"),
        ("turned\u202eround", "turnedround"),
    ],
)
def test_text_is_kept_without_what_is_not_text(typed: str, kept: str) -> None:
    assert short_text("name", typed, 60) == kept


def test_a_note_keeps_its_lines() -> None:
    assert long_text("note", "one \r\ntwo\rthree\n", 60) == "one\ntwo\nthree"


def test_ten_thousand_characters_are_refused_with_both_numbers() -> None:
    with pytest.raises(Invalid) as refusal:
        short_text("why_now", "x" * 10_000, 200)
    said = str(refusal.value)
    assert refusal.value.field == "why_now"
    assert "10,000" in said
    assert "200" in said
    assert len(said) < 200, "a refusal does not repeat what was pasted"
    assert short_text("why_now", "x" * 200, 200) == "x" * 200


def test_an_empty_text_is_refused_only_where_it_is_needed() -> None:
    assert short_text("note", "\x1b[0m ", 10) == ""
    with pytest.raises(Invalid):
        short_text("note", " \n", 10, required=True)


@given(ANYTHING)
def test_what_is_shown_of_a_typed_text_is_one_short_line(text: str) -> None:
    assert "\n" not in shown(text)
    assert len(shown(text)) <= 42


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ch415al", "CH41 5AL"),
        (" CH41  5AL ", "CH41 5AL"),
        ("l18aa", "L1 8AA"),
        ("w1a 1aa", "W1A 1AA"),
        ("ec1a1bb", "EC1A 1BB"),
        ("GIR0AA", "GIR 0AA"),
        ("ｃｈ４１ ５ａｌ", "CH41 5AL"),
    ],
)
def test_a_postcode_gets_its_capitals_and_its_space(typed: str, found: str) -> None:
    assert postcode(typed) == found
    assert postcode(found) == found


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        ("L2O 3AA", "L20 3AA"),
        ("CH4I 5AL", "CH41 5AL"),
        ("CH41 SAL", "CH41 5AL"),
        ("CH41", "CH41 5AL"),
        ("hello", "CH41"),
    ],
)
def test_a_postcode_that_is_none_is_refused_with_the_likely_one(typed: str, mend: str) -> None:
    with pytest.raises(Invalid) as refusal:
        postcode(typed)
    assert refusal.value.field == "postcode"
    assert mend in refusal.value.mend


def test_the_first_half_may_stand_where_a_district_is_enough() -> None:
    assert postcode("ch41", district=True) == "CH41"
    with pytest.raises(Invalid):
        postcode("ch", district=True)


@given(st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", fullmatch=True))
def test_a_postcode_says_itself_again(text: str) -> None:
    try:
        found = postcode(text)
    except Invalid:
        return
    assert postcode(found.replace(" ", "").lower()) == found


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0151 496 0133", "0151 496 0133"),
        ("0151  496\t0133", "0151 496 0133"),
        ("+44 (0)151 496-0133", "+44 (0)151 496-0133"),
        ("01632 960123 ext 204", "01632 960123 ext 204"),
        ("999", "999"),
    ],
)
def test_a_telephone_number_is_kept_as_typed(typed: str, kept: str) -> None:
    assert phone(typed) == kept


@pytest.mark.parametrize("typed", ["ring Jo", "0151 496 O133", "12", "", "ext 204", "0151 496 0133 0151 496 0134"])
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        phone(typed)
    assert "0151 496 0133" in refusal.value.mend


@pytest.mark.parametrize(
    ("typed", "found"), [("kj", "KJ"), ("K.J.", "KJ"), ("k j", "KJ"), ("ós", "ÓS"), ("A-M", "AM"), ("KJTS", "KJTS")]
)
def test_initials_in_capitals(typed: str, found: str) -> None:
    assert initials(typed) == found
    assert initials(found) == found


@pytest.mark.parametrize("typed", ["Kevin", "Kev", "kevin jones", "alex", "Kevin J", "KJ14", "", "ABCDE", "[b]"])
def test_a_name_is_not_initials(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        initials(typed)
    assert "KJ" in refusal.value.mend


@pytest.mark.parametrize(
    ("typed", "found"), [("m", "M"), ("Boy", "M"), ("F", "F"), ("girl", "F"), ("u", "U"), ("not known", "U")]
)
def test_sex_as_the_return_knows_it(typed: str, found: str) -> None:
    assert sex(typed) == found


@given(ANYTHING)
def test_any_text_is_a_value_or_refused(text: str) -> None:
    for parse in (postcode, phone, initials, sex):
        try:
            found = parse(text)
        except Invalid as refusal:
            problem = refusal
        else:
            assert parse(found) == found
            continue
        assert problem.title
        assert problem.mend
