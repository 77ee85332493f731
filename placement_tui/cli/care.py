"""`placement care`, `placement log care|status|missing|review|particulars`: a child's time in care, as the return asks."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.tables import words
from placement_tui.cli.typing_words import code, text_of, yes_or_no
from placement_tui.domain.codes.legal import legal_words
from placement_tui.errors import Invalid, NotFound, WrongUse

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import Saved
    from placement_tui.domain.care import CareHistory, Row
    from placement_tui.domain.care_lines import CareLine, CareSummary

LINES: list[Column[CareLine]] = [
    Column("ref", "Row"),
    Column("kind", "What", shown=lambda line: line.title),
    Column("on", "From"),
    Column("until", "Until", shown=lambda line: words(line.until) if line.until else "goes on" if line.open else ""),
    Column("lasted", "Lasted"),
    Column("code", "Code"),
    Column("words", "In words"),
    Column("id"),
]
SUMMARIES: list[Column[CareSummary]] = [
    Column("initials", "Child"),
    Column("identifier", "Identifier"),
    Column("since", "In care since"),
    Column("cin", "Need"),
    Column("status", "Legal status", shown=lambda row: legal_words(row.status) if row.status else ""),
    Column("lives", "Lives at"),
    Column("missing", "The return would miss", shown=lambda row: "; ".join(row.missing)),
    Column("child_id"),
]
HEADER: list[Column[CareHistory]] = [
    Column("initials", "Child"),
    Column("identifier", "Identifier"),
    Column("born_on", "Born"),
    Column("sex", "Sex"),
    Column("ethnicity", "Ethnicity"),
    Column("upn", "UPN"),
    Column("mother", "Mother"),
    Column("mother_since", "Mother since"),
    Column("uasc", "Unaccompanied", shown=lambda row: "yes" if row.uasc else ""),
    Column("uasc_ceased_on", "Until"),
]


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("child", metavar="CHILD", nargs="?", help="one child's time in care, the latest first")
    parser.add_argument(
        "--misses", action="store_true", help="without CHILD: only those of whom the return would miss something"
    )


def _list(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.care_lines import care_lines, summary_of

    today = here.services.desk.today
    if options.child is None:
        found = (summary_of(each, today) for each in here.services.care.histories(since=today))
        rows = [row for row in found if row is not None and (row.missing or not options.misses)]
        here.out.rows(
            SUMMARIES, rows, "The return would miss nothing." if options.misses else "No child is in care or placed."
        )
        return
    history = here.services.care.of_child(records.child(here, options.child))
    here.services.audit.seen("child", history.child_id, "care")
    if here.out.shape == "table":
        here.out.fields(HEADER, history)
    here.out.rows(
        LINES,
        care_lines(history, today),
        "Nothing is logged of this child's care: placement log care CHILD --from DAY --legal s20 --need N1",
    )
    if here.out.shape == "table":
        for missed in _misses(history, today):
            here.out.say(f"To mend: {missed}")


def _misses(history: CareHistory, today: date) -> tuple[str, ...]:
    from placement_tui.domain.care import return_misses

    return return_misses(history, today)


def _who(parser: argparse.ArgumentParser, row: str = "") -> None:
    parser.add_argument("child", metavar="CHILD", help="child identifier or initials, or a referral's reference")
    if row:
        parser.add_argument("--row", metavar="ROW", help=f"correct this {row}: the first letters of its reference")
        parser.add_argument("--strike", action="store_true", help=f"it was never so: strike out the {row} of --row")


def _care_options(parser: argparse.ArgumentParser) -> None:
    _who(parser, "period")
    parser.add_argument("--from", dest="began", metavar="DAY", help="the day on which care began")
    parser.add_argument("--legal", metavar="STATUS", help="its first legal status: s20, ICO, police protection")
    parser.add_argument("--need", metavar="CODE", help="category of need (see: codes need-categories)")
    parser.add_argument("--home", metavar="POSTCODE", help="where home was then, if it is not the child's own postcode")
    parser.add_argument("--ends", metavar="DAY", help="the day on which care ceased")
    parser.add_argument("--why", metavar="CODE", help="why it ceased (see: codes ceased)")


def _care(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.care import CarePeriod, NewPeriod
    from placement_tui.domain.codes.care import CEASED
    from placement_tui.domain.codes.legal import parse_legal
    from placement_tui.domain.codes.ssda903 import CIN

    care, child = here.services.care, records.child(here, options.child)
    given: dict[str, Any] = {
        "began_on": _day(here, "from", options.began), "ended_on": _day(here, "ends", options.ends),
        "cin": code("need", options.need, CIN) if options.need else None, "home_postcode": options.home,
        "rec": code("why", options.why, CEASED) if options.why else None,
    }  # fmt: skip
    said = {name: value for name, value in given.items() if value is not None}
    if options.row:
        row = _row(here, child, options.row, CarePeriod)
        now = NewPeriod(row.began_on, row.cin, None, row.home_postcode, row.ended_on, row.rec)
        _done(here, _corrected(here, child, row, replace(now, **said), options.strike))
    elif options.began is None and options.ends is not None:
        if "rec" not in said:
            raise Invalid("why", "Say why care ceased", "an end has a day and a reason, rule 148", "--why E4A")
        _done(here, care.cease(child, said["ended_on"], said["rec"]))
    elif options.began is None:
        raise Invalid("from", "Say since when the child is in care", mend='--from "12 oct"')
    else:
        status = parse_legal(options.legal).code if options.legal else None
        _done(here, care.begin(child, NewPeriod(**said, status=status))[1])


def _status_options(parser: argparse.ArgumentParser) -> None:
    _who(parser, "legal status")
    parser.add_argument("--legal", metavar="STATUS", help="the legal status: s20, ICO, C2 (see: codes legal)")
    parser.add_argument("--from", dest="began", metavar="DAY", help="from which day on (today)")
    parser.add_argument("--until", metavar="DAY", help="until which day, where it is over")


def _status(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.care import NewStatus, Status
    from placement_tui.domain.codes.legal import parse_legal

    care, child = here.services.care, records.child(here, options.child)
    legal = parse_legal(options.legal).code if options.legal else None
    began, until = _day(here, "from", options.began), _day(here, "until", options.until)
    if options.row:
        row = _row(here, child, options.row, Status)
        new = NewStatus(legal or row.code, began or row.from_on, until or row.until_on)
        _done(here, _corrected(here, child, row, new, options.strike))
        return
    if legal is None:
        raise Invalid("legal", "Say which legal status", mend="--legal s20")
    _done(here, care.change_status(child, NewStatus(legal, began or here.services.desk.today, until))[1])


def _missing_options(parser: argparse.ArgumentParser) -> None:
    _who(parser, "time")
    parser.add_argument("--from", dest="began", metavar="DAY", help="since when (today)")
    parser.add_argument("--until", metavar="DAY", help="the day on which the child was back; left out while missing")
    parser.add_argument("--back", metavar="DAY", help="the child who was logged as missing is back since this day")
    parser.add_argument("--away", action="store_true", help="away without authorisation, but known where")
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _missing(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.care import MissingRow, NewMissing

    care, child = here.services.care, records.child(here, options.child)
    began, until = _day(here, "from", options.began), _day(here, "until", options.until)
    note, kind = text_of("note", options.note), "A" if options.away else "M"
    if options.row:
        row = _row(here, child, options.row, MissingRow)
        new = NewMissing(began or row.from_on, until or row.until_on, "A" if options.away else row.kind, note)
        _done(here, _corrected(here, child, row, new, options.strike))
    elif options.back:
        back = _day(here, "back", options.back)
        assert back is not None, "it was given"
        _done(here, care.back(child, back))
    else:
        _done(here, care.log_missing(child, NewMissing(began or here.services.desk.today, until, kind, note))[1])


def _review_options(parser: argparse.ArgumentParser) -> None:
    _who(parser, "review")
    parser.add_argument("--on", metavar="DAY", help="the day of the review (today)")
    parser.add_argument("--code", metavar="CODE", help="how the child took part: PN0 to PN7 (see: codes reviews)")


def _review(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.care import NewReview, ReviewRow
    from placement_tui.domain.codes.care import REVIEW_CODES

    care, child = here.services.care, records.child(here, options.child)
    part = code("code", options.code, REVIEW_CODES) if options.code else None
    on = _day(here, "on", options.on)
    if options.row:
        row = _row(here, child, options.row, ReviewRow)
        _done(here, _corrected(here, child, row, NewReview(on or row.held_on, part or row.code), options.strike))
        return
    if part is None:
        raise Invalid("code", "Say how the child took part", "the return asks for it", "--code PN1: attends, speaks")
    _done(here, care.log_review(child, NewReview(on or here.services.desk.today, part))[1])


def _particulars_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--ethnicity", metavar="CODE", help="by code or words (see: codes ethnicity)")
    parser.add_argument("--upn", metavar="UPN", help="unique pupil number, or UN1 to UN5")
    parser.add_argument("--mother", metavar="YES|NO", help="whether she is a mother")
    parser.add_argument("--mother-since", metavar="DAY", help="the birth of her child")
    parser.add_argument("--uasc", metavar="YES|NO", help="whether an unaccompanied asylum-seeking child")
    parser.add_argument("--uasc-ceased", metavar="DAY", help="the day on which that ceased")


def _particulars(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.care import Particulars
    from placement_tui.domain.codes.ssda903 import ETHNICITY

    child = records.child(here, options.child)
    now = here.services.care.of_child(child)
    given: dict[str, Any] = {
        "ethnicity": code("ethnicity", options.ethnicity, ETHNICITY) if options.ethnicity else None, "upn": options.upn,
        "mother": yes_or_no("mother", options.mother), "mother_since": _day(here, "mother_since", options.mother_since),
        "uasc": yes_or_no("uasc", options.uasc), "uasc_ceased_on": _day(here, "uasc_ceased", options.uasc_ceased),
    }  # fmt: skip
    said = {name: value for name, value in given.items() if value is not None}
    if not said:
        raise WrongUse("Nothing was given to save", mend="--ethnicity WBRI, --upn, --mother, --uasc")
    known = Particulars(now.ethnicity, now.upn, now.mother, now.mother_since, now.uasc, now.uasc_ceased_on)
    _done(here, here.services.care.say(child, replace(known, **said)))


def _day(here: Here, field: str, said: str | None) -> date | None:
    from placement_tui.domain.typed import day

    return day(said, here.services.desk.today, past=True, field=field) if said else None


def _row(here: Here, child: UUID, said: str, kind: type[Any]) -> Any:
    """The child's row of that kind whose reference begins so. Raises NotFound."""
    from placement_tui.domain.tasks import reference_of

    history = here.services.care.of_child(child)
    rows: list[Row] = [*history.periods, *history.statuses, *history.missing, *history.reviews]
    wanted = said.strip().casefold()
    found = [
        row
        for row in rows
        if isinstance(row, kind) and (reference_of(row.id).startswith(wanted) or str(row.id) == wanted)
    ]
    if len(found) != 1:
        refs = ", ".join(reference_of(row.id) for row in rows if isinstance(row, kind))
        words_of = "could be several rows" if found else "is no such row of this child"
        raise NotFound(f"{said[:40]!r} {words_of}", refs, f"look them up: placement care {history.identifier}")
    return found[0]


