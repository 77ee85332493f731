"""What would give a child away is found in any spelling; clean text is left alone."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placement_tui.demo.names import BOYS, GIRLS, SURNAMES
from placement_tui.domain.leaks import Known, Person, find, find_in_name
from placement_tui.domain.leaks_names import ORDINARY
from placement_tui.domain.leaks_seen import fold_word
from tests.domain.leak_texts import CLEAN

BORN = date(2012, 3, 14)
KNOWN = Known(
    (
        Person("the child", "Kieran O'Hare", "KO", "W-10234", BORN, "CH41 5AL"),
        Person("a brother or sister", "Mia O'Hare", "MO", "W-10235", date(2015, 9, 2), "CH41 5AL"),
        Person("the social worker", "Pat Lowe", phone="0151 496 0900"),
        Person("a carer", "Carol and Steve Ashworth", phone="01632 960123"),
    ),
    ("Fern House",), ("26-0142",),
)  # fmt: skip
FIRST = sorted({*BOYS, *GIRLS})


def found(text: str, known: Known = KNOWN) -> list[str]:
    return [leak.what for leak in find(text, known)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("KIERAN likes it", "the child's name"),
        ("we call him k i e r a n", "the child's name"),
        ("it was Kie-\nran who asked", "the child's name"),
        ("it was Kie\nran who asked", "the child's name"),
        ("Ki\u200bera\u00adn asked", "the child's name"),
        ("Κіеrаn asked", "the child's name"),
        ("Kíérañ asked", "the child's name"),
        ("Ｋｉｅｒａｎ asked", "the child's name"),
        ("Keiran asked", "the child's name"),
        ("and then Kierran asked", "the child's name"),
        ("kieran_ohare", "the child's name"),
        ("the Kieran's bike", "the child's name"),
        ("O’HARE came", "the child's name"),
        ("K.O. asked", "the child's initials"),
        ("K O asked", "the child's initials"),
        ("KO asked", "the child's initials"),
        ("K is calm", "the child's initial"),
        ("his sister Mia", "a brother or sister's name"),
        ("ask Pat Lowe", "the social worker's name"),
        ("at the Ashworths", "a carer's name"),
        ("14/3/12", "the child's date of birth"),
        ("14.03.2012", "the child's date of birth"),
        ("2012-03-14", "the child's date of birth"),
        ("3/14/2012", "the child's date of birth"),
        ("March 14th 2012", "the child's date of birth"),
        ("14th\nof March", "the child's date of birth"),
        ("the fourteenth of March, two thousand and twelve", "the child's date of birth"),
        ("1 4 0 3 2 0 1 2", "the child's date of birth"),
        ("١٤/٣/٢٠١٢", "the child's date of birth"),
        ("aged 14 years, 3 months and 4 days", "a date of birth"),
        ("DOB 3.3.2010", "a date of birth"),
        ("ch415al", "the home's postcode"),
        ("C H 4 1 5 A L", "the home's postcode"),
        ("CH4I 5AL", "the home's postcode"),
        ("in ch41 5", "more of the postcode than its district"),
        ("L1 8JQ", "a postcode"),
        ("0151-496 0900", "a telephone number"),
        ("+44 (0)151 496 09 00", "a telephone number"),
        ("07 7009 00123", "a telephone number"),
        ("oh one five one four nine six oh nine oh oh", "a telephone number in words"),
        ("jo.bloggs (at) example (dot) org", "an e-mail address"),
        ("see www.example.org/x", "a web address"),
        ("@dragon_09 on there", "somebody's name on a site"),
        ("w10234", "the child's case number"),
        ("number 10234", "the child's case number"),
        ("26/0142", "our reference"),
        ("UPN A123456789012", "a pupil number"),
        ("943 476 5919", "an NHS number"),
        ("at Fern House", "a home where they lived"),
        ("Woodchurch High School", "a school"),
        ("at st mary's primary", "a school"),
        ("12 acacia avenue", "a street"),
        ("off Acacia Avenue", "a street"),
        ("Mrs Halsall knows", "somebody's name"),
        ("his cousin Kyle", "somebody's name"),
        ("and k1eran came", "the child's name"),
        ("&#75;ieran asked", "the child's name"),
        ("Ki<b>er</b>an asked", "the child's name"),
        ("they call him Kierany", "the child's name"),
        ("> Kie\n> > ran asked", "the child's name"),
        ("> 14/03/\n> 2012", "the child's date of birth"),
        ("14 III 2012", "the child's date of birth"),
        ("14⁄3⁄2012", "the child's date of birth"),
        ("he was born in March 2012", "the child's date of birth"),
        ("CH41=205AL", "the home's postcode"),
        ("> 0151 496\n> 0900", "a telephone number"),
        ("at WOODCHURCH HIGH SCHOOL", "a school"),
        ("he goes to woodchurch high school", "a school"),
        ("at Woodchurch\nHigh School", "a school"),
        ("is a pupil at Weatherhead", "a school"),
        ("attends St Werburghs", "a school"),
        ("School: Weatherhead", "a school"),
        ("off ACACIA AVENUE", "a street"),
        ("off Acacia\nAvenue", "a street"),
        ("lives on acacia avenue", "a street"),
        ("Mother: DONNA SMITH", "somebody's name"),
        ("Mum (Donna)", "somebody's name"),
        ("his mum is called Donna", "somebody's name"),
        ("friends with Tyler", "somebody's name"),
        ("\n> From: Donna Smith\n", "somebody's name"),
        ("\n**To:** Smith, Donna\n", "somebody's name"),
        ("Dear Donna", "somebody's name"),
        ("Kind regards,\n\nEmma Stone", "somebody's name"),
    ],
)
def test_it_is_found(text: str, what: str) -> None:
    assert what in found(text)
    assert what in found(f"A calm boy. {text}\nHe sleeps well."), "also within a text"


def test_a_known_value_gives_the_finding_its_name() -> None:
    known = Known((Person("the child", born_on=date(2006, 2, 1)),))
    assert found("on 1 July 2026.\n2006-02-01 and so on.", known) == ["the child's date of birth"]
    assert found("Kieran School", KNOWN) == ["the child's name"]


def test_it_says_where() -> None:
    leak = find("# Profile\n\n## What helps\n\nA walk.\nRing KIE-\nRAN early\n", KNOWN)[0]
    assert leak.words == 'the child\'s name: "KIE- RAN" (What helps, line 2)'


def test_a_name_that_is_a_word_is_one_only_with_a_capital() -> None:
    known = Known((Person("the child", "Will Grace", "WG"),))
    assert not found("he will say grace", known)
    assert found("then Will came", known) == ["the child's name"]


def test_a_name_that_is_not_kept_is_found_by_its_initials() -> None:
    known = Known((Person("the child", "", "MP"),))
    assert found("and Maya Patel came", known) == ["a name with the child's initials"]


def test_a_file_name_gives_away_too() -> None:
    for name in (
        "kieran.docx",
        "KieranOHare_profile.pdf",
        "ko.txt",
        "profile-14032012.docx",
        "k-i-e-r-a-n.md",
        "26-0142.pdf",
        "KIERANO.docx",
        "profilekieran.docx",
        "kieranprofile2.txt",
        "profile_ko14.docx",
        "woodchurch_high_school.docx",
        "14-acacia-avenue.md",
    ):
        assert find_in_name(name, KNOWN), name
    for name in ("profile-2026-11-22.docx", "profile of a boy 14.pdf", "boy, foster, high needs.md", "book.txt"):
        assert not find_in_name(name, KNOWN), name


# planted in any form


NAME_FORMS = {
    "as it is": lambda name: name,
    "capitals": str.upper,
    "small": str.lower,
    "spaced": lambda name: " ".join(name.upper()),
    "dotted": lambda name: ".".join(name),
    "hyphenated at a line's end": lambda name: f"{name[:2]}-\n{name[2:]}",
    "unseen characters": lambda name: "\u200b".join(name),
    "soft hyphen": lambda name: f"{name[:2]}\u00ad{name[2:]}",
    "accent": lambda name: name.replace("a", "á").replace("e", "ê").replace("o", "ö").replace("i", "í"),
    "full width": lambda name: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name),
    "possessive": lambda name: f"{name}'s",
    "underscored": lambda name: f"re_{name}_2",
}


@settings(max_examples=200)
@given(
    name=st.sampled_from([each for each in FIRST if fold_word(each) not in ORDINARY and len(each) > 2]),
    surname=st.sampled_from([each.replace("_", " ") for each in SURNAMES]),
    form=st.sampled_from(sorted(NAME_FORMS)),
    before=st.sampled_from(CLEAN), after=st.sampled_from(CLEAN), last=st.booleans(),
)  # fmt: skip
def test_a_planted_name_is_found(name: str, surname: str, form: str, before: str, after: str, last: bool) -> None:
    known = Known((Person("the child", f"{name} {surname}", name[0] + surname[0]),))
    said = max(surname.replace("'", " ").split(), key=len) if last else name
    if fold_word(said) in ORDINARY and form in ("small", "dotted", "spaced"):
        said = name
    planted = NAME_FORMS[form](said)
    text = f"{before}\n{planted} {after}"
    start = len(before) + 1
    leaks = find(text, known)
    lines = text.split("\n")
    spans = [(sum(len(line) + 1 for line in lines[: leak.line - 1]) + leak.start, leak.what) for leak in leaks]
    assert any(start <= place <= start + len(planted) and "name" in what for place, what in spans), (planted, leaks)


MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


def ordinal(day: int) -> str:
    return f"{day}" + {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")


DATE_FORMS = {
    "d/m/y": lambda d: f"{d.day}/{d.month}/{d:%y}",
    "d.m.Y": lambda d: f"{d.day}.{d.month}.{d.year}",
    "dd-mm-YYYY": lambda d: f"{d:%d-%m-%Y}",
    "iso": lambda d: f"{d:%Y-%m-%d}",
    "Y/m/d": lambda d: f"{d.year}/{d.month}/{d.day}",
    "american": lambda d: f"{d.month}/{d.day}/{d.year}",
    "spaces": lambda d: f"{d:%d %m %Y}",
    "compact": lambda d: f"{d:%d%m%Y}",
    "compact iso": lambda d: f"{d:%Y%m%d}",
    "figures apart": lambda d: " ".join(f"{d:%d%m%Y}"),
    "long": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "ordinal": lambda d: f"{ordinal(d.day)} of {MONTHS[d.month - 1]} {d.year}",
    "month first": lambda d: f"{MONTHS[d.month - 1]} {ordinal(d.day)}, {d.year}",
    "short month": lambda d: f"{d.day} {MONTHS[d.month - 1][:3]} {d:%y}",
    "shouted": lambda d: f"{d.day}{MONTHS[d.month - 1][:3]}{d.year}".upper(),
    "over lines": lambda d: f"{d.day}\n{MONTHS[d.month - 1]}\n{d.year}",
    "hyphens": lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d.year}",
    "no year": lambda d: f"his birthday is on {d.day} {MONTHS[d.month - 1]}",
    "figures, no year": lambda d: f"birthday {d.day}/{d.month}",
    "full width": lambda d: "".join(chr(ord(c) + 0xFEE0) for c in f"{d.day}/{d.month}/{d.year}"),
}


@settings(max_examples=200)
@given(
    born=st.dates(date(2006, 1, 1), date(2026, 12, 31)),
    form=st.sampled_from(sorted(DATE_FORMS)),
    before=st.sampled_from(CLEAN),
)
def test_a_planted_date_of_birth_is_found(born: date, form: str, before: str) -> None:
    known = Known((Person("the child", born_on=born),))
    text = f"{before}\n{DATE_FORMS[form](born)} and so on."
    assert any("date of birth" in what for what in found(text, known)), text


POSTCODES = st.sampled_from(["CH41 5AL", "L1 8JQ", "WA10 2BB", "M1 1AE", "CW1A 1AA", "SK9 4PX", "EC1A 1BB"])


@given(
    postcode=POSTCODES, before=st.sampled_from(CLEAN), low=st.booleans(),
    between=st.sampled_from(["", " ", "  ", "-", "\n", ".", "\u00a0", "\u200b"]), known=st.booleans(),
)  # fmt: skip
def test_a_planted_postcode_is_found(postcode: str, before: str, low: bool, between: str, known: bool) -> None:
    planted = postcode.replace(" ", between)
    text = f"{before}\nnear {planted.lower() if low else planted} now"
    kept = Known((Person("the child", postcode=postcode),)) if known else Known()
    assert any("postcode" in what for what in found(text, kept)), text


@given(postcode=POSTCODES)
def test_the_district_alone_may_leave(postcode: str) -> None:
    assert not found(
        f"Home is in {postcode.split()[0]}, near the sea.", Known((Person("the child", postcode=postcode),))
    )


@given(
    groups=st.sampled_from([(5, 6), (4, 3, 4), (11,), (3, 4, 4), (2, 3, 3, 3), (1,) * 11]),
    between=st.sampled_from([" ", "-", ".", "  ", "/", "\u2011"]), number=st.sampled_from(["01514960900", "07700900123"]),
)  # fmt: skip
def test_a_planted_telephone_number_is_found(groups: tuple[int, ...], between: str, number: str) -> None:
    parts, start = [], 0
    for size in groups:
        parts.append(number[start : start + size])
        start += size
    assert "a telephone number" in found(f"Ring {between.join(parts)} after six.", Known()), between.join(parts)


# what is clean is left alone


def everybody() -> list[Known]:
    """Forty families with ordinary names, born on ordinary days."""
    made = []
    for at in range(40):
        first, last = FIRST[at * 2 % len(FIRST)], SURNAMES[at % len(SURNAMES)].replace("_", " ")
        other, worker = FIRST[(at * 3 + 1) % len(FIRST)], SURNAMES[(at + 7) % len(SURNAMES)].replace("_", " ")
        born = date(2008 + at % 16, at % 12 + 1, at % 28 + 1)
        made.append(Known((
            Person("the child", f"{first} {last}", first[0] + last[0], f"W-{10234 + at}", born, "CH41 5AL"),
            Person("a brother or sister", f"{other} {last}", other[0] + last[0]),
            Person("the social worker", f"Julie {worker}", phone=f"0151 496 01{at:02}"),
        ), ("Fern House",), (f"26-{at + 100:04}",)))  # fmt: skip
    return made


def test_clean_sentences_are_hardly_ever_taken_for_leaks() -> None:
    families = everybody()
    wrong = [(line, leak.words) for known in families for line in CLEAN for leak in find(line, known)]
    asked = len(families) * len(CLEAN)
    assert len(CLEAN) >= 60
    assert len(wrong) / asked <= 0.005, f"{len(wrong)} of {asked}: {wrong[:10]}"


def test_lines_that_follow_each_other_are_no_school_and_no_street() -> None:
    lines = (
        "At school he likes Art\nHigh hopes are what he needs.\nHe is good at Maths\nSchool trips frighten him.\n"
        "He is good at Football\nStreet dance is next.\n"
    )
    assert not found(lines)
    assert not found("SCHOOL: GOOD. HE LIKES THE STREET AND GOES TO A HIGH SCHOOL.")


@pytest.mark.parametrize(
    "text",
    [
        "From: a.b@example.org\nSent: 3 March 2026 10:22\n> He likes football and going out in March with his friends.\n",
        "Kieran\n", "1 ", "A. ", "March ", "9", "Flat ", "School ", "a@", "0151 ", "K i e ", "\u0301",
    ],
)  # fmt: skip
def test_an_e_mail_chain_of_200_kb_is_looked_through_in_a_moment(text: str) -> None:
    long = text * (200_000 // len(text))
    started = time.process_time()
    find(long, KNOWN)
    assert time.process_time() - started < 12  # a pattern that runs away takes minutes
