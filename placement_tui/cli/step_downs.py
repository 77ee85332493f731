"""`placement step-downs` and `placement emergencies`: who is to move on, and whose emergency outlasts its plan."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.tables import words
from placement_tui.cli.typing_words import text_of
from placement_tui.domain.codes.permanence import STEPS_DOWN, parse_plan
from placement_tui.domain.typed_times import london
from placement_tui.errors import NotFound

if TYPE_CHECKING:
    from datetime import date

    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import Saved
    from placement_tui.domain.step_downs import NewStepDown, StepDownRow
    from placement_tui.domain.trackers import EmergencyRow


def _columns(today: date) -> list[Column[StepDownRow]]:
    return [
        Column("child", "Child"),
        Column("identifier", "Identifier"),
        Column("name", "Lives at"),
        Column("days", "Days", right=True),
        Column("to_type", "To", lambda row: row.new.to_type, lambda row: STEPS_DOWN.spoken(row.new.to_type)),
        Column("target_on", "Target", lambda row: row.new.target_on),
        Column("drift", "Past plan", lambda row: row.drift(today), right=True),
        Column("review_on", "Review", lambda row: row.new.review_on),
        Column("review_late", "", lambda row: row.review_late(today)),
        Column("", "Late", lambda row: "late" if row.review_late(today) else ""),
        Column("reviewed_on", "Reviewed"),
        Column("note", "Note", lambda row: row.new.note),
        Column("closed_on", "Closed"),
        Column("outcome", "Came of it"),
        Column("ended_on", "Placement ended"),
        Column("planned_end_on"),
        Column("logged_at"),
        Column("placement_id"),
        Column("child_id"),
        Column("home_id"),
        Column("id"),
    ]


def _emergency_columns(today: date) -> list[Column[EmergencyRow]]:
    return [
        Column("child", "Child"),
        Column("identifier", "Identifier"),
        Column("name", "Home"),
        Column("started_at", "Since", shown=lambda row: words(row.started_at.astimezone(london()).date())),
        Column("days", "Days", right=True),
        Column("until", "Until"),
        Column("past", "Past plan", lambda row: row.past(today), lambda row: _past(row, today), right=True),
        Column("reference", "Ref"),
        Column("placement_id"),
        Column("child_id"),
        Column("home_id"),
    ]


def _past(row: EmergencyRow, today: date) -> str:
    return "no plan" if row.until is None else str(row.past(today) or "")


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="those that are over too")
    parser.add_argument("--overdue", action="store_true", help="only those whose review, or whose plan, is past")


def _list(here: Here, options: argparse.Namespace) -> None:
    today = here.services.desk.today
    rows = here.services.step_downs.rows(options.all)
    if options.overdue:
        rows = [row for row in rows if row.review_late(today) or row.drift(today)]
    here.out.rows(_columns(today), rows, "Nobody is to step down." if not options.overdue else "Nothing is overdue.")


def _emergencies_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--past", action="store_true", help="only those past their plan, or without one")


def _emergencies(here: Here, options: argparse.Namespace) -> None:
    today = here.services.desk.today
    rows = here.services.step_downs.emergencies()
    if options.past:
        rows = [row for row in rows if row.past(today) is not None]
    here.out.rows(_emergency_columns(today), rows, "No emergency placement goes on.")


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "placement", metavar="CHILD", help="whose: child identifier or initials, a reference, a placement's id"
    )


def _day_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--target", metavar="DAY", help="the day by which the child is to move on")
    parser.add_argument("--review", metavar="DAY", help="the day of the next review (eight weeks on)")
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _add_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("to", metavar="TO", help="foster, kinship, home, res, supported (see: codes step-downs)")
    _day_options(parser)


def _change_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--to", metavar="TO", help="to something else")
    parser.add_argument("--reviewed", action="store_true", help="it was reviewed today; --review says when again")
    _day_options(parser)


def _add(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.step_downs import NewStepDown

    new = _given(here, options, NewStepDown(parse_plan(options.to, STEPS_DOWN, "to").code))
    key, saved = here.services.step_downs.add(records.placement(here, options.placement).id, new)
    _saved(here, saved, here.services.step_downs.get(key))


def _change(here: Here, options: argparse.Namespace) -> None:
    row, steps = _known(here, options.placement), here.services.step_downs
    new = replace(row.new, to_type=parse_plan(options.to, STEPS_DOWN, "to").code) if options.to else row.new
    new = _given(here, options, new)
    if options.reviewed:
        following = new.review_on if options.review else None
        saved = steps.reviewed(row.id, following)
        if replace(new, review_on=row.new.review_on) != row.new:
            saved = steps.change(row.id, replace(new, review_on=steps.get(row.id).new.review_on))
    else:
        saved = steps.change(row.id, new)
    _saved(here, saved, steps.get(row.id))


def _given(here: Here, options: argparse.Namespace, new: NewStepDown) -> NewStepDown:
    """The step down with what was given in place of what it said. Raises Invalid."""
    from placement_tui.domain.typed import day

    today = here.services.desk.today
    if options.target is not None:
        new = replace(new, target_on=day(options.target, today, field="target", past=True) if options.target else None)
    if options.review is not None:
        new = replace(new, review_on=day(options.review, today, field="review", past=True) if options.review else None)
    return replace(new, note=text_of("note", options.note)) if options.note is not None else new


def _close_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--outcome", metavar="WORDS", required=True, help="moved, plan changed, not ready")


def _close(here: Here, options: argparse.Namespace) -> None:
    row = _known(here, options.placement)
    saved = here.services.step_downs.close(row.id, text_of("outcome", options.outcome))
    _saved(here, saved, here.services.step_downs.get(row.id))


def _known(here: Here, said: str) -> StepDownRow:
    row = here.services.step_downs.open_of(records.placement(here, said).id)
    if row is None:
        raise NotFound("That child has no step down", mend="log one: placement step-downs add CHILD foster")
    return row


def _saved(here: Here, saved: Saved, row: StepDownRow) -> None:
    here.out.saved(saved.words, {
        "id": row.id, "placement_id": row.placement_id, "child": row.child, "to_type": row.new.to_type,
        "target_on": row.new.target_on, "review_on": row.new.review_on, "reviewed_on": row.reviewed_on,
        "closed_on": row.closed_on,
    })  # fmt: skip


COMMANDS = {
    "step-downs": Command("placement step-downs --overdue", _list_options, _list,
                          "`Past plan` counts the days past the target, or past the placement's planned end."),
    "step-downs add": Command('placement step-downs add W-10234 foster --target "31 mar" --review "12 jan"', _add_options, _add),
    "step-downs change": Command('placement step-downs change W-10234 --reviewed --review "9 mar"', _change_options, _change),
    "step-downs close": Command('placement step-downs close W-10234 --outcome "moved to the Kenyons"', _close_options, _close),
    "emergencies": Command("placement emergencies --past --format csv", _emergencies_options, _emergencies),
}  # fmt: skip
