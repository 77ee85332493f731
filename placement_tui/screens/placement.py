"""An offer becomes a placement: when, what was wanted and obtained, by which route, at what cost, for which children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.widget import Widget

from placement_tui.domain.codes.census import ANY_DISTANCE_REASON, ROUTES, TYPES_OF_PROVISION
from placement_tui.domain.codes.checks import PARTINGS
from placement_tui.domain.codes.declines import DECLINES
from placement_tui.domain.codes.provision import KINDS
from placement_tui.domain.codes.rules import CONSIDERED
from placement_tui.domain.distance import within_20
from placement_tui.domain.homes import Finding
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.placements import NewPlacement, Started
from placement_tui.domain.referrals import ReferralRow
from placement_tui.domain.rules import FOSTER_HOUSEHOLDS
from placement_tui.domain.rules.decision import KEY_STAGE_4
from placement_tui.domain.siblings import Parting
from placement_tui.widgets.choose import Option
from placement_tui.widgets.fields import Field
from placement_tui.widgets.formplace import FormPlace
from placement_tui.widgets.law_words import law_line
from placement_tui.widgets.lines import Block
from placement_tui.widgets.place import Open
from placement_tui.widgets.text import Line, Span
from placement_tui.widgets.typed_fields import (
    YES_NO,
    code_field,
    code_options,
    day_field,
    fee_field,
    fee_text,
    legal_field,
    legal_text,
    line_field,
    long_field,
    moment_field,
    moment_text,
)
from placement_tui.widgets.words import miles_words, wanted_words

# The regional census's types that a kind of provision usually is: those are shown first.
_CENSUS = {"foster": "foster", "short_breaks": "foster", "parent_and_child": "foster", "residential": "res", "supported": "sa", "secure": "secure"}  # fmt: skip


_MADE = (
    Option("emergency", "in an emergency"), Option("planned", "planned"), Option("night", "for the night only"),
)  # fmt: skip
_FOLLOWS = {
    "emergency": "notices and plan within 5 working days", "planned": "notices and plan before it starts",
    "night": "until 17:00 on the next working day",
}  # fmt: skip


def _follows(made: str) -> str:
    return _FOLLOWS.get(made, "")


_AT_ONCE = ("now", "today")
_ANSWERS = {"approver": "approved_by", "schooling": "school_changes", "considered": "considered"}  # findings, by field
_GCSE = range(KEY_STAGE_4[0], KEY_STAGE_4[1] + 1)


class _About(NamedTuple):
    """The offer, its referral, the other offers that would be declined, and what the rules say of it."""

    offer: OfferRow
    referral: ReferralRow
    others: list[OfferRow]
    law: tuple[Finding, ...]
    before: bool  # a child of it lived somewhere else already: the carer may stay the same
    may_part: bool  # brothers and sisters who are to live together, and nobody said yet why they are parted


class PlacementScreen(FormPlace):
    """The start of a placement. `about` is the offer."""

    PLACE = "placement"
    NOUNS = frozenset({"offer", "referral"})
    NAMED: ClassVar[dict[str, str]] = {"kind": "type_obtained"}
    _first: Line = ""

    def fields(self) -> Sequence[Field]:
        """Those that the offer asks for: children only of a group, a reason only where others offered."""
        about: _About | None = self.base
        kind = about.offer.type_obtained if about else ""
        found = [
            moment_field("start", "Starts", "When the child moves in: now, tonight 19:00, tomorrow 10:00, yesterday 22:00",
                         self.clock, past=True, required=True, suggested="now"),
            code_field("type_wanted", "Wanted", "What was wanted, as the referral said first", KINDS),
            code_field("type_obtained", "Obtained", "What this home is, of those kinds", KINDS, required=True),
            Field("made", "Made", "How: it sets the day of every notice (regs 9 and 13)", "choice", _MADE, beside=_follows),
            Field("provision", "Census type", "", "choice", _provisions(kind), beside=TYPES_OF_PROVISION.label),
            code_field("route", "Route", "How it was sourced: framework, block, direct award", ROUTES, beside=ROUTES.label),
            fee_field("fee", "£ a week", "As offered: 812, or 3600/550/0 (care/education/health)", required=True),
            legal_field("legal_status", "Legal status", "As people say it: s20, ICO, C2"),
            day_field("planned_end", "Planned end", "The day until which it is planned, where one is", self.clock),
        ]  # fmt: skip
        if about and len(about.referral.children) > 1:
            options = tuple(Option(child.id, child.initials or child.identifier) for child in about.referral.children)
            found.insert(
                1,
                Field(
                    "children", "Children", "Which of them, with commas. Empty: all", "multi", options, example="all"
                ),
            )
        if about and about.may_part:
            help_ = "Only where they will not all live together: why"
            found.insert(2, code_field("parted", "Parted", help_, PARTINGS, beside=PARTINGS.label))
            found.insert(
                3, line_field("parted_why", "In words", "What was asked, and why not; kept with the group", limit=500)
            )
        if about and about.others:
            help_ = "Why the other open offers are declined"
            found.append(code_field("others", "Others: no", help_, DECLINES, example=DECLINES.spoken("other_accepted")))
        if about and about.offer.kind in FOSTER_HOUSEHOLDS:
            found.append(Field("outside_terms", "Outside terms", "Outside the carer's terms of approval: yes or no. At most "
                               "six working days (reg 23)", "choice", YES_NO))  # fmt: skip
        found.append(
            line_field("approved_by", "Agreed by", "In an emergency: the duty or on-call manager who agreed", limit=200)
        )
        if about and any(child.age is None or child.age in _GCSE for child in about.referral.children):
            found.append(Field("school_changes", "School changes", "In years 10 and 11 the nominated officer approves it first "
                               "(reg 10)", "choice", YES_NO))  # fmt: skip
        found.append(Field("considered", "Considered", "With commas, or all: what was weighed (s22C Children Act)", "multi",
                           (*code_options(CONSIDERED), Option("all", "all of them"))))  # fmt: skip
        if about:
            found += _census(about)
        return [*found, long_field("note", "Note", "Anything else about the start")]

    def foot(self) -> Iterable[Widget]:
        """What saving does."""
        about = Block(id="about")
        about.styles.height = 3
        yield about

    def read_base(self) -> _About:
        """The offer, its referral and the other offers."""
        offer = self.services.offers.get(self.about)
        rows = self.services.offers.of(offer.referral_id)
        others = [row for row in rows if row.id != offer.id and row.state in ("open", "accepted")]
        referral = self.services.referrals.get(offer.referral_id)
        group = self.services.siblings.group_of(offer.referral_id)
        at_once = referral.urgency in _AT_ONCE
        law = self.services.rules.of_offer(offer.id, NewPlacement(self.services.desk.now, emergency=at_once))
        several = len(referral.children) > 1 or (group is not None and len(group.children) > 1)
        parted = group is not None and group.parted_reason is not None
        before = any(self.services.placements.of_child(child.id) for child in referral.children)
        return _About(offer, referral, others, law, before, several and referral.together and not parted)

    def texts_of(self, base: _About) -> dict[str, str]:
        """What is known already."""
        offer, referral = base.offer, base.referral
        return {
            "start": moment_text(offer.start_at) if offer.start_at else "now",
            "type_wanted": KINDS.spoken(referral.wanted[0]) if referral.wanted else "",
            "type_obtained": KINDS.spoken(offer.type_obtained),
            "provision": "", "route": ROUTES.spoken(offer.route) if offer.route else "",
            "fee": fee_text(offer.care_pence, offer.education_pence, offer.health_pence),
            "legal_status": legal_text(referral.legal_status),
            "made": _MADE[0 if referral.urgency in _AT_ONCE else 1].words,
            "solo_required": "yes" if any("SOLO" in child.needs for child in referral.children) else "",
        }  # fmt: skip

    def known(self) -> None:
        """Whose placement, and what follows from it."""
        offer, referral = self.base.offer, self.base.referral
        self.title_line.say(f"{referral.reference} {referral.child} to {offer.name}", offer.phone)
        where = f" · {miles_words(offer.miles, offer.approximate)} miles" if offer.miles is not None else ""
        first: Line = [
            Span(f" {offer.name}", "strong"),
            Span(f"{where} · wanted {wanted_words(referral.wanted)}", "muted"),
        ]
        self._first = first
        self._say_law()

    def _say_law(self) -> None:
        """What law and policy say, less what is answered by what stands in the form."""
        others, texts = self.base.others, self.texts
        no = f"declines {len(others)} other offer{'' if len(others) == 1 else 's'}, " if others else ""
        planned = texts.get("made") == _MADE[1].words
        said = law_line([
            each for each in self.base.law
            if not texts.get(_ANSWERS.get(each.about, "")) and not (planned and each.about == "approver")
        ])  # fmt: skip
        self.query_one("#about", Block).show(
            self._first,
            Span(f" Saving {no}ends all other approaches, and lists whom to tell", "muted"),
            [Span(" law: ", "muted"), said] if isinstance(said, Span) else said,
        )

    def state(self) -> Line:
        """Whether it is what was wanted."""
        if self.base:
            self._say_law()
        wanted, obtained = self.texts.get("type_wanted", ""), self.texts.get("type_obtained", "")
        if not wanted or not obtained or wanted == obtained:
            return Span("What was wanted" if wanted else "", "good")
        return Span(f"{obtained} where {wanted} was wanted: the figures count it so", "warn")

    def submit(self, values: dict[str, Any]) -> None:
        """Start it, then whom to tell."""
        offer: OfferRow = self.base.offer
        fee, legal, services = values["fee"], values["legal_status"], self.services
        new = NewPlacement(
            values["start"], values["type_wanted"], values["type_obtained"], values["provision"], values["route"],
            fee.care, fee.education, fee.health, values["planned_end"], legal.code if legal else None,
            tuple(values.get("children") or ()), values.get("others") or "other_accepted", values["note"] or "",
            emergency=None if values["made"] is None else values["made"] != "planned",
            night_only=True if values["made"] == "night" else None, outside_terms=bool(values.get("outside_terms")),
            school_changes=values.get("school_changes"), considered=_ticked(values.get("considered") or ()),
            approved_by=values["approved_by"] or "",
            parting=Parting(values["parted"], values.get("parted_why") or "") if values.get("parted") else None,
            distance_reason=values.get("distance_reason"), package=values.get("package"), solo=values.get("solo"),
            solo_required=values.get("solo_required"), school=values.get("school") or "", same_carer=values.get("same_carer"),
        )  # fmt: skip

        def started(done: Started) -> None:
            mind = f". Mind: {done.minded[0].text}" if done.minded else "".join(f". {words}" for words in done.care[:1])
            self.post_message(Open("tell", offer.referral_id, said=done.words + mind, instead=True))

        self.commit(lambda: services.placements.start(offer.id, new), started)


def _census(about: _About) -> list[Field]:
    """What the regional census and the return ask besides; each may be left empty."""
    offer, found = about.offer, []
    if offer.in_area is False or within_20(offer.miles) is False:
        found.append(code_field("distance_reason", "Why so far", "Out of our area or over 20 miles: why, for the census",
                                ANY_DISTANCE_REASON, beside=ANY_DISTANCE_REASON.label))  # fmt: skip
    if about.before:
        found.append(
            Field("same_carer", "Same carer", "Yes where only the address or the agency changes", "choice", YES_NO)
        )
    return [
        *found,
        line_field("school", "School", "The school that the child goes to from here", limit=200),
        Field("package", "Package", "Is support bought with the home: yes or no", "choice", YES_NO),
        Field("solo_required", "Solo wanted", "Is the child to be the only one there: yes or no", "choice", YES_NO),
        Field("solo", "Solo", "Is the child the only one there: yes or no", "choice", YES_NO),
    ]


def _ticked(said: Sequence[str]) -> tuple[str, ...]:
    """What was considered, as codes; `all` is each of them."""
    return tuple(code.code for code in CONSIDERED) if "all" in said else tuple(said)


def _provisions(kind: str) -> tuple[Option, ...]:
    usual = _CENSUS.get(kind, "")
    codes = sorted(TYPES_OF_PROVISION, key=lambda code: not code.code.startswith(usual))
    return tuple(Option(code.code, code.code.replace("_", " ")) for code in codes)
