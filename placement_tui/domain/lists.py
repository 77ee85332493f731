"""What Ofsted's restricted lists say of a registration, and what a newer one changed of it: the alerts.

An alert is a task: somebody looks today at whether the child's home is still the right one. Law where there is one:
section 11 Care Standards Act 2000 (nobody runs a home or an agency that is not registered), regulation 27C CPPCR 2010 (at
16 and 17 only in registered supported accommodation).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from placement_tui.domain.clocks import ALERT, About, Due
from placement_tui.domain.clocks_days import day_end, london_day
from placement_tui.domain.clocks_registers import REGISTRATION_LAW
from placement_tui.domain.codes.grades import SUPPORTED, grade_label, grade_rank

REG_27C = "Reg 27C CPPCR 2010"
TO_WHOM = "the social worker"
SHORT = 60  # characters of conditions beside a candidate
_FOR = "Registered for: "


def conditions_text(before: str, said: str | None, needs: tuple[str, ...] | None) -> str:
    """The conditions with the needs that the home is registered for; what the list has no column for stays."""
    conditions, line = parts(before)
    if said is not None:
        conditions = said
    if needs is not None:
        line = _FOR + ", ".join(needs) if needs else ""
    return "\n".join(part for part in (conditions, line) if part)


def parts(conditions: str) -> tuple[str, str]:
    """The conditions themselves, and the line of the needs that the home is registered for."""
    body, _, last = conditions.rpartition("\n")
    if last.startswith(_FOR):
        return body, last
    return conditions, ""


def short_conditions(conditions: str) -> str:
    """The conditions on part of a line: `conditions: two young people, boys only…`; empty for none."""
    body = " ".join(parts(conditions)[0].split())
    if not body:
        return ""
    return f"conditions: {body if len(body) <= SHORT else body[: SHORT - 1].rstrip() + '…'}"


@dataclass(frozen=True, slots=True)
class Alert:
    """What changed of a home: `what` is registration, suspended, grade or conditions; old and new in words; its day."""

    home_id: UUID
    what: str
    old: str
    new: str
    on: date | None
    kind: str = ""

    @property
    def words(self) -> str:
        """In one line: `registration cancelled, was Active (3 Oct 2026)`."""
        when = f" ({self.on.day} {self.on:%b %Y})" if self.on else ""
        if self.what == "registration":
            said = (
                f"{_first_low(self.new)}, was {_first_low(self.old)}"
                if self.new
                else f"lost, was {_first_low(self.old)}"
            )
            return f"registration {said}{when}"
        if self.what == "suspended":
            return f"registration suspended, was {_first_low(self.old)}{when}"
        if self.what == "grade":
            return f"grade fell from {self.old} to {self.new}{when}"
        return f"conditions changed{when}: {self.new or 'none now'}; were: {self.old or 'none'}"

    @property
    def law(self) -> str:
        """The law that asks for somebody to look; empty where it is good practice alone."""
        if self.what not in ("registration", "suspended"):
            return ""
        return REG_27C if self.kind == "sa" else REGISTRATION_LAW

    @property
    def source(self) -> str:
        """Names what changed and to what, so that the same list raises it once, on every machine."""
        key = sha256(f"{self.new}|{self.on}".encode()).hexdigest()[:12]
        return f"alert/{self.home_id}/{self.what}/{key}"


def alerts_of(before: Mapping[str, Any], values: Mapping[str, Any], as_at: date) -> list[Alert]:
    """What a change of a home's columns, by a file that describes the day `as_at`, means for those who live there.

    Losing or suspending the registration, a grade fallen by at least one on its own scale, conditions that are others than
    the list before said. A home that no list spoke of before has no conditions to compare with.
    """
    now = {**before, **values}
    key, kind, found = before["id"], str(before["kind"]), []
    old = str(before["registration_status"] or ("Active" if before["registered"] else "not registered"))
    new = str(now["registration_status"])
    if before["registered"] and not now["registered"]:
        found.append(Alert(key, "registration", old, new, now["deregistered_on"] or as_at, kind))
    elif now["registered"] and "suspend" in new.casefold() and "suspend" not in old.casefold():
        found.append(Alert(key, "suspended", old, new, as_at, kind))
    was, rank = grade_rank(before["grade"]), grade_rank(now["grade"])
    same_scale = (before["grade"] in SUPPORTED) == (now["grade"] in SUPPORTED)
    if was is not None and rank is not None and same_scale and rank > was:
        found.append(
            Alert(key, "grade", grade_label(before["grade"]), grade_label(now["grade"]), now["graded_on"], kind)
        )
    said = (parts(before["conditions"])[0], parts(now["conditions"])[0])
    if before["restricted"] and said[0] != said[1]:
        found.append(Alert(key, "conditions", _one_line(said[0]), _one_line(said[1]), None, kind))
    return found


def due_of(alert: Alert, placement_id: UUID, child_id: UUID, referral_id: UUID | None, now: datetime) -> Due:
    """The task of an alert for one child who lives there, due before today is over."""
    words = alert.words if len(alert.words) <= 200 else alert.words[:199] + "…"
    return Due(
        f"{alert.source}/{placement_id}", ALERT, alert.law, f"Ofsted: {words}", TO_WHOM, day_end(london_day(now)),
        About(referral_id=referral_id, placement_id=placement_id, child_id=child_id, home_id=alert.home_id),
    )  # fmt: skip


def report_line(alert: Alert, name: str, children: Iterable[str], offers: Iterable[str], calls: Iterable[str]) -> str:
    """What an import says of an alert that bears on somebody; names children by initials."""
    there, open_offers, asked = list(children), list(offers), list(calls)
    said = [f"our children there: {', '.join(there)}, a task each is on Due"] if there else []
    said += [f"an offer of theirs is open: {', '.join(open_offers)}"] if open_offers else []
    said += [f"they are being asked: {', '.join(asked)}"] if asked else []
    return f"{name}: {alert.words}. " + _first_up("; ".join(said)) + "."


def _first_low(text: str) -> str:
    return text[:1].lower() + text[1:]


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"
