"""The hand-over as a page, whole or without what names a child: the same words on screen, in a file and on paper."""

from __future__ import annotations

from datetime import datetime

from placement_tui.domain.codes.grades import grade_label
from placement_tui.domain.codes.legal import legal_words
from placement_tui.domain.codes.needs import NEEDS
from placement_tui.domain.handovers import EVENING, ROLES, Asked, HandOver, MayCall, OpenChild, Pending
from placement_tui.domain.pages import Fact, Page, Section, Table
from placement_tui.domain.spoken import clock_words, outcome_words, wanted_words
from placement_tui.domain.typed_numbers import money_words
from placement_tui.domain.typed_times import london

FULL = "FULL: initials, reasons and numbers of children in care. For the night team only; destroy it in the morning."
ANONYMISED = "ANONYMISED: no initials, no free text, no social worker. References are the council's own."
LEFT_OUT = "what was said in words is left out here"


def page_of(said: HandOver, anonymised: bool = False) -> Page:
    """The page of a hand-over. With `anonymised`, nothing typed by hand about a child and no initials stand on it."""
    at = said.made_at.astimezone(london())
    what = "Hand-over to the night team" if said.kind == EVENING else "What the night brought"
    sections = _evening(said, anonymised) if said.kind == EVENING else _morning(said, anonymised)
    return Page(
        f"{what}, {at:%a} {at.day} {at:%b %Y %H:%M}",
        ANONYMISED if anonymised else FULL,
        tuple(section for section in sections if section.shown),
        " · ".join(part for part in (said.council, f"made by {said.by}" if said.by else "") if part),
    )


def _evening(said: HandOver, anonymised: bool) -> list[Section]:
    now = said.made_at
    sections = [_on_call(said)]
    if said.said:
        sections.append(Section("Said beside it", (LEFT_OUT if anonymised else said.said,)))
    count = "1 child or group waits" if len(said.children) == 1 else f"{len(said.children)} children or groups wait"
    sections.append(
        Section("Tonight", (f"{count} for a home." if said.children else "Nobody waits for a home tonight.",))
    )
    for child in said.children:
        sections += _child(child, now, anonymised)
    sections.append(
        Section(
            "Carers on the rota",
            (
                Table(
                    ("Name", "Number", "Takes", "Free", "Note"),
                    tuple(
                        (each.name, each.phone, each.takes, "" if each.free is None else str(each.free), each.note)
                        for each in said.carers
                    ),
                    frozenset({3}),
                ),
            ),
            "Nobody stands on the rota. A home is put on it on its page; a person with: placement rota add",
        )
    )
    sections.append(Section("Runs out before the office opens", (_pending(said.pending, now, anonymised),), "Nothing."))
    sections.append(Section("Waits for sign-off", (_pending(said.waiting, now, anonymised, "Since"),)))
    sections.append(_happened("Placed today", said, anonymised))
    return sections


def _morning(said: HandOver, anonymised: bool) -> list[Section]:
    now = said.made_at
    since = clock_words(said.since, now) if said.since else ""
    told = f"Since {since}"
    return [
        _happened(told, said, anonymised, "Nothing was logged. If the night team sent their form, bring it in with: "
                                          "placement import night FILE"),
        _asked(said),
        Section("Due today, and late", (_pending(said.pending, now, anonymised),), "Nothing is due."),
        Section("Waits for sign-off", (_pending(said.waiting, now, anonymised, "Since"),)),
        Section("Said the evening before", (LEFT_OUT if anonymised and said.said else said.said,)),
        _on_call(said),
    ]  # fmt: skip


def _on_call(said: HandOver) -> Section:
    rows = tuple(
        (ROLES[row.role], row.name, row.phone or "no number", row.note) for row in said.on_call if row.role != "carer"
    )
    missing = not any(row.role == "approver" for row in said.on_call)
    parts: list[str | Fact | Table] = [Table(("", "Name", "Number", "Note"), rows)]
    if missing and said.kind == EVENING:
        parts.append(
            Fact("Nobody is named to approve tonight", "r puts somebody on call, or: placement rota add", "warn")
        )
    return Section("On call", tuple(parts))


