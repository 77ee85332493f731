"""What officers do at the stores of a team, through the services; for the tests of meeting.

Each takes an open store, a counter that makes what is said different, and two small numbers that choose among what is
there. It gives False where there was nothing to do; a refusal of the services is raised as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from placement_tui.bootstrap import Services
from placement_tui.domain.approaches import Refusal
from placement_tui.domain.endings import NewEnding
from placement_tui.domain.offers import NewOffer
from placement_tui.domain.placements import NewPlacement
from placement_tui.domain.retention import Way
from tests import builders

T = TypeVar("T")
Work = Callable[[Services, int, int, int], object]
WAYS: tuple[Way, ...] = ("erase", "anonymise")
POOL = ("calm", "at the office", "until Friday")  # said on two sides it is no conflict where it is the same


def pick(found: Sequence[T], number: int) -> T | None:
    """One of them, whatever the number; None of none."""
    return found[number % len(found)] if found else None


def log(at: Services, said: int, one: int, two: int) -> object:
    """A referral of one of few children, so that two stores log the same."""
    child = builders.child("KJ", f"W-{one % 6}", name=f"Kit Jones{'abcdef'[one % 6]}")
    return builders.referral(at, child, note=f"logged {said}", urgency="now" if two % 2 else "today")


def amend(at: Services, said: int, one: int, two: int) -> object:
    """A field of an open referral."""
    row = pick(at.referrals.board().rows, one)
    name = ("note", "tonight", "social_worker")[two % 3]
    return row is not None and at.referrals.amend(row.id, {name: POOL[said % 3] if two % 2 else f"said {said}"})


def amend_child(at: Services, said: int, one: int, two: int) -> object:
    """What is known of a child."""
    row = pick(at.referrals.board().rows, one)
    if row is None:
        return False
    child = at.referrals.get(row.id).children[0]
    typed = builders.child(child.initials, child.identifier, age=10 + two % 5, name=f"Kit {POOL[said % 3].title()}")
    return at.referrals.amend_child(row.id, child.id, typed)


def close(at: Services, said: int, one: int, _: int) -> object:
    """A home is no longer looked for."""
    row = pick(at.referrals.board().rows, one)
    return row is not None and at.referrals.close(row.id, "stays at home" if said % 2 else f"withdrawn {said}")


def ask(at: Services, _: int, one: int, two: int) -> object:
    """A wave to one or two homes."""
    row = pick(at.referrals.board().rows, one)
    return row is not None and at.approaches.ask(row.id, at.homes.nearest(row.id)[two % 3 : two % 3 + 2])


def answered(at: Services, said: int, one: int, two: int) -> object:
    """A no, nobody there, or a call back."""
    row = pick(at.referrals.board().rows, one)
    call = pick(at.approaches.calls(row.id).rows, two) if row is not None else None
    if call is None:
        return False
    if said % 3 == 0:
        return at.approaches.no_reply(call.id, f"rang {said}")
    if said % 3 == 1:
        return at.approaches.call_back(call.id, at.desk.now + timedelta(hours=1 + two), f"busy {said}")
    return at.approaches.refuse(call.id, Refusal((("M1", "M4", "N1")[one % 3],), note=f"no {said}"))


def offer(at: Services, said: int, one: int, two: int) -> object:
    """A yes with its fee; some stand for two hours only."""
    row = pick(at.referrals.board().rows, one)
    call = pick(at.approaches.calls(row.id).rows, two) if row is not None else None
    until = at.desk.now + timedelta(hours=2) if said % 2 else None
    return call is not None and at.offers.log(call.id, NewOffer(80_000 + said, expires_at=until, note=f"yes {said}"))


def decide(at: Services, said: int, one: int, two: int) -> object:
    """Accept an offer, decline it, or correct it."""
    row = pick(at.referrals.board().rows, one)
    found = pick(at.offers.of(row.id), two) if row is not None else None
    if found is None:
        return False
    if said % 3 == 0:
        return at.offers.accept(found.id)
    if said % 3 == 1:
        return at.offers.decline(found.id, "distance")
    return at.offers.amend(found.id, NewOffer(90_000 + two, note=f"corrected {said}"))


def place(at: Services, _: int, one: int, two: int) -> object:
    """An offer becomes a placement."""
    offers = [each for row in at.referrals.board().rows for each in at.offers.of(row.id)]
    found = pick(offers, one + two)
    return found is not None and at.placements.start(found.id, NewPlacement(at.desk.now))


def end(at: Services, said: int, one: int, _: int) -> object:
    """A placement ends."""
    row = pick(at.placements.open(), one)
    return row is not None and at.endings.end(row.id, NewEnding(at.desk.today, "CARPL", note=f"ended {said}"))


def told(at: Services, _: int, one: int, two: int) -> object:
    """Somebody of a placement's list was rung."""
    row = pick(at.placements.open(), one)
    who = pick(at.placements.to_tell(row.referral_id), two) if row is not None and row.referral_id else None
    return who is not None and at.placements.told(who.id)


