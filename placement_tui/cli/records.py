"""Which record is meant: a referral by REF, a home or an approach by NAME, a placement by any of these."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from placement_tui.domain.folding import fold, skeleton
from placement_tui.domain.homes import Candidate
from placement_tui.domain.identifiers import as_id as as_id
from placement_tui.domain.typed_text import shown
from placement_tui.errors import NotFound, Refused

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import CallRow
    from placement_tui.domain.offers import OfferRow
    from placement_tui.domain.placements import PlacementRow

T = TypeVar("T")
_URN = re.compile(r"(SC)?[0-9]{6,8}")
NEARLY = 70.0  # of 100: a name less like than this was not misheard
MOST = 200  # homes looked at when a name is not clear
WORDS = 8  # of a typed name; no home's is longer
SHOWN = 6  # names in a sentence that asks which was meant


def referral(here: Here, said: str) -> UUID:
    """The referral that REF means: an open one first, else the latest of that child. Raises NotFound."""
    key = as_id(said)
    if key is not None:
        return here.services.referrals.get(key).id
    try:
        return here.services.referrals.resolve(said)
    except NotFound as refusal:
        if refusal.detail:  # several answer to it
            raise
        return here.queries.referral_of(said)


def child_of(here: Here, referral_id: UUID, said: str) -> UUID:
    """The one child of a referral that an identifier or initials mean. Raises NotFound."""
    children = here.services.referrals.get(referral_id).children
    key = as_id(said)
    fitting = [
        child
        for child in children
        if said == child.identifier or said.casefold() == child.initials.casefold() or child.id == key
    ]
    if len(fitting) != 1:
        named = ", ".join(child.identifier or child.initials for child in children)
        raise NotFound(f"{said[:40]!r} is no one child of this referral", named, "name one of these")
    return fitting[0].id


def child(here: Here, said: str) -> UUID:
    """The child whom an identifier, initials, a referral's reference or an id means. Raises NotFound."""
    key = as_id(said)
    if key is not None:
        return here.services.care.of_child(key).child_id
    found = here.queries.children_called(said)
    if len(found) == 1:
        return found[0][0]
    if found:
        names = ", ".join(f"{initials} {identifier}".strip() for _, initials, identifier in found[:SHOWN])
        raise NotFound(f"{said[:40]!r} could be {len(found)} children", names, "give the council's identifier")
    children = here.services.referrals.get(referral(here, said)).children
    if len(children) > 1:
        names = ", ".join(each.identifier or each.initials for each in children)
        raise NotFound("That referral is of several children", names, "name one of these")
    return children[0].id


def home(here: Here, said: str) -> Candidate:
    """The home of the register that NAME means, by URN or by name, misheard ones too. Raises NotFound."""
    key = as_id(said)
    if key is not None:
        return here.services.homes.page(key).candidate
    urn = said.strip().upper()
    if _URN.fullmatch(urn):
        found = here.queries.home_of_urn(urn)
        if found is None:
            raise NotFound(f"No home has the URN {urn}", mend="look it up: placement homes")
        return found
    homes = _named(here, said)
    total = len(homes)
    if not homes:
        search = here.services.homes.find(f'"{_unquoted(said)}" all', limit=MOST)
        near, total = [match.candidate for match in search.matches], search.total
        homes = [each for each in near if same_figures(said, each.name)]
        homes = homes or [each for each in near if same_figures(said, each.provider)]
        homes = closest(said, homes, lambda each: each.name, lambda each: each.provider) or homes
    if not homes:
        raise NotFound(f"No home answers to {shown(said)}", mend="try other letters, or its URN")
    if len(homes) == 1:
        return homes[0]
    names = "; ".join(_described(each) for each in homes[:SHOWN])
    count = len(homes) if len(homes) < MOST else max(total, MOST)
    raise NotFound(f"{shown(said)} could be {count:,} homes", names, "give more of it, or the URN")


def _named(here: Here, said: str) -> list[Candidate]:
    """The homes whose name says it as it was typed, if there are any: quicker than a search of the whole register."""
    return closest(said, here.queries.homes_named(said.split()[:WORDS]), lambda each: each.name)


def approach(here: Here, referral_id: UUID, said: str) -> CallRow:
    """The approach of a referral's call list that NAME means. Raises NotFound, saying what to do where nobody was asked."""
    calls = here.services.approaches.calls(referral_id)
    key = as_id(said)
    found = [row for row in calls.rows if key is not None and key in (row.id, row.home_id, row.provider_id)]
    found = found or closest(said, calls.rows, lambda row: row.name, lambda row: row.provider)
    if not found and calls.rows and not _in_register(here, said):
        found = closest(said, calls.rows, lambda row: row.name, answers=(_consonants,)) or _misheard(said, calls.rows)
    if not found:
        meant = home(here, said)
        found = [row for row in calls.rows if row.home_id == meant.id]
        if not found:
            raise NotFound(
                f"{meant.name} was not asked for {calls.reference}",
                "" if calls.rows else "nobody was, so far",
                f"ask it first: placement ask {calls.reference} {meant.urn or shown(meant.name)}",
            )
    again = {row.reopens for row in calls.rows}  # of those asked again the latest is meant
    found = [row for row in found if row.id not in again]
    live = [row for row in found if row.outcome != "withdrawn"] or found
    if len(live) == 1:
        return live[0]
    pages = [here.services.homes.page(row.home_id) for row in live[:SHOWN] if row.home_id is not None]
    names = "; ".join(_described(each.candidate) for each in pages)
    raise NotFound(f"{shown(said)} could be {len(live)} of those asked", names, "give more of the name, or the URN")


