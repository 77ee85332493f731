"""Whether a profile would be answered with yes: ten checks of nought to two, and what a reader trips over.

A referral that opens with incidents and labels is refused more often than the child it is about would be. Nothing here
judges a child: it says what is missing in the text, in words that can be sent to the social worker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from placement_tui.domain.leaks import Leak
from placement_tui.domain.leaks_seen import listed
from placement_tui.domain.profiles import RISKS, Profile, Prompt, RiskRow, whole_template

PASS, MOST = 14, 20
ENOUGH = 12  # words; a section of fewer says little
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[^.!?\n;]+")
_QUOTED = re.compile(r"[\"“”«]\s*\w[^\"“”»\n]{3,}|[‘']\w[^'’\n]{6,}[’'](?!\w)")
_BEHIND = re.compile(
    r"\bbecause\b|\bbehind\b|\bunderneath\b|\bneeds? to (?:know|feel|be|have)\b|\b(?:is|it is|it's) (?:his|her|their) way of\b|"
    r"\bwhen (?:he|she|they) (?:is|are|feels?|does|do|cannot|can't)\b|\bfeel(?:s|ing)? (?:safe|unsafe|scared|frightened|left|"
    r"rejected|anxious|overwhelmed|shame|alone)\b|\bfear(?:s|ed|ful)?\b|\btrauma|\bcommunicat|\bmeans that\b|\bso that\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\b(?:daily|weekly|fortnight(?:ly)?|month(?:ly)?|every|each|once|twice|times?|mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?s?\b"
    r"|\b\d+ (?:x|times|hours?)\b|\bno (?:contact|family time)\b|\bnone\b",
    re.IGNORECASE,
)
_BROUGHT = re.compile(
    r"£|\b\d+(?:\.\d+)?\s*(?:hours?|weeks?|nights?|days?|sessions?|mentor)|\b(?:therapist|therapy|mentor|respite|short breaks?|"
    r"transport|taxi|camhs|psycholog|key ?worker|youth worker|tutor|training|funding|funded|allowance|short stays?)",
    re.IGNORECASE,
)
LABELS = re.compile(
    r"\b(?:ADHD|ODD|ASD|ASC|PDA|FASD|EUPD|CSE|CCE|attachment disorder|conduct disorder|oppositional|autis(?:m|tic)|"
    r"manipulative|attention[- ]seeking|aggressive|violent|challenging|promiscuous|sexualised|abscond(?:s|er|ing)|"
    r"non[- ]?compliant|disengaged|defiant|hard to place|streetwise|gang(?:[- ]affiliated)?)\b",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"\bdiagnos|\bassess(?:ed|ment)|\breport\b|\bpsych|\bpaediatric|\bcamhs\b|\b(?:19|20)\d\d\b|\bon \d|\b\d{1,2}/\d{1,2}|"
    r"\blast (?:week|month|year|spring|summer|autumn|winter)|\b(?:once|twice|\d+ times)\b|\bwhen\b|\bafter\b|\bbecause\b|\bfor example\b|\bsuspected by\b|\bwaiting\b",
    re.IGNORECASE,
)
_RISKY = listed(
    """abscond absconds absconding absconded aggression aggressive assault assaulted assaults attack attacked attacks arson
    bully bullying cannabis challenging criminal damage damaged damages dangerous defiant destructive disruptive drugs
    exploitation exploited fight fights fighting fire harm harmed harming hostile knife kicked lies lying manipulative missing
    offence offences offending police punched refuses refused restraint restrained risk risks risky self-harm sexualised
    smashed steal stealing stole swears theft threat threaten threatened threatening threats verbally violence violent weapon
    weapons alcohol drunk absconder abuse abusive allegations""".strip()
)
_STRONG = listed(
    """able achieved achieves ambitious artistic bakes baking brave bright calm calms caring cares cheerful clever close
    confident cooks cooking creative curious dances dancing determined draws drawing enjoys enjoy enjoyed excels fair friend
    friends friendly fun funny generous gentle gifted good great happy helpful helps honest hope hopes humour imaginative
    independent interested keen kind laughs learns likes lovely loves loving loyal makes music musical paints patient plays
    polite popular positive praised proud quick reads resilient responsible sings skilled smiles strength strengths strong
    supportive talented talks thoughtful trusts trusted warm welcoming wins wants wise works writes""".strip()
)
_SHOUT = re.compile(r"\b[A-Z][A-Z'’-]+(?:[ ,]+[A-Z][A-Z'’-]+){2,}\b")


@dataclass(frozen=True, slots=True)
class Point:
    """One of the ten checks: nought, one or two, what is missing in words, and what the social worker is asked for."""

    number: int
    title: str
    score: int
    missing: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reader trips over, where it stands, and how to mend it."""

    kind: str
    heading: str
    found: str
    mend: str

    @property
    def words(self) -> str:
        """`label without evidence, Needs: "ODD": say who found it, when`."""
        return (
            f'{self.kind}, {self.heading}: "{self.found}": {self.mend}' if self.found else f"{self.kind}: {self.mend}"
        )


