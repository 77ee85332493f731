"""`placement permanence`: plans for where children grow up, their steps, what holds them up."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import text_of
from placement_tui.domain.codes.permanence import PLANS, parse_plan
from placement_tui.errors import NotFound

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import Saved
    from placement_tui.domain.permanence import NewPlan, PlanRow, StepRow


def _columns(today: date) -> list[Column[PlanRow]]:
    return [
        Column("child", "Child"),
        Column("identifier", "Identifier"),
        Column("plan", "Plan", lambda row: row.new.plan, lambda row: PLANS.spoken(row.new.plan)),
        Column("target_on", "Target", lambda row: row.new.target_on),
        Column("late", "", lambda row: row.late(today)),
        Column("", "Late", lambda row: "late" if row.late(today) else ""),
        Column("", "Next step", _next),
        Column("held_up_by", "Held up by", lambda row: row.new.held_up_by),
        Column("name", "Lives at"),
        Column("place", "PLACE"),
        Column("matches", "As planned"),
        Column("decided_on", "Decided", lambda row: row.new.decided_on),
        Column("closed_on", "Closed"),
        Column("closed_why", "Why"),
        Column("steps"),
        Column("note", "", lambda row: row.new.note),
        Column("logged_at"),
        Column("placement_id"),
        Column("home_id"),
        Column("child_id"),
        Column("id"),
    ]


STEPS: list[Column[StepRow]] = [
    Column("number", "Step", lambda row: row.position + 1, right=True),
    Column("what", "What"),
    Column("due_on", "By"),
    Column("done_on", "Done"),
    Column("id"),
]


def _next(row: PlanRow) -> str:
    step = row.next_step
    return "" if step is None else f"{step.what} by {step.due_on:%d/%m/%Y}" if step.due_on else step.what


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("child", metavar="CHILD", nargs="?", help="this child's plan, whole, with its steps")
    parser.add_argument("--all", action="store_true", help="closed ones too")
    parser.add_argument("--overdue", action="store_true", help="only those whose target or a step is past")


def _list(here: Here, options: argparse.Namespace) -> None:
    permanence, today = here.services.permanence, here.services.desk.today
    if options.child:
        rows = permanence.of_child(child(here, options.child))
        rows = rows if options.all else [row for row in rows if row.open]
    else:
        rows = permanence.rows(options.all)
    if options.overdue:
        rows = [row for row in rows if row.late(today)]
    here.out.rows(_columns(today), rows, "No plan is open." if not options.overdue else "No plan is overdue.")
    if options.child and here.out.shape == "table":
        for row in rows:
            here.out.section(f"Steps of {row.child}, {PLANS.spoken(row.new.plan)}", STEPS, row.steps)


def child(here: Here, said: str) -> UUID:
    """The child that is meant: by a placement, else by a referral of one child. Raises NotFound."""
    try:
        return records.placement(here, said).child_id
    except NotFound as refusal:
        if refusal.detail:
            raise
    children = here.services.referrals.get(records.referral(here, said)).children
    if len(children) == 1:
        return children[0].id
    return records.child_of(here, records.referral(here, said), said)


def _plan(here: Here, said: str) -> PlanRow:
    """The plan of a child that is followed. Raises NotFound."""
    found = [row for row in here.services.permanence.of_child(child(here, said)) if row.open]
    if not found:
        raise NotFound("That child has no open plan", mend="log one: placement permanence add CHILD PLAN")
    return found[0]


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "child", metavar="CHILD", help="whose: child identifier or initials, a reference, a placement's id"
    )


def _plan_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--decided", metavar="DAY", help="the day it was decided")
    parser.add_argument("--target", metavar="DAY", help="the day by which it is to be reached")
    parser.add_argument("--held-up", metavar="WORDS", help="what holds it up; empty where nothing does")
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _add_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument(
        "plan", metavar="PLAN", help="home, kinship, ltf, adoption, res, independence (see: codes plans)"
    )
    _plan_options(parser)


def _change_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--plan", metavar="PLAN", help="another plan (see: codes plans)")
    _plan_options(parser)


def _add(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.permanence import NewPlan

    new = _given(here, options, NewPlan(parse_plan(options.plan).code))
    key, saved = here.services.permanence.add(child(here, options.child), new)
    _saved(here, saved, here.services.permanence.get(key))


def _change(here: Here, options: argparse.Namespace) -> None:
    row = _plan(here, options.child)
    new = replace(row.new, plan=parse_plan(options.plan).code) if options.plan else row.new
    saved = here.services.permanence.change(row.id, _given(here, options, new))
    _saved(here, saved, here.services.permanence.get(row.id))


def _given(here: Here, options: argparse.Namespace, new: NewPlan) -> NewPlan:
    """The plan with what was given in place of what it said. Raises Invalid."""
    from placement_tui.domain.typed import day

    today = here.services.desk.today
    if options.decided is not None:
        new = replace(
            new, decided_on=day(options.decided, today, field="decided", past=True) if options.decided else None
        )
    if options.target is not None:
        new = replace(new, target_on=day(options.target, today, field="target", past=True) if options.target else None)
    if options.held_up is not None:
        new = replace(new, held_up_by=text_of("held_up", options.held_up))
    return replace(new, note=text_of("note", options.note)) if options.note is not None else new


def _step_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument(
        "step", metavar="WORDS", nargs="+", help='the step: "panel by 12 dec"; its number or words for --done'
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--done", metavar="DAY", nargs="?", const="today", help="it was taken (today)")
    which.add_argument("--out", action="store_true", help="it is not to be taken after all")


def _step(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.permanence import read_step
    from placement_tui.domain.typed import day

    permanence, today = here.services.permanence, here.services.desk.today
    row, said = _plan(here, options.child), " ".join(options.step)
    if options.done is None and not options.out:
        _, saved = permanence.add_step(row.id, *read_step(said, today))
    else:
        step = _which(row, said)
        on = day(options.done, today, field="done", past=True) if options.done else None
        saved = permanence.drop_step(step.id) if options.out else permanence.step_done(step.id, on)
    _saved(here, saved, permanence.get(row.id))


def _which(row: PlanRow, said: str) -> StepRow:
    found = [step for step in row.steps if str(step.position + 1) == said.strip()]
    found = found or records.closest(said, row.steps, lambda step: step.what)
    if len(found) != 1:
        named = "; ".join(f"{step.position + 1} {step.what}" for step in row.steps)
        raise NotFound(f"{said[:40]!r} is no one step of that plan", named, "name one by its number")
    return found[0]


def _close_options(parser: argparse.ArgumentParser) -> None:
    _who(parser)
    parser.add_argument("--why", metavar="WORDS", required=True, help="reached, another plan, left care")


def _close(here: Here, options: argparse.Namespace) -> None:
    row = _plan(here, options.child)
    saved = here.services.permanence.close(row.id, text_of("why", options.why))
    _saved(here, saved, here.services.permanence.get(row.id))


def _saved(here: Here, saved: Saved, row: PlanRow) -> None:
    here.out.saved(saved.words, {
        "id": row.id, "child_id": row.child_id, "child": row.child, "plan": row.new.plan, "target_on": row.new.target_on,
        "held_up_by": row.new.held_up_by, "steps": row.steps, "closed_on": row.closed_on,
    })  # fmt: skip


COMMANDS = {
    "permanence": Command("placement permanence --overdue\n  placement permanence W-10234", _list_options, _list),
    "permanence add": Command(
        'placement permanence add W-10234 ltf --target "31 mar" --decided today', _add_options, _add,
        "A child has one plan at a time. Its PLACE codes say whether the child lives as planned.",
    ),
    "permanence change": Command(
        'placement permanence change W-10234 --held-up "waits for a match"', _change_options, _change
    ),
    "permanence step": Command(
        "placement permanence step W-10234 panel by 12 dec\n  placement permanence step W-10234 panel --done",
        _step_options, _step, "What has a day is due among the tasks, where it can be ticked off too.",
    ),
    "permanence close": Command('placement permanence close W-10234 --why "matched at panel"', _close_options, _close),
}  # fmt: skip