def task(at: Services, said: int, one: int, two: int) -> object:
    """Something due is done, moved or given to a colleague."""
    row = pick(at.tasks.due(), one)
    if row is None:
        return False
    if said % 3 == 0:
        return at.tasks.done(row.id, f"done {said}")
    if said % 3 == 1:
        return at.tasks.move(row.id, at.desk.now + timedelta(days=1 + two), f"moved {said}")
    who = pick(at.tasks.people(), two)
    return who is not None and at.tasks.hand_to(row.id, who.id)


def undo(at: Services, _: int, one: int, __: int) -> object:
    """One's last change goes, or comes again."""
    return at.history.redo() if one % 3 == 0 else at.history.undo()


def settle(at: Services, _: int, one: int, two: int) -> object:
    """One of two values stands."""
    row = pick(at.conflicts.unsettled(), one)
    side = pick(row.sides, two) if row is not None else None
    return row is not None and side is not None and at.conflicts.settle(row, side.op)


def merge(at: Services, _: int, one: int, __: int) -> object:
    """A child who was made twice becomes one."""
    row = pick([each for each in at.doubles.found() if each.kind == "child twice"], one)
    return row is not None and at.doubles.merge_children(row.keys[-1], row.keys[0])


def erase(at: Services, _: int, one: int, two: int) -> object:
    """A child is erased or made anonymous, with all that is theirs."""
    rows = at.referrals.board().rows
    for row in rows[one % (len(rows) or 1) :][:1]:
        at.referrals.close(row.id, "moved away")
    with at.desk.read() as session:
        children = sorted(_children(session))
    found = pick(children, two)
    return found is not None and at.retention.erase({found}, "asked for by the person", WAYS[one % 2])


def officer(at: Services, said: int, one: int, _: int) -> object:
    """An officer's access ends, or their role is another."""
    row = next(each for each in at.officers.everyone() if each.name == "Leaving Soon")
    if one % 2:
        return at.officers.disable(row.id, f"left {said}")
    return at.officers.set_role(row.id, ("viewer", "manager", "officer")[said % 3])


def setting(at: Services, said: int, _: int, two: int) -> object:
    """The council chooses."""
    name, value = (("stale_hours", str(4 + said % 5)), ("target_hours", str(10 + said % 5)))[two % 2]
    return at.settings.change(name, value)


def home(at: Services, said: int, one: int, two: int) -> object:
    """A home's note names a child, whose erasure takes the name out of it, and its places change."""
    from placement_tui.db.changes import rows
    from placement_tui.db.columns import home as homes
    from placement_tui.db.tables import Home

    with at.desk.write("change home") as session:
        from sqlalchemy import select

        keys = sorted(session.execute(select(homes.c.id).where(homes.c.struck_at.is_(None))).scalars())
        found = pick(keys, one)
        fields = {"note": f"W-{two % 6} was here {said}"} if two % 2 else {"places": 1 + two}
        return found is not None and rows.change(session, Home, found, fields)


def _children(session: object) -> list[object]:
    from sqlalchemy import select

    from placement_tui.db.columns import child

    return list(session.execute(select(child.c.id).where(child.c.struck_at.is_(None))).scalars())  # type: ignore[attr-defined]


ALL: dict[str, Work] = {
    "log": log, "amend": amend, "amend child": amend_child, "close": close, "ask": ask, "answer": answered,
    "offer": offer, "decide": decide, "place": place, "end": end, "told": told, "task": task, "undo": undo,
    "settle": settle, "merge": merge, "erase": erase, "officer": officer, "setting": setting, "home": home,
}  # fmt: skip