def offer(here: Here, referral_id: UUID, said: str) -> OfferRow:
    """The offer of a referral that NAME means: its latest, the open or accepted one before others. Raises NotFound."""
    rows = here.services.offers.of(referral_id)
    if not rows:
        raise NotFound("There is no offer for that referral", mend="log one first: placement log offer REF NAME --fee")
    key = as_id(said)
    found = [row for row in rows if key is not None and key in (row.id, row.approach_id, row.home_id)]
    if not found:
        meant = approach(here, referral_id, said)
        found = [row for row in rows if row.approach_id == meant.id]
        if not found:
            names = ", ".join(dict.fromkeys(row.name for row in rows))
            raise NotFound(f"{meant.name} made no offer", f"offers came from {names}", "name one of these")
    return ([row for row in found if row.state in ("open", "accepted")] or found)[-1]


def placement(here: Here, said: str) -> PlacementRow:
    """The placement that is meant by its id, a referral's reference, or a child's identifier or initials.

    Open ones go before ended ones. Raises NotFound where none or several answer to it.
    """
    key = as_id(said)
    rows: list[PlacementRow] = []
    if key is not None:
        try:
            return here.services.placements.get(key)
        except NotFound:
            rows = here.services.placements.of_referral(key)
    if not rows:
        rows = here.queries.placements_of(said)
    if not rows:
        rows = here.services.placements.of_referral(referral(here, said))
    rows = [row for row in rows if row.ended_on is None] or rows[:1]
    if not rows:
        raise NotFound(f"No placement answers to {shown(said)}", mend="`placement placements` lists the open ones")
    if len(rows) > 1:
        names = "; ".join(f"{row.identifier or row.child} at {row.name}, {row.id}" for row in rows[:SHOWN])
        raise NotFound(
            f"{shown(said)} could be {len(rows)} placements", names, "give the child's identifier, or the id"
        )
    return rows[0]


def _in_register(here: Here, said: str) -> bool:
    """True where a home bears exactly that name: then it is meant, and not one that only sounds like it."""
    return any(fold(home.name) == fold(said) for home in _named(here, said))


Answers = Callable[[list[str], str], bool]


def closest(
    said: str, rows: Sequence[T], *names: Callable[[T], str], answers: Sequence[Answers] | None = None
) -> list[T]:
    """The rows whose name answers best to what was said; all that answer equally well, none where none does.

    The whole name, then whole words of it, then beginnings of words: first by the first name of each row, then by the
    next. `answers` are other ways to answer, the best first.
    """
    wanted = fold(said)
    if not wanted:
        return []
    typed = wanted.split()
    for name in names:
        folded = [(fold(name(row)), row) for row in rows]
        for answer in answers or (_whole, _words, _beginnings):
            found = [row for text, row in folded if answer(typed, text)]
            if found:
                return found
    return []


def _whole(typed: list[str], name: str) -> bool:
    return typed == name.split()


def _words(typed: list[str], name: str) -> bool:
    return set(typed) <= set(name.split())


def _beginnings(typed: list[str], name: str) -> bool:
    words = name.split()
    return all(any(word.startswith(each) for word in words) for each in typed)


def _consonants(typed: list[str], name: str) -> bool:
    bare = [skeleton(word) for word in name.split()]
    wanted = [skeleton(word) for word in typed]
    return all(
        len(each) > 1 and any(word.startswith(each) for word in bare) for each in wanted
    )  # one consonant means nothing


def same_figures(said: str, name: str) -> bool:
    """True where every figure that was typed stands in the name: `Rose House 3` is never meant by `Rose House 4`."""
    there = set(fold(name).split())
    return all(word in there for word in fold(said).split() if any(letter.isdigit() for letter in word))


def _misheard(said: str, rows: Sequence[CallRow]) -> list[CallRow]:
    """Rows of a call list whose name is nearly what was typed, when one stands out."""
    from rapidfuzz import fuzz

    wanted = fold(said)
    fitting = [row for row in rows if same_figures(said, row.name)]
    scored = [(_likeness(fuzz.ratio, wanted, fold(row.name)), row) for row in fitting]
    least = max(NEARLY, max((score for score, _ in scored), default=0.0) - 5)
    return [row for score, row in scored if score >= least]


def _likeness(ratio: Callable[[str, str], float], wanted: str, name: str) -> float:
    """How like a name is, as a whole or by its first words, as many as were typed."""
    words = name.split()
    return max(ratio(wanted, name), ratio(wanted, " ".join(words[: len(wanted.split())])))


def may_be_asked(here: Here, referral_id: UUID, homes: Sequence[Candidate]) -> None:
    """Refuse homes that a rule keeps from being asked for a referral, naming the law. Raises Refused."""
    from dataclasses import replace

    from placement_tui.domain.rules import RULES, findings

    services = here.services
    wanted = replace(services.homes.wanted(referral_id), asked=frozenset())  # who was asked already is said elsewhere
    for each in homes:
        for finding in findings(each, wanted, services.desk.policy):
            if finding.level == "block":
                aside = RULES[finding.rule].may_be_set_aside
                mend = f"leave it out; a manager may set rule {finding.rule} aside" if aside else "leave it out"
                raise Refused(f"{each.name} may not be asked: {finding.text}", finding.law, mend)


def _described(each: Candidate) -> str:
    more = each.urn or each.town or each.phone or each.area or each.provider
    return f"{each.name} ({more})" if more and more != each.name else each.name


def _unquoted(said: str) -> str:
    return "".join(" " if letter in '"“”„\\' else letter for letter in said)[:200]