@dataclass(frozen=True, slots=True)
class Quality:
    """The ten checks and the flags of one profile."""

    points: tuple[Point, ...]
    flags: tuple[Flag, ...] = ()

    @property
    def score(self) -> int:
        """The sum, of twenty."""
        return sum(point.score for point in self.points)

    @property
    def passes(self) -> bool:
        """True from fourteen on."""
        return self.score >= PASS

    @property
    def asks(self) -> tuple[str, ...]:
        """What the social worker is asked for."""
        return tuple(point.ask for point in self.points if point.ask)

    @property
    def words(self) -> str:
        """`12 of 20, passes at 14`."""
        return f"{self.score} of {MOST}, " + ("passes" if self.passes else f"passes at {PASS}")


def quality(profile: Profile, template: Sequence[Prompt], today: date, leaks: Iterable[Leak] = ()) -> Quality:
    """The ten checks of a profile, and its red flags. `leaks` are those of its anonymised form."""
    return Quality(tuple(_points(profile, template, today)), tuple(_flags(profile, template, today, leaks)))


def _points(profile: Profile, template: Sequence[Prompt], today: date) -> Iterator[Point]:
    text = profile.sections
    yield _opens(profile, template)
    strengths = _items(text.get("strengths", ""))
    yield _of(2, "Three strengths or interests", min(2, len(strengths) * 2 // 3 if strengths else 0) or bool(strengths),
              f"{len(strengths)} of 3 are named", "What is the child good at and fond of? Three things, with an example")  # fmt: skip
    own = text.get("words", "")
    quoted = bool(_QUOTED.search(own)) or bool(re.search(r"\bI(?:'m|’m|'d|’d)?\b|\bmy\b", own))
    yield _of(3, "The child's own words", 2 if quoted else 1 if own.strip() else 0,
              "they are reported, not quoted" if own.strip() else "nothing is quoted",
              "What does the child say about themselves and where they want to live? Word for word")  # fmt: skip
    yield _risk_point(profile.risks)
    yield _age_point(profile, template, today)
    behind = " ".join(
        (
            text.get("needs", ""),
            text.get("helps", ""),
            text.get("behind", ""),
            *(risk.trigger for risk in profile.risks),
        )
    )
    found = len(_BEHIND.findall(behind))
    yield _of(6, "The need behind the behaviour", min(2, found), "it says what happens, not what it is for",
              "What does the behaviour say? What is the child afraid of, or looking for, when it happens?")  # fmt: skip
    yield _filled(7, "What has worked", text.get("worked", "") or "", "Which home, adult or way of doing things worked, and why?",
                  also=text.get("helps", ""))  # fmt: skip
    both = bool(_long(text.get("education", ""))) + bool(_long(text.get("health", "")))
    lacks = [name for name, key in (("education", "education"), ("health", "health")) if not _long(text.get(key, ""))]
    yield _of(8, "Education and health now", both, f"too little is said of {' and '.join(lacks)}",
              f"How is the child's {' and '.join(lacks)} now? Plans, appointments, attendance")  # fmt: skip
    family = text.get("family", "")
    yield _of(9, "Family time", 2 if family.strip() and _OFTEN.search(family) else 1 if family.strip() else 0,
              "it does not say how often" if family.strip() else "nothing is said",
              "With whom is family time, how often, where, supervised by whom?")  # fmt: skip
    support = text.get("support", "")
    yield _of(10, "What the council brings", 2 if _BROUGHT.search(support) else 1 if support.strip() else 0,
              "it does not say how much, or of what" if support.strip() else "nothing is offered",
              "Which support comes with the child: hours, therapy, transport, respite; from when?")  # fmt: skip


def _of(number: int, title: str, score: int, missing: str, ask: str) -> Point:
    score = int(score)
    return Point(number, title, score, "" if score == 2 else missing, "" if score == 2 else ask)


def _opens(profile: Profile, template: Sequence[Prompt]) -> Point:
    title, ask = "Opens with the child, not the incident", "Who is this child on an ordinary day? Begin with that"
    first = next(
        (prompt for prompt in whole_template(template, profile.sections)
         if profile.sections.get(prompt.key, "").strip() or (prompt.key == RISKS and profile.risks)), None,
    )  # fmt: skip
    if first is None:
        return Point(1, title, 0, "nothing is written", ask)
    if first.key == RISKS:
        return Point(1, title, 0, "it begins with the risks", ask)
    opening = " ".join(_SENTENCE.findall(profile.sections[first.key])[:2])
    risky, strong = count_of(opening, _RISKY), count_of(opening, _STRONG)
    if risky and not strong:
        return Point(1, title, 0, "the first sentence is about risk", ask)
    if risky or first.key not in ("strengths", "words", "good_day"):
        return Point(
            1, title, 1, "the first sentence names a risk" if risky else f"it begins with {first.title.lower()}", ask
        )
    return Point(1, title, 2)


def _risk_point(risks: Sequence[RiskRow]) -> Point:
    title = "Each risk with date, context and mitigation"
    if not risks:
        return Point(4, title, 1, "no risk is written: say so in words if there is none",
                     "Is there no risk to tell of, or is the risk assessment still to come?")  # fmt: skip
    if any(re.match(r"(?:no|none|nothing)\b.{0,40}", risk.what, re.IGNORECASE) for risk in risks) and len(risks) == 1:
        return Point(4, title, 2)
    lacking: list[str] = []
    whole = 0
    for risk in risks:
        lacks = [name for name, value in (("date", risk.seen_on), ("context", risk.context.strip()),
                                          ("what keeps everybody safe", risk.mitigation.strip())) if not value]  # fmt: skip
        if lacks:
            lacking.append(f"{risk.what} lacks {', '.join(lacks)}")
        else:
            whole += 1
    score = 2 if not lacking else 1 if whole * 2 >= len(risks) else 0
    asks = f"When was it last, what happened before, and what keeps everybody safe: {'; '.join(lacking[:3])}"
    return Point(4, title, score, "; ".join(lacking[:3]), asks if lacking else "")


def _age_point(profile: Profile, template: Sequence[Prompt], today: date) -> Point:
    title = "Nothing older than a year without being said again"
    if profile.empty:
        return Point(5, title, 0, "nothing is written")
    titles = {prompt.key: prompt.title for prompt in whole_template(template, profile.sections)}
    stale = [titles[key] for key in profile.stale(today)]
    stale += [risk.what for risk in profile.stale_risks(today)]
    score = 2 if not stale else 1 if len(stale) == 1 else 0
    words = ", ".join(stale[:4])
    return Point(
        5,
        title,
        score,
        f"older than a year: {words}" if stale else "",
        f"Is this still true: {words}?" if stale else "",
    )


def _filled(number: int, title: str, text: str, ask: str, also: str = "") -> Point:
    score = 2 if _long(text) else 1 if text.strip() or _long(also) else 0
    return _of(number, title, score, "too little is said" if text.strip() else "nothing is said", ask)


def _long(text: str) -> bool:
    return len(_WORD.findall(text)) >= ENOUGH


def _items(text: str) -> list[str]:
    """The things that a text names: its lines, sentences and the parts between commas."""
    parts = re.split(r"[\n.;!?]|,| and (?=\w+ing\b|\w+s\b)", text)
    return [part.strip(" -*•") for part in parts if len(part.strip(" -*•")) > 2]


def count_of(text: str, words: frozenset[str]) -> int:
    """How many words of a text are of a list."""
    return sum(word.casefold() in words for word in _WORD.findall(text))


# what a reader trips over


def _flags(profile: Profile, template: Sequence[Prompt], today: date, leaks: Iterable[Leak]) -> Iterator[Flag]:
    titles = {prompt.key: prompt.title for prompt in whole_template(template, profile.sections)}
    parts = [(titles[key], text) for key, text in profile.sections.items() if key in titles]
    parts += [
        (risk.what, " ".join(filter(None, (risk.what, _dated(risk), risk.context, risk.trigger, risk.mitigation))))
        for risk in profile.risks
    ]
    for title, text in parts:
        yield from _labels(title, text)
        for match in list(_SHOUT.finditer(text))[:3]:
            yield Flag("all capitals", title, match[0][:40], "write it in small letters")
    risky = sum(count_of(text, _RISKY) for _, text in parts)
    strong = sum(count_of(text, _STRONG) for _, text in parts)
    if risky > strong:
        yield Flag(
            "risk outweighs strength", "", "", f"{risky} words of risk, {strong} of strength: say more of who they are"
        )
    for key in profile.stale(today):
        yield Flag("older than a year", titles[key], f"{profile.said_on[key]:%d/%m/%Y}", "is it still true?")
    for risk in profile.stale_risks(today):
        yield Flag("older than a year", "Risks", risk.what, "is it still true?")
    for leak in leaks:
        yield Flag("gives the child away", leak.heading or "the text", leak.found, leak.what)


def _labels(title: str, text: str) -> Iterator[Flag]:
    for sentence in re.split(r"(?<=[.!?])\s|\n", text):
        if _EVIDENCE.search(sentence):
            continue
        for match in list(LABELS.finditer(sentence))[:2]:
            yield Flag(
                "a label without evidence", title, match[0], "say who found it and when, or what is seen instead"
            )


def _dated(risk: RiskRow) -> str:
    return f"on {risk.seen_on:%d/%m/%Y}" if risk.seen_on else ""
