"""A child's profile: the prompts under which it is written, what was written, and when that was last said to be true.

It begins with the child and not with what happened: strengths, their own words, a good day. The prompts are the
council's own setting; what is checked of a profile goes by the key of a prompt and not by its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.domain.referrals import ChildRow
from placement_tui.errors import Invalid

STALE = timedelta(days=365)  # after it, a statement wants to be said again
SECTION_LIMIT = 50_000
MOST_PROMPTS = 40
RISKS = "risks"
CLIPBOARD, PRINTED = "the clipboard", "the terminal"  # where a text may go that goes to no file


@dataclass(frozen=True, slots=True)
class Prompt:
    """A heading of the profile, and what it asks for."""

    key: str
    title: str
    asks: str


TEMPLATE: tuple[Prompt, ...] = (
    Prompt(
        "strengths", "Strengths and what they enjoy", "What are they good at, proud of, fun to be with for? Name three"
    ),
    Prompt(
        "words",
        "In their own words",
        "What do they say about themselves, and about where they want to live? Quote them",
    ),
    Prompt("good_day", "What a good day looks like", "From waking up to going to bed, when it goes well"),
    Prompt("helps", "What helps", "What to do when it is hard; what calms, what adults should know"),
    Prompt("needs", "Needs, and what meets them", "Each need with what meets it; what lies behind the behaviour"),
    Prompt(RISKS, "Risks", "Each with its date, context, trigger, and what keeps everybody safe"),
    Prompt("worked", "What has worked before", "In earlier homes, at school, with whom; what to keep"),
    Prompt("health", "Health", "Now: diagnoses made by whom and when, medicine, appointments, sleep, food"),
    Prompt("education", "Education", "Now: year, attendance, plan, what kind of school, what they like there"),
    Prompt("family", "Family time", "With whom, how often, where, supervised or not, how it goes"),
    Prompt("identity", "Identity", "Culture, faith, language, gender, food, hair, what matters to them"),
    Prompt(
        "support", "What the council brings", "Hours, money, therapy, training, transport; from when and for how long"
    ),
    Prompt("must", "Must have", "Without which it would not work"),
    Prompt("nice", "Nice to have", "What would make it better still"),
)
STANDING = frozenset({"words", "must", "nice"})  # a quote keeps its day; wishes go with the referral


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One risk: when it was seen last, in what context, what sets it off, what keeps everybody safe."""

    what: str
    seen_on: date | None = None
    context: str = ""
    trigger: str = ""
    mitigation: str = ""
    id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is written of one child. A child of whom nothing was written has an empty one."""

    child_id: UUID
    sections: Mapping[str, str] = field(default_factory=dict)
    said_on: Mapping[str, date] = field(default_factory=dict)
    risks: tuple[RiskRow, ...] = ()
    changed_at: datetime | None = None
    by: str = ""

    @property
    def empty(self) -> bool:
        """True where nothing is written."""
        return not self.risks and not any(text.strip() for text in self.sections.values())

    def stale(self, today: date) -> tuple[str, ...]:
        """The sections that were last said to be true more than a year ago."""
        return tuple(
            key for key, text in self.sections.items()
            if text.strip() and key not in STANDING and key in self.said_on and today - self.said_on[key] > STALE
        )  # fmt: skip

    def stale_risks(self, today: date) -> tuple[RiskRow, ...]:
        """Risks seen last more than a year ago, of which nobody said since that they still stand."""
        said = self.said_on.get(RISKS)
        if said is not None and today - said <= STALE:
            return ()
        return tuple(risk for risk in self.risks if risk.seen_on is not None and today - risk.seen_on > STALE)


@dataclass(frozen=True, slots=True)
class Subject:
    """A child of a referral with their profile."""

    child: ChildRow
    profile: Profile


@dataclass(frozen=True, slots=True)
class SentRow:
    """One time that a profile left the program. `code` stands on what was sent, so that an answer can quote it."""

    id: UUID
    code: str
    sent_at: datetime
    by: str
    form: str
    anonymised: bool
    score: int | None
    passed: tuple[str, ...]
    passed_why: str


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """How often approaches became offers, by the score of the profile at the time of the wave."""

    band: str
    waves: int
    approaches: int
    answered: int
    offers: int

    @property
    def share(self) -> float | None:
        """Offers of those who answered; None where nobody did."""
        return self.offers / self.answered if self.answered else None


BANDS: tuple[tuple[str, int, int], ...] = (("0-6", 0, 6), ("7-13", 7, 13), ("14-20, passes", 14, 20))


def code_of(key: UUID) -> str:
    """A short code of something sent, that says nothing of the child: `P-7KQ4M`."""
    letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    number, made = key.int & ((1 << 25) - 1), ""
    for _ in range(5):
        made += letters[number & 31]
        number >>= 5
    return f"P-{made}"


# the template as a council writes it


def read_template(text: str) -> tuple[Prompt, ...]:
    """A template typed as `key: Title: what it asks` with semicolons or line breaks between. Raises Invalid.

    Sections that are left out are not asked for; the risks always are, and stand where they stood. A key that the
    program does not know is a section of the council's own.
    """
    made: list[Prompt] = []
    for line in re.split(r"[;\n]", text):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split(":", 2)]
        key = re.sub("[^a-z0-9]+", "_", parts[0].casefold()).strip("_")
        known = next((each for each in TEMPLATE if each.key == key), None)
        if not key or (known is None and len(parts) < 2):
            raise Invalid("profile_template", f"{line.strip()[:60]!r} is no section", "a new one has a key and a title",
                          "type it like: pets: Animals: which they have, fear or love")  # fmt: skip
        title = parts[1] if len(parts) > 1 and parts[1] else known.title if known else ""
        asks = parts[2] if len(parts) > 2 else known.asks if known else ""
        if key in {each.key for each in made} or title.casefold() in {each.title.casefold() for each in made}:
            raise Invalid("profile_template", f"{title!r} stands there twice", mend="leave one of them out")
        made.append(Prompt(key, title[:80], asks[:200]))
    if not made or len(made) > MOST_PROMPTS:
        raise Invalid("profile_template", f"A template has 1 to {MOST_PROMPTS} sections", f"these are {len(made)}")
    if RISKS not in {each.key for each in made}:
        made.append(next(each for each in TEMPLATE if each.key == RISKS))
    return tuple(made)


def template_of(held: object) -> tuple[Prompt, ...]:
    """The council's template as its setting holds it, the program's own where nobody chose."""
    if not isinstance(held, list):
        return TEMPLATE
    made = tuple(Prompt(*map(str, row)) for row in held if isinstance(row, list) and len(row) == 3)
    return made or TEMPLATE


def whole_template(template: Sequence[Prompt], sections: Iterable[str]) -> tuple[Prompt, ...]:
    """The template, then what was written under headings that it no longer has: nothing written is hidden."""
    known = {each.key for each in template}
    usual = {each.key: each for each in TEMPLATE}
    left = [key for key in sections if key not in known]
    return (*template, *(usual.get(key, Prompt(key, key.replace("_", " ").capitalize(), "")) for key in left))
