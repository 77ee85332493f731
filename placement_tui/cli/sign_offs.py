"""`placement sign-off ask|approve|refuse|return|withdraw`, `placement sign-offs`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.approaches import referral_and_name
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import codes_of, line_of, text_of
from placement_tui.domain.codes.sign_offs import KINDS
from placement_tui.domain.sign_offs import kinds_words, waited
from placement_tui.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import Saved
    from placement_tui.domain.sign_offs import SignOffRow

SIGN_OFFS: list[Column[SignOffRow]] = [
    Column("reference", "Ref"),
    Column("child", "Child"),
    Column("name", "Name"),
    Column("kinds", "For", shown=lambda row: kinds_words(row.kinds)),
    Column("state", "State"),
    Column("asked_of", "Of", shown=lambda row: row.asked_of or "a manager"),
    Column("waited_minutes", "Waited", lambda row: _minutes(row), lambda row: _waited(row), right=True),
    Column("lapses_at", "Lapses"),
    Column("lapsed_at", "Lost"),
    Column("returned_for", "Returned for"),
    Column("decided_by_name", "By word of"),
    Column("decided_by", "By"),
    Column("why", "Why"),
    Column("words", "Asked with"),
    Column("asked_by", "Asked by"),
    Column("asked_at", "Asked"),
    Column("returned_at"),
    Column("decided_at", "Decided"),
    Column("offer_state"),
    Column("offer_id"),
    Column("referral_id"),
    Column("id"),
]


def _minutes(row: SignOffRow) -> int | None:
    """How long it waited until it was decided or lapsed; None while it waits."""
    return None if row.ended_at is None else int((row.ended_at - row.asked_at).total_seconds() // 60)


def _waited(row: SignOffRow) -> str:
    return waited(row.ended_at - row.asked_at) if row.ended_at is not None else ""


def _ask_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument(
        "--kind", metavar="KINDS", help="of what, apart by commas; without, of all that the offer needs"
    )
    parser.add_argument("--of", metavar="WHO", help="an approver by name or initials; without, who approves that kind")
    parser.add_argument("--words", metavar="WORDS", help="what speaks for it")
    parser.add_argument("--lapses", metavar="WHEN", help="until when it helps, where that is before the offer lapses")


def _ask(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.typed import when

    row = records.offer(here, records.referral(here, options.referral), options.home)
    kinds = codes_of("kind", options.kind, KINDS) if options.kind else ()
    lapses = when(options.lapses, here.services.desk.now, field="lapses") if options.lapses else None
    words = text_of("words", options.words)
    _said(here, here.services.sign_offs.ask(row.id, kinds, options.of, words, lapses))


def _which_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument("--kind", metavar="KINDS", help="which of several, by what it is for")


def _decide_options(parser: argparse.ArgumentParser) -> None:
    _which_options(parser)
    parser.add_argument(
        "--by", metavar="NAME", help="who said so on the phone, where it is not you: it is marked as such"
    )


def _approve_options(parser: argparse.ArgumentParser) -> None:
    _decide_options(parser)
    parser.add_argument("--why", metavar="WORDS", help="why, where that helps later")


def _refuse_options(parser: argparse.ArgumentParser) -> None:
    _decide_options(parser)
    parser.add_argument("--why", metavar="WORDS", required=True, help="why, so that the officer knows what to do now")


def _return_options(parser: argparse.ArgumentParser) -> None:
    _decide_options(parser)
    parser.add_argument("--for", dest="what", metavar="WORDS", required=True, help="what is missing")


def _again_options(parser: argparse.ArgumentParser) -> None:
    _which_options(parser)
    parser.add_argument("--words", metavar="WORDS", help="the answer to what it was returned for")


def _approve(here: Here, options: argparse.Namespace) -> None:
    row = _meant(here, options)
    _said(here, here.services.sign_offs.approve(row.id, text_of("why", options.why), line_of("by", options.by)))


def _refuse(here: Here, options: argparse.Namespace) -> None:
    row = _meant(here, options)
    _said(here, here.services.sign_offs.refuse(row.id, text_of("why", options.why), line_of("by", options.by)))


def _return(here: Here, options: argparse.Namespace) -> None:
    row = _meant(here, options)
    _said(here, here.services.sign_offs.return_for(row.id, text_of("for", options.what), line_of("by", options.by)))


def _again(here: Here, options: argparse.Namespace) -> None:
    row = _meant(here, options)
    _said(here, here.services.sign_offs.ask_again(row.id, text_of("words", options.words)))


def _withdraw(here: Here, options: argparse.Namespace) -> None:
    _said(here, here.services.sign_offs.withdraw(_meant(here, options).id))


def _meant(here: Here, options: argparse.Namespace) -> SignOffRow:
    """The request that REF and NAME mean: one that waits before others. Raises NotFound where none or several do."""
    offer = records.offer(here, records.referral(here, options.referral), options.home)
    rows = here.services.sign_offs.of_offer(offer.id)
    if not rows:
        raise NotFound(f"No sign-off was asked for {offer.name}", mend="ask for it: placement sign-off ask REF NAME")
    kinds = codes_of("kind", options.kind, KINDS) if options.kind else ()
    fitting = [row for row in rows if not kinds or set(kinds) & set(row.kinds)]
    if not fitting:
        raise NotFound(f"{offer.name}: {kinds_words(kinds)} was not asked", _listed(rows), "name one of these")
    waiting = [row for row in fitting if row.waiting]
    if len(waiting) > 1:
        own = {row.id for row in here.services.sign_offs.waiting(here.services.desk.officer.id)}
        waiting = [row for row in waiting if row.id in own] or waiting
    if len(waiting) > 1:
        raise NotFound(f"{offer.name} waits for {len(waiting)} sign-offs", _listed(waiting), "say which with --kind")
    return (waiting or fitting)[-1]


def _listed(rows: Sequence[SignOffRow]) -> str:
    return "; ".join(kinds_words(row.kinds) for row in rows)


def _said(here: Here, saved: Saved) -> None:
    rows = [here.services.sign_offs.get(key) for key in saved.ids]
    data: dict[str, Any] = {"reference": rows[0].reference, "name": rows[0].name, "offer_id": rows[0].offer_id}
    data |= {"state": rows[0].state, "kinds": [kind for row in rows for kind in row.kinds], "sign_off_ids": saved.ids}
    here.out.saved(saved.words, data)


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", nargs="?", help="all of one referral; without, what waits")
    parser.add_argument("--mine", action="store_true", help="only what you may decide")


def _list(here: Here, options: argparse.Namespace) -> None:
    service = here.services.sign_offs
    if options.referral:
        rows = service.of_referral(records.referral(here, options.referral))
    elif options.mine:
        rows = service.waiting(here.services.desk.officer.id)
    else:
        rows = [each.sign_off for each in service.queue()]
    here.out.rows(SIGN_OFFS, rows, "Nothing waits for sign-off.")


COMMANDS = {
    "sign-off ask": Command(
        'placement sign-off ask 26-0142 "fir lane" --words "nearest that takes him tonight"',
        _ask_options,
        _ask,
        "What the offer needs is asked of whoever approves it: out of area, at a distance, grade, budget and more "
        "(see: codes sign-offs). It lapses with the offer.",
    ),
    "sign-off again": Command(
        'placement sign-off again 26-0142 "fir lane" --words "his brother agrees"', _again_options, _again
    ),
    "sign-off approve": Command(
        'placement sign-off approve 26-0142 "fir lane" --by "Jan Cole"', _approve_options, _approve
    ),
    "sign-off refuse": Command(
        'placement sign-off refuse 26-0142 "fir lane" --why "try our own carers first"', _refuse_options, _refuse
    ),
    "sign-off return": Command(
        'placement sign-off return 26-0142 "fir lane" --for "what does his brother say?"', _return_options, _return
    ),
    "sign-off withdraw": Command('placement sign-off withdraw 26-0142 "fir lane"', _which_options, _withdraw),
    "sign-offs": Command("placement sign-offs --mine --format json", _list_options, _list),
}
