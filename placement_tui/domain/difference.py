"""What would make the difference: refusals by what would change them, and those that could be asked again today.

A refusal counts under each thing that they said would change it; under "a bed" where they had none; and where nothing
was said, under what its reason asks for (`BY_REASON`). So one refusal may stand under several, and n is of refusals.

It could be asked again where the referral is still open, nobody asked that home since, no rule keeps it from being
asked, and the very thing has changed since they said no: `changed` says what, and when. Nothing is guessed: where a
thing cannot be seen from the records (staffing, therapy), only an officer's word reopens it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from placement_tui.domain.codes.refusals import WOULD_CHANGE
from placement_tui.domain.typed_numbers import money_words
from placement_tui.domain.typed_times import london

DAYS = 90  # of refusals that are counted, beside those of referrals that are open
REOPENED = ("refusal", "withdrawn")  # outcomes that an explicit asking again may follow, by an approach of its own
BED, UNSAID = "bed", "unsaid"
CHANGES: dict[str, str] = {
    BED: "A bed free",
    **{choice.code: choice.label for choice in WOULD_CHANGE if choice.code != "nothing"},
    UNSAID: "Nobody asked what would",
    "nothing": "Nothing would",
}
BY_REASON: dict[str, str] = {
    "A2": BED, "C1": "fee", "I1": "more_info", "I2": "updated_risk", "I3": "more_info", "I4": "talk_to_sw",
    "K4": "sibling_split", "S1": "extra_staffing", "S2": "extra_staffing", "S3": "therapy", "T1": "earlier_notice",
    "T2": "phased",
}  # fmt: skip
TOLD = ("why_now", "tonight", "must_have", "nice_to_have", "avoid", "note", "legal_status", "kin_explored")
TIMED = ("urgency", "needed_by")


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal as given; `open` while its referral seeks a home, `last` while nobody asked that home again."""

    id: UUID
    referral_id: UUID
    reference: str
    child: str
    home_id: UUID | None
    provider_id: UUID
    name: str
    provider: str
    kind: str
    phone: str
    asked_at: datetime
    answered_at: datetime
    reason: str | None
    other_reasons: tuple[str, ...]
    would_change: tuple[str, ...]
    note: str
    weekly_pence: int | None
    open: bool
    last: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """What it counts under."""
        return groups(self.reason, self.other_reasons, self.would_change)


@dataclass(frozen=True, slots=True)
class Change:
    """That the thing has changed: under which code, in words, since when."""

    code: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Again:
    """A refusal with what has changed since. `why_not` says what keeps it from being asked, empty where nothing does."""

    refused: Refused
    changes: tuple[Change, ...] = ()
    why_not: str = ""

    @property
    def ready(self) -> bool:
        """True where they could be asked again today."""
        return bool(self.changes) and not self.why_not


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that would change refusals: how many, by how many providers, how many of open referrals, how many now.

    `said` are those where they said so themselves; the others follow from the reason.
    """

    code: str
    label: str
    refusals: int
    said: int
    providers: int
    open: int
    again: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The table and the refusals behind it; `refusals` is n, of `days` days and of every open referral."""

    rows: tuple[Row, ...]
    behind: tuple[Again, ...]
    refusals: int
    days: int

    @property
    def ready(self) -> int:
        """How many could be asked again today."""
        return sum(each.ready for each in self.behind)

    def of(self, code: str) -> tuple[Again, ...]:
        """The refusals behind a row, those that could be asked again first."""
        return tuple(each for each in self.behind if code in each.refused.codes)


@dataclass(frozen=True, slots=True)
class Facts:
    """What has changed, and when: by referral its fields, needs, profile, risks and approved fees; by home beds and price."""

    fields: Mapping[UUID, Mapping[str, datetime]] = field(default_factory=dict)
    told: Mapping[UUID, datetime] = field(default_factory=dict)  # a need or the profile, of a referral's children
    risks: Mapping[UUID, datetime] = field(default_factory=dict)
    approved: Mapping[UUID, Sequence[tuple[datetime, int]]] = field(default_factory=dict)
    limits: Sequence[tuple[datetime, int | None]] = ()  # the budget limit through time, the earliest first
    prices: Mapping[UUID, datetime] = field(default_factory=dict)
    beds: Mapping[UUID, tuple[int, datetime, str]] = field(default_factory=dict)  # free, said when, said by
    apart: frozenset[UUID] = frozenset()  # referrals whose children may be placed apart


def groups(reason: str | None, others: Sequence[str], would_change: Sequence[str]) -> tuple[str, ...]:
    """What a refusal counts under."""
    found = [code for code in would_change if code in CHANGES]
    reasons = [code for code in (reason, *others) if code]
    if any(code.startswith("V") for code in reasons):
        found.append(BED)
    if not found:
        found = [BY_REASON[code] for code in reasons if code in BY_REASON]
    return tuple(dict.fromkeys(found)) or (UNSAID,)


