"""What the registers take: days that can be, in the order that the law has them, and checks that are on the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from placement_tui.domain.clocks_days import london_day
from placement_tui.domain.registers import (
    CHECKS,
    EXTEND_FROM,
    EXTENSION,
    TEMPORARY,
    KinshipRow,
    NewDeprivation,
    NewExtension,
    NewKinship,
    NewUnregistered,
)
from placement_tui.errors import Invalid, Refused

TEXT_LIMIT = 20_000  # characters of one text


def check_order(new: NewDeprivation, now: datetime) -> None:
    """An order of the past, that ends and is reviewed after it was made. Raises Invalid, naming the field."""
    today = london_day(now)
    if new.order_on is not None and new.order_on > today:
        raise Invalid("order", f"{new.order_on:%d/%m/%Y} is still to come", mend="leave it out until the order is made")
    start = new.order_on
    for name, day, what in (("ends", new.ends_on, "ends"), ("review", new.review_on, "is reviewed")):
        if day is not None and start is not None and day < start:
            raise Invalid(
                name, f"The order {what} on {day:%d/%m/%Y}, before it was made",
                f"it was made on {start:%d/%m/%Y}", "correct the day",
            )  # fmt: skip
    if new.ends_on is not None and new.review_on is not None and new.review_on > new.ends_on:
        raise Invalid(
            "review",
            "The review is after the order has ended",
            f"it ends on {new.ends_on:%d/%m/%Y}",
            "correct the day",
        )
    for name, at in (("ofsted", new.ofsted_told_at), ("judgment", new.judgment_sent_at)):
        check_told(name, at, start, now)
    check_texts({"terms": new.terms, "note": new.note, "case": new.case_number})


def check_told(name: str, at: datetime | None, since: date | None, now: datetime) -> None:
    """Somebody was told: not in the time to come, and not before there was anything to tell. Raises Invalid."""
    if at is None:
        return
    if at > now:
        raise Invalid(name, "That is still to come", mend="log it once they were told")
    if since is not None and london_day(at) < since:
        raise Invalid(
            name,
            "Ofsted would have been told before the order was made",
            f"it was made on {since:%d/%m/%Y}",
            "correct the time",
        )


def check_unregistered(new: NewUnregistered, came_at: datetime, now: datetime) -> None:
    """Its days can be, its checks are on the list. Raises Invalid, naming the field."""
    start = london_day(came_at)
    if new.end_by is not None and new.end_by < start:
        raise Invalid(
            "end_by",
            f"It would end on {new.end_by:%d/%m/%Y}, before the child came",
            f"since {start:%d/%m/%Y}",
            "correct the day",
        )
    if new.applied_on is not None and new.applied_on > london_day(now):
        raise Invalid("applied", f"{new.applied_on:%d/%m/%Y} is still to come", mend="log it once they applied")
    check_told("ofsted", new.ofsted_told_at, None, now)
    check_checks("unregistered", new.checks)
    check_texts({"why": new.why, "end_plan": new.end_plan, "note": new.note, "agreed_by": new.agreed_by})


def check_kinship(new: NewKinship, came_at: datetime, now: datetime, row: KinshipRow | None = None) -> date:
    """A temporary approval of sixteen weeks at most, in force when the child came (reg 24 CPPCR); gives its last day.

    `row` is the entry that is changed. Raises Invalid, Refused.
    """
    today, since = london_day(now), new.approved_on
    if since > today:
        raise Invalid("approved", f"{since:%d/%m/%Y} is still to come", mend="log it on the day")
    start = london_day(came_at)
    if since > start:
        raise Invalid(
            "approved", f"The child came on {start:%d/%m/%Y}, before they were approved", "reg 24 CPPCR 2010",
            "give the day of the temporary approval",
        )  # fmt: skip
    latest = since + TEMPORARY
    until = new.approved_until or latest
    if not since < until <= latest:
        said = "not after it begins" if until <= since else "more than sixteen weeks on"
        raise Invalid(
            "until", f"{until:%d/%m/%Y} is {said}", "reg 24(1) CPPCR 2010: sixteen weeks at most",
            f"at the latest {latest:%d/%m/%Y}",
        )  # fmt: skip
    if (
        row is not None
        and row.extended_until is not None
        and (since, until) != (row.new.approved_on, row.approved_until)
    ):
        raise Refused("The approval was extended: its first weeks stand", mend="undo the extension to change them")
    full = new.approved_fully_on
    if full is not None and not since <= full <= today:
        said = "before the temporary approval" if full < since else "still to come"
        raise Invalid("full", f"{full:%d/%m/%Y} is {said}", mend="give the day of the panel's approval")
    check_checks("kinship", new.checks)
    check_texts({"note": new.note, "officer": new.nominated_officer})
    return until


def check_extension(row: KinshipRow, new: NewExtension, now: datetime) -> None:
    """The one extension, from week 12 on, of eight weeks at most: after the panel, with the IRO told, by the nominated
    officer. Regulation 25 CPPCR. Raises Invalid, Refused.
    """
    today, earliest = london_day(now), row.new.approved_on + EXTEND_FROM
    if row.closed_at is not None:
        raise Refused("This approval is settled: there is nothing to extend", row.about.name)
    if row.extended_until is not None:
        raise Refused(
            f"It was extended already, to {row.extended_until:%d/%m/%Y}", "reg 25 CPPCR 2010 allows one extension",
            "approve them fully by then, or find the child another home",
        )  # fmt: skip
    if today < earliest:
        raise Refused(
            f"It is week {row.week}: an extension is for an assessment that comes late",
            "reg 25 CPPCR 2010: only where approval will end before the assessment is complete",
            f"from week 12, {earliest:%d/%m/%Y}",
        )
    latest = row.approved_until + EXTENSION
    if not row.approved_until < new.until <= latest:
        said = "not after it ends now" if new.until <= row.approved_until else "more than eight weeks on"
        raise Invalid(
            "extend", f"{new.until:%d/%m/%Y} is {said}", f"it ends on {row.approved_until:%d/%m/%Y}; reg 25 gives eight weeks",
            f"at the latest {latest:%d/%m/%Y}",
        )  # fmt: skip
    if new.panel_on is None:
        raise Invalid(
            "panel", "The fostering panel is asked first", "reg 25(4) CPPCR 2010", "give the day of the panel"
        )
    if not earliest <= new.panel_on <= min(today, row.approved_until):
        raise Invalid(
            "panel", f"The panel on {new.panel_on:%d/%m/%Y} cannot have been for this extension",
            f"between week 12, {earliest:%d/%m/%Y}, and the end, {row.approved_until:%d/%m/%Y}", "give the day of the panel",
        )  # fmt: skip
    if new.iro_told_at is None:
        raise Invalid("iro", "The independent reviewing officer is told first", "reg 25(4) CPPCR 2010", "say when")
    check_told("iro", new.iro_told_at, None, now)
    if not (new.nominated_officer.strip() or row.new.nominated_officer):
        raise Invalid("officer", "The nominated officer decides", "reg 25(5) CPPCR 2010", "name them")


def check_checks(register: str, codes: Sequence[str]) -> None:
    """Every check is on the register's list. Raises Invalid."""
    for code in codes:
        CHECKS[register][code]


def check_texts(texts: dict[str, str]) -> None:
    """No text is longer than is kept. Raises Invalid."""
    for name, text in texts.items():
        if len(text) > TEXT_LIMIT:
            raise Invalid(
                name, f"That text has {len(text):,} characters", f"at most {TEXT_LIMIT:,} are kept", "shorten it"
            )
