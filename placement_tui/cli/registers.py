"""`placement registers`, `placement log dol|unregistered|16-17|kinship`."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.tables import words
from placement_tui.cli.typing_words import code, codes_of, line_of, text_of
from placement_tui.domain.typed_times import london

if TYPE_CHECKING:
    from uuid import UUID

    from placement_tui.cli.here import Here

REGISTER_NAMES = ("dol", "unregistered", "16-17", "kinship")


def _of(path: str) -> Any:
    def value(row: Any) -> Any:
        for name in path.split("."):
            row = getattr(row, name)
        return row

    return value


def _column(path: str, title: str = "", right: bool = False) -> Column[Any]:
    return Column(path.rpartition(".")[2], title, _of(path), right=right)


def _since(row: Any) -> str:
    at = row.about.started_at
    return words(at.astimezone(london()).date()) if at else ""


_CHILD = [_column("about.child", "Child"), _column("about.identifier", "Identifier"), _column("about.name", "Home")]
_MISSING: Column[Any] = Column("missing", "Missing", _of("missing"), lambda row: "; ".join(row.missing) or "nothing")
_TAIL = [
    _column("about.reference", "Ref"), _column("about.placement_id"), _column("about.child_id"), _column("about.home_id"),
    _column("id"),
]  # fmt: skip

COLUMNS: dict[str, list[Column[Any]]] = {
    "dol": [
        *_CHILD, _column("new.order_on", "Order"), _column("new.ends_on", "Ends"), _column("new.review_on", "Review"),
        _MISSING, _column("new.case_number", "Case"), _column("new.ofsted_told_at"), _column("new.judgment_sent_at"),
        _column("new.terms"), _column("ended_at"), _column("logged_at"), _column("new.note"), *_TAIL,
    ],
    "unregistered": [
        *_CHILD, _column("days", "Days", right=True), _column("new.end_by", "Ends by"), _MISSING, _column("new.why", "Why"),
        _column("new.agreed_by", "Agreed by"), _column("new.end_plan"), _column("new.applied_on"),
        _column("new.registration"), _column("new.ofsted_told_at"), _column("new.checks"), _column("closed_at"),
        _column("new.note"), *_TAIL,
    ],
    "16-17": [
        *_CHILD, Column("", "Since", _since), _column("category", "Category"), _column("registered", "Registered"),
        _column("outcome", "Outcome"), _MISSING, _column("registration"), _column("age"), _column("checks"), *_TAIL,
    ],
    "kinship": [
        *_CHILD, _column("new.approved_on", "Approved"), _column("week", "Week", right=True),
        _column("until", "Until"), _column("left", "Days left", right=True), _MISSING, _column("approved_until"),
        _column("extended_until"), _column("panel_on"), _column("iro_told_at"), _column("new.nominated_officer"),
        _column("new.checks"), _column("new.approved_fully_on"), _column("closed_at"), _column("new.note"), *_TAIL,
    ],
}  # fmt: skip

_COUNTS: list[Column[tuple[str, int, int]]] = [
    Column("register", "Register", lambda row: row[0]),
    Column("open", "Open", lambda row: row[1], right=True),
    Column("missing", "Something missing", lambda row: row[2], right=True),
]


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "register", metavar="REGISTER", nargs="?", help=f"{', '.join(REGISTER_NAMES)}; how many of each without"
    )
    parser.add_argument("--all", action="store_true", help="also those that are over")


def _list(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.errors import WrongUse

    registers = here.services.registers
    if options.register is None:
        counts = [(name, *registers.counts()[name]) for name in REGISTER_NAMES]
        here.out.rows(_COUNTS, counts)
        return
    if options.register not in REGISTER_NAMES:
        raise WrongUse(f"There is no register {options.register[:40]!r}", mend=f"there are {', '.join(REGISTER_NAMES)}")
    here.out.rows(
        COLUMNS[options.register], registers.rows(options.register, options.all), "Nobody is on this register."
    )


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "placement", metavar="CHILD",
        help="whose: child identifier or initials, a referral's reference, or the placement's id",
    )  # fmt: skip


def _close_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--close", action="store_true", help="the entry is over")


class _Given:
    """The options that were given, each read for its field; those left out stay as they were."""

    def __init__(self, here: Here, options: argparse.Namespace) -> None:
        self._desk, self._options = here.services.desk, options
        self.fields: dict[str, Any] = {}

    def day(self, option: str, field: str, *, past: bool = True) -> _Given:
        from placement_tui.domain.typed import day

        self._take(option, field, lambda said: day(said, self._desk.today, past=past, field=option))
        return self

    def moment(self, option: str, field: str) -> _Given:
        from placement_tui.domain.typed import when

        self._take(option, field, lambda said: when(said, self._desk.now, past=True, field=option))
        return self

    def line(self, option: str, field: str) -> _Given:
        self._take(option, field, lambda said: line_of(option, said), empty="")
        return self

    def text(self, option: str, field: str) -> _Given:
        self._take(option, field, lambda said: text_of(option, said), empty="")
        return self

    def checks(self, register: str) -> _Given:
        from placement_tui.domain.registers import CHECKS

        self._take("check", "checks", lambda said: codes_of("check", said, CHECKS[register]), empty=())
        return self

    def _take(self, option: str, field: str, read: Any, empty: Any = None) -> None:
        said = getattr(self._options, option)
        if said is not None:
            self.fields[field] = read(said) if said.strip() else empty


def _dol_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--for", dest="referral", metavar="REF", help="CHILD is of this referral, and has no home yet")
    parser.add_argument("--order", metavar="DAY", help="the day of the order")
    parser.add_argument("--ends", metavar="DAY", help="the day it ends")
    parser.add_argument("--review", metavar="DAY", help="the day the court reviews it")
    parser.add_argument("--case", metavar="NUMBER", help="the case number")
    parser.add_argument("--terms", metavar="WORDS", help="what it allows")
    parser.add_argument("--ofsted", metavar="WHEN", help="when Ofsted had the order: now, today 10:00")
    parser.add_argument("--judgment", metavar="WHEN", help="when Ofsted had the judgment")
    parser.add_argument("--note", metavar="WORDS", help="anything else")
    _close_option(parser)


def _dol(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.registers import DeprivationRow, NewDeprivation

    given = _Given(here, options).day("order", "order_on").day("ends", "ends_on")
    given.day("review", "review_on").line("case", "case_number").text("terms", "terms").text("note", "note")
    given.moment("ofsted", "ofsted_told_at").moment("judgment", "judgment_sent_at")
    services = here.services.registers
    referral = child = placement = saved = None
    if options.referral:
        referral = records.referral(here, options.referral)
        child = records.child_of(here, referral, options.placement)
        known = next((row.id for row in services.rows("dol") if row.about.child_id == child), None)
    else:
        row = records.placement(here, options.placement)
        placement, known = row.id, services.entry_of("dol", row.id)
    if known is None:
        new = NewDeprivation(**given.fields)
        known, saved = services.log_order(new, placement_id=placement, referral_id=referral, child_id=child)
    elif given.fields:
        entry = services.get("dol", known)
        assert isinstance(entry, DeprivationRow)
        saved = services.change_order(known, replace(entry.new, **given.fields))
    _done(here, "dol", known, options, saved)


def _unregistered_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--why", metavar="WORDS", help="why the child lives there")
    parser.add_argument("--agreed", metavar="NAME", help="who agreed to it")
    parser.add_argument("--plan", metavar="WORDS", help="how it ends")
    parser.add_argument("--by", metavar="DAY", help="the day it ends by")
    parser.add_argument("--applied", metavar="DAY", help="the day the provider applied to register")
    parser.add_argument("--number", metavar="URN", help="the registration number, once there is one")
    parser.add_argument("--ofsted", metavar="WHEN", help="when Ofsted was told")
    parser.add_argument(
        "--check", metavar="CHECKS", help="what is checked, with commas (see: codes unregistered-checks)"
    )
    parser.add_argument("--note", metavar="WORDS", help="anything else")
    _close_option(parser)


def _unregistered(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.registers import NewUnregistered, UnregisteredRow

    given = _Given(here, options).text("why", "why").line("agreed", "agreed_by").text("plan", "end_plan")
    given.day("by", "end_by", past=False).day("applied", "applied_on").line("number", "registration")
    given.moment("ofsted", "ofsted_told_at").checks("unregistered").text("note", "note")
    services, row = here.services.registers, records.placement(here, options.placement)
    known, saved = services.entry_of("unregistered", row.id), None
    if known is None:
        known, saved = services.log_unregistered(row.id, NewUnregistered(**given.fields))
    elif given.fields:
        entry = services.get("unregistered", known)
        assert isinstance(entry, UnregisteredRow)
        saved = services.change_unregistered(known, replace(entry.new, **given.fields))
    _done(here, "unregistered", known, options, saved)


def _supported_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument(
        "--category", metavar="TYPE", help="which of the four: sa_1, sa_2, sa_3, sa_4 (see: codes provision)"
    )
    parser.add_argument("--check", metavar="CHECKS", help="what is checked, with commas (see: codes supported-checks)")


def _supported(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.codes.census import TYPES_OF_PROVISION
    from placement_tui.domain.registers import NewSupported, SupportedRow

    given = _Given(here, options).checks("16-17")
    services, row = here.services.registers, records.placement(here, options.placement)
    category = code("category", options.category, TYPES_OF_PROVISION) if options.category else None
    known = services.entry_of("16-17", row.id)
    entry = services.get("16-17", known) if known is not None else None
    checks = entry.checks if isinstance(entry, SupportedRow) else ()
    saved = services.change_supported(row.id, NewSupported(category, given.fields.get("checks", checks)))
    _done(here, "16-17", row.id, argparse.Namespace(close=False), saved)


def _kinship_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--approved", metavar="DAY", help="the day of the temporary approval (reg 24)")
    parser.add_argument("--until", metavar="DAY", help="its last day, sixteen weeks on at most (sixteen weeks)")
    parser.add_argument("--officer", metavar="NAME", help="the nominated officer")
    parser.add_argument("--check", metavar="CHECKS", help="what is checked, with commas (see: codes kinship-checks)")
    parser.add_argument("--extend", metavar="DAY", help="extend it once to this day, eight weeks on at most (reg 25)")
    parser.add_argument("--panel", metavar="DAY", help="the day of the panel, for the extension")
    parser.add_argument(
        "--iro", metavar="WHEN", help="when the independent reviewing officer was told, for the extension"
    )
    parser.add_argument("--full", metavar="DAY", help="the day they were fully approved")
    parser.add_argument("--note", metavar="WORDS", help="anything else")
    _close_option(parser)


def _kinship(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.registers import KinshipRow, NewExtension, NewKinship
    from placement_tui.errors import Invalid

    given = _Given(here, options).day("approved", "approved_on").day("until", "approved_until")
    given.line("officer", "nominated_officer").checks("kinship").day("full", "approved_fully_on").text("note", "note")
    later = (
        _Given(here, options).day("extend", "until", past=False).day("panel", "panel_on").moment("iro", "iro_told_at")
    )
    services, row = here.services.registers, records.placement(here, options.placement)
    known, saved = services.entry_of("kinship", row.id), None
    if known is None:
        if "approved_on" not in given.fields:
            raise Invalid("approved", "Say since when they are approved", "reg 24 CPPCR 2010", "--approved 12 oct")
        known, saved = services.log_kinship(row.id, NewKinship(**given.fields))
    elif given.fields:
        entry = services.get("kinship", known)
        assert isinstance(entry, KinshipRow)
        saved = services.change_kinship(known, replace(entry.new, **given.fields))
    if later.fields:
        if "until" not in later.fields:
            raise Invalid("extend", "Say until when it is extended", "reg 25 CPPCR 2010", "--extend DAY")
        officer = given.fields.get("nominated_officer", "")
        saved = services.extend(known, NewExtension(**later.fields, nominated_officer=officer))
    _done(here, "kinship", known, options, saved)


def _done(here: Here, register: str, key: UUID, options: argparse.Namespace, saved: Any) -> None:
    """Say what was saved, or what is there where nothing was given, and what is missing."""
    services = here.services.registers
    if options.close:
        saved = services.close(register, key)
    row = services.get(register, key)
    missing = f"missing: {', '.join(row.missing)}" if row.missing else "nothing is missing"
    here.out.saved(
        saved.words if saved else f"{row.about.child}: {missing}",
        {
            "register": register,
            "id": key,
            "child": row.about.child,
            "identifier": row.about.identifier,
            "missing": row.missing,
        },
    )


COMMANDS = {
    "registers": Command("placement registers\n  placement registers kinship --format csv > kinship.csv", _list_options, _list),
    "log dol": Command(
        'placement log dol W-10234 --order "12 oct" --ends "4 jan" --review "9 nov" --case FD26C40123 --ofsted now',
        _dol_options, _dol,
        "The first time it begins an entry, then it brings it up to date. An order may be logged before there is a home: --for.",
    ),
    "log unregistered": Command(
        'placement log unregistered W-10234 --why "nobody registered said yes" --agreed "Director" --by "31 oct"',
        _unregistered_options, _unregistered,
        "The first time it begins an entry, then it brings it up to date. Operating unregistered is an offence of the provider.",
    ),
    "log 16-17": Command(
        'placement log 16-17 W-10234 --category sa_2 --check "visited, risk assessment"', _supported_options, _supported
    ),
    "log kinship": Command(
        'placement log kinship W-10234 --approved yesterday --officer "Ann Poole" --check "visited, DBS"\n'
        '  placement log kinship W-10234 --extend "12 apr" --panel "2 feb" --iro now',
        _kinship_options, _kinship,
        "Sixteen weeks at most, and one extension of eight from week 12 on, after panel, IRO and nominated officer.",
    ),
}  # fmt: skip