def changed(row: Refused, facts: Facts, now: datetime, stale_hours: int) -> tuple[Change, ...]:
    """What of the things that would change a refusal has changed since it was given."""
    found = []
    for code in row.codes:
        look = _LOOK.get(code)
        change = look(row, facts, now, timedelta(hours=stale_hours)) if look else None
        if change is not None:
            found.append(Change(code, *change))
    return tuple(found)


def table(behind: Sequence[Again]) -> tuple[Row, ...]:
    """The rows, those with most that could be asked again first, then by how many refusals."""
    under: dict[str, list[Again]] = {}
    for each in behind:
        for code in each.refused.codes:
            under.setdefault(code, []).append(each)
    rows = [_row(code, label, under[code]) for code, label in CHANGES.items() if code in under]
    return tuple(sorted(rows, key=lambda row: (row.code in (UNSAID, "nothing"), -row.again, -row.refusals, row.label)))


def _row(code: str, label: str, of: Sequence[Again]) -> Row:
    return Row(
        code, label, len(of), sum(code in each.refused.would_change for each in of),
        len({each.refused.provider_id for each in of}), sum(each.refused.open for each in of),
        sum(each.ready and any(change.code == code for change in each.changes) for each in of),
    )  # fmt: skip


def in_order(behind: Iterable[Again]) -> tuple[Again, ...]:
    """Those that could be asked again first, then those that an officer's word could reopen, the latest answer first."""
    return tuple(sorted(behind, key=_order))


def _order(each: Again) -> tuple[bool, bool, bool, float]:
    row = each.refused
    return not each.ready, not row.open, bool(each.why_not), -row.answered_at.timestamp()


_Look = Callable[[Refused, Facts, datetime, timedelta], tuple[str, datetime] | None]


def _on(at: datetime) -> str:
    local = at.astimezone(london())
    return f"{local.day} {local:%b}"


def _bed(row: Refused, facts: Facts, now: datetime, stale: timedelta) -> tuple[str, datetime] | None:
    free, at, by = facts.beds.get(row.home_id, (0, row.answered_at, "")) if row.home_id else (0, row.answered_at, "")
    if free < 1 or at <= row.answered_at or now - at > stale:
        return None
    beds = "1 bed" if free == 1 else f"{free} beds"
    return f"{beds} free, said {_on(at)}{f' to {by}' if by else ''}", at


def _fee(row: Refused, facts: Facts, _now: datetime, _stale: timedelta) -> tuple[str, datetime] | None:
    """A higher fee was approved for this child, the limit was raised, or their own price changed."""
    wanted = row.weekly_pence or 0
    for at, pence in facts.approved.get(row.referral_id, ()):
        if at > row.answered_at and pence >= wanted:
            return f"{money_words(pence)} a week was approved for {row.reference} on {_on(at)}", at
    before = [limit for at, limit in facts.limits if at <= row.answered_at]
    if before and before[-1] is not None:
        for at, limit in facts.limits:
            if at > row.answered_at and (limit is None or limit > before[-1]):
                to = "lifted" if limit is None else f"raised to {money_words(limit)}"
                return f"the limit without the budget holder was {to} on {_on(at)}", at
    priced = facts.prices.get(row.home_id) if row.home_id else None
    if priced is not None and priced > row.answered_at and row.weekly_pence:
        return f"their price is {money_words(row.weekly_pence)} a week since {_on(priced)}", priced
    return None


def _told(row: Refused, facts: Facts, _now: datetime, _stale: timedelta) -> tuple[str, datetime] | None:
    fields = facts.fields.get(row.referral_id, {})
    at = _latest(
        row, *(fields.get(name) for name in TOLD), facts.told.get(row.referral_id), facts.risks.get(row.referral_id)
    )
    return (f"{row.reference} says more since {_on(at)}", at) if at else None


def _risk(row: Refused, facts: Facts, _now: datetime, _stale: timedelta) -> tuple[str, datetime] | None:
    at = _latest(row, facts.risks.get(row.referral_id), facts.told.get(row.referral_id))
    return (f"risks and needs of {row.reference} were updated on {_on(at)}", at) if at else None


def _notice(row: Refused, facts: Facts, _now: datetime, _stale: timedelta) -> tuple[str, datetime] | None:
    fields = facts.fields.get(row.referral_id, {})
    at = _latest(row, *(fields.get(name) for name in TIMED))
    return (f"the day by which a home is needed was changed on {_on(at)}", at) if at else None


def _apart(row: Refused, facts: Facts, _now: datetime, _stale: timedelta) -> tuple[str, datetime] | None:
    at = _latest(row, facts.fields.get(row.referral_id, {}).get("together"))
    return (f"since {_on(at)} they may be placed apart", at) if at and row.referral_id in facts.apart else None


def _latest(row: Refused, *times: datetime | None) -> datetime | None:
    since = [at for at in times if at is not None and at > row.answered_at]
    return max(since) if since else None


_LOOK: dict[str, _Look] = {
    BED: _bed, "fee": _fee, "more_info": _told, "updated_risk": _risk, "earlier_notice": _notice, "sibling_split": _apart,
}  # fmt: skip