def _corrected(here: Here, child: UUID, row: Any, new: Any, strike: bool) -> Saved:
    care = here.services.care
    return care.strike(child, row.id) if strike else care.correct(child, row.id, new)


def _done(here: Here, saved: Saved) -> None:
    here.out.saved(saved.words, {"id": saved.ids[0], "words": saved.words})


_ROW = "With --row ROW (of `placement care CHILD`) it corrects what is given of that row; with --strike too, it was never so."
COMMANDS = {
    "care": Command(
        "placement care W-10234\n  placement care --misses", _list_options, _list,
        "Without CHILD: every child in care or placed today, and what the statutory return would miss of them.",
    ),
    "log care": Command(
        'placement log care W-10234 --from "12 oct" --legal s20 --need N1\n  placement log care W-10234 --ends today --why E4A',
        _care_options, _care, "A first placement begins care by itself where that is certain. " + _ROW,
    ),
    "log status": Command(
        'placement log status W-10234 --legal ICO --from "last mon"', _status_options, _status,
        "The status before ends on that day. " + _ROW,
    ),
    "log missing": Command(
        "placement log missing W-10234 --from yesterday\n  placement log missing W-10234 --back today",
        _missing_options, _missing, _ROW,
    ),
    "log review": Command('placement log review W-10234 --on "last fri" --code PN1', _review_options, _review, _ROW),
    "log particulars": Command(
        'placement log particulars W-10234 --ethnicity "white british" --upn A123456789012', _particulars_options, _particulars
    ),
}  # fmt: skip