def _child(child: OpenChild, now: datetime, anonymised: bool) -> list[Section]:
    by = {"now": "NOW", "today": "TONIGHT"}.get(child.urgency, "")
    if child.needed_by is not None:
        by = f"{by} by {clock_words(child.needed_by, now)}".strip()
    who = child.anonymous if anonymised else child.child
    risk = LEFT_OUT if anonymised and child.tonight else child.tonight or "not said"
    needs = ", ".join(NEEDS.spoken(code).lower() for code in child.needs)
    worker = " ".join(part for part in (child.social_worker, child.social_worker_phone) if part)
    facts: list[str | Fact | Table] = [
        Fact("Tonight's risk", risk, "warn"),
        Fact("Needs", needs),
        Fact("Why now", "" if anonymised else child.why_now),
        Fact("Must have", "" if anonymised else child.must_have),
        Fact("Avoid", "" if anonymised else child.avoid, "warn"),
        Fact("Legal status", legal_words(child.legal_status) if child.legal_status else "not said"),
        Fact("Social worker", "" if anonymised else worker),
    ]
    for offer in child.offers:
        until = f", lapses {clock_words(offer.expires_at, now)}" if offer.expires_at else ""
        facts.append(
            Fact("Offer stands", f"{offer.name}, {money_words(offer.total_pence)} a week{until}, {offer.phone}")
        )
    facts.append(Fact("Asked, not answered", _names(child.asked, now, ("awaiting", "no_reply"))))
    facts.append(Fact("Tried and refused", _names(child.asked, now, ("refusal",))))
    facts.append(_may_call(child.may_call))
    if not child.may_call:
        facts.append(f"No other home of the register may be asked. {child.blocked}".strip())
    title = " · ".join(part for part in (f"{child.reference} {who}", wanted_words(child.wanted), by) if part)
    return [Section(title, tuple(facts), depth=2)]


def _may_call(homes: tuple[MayCall, ...]) -> Table:
    return Table(
        ("May still be called", "Number", "", "Miles", "Free", "Grade"),
        tuple(
            (
                each.name,
                each.phone or "no number",
                "at night" if each.at_night else "by day" if each.phone else "",
                "?" if each.miles is None else f"{each.miles:.1f}",
                "" if each.free is None else str(each.free),
                grade_label(each.grade) if each.grade else "",
            )
            for each in homes
        ),
        frozenset({3, 4}),
    )


def _names(asked: tuple[Asked, ...], now: datetime, outcomes: tuple[str, ...]) -> str:
    words = []
    for each in asked:
        if each.outcome in outcomes:
            word = f"{each.name}"
            if each.outcome == "refusal":
                word += f" ({outcome_words('refusal', each.reason).removeprefix('no, ')})"
            elif each.call_back_at is not None:
                word += f" (ring {clock_words(each.call_back_at, now)}, {each.phone})"
            else:
                word += f" ({each.phone or 'no number'})"
            words.append(word)
    return ", ".join(words)


def _pending(rows: tuple[Pending, ...], now: datetime, anonymised: bool, when: str = "When") -> Table:
    return Table(
        (when, "What", "Rule"),
        tuple((clock_words(row.at, now), row.anonymous if anonymised else row.words, row.law) for row in rows),
    )


def _happened(title: str, said: HandOver, anonymised: bool, empty: str = "") -> Section:
    return Section(
        title,
        (
            Table(
                ("When", "By", "What"),
                tuple(
                    (clock_words(each.at, said.made_at), each.by, each.anonymous if anonymised else each.words)
                    for each in said.happened
                    if not each.asked
                ),
            ),
        ),
        "" if any(each.asked for each in said.happened) else empty,
    )


def _asked(said: HandOver) -> Section:
    """Who was asked in vain, by referral: a night of thirty calls in as many lines as there are children."""
    by_referral: dict[str, list[str]] = {}
    for each in said.happened:
        if each.asked:
            by_referral.setdefault(each.asked, []).append(each.words)
    rows = tuple((reference, str(len(words)), "; ".join(words)) for reference, words in sorted(by_referral.items()))
    return Section("Asked, and no", (Table(("Ref", "", "Who, and why"), rows, frozenset({1})),))
