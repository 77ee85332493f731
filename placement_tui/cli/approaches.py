"""`placement ask`, `placement calls`, and the answers: refusal, no reply, call back, withdraw."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.homes import kind_words, miles_words
from placement_tui.cli.output import Column
from placement_tui.cli.typing_words import code, codes_of, line_of, text_of, whole
from placement_tui.domain.codes.declines import CLOSINGS
from placement_tui.domain.codes.refusals import REFUSALS, STAGES, WOULD_CHANGE
from placement_tui.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from placement_tui.cli.here import Here
    from placement_tui.domain.approaches import CallRow, Saved, WaveSent

MOST_ASKED = 500


def referral_and_name(parser: argparse.ArgumentParser) -> None:
    """The two words that most answers begin with."""
    parser.add_argument("referral", metavar="REF", help="the referral: reference, child identifier or initials")
    parser.add_argument("home", metavar="NAME", help="the home that was asked, by name (misheard will do) or URN")


def _answer(row: CallRow) -> str:
    """What they said, for people: `no matching`, `offer`, `placed elsewhere`, `waiting`."""
    if row.outcome == "refusal" and row.reason:
        return REFUSALS[row.reason].said if row.reason in REFUSALS else f"no {row.reason}"
    if row.outcome == "withdrawn" and row.closing:
        return CLOSINGS.spoken(row.closing)
    return "waiting" if row.outcome == "awaiting" else row.outcome.replace("_", " ")


CALLS: list[Column[CallRow]] = [
    Column("name", "Name"),
    Column("kind", "Kind", shown=lambda row: kind_words(row.kind)),
    Column("miles", "Miles", shown=lambda row: miles_words(row.miles, row.approximate), right=True),
    Column("approximate"),
    Column("phone", "Phone"),
    Column("outcome", "Answer", shown=_answer),
    Column("reason"),
    Column("other_reasons"),
    Column("would_change", "Would change it", shown=lambda row: ", ".join(map(WOULD_CHANGE.spoken, row.would_change))),
    Column("stage"),
    Column("closing"),
    Column("call_back_at", "Call back"),
    Column("asked_at", "Asked"),
    Column("asked_by"),
    Column("answered_at"),
    Column("answered_by", "By"),
    Column("wave", "Wave", right=True),
    Column("note", "Note"),
    Column("provider", "Provider"),
    Column("tier"),
    Column("grade"),
    Column("home_id"),
    Column("provider_id"),
    Column("offer_id"),
    Column("referral_id"),
    Column("reference"),
    Column("id"),
]


def _ask_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", help="the referral: reference, child identifier or initials")
    parser.add_argument(
        "homes", metavar="NAME", nargs="*", help="homes by name or URN; with --nearest a query line instead"
    )
    parser.add_argument("--nearest", metavar="N", help="the N best homes that may be asked")
    parser.add_argument("--next-tier", action="store_true", help="the next tier: its twenty best homes, with a time")
    parser.add_argument("--emergency", action="store_true", help="every tier at once, and the wave says so")
    parser.add_argument("--off-framework", metavar="WHY", help="why homes that are on no framework are asked")


def _ask(here: Here, options: argparse.Namespace) -> None:
    key = records.referral(here, options.referral)
    services = here.services
    why = line_of("off_framework", options.off_framework)
    if options.next_tier:
        if options.homes or options.nearest is not None or options.emergency:
            raise WrongUse("The next tier is asked by itself", mend="leave the homes, --nearest and --emergency out")
        _asked(here, key, services.waves.send_next(key, why))
        return
    if options.nearest is not None:
        count = whole("nearest", options.nearest, 20, most=MOST_ASKED)
        ids = services.homes.nearest(key, count, " ".join(options.homes))
        if not ids:
            from placement_tui.errors import NotFound

            raise NotFound("No home may be asked", mend=f'`placement find "all" --for {options.referral}` says why not')
    elif options.homes:
        meant = [records.home(here, name) for name in options.homes]
        records.may_be_asked(here, key, meant)
        ids = [each.id for each in meant]
    else:
        raise WrongUse("Nobody to ask was named", mend="name homes, or ask the best ones with --nearest 20")
    _asked(here, key, services.approaches.ask(key, ids, emergency=options.emergency, off_framework_why=why))


def _asked(here: Here, key: UUID, wave: WaveSent) -> None:
    services = here.services
    calls = services.approaches.calls(key)
    sent = [row for row in calls.rows if row.id in set(wave.approaches)]
    homes = "1 home" if len(sent) == 1 else f"{len(sent)} homes"
    here.out.rows(CALLS, sent)
    tier = ", every tier at once" if wave.emergency else f", tier {wave.tier}" if wave.tier else ""
    here.out.say(f"{calls.reference}: {homes} asked, wave {wave.number}{tier}")
    for name, why in wave.left_out:
        here.out.say(f"Left out: {name}, {why}")


def _calls_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", help="the referral: reference, child identifier or initials")


def _calls(here: Here, options: argparse.Namespace) -> None:
    calls = here.services.approaches.calls(records.referral(here, options.referral))
    here.services.audit.seen("referral", calls.referral_id, "call list")
    here.out.rows(
        CALLS, calls.rows, f"Nobody was asked yet. Ask the nearest: placement ask {calls.reference} --nearest 20"
    )
    if calls.rows:
        here.out.say(f"{calls.reference} {calls.child}: {len(calls.rows)} asked, {calls.waiting} waited for")


def _refusal_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument(
        "--reason", metavar="M1[,N2]", required=True, help="codes, the main one first (see: codes refusals)"
    )
    parser.add_argument(
        "--change", metavar="WORDS", help='what would change it: "fee, talk to SW" (see: codes changes)'
    )
    parser.add_argument("--stage", metavar="STAGE", help="desk, carer asked, after matching, offer withdrawn (desk)")
    parser.add_argument("--said-by", metavar="WHO", help="who said so")
    parser.add_argument("--note", metavar="WORDS", help="in their own words")


def _refusal(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.approaches import Refusal

    refusal = Refusal(
        codes_of("reason", options.reason, REFUSALS),
        code("stage", options.stage, STAGES) if options.stage else None,
        codes_of("change", options.change or "", WOULD_CHANGE),
        line_of("said_by", options.said_by),
        text_of("note", options.note),
    )
    row = _row(here, options)
    said = here.services.approaches.refuse(row.id, refusal)
    _saved(
        here,
        row,
        said,
        {
            "reason": refusal.codes[0] if refusal.codes else None,
            "codes": refusal.codes,
            "would_change": refusal.would_change,
        },
    )


def _no_reply_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _no_reply(here: Here, options: argparse.Namespace) -> None:
    row = _row(here, options)
    _saved(here, row, here.services.approaches.no_reply(row.id, text_of("note", options.note)))


def _call_back_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument("--at", metavar="WHEN", required=True, help="16:45, +20, tomorrow 10:00")
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _call_back(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.typed import when

    at = when(options.at, here.services.desk.now, field="at")
    row = _row(here, options)
    said = here.services.approaches.call_back(row.id, max(at, here.services.desk.now), text_of("note", options.note))
    _saved(here, row, said, {"call_back_at": at})


def _withdraw_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument(
        "--closing",
        metavar="CODE",
        default="CW",
        help="PE placed elsewhere, CW referral cancelled (usual), OW they withdrew",
    )


def _withdraw(here: Here, options: argparse.Namespace) -> None:
    closing = code("closing", options.closing, CLOSINGS)
    row = _row(here, options)
    _saved(here, row, here.services.approaches.withdraw(row.id, closing), {"closing": closing})


def _row(here: Here, options: argparse.Namespace) -> CallRow:
    return records.approach(here, records.referral(here, options.referral), options.home)


def _saved(here: Here, row: CallRow, said: Saved, more: Mapping[str, Any] | None = None) -> None:
    ids: dict[str, UUID | None] = {"approach_id": row.id, "referral_id": row.referral_id, "home_id": row.home_id}
    outcome = here.services.approaches.get(row.id).outcome
    here.out.saved(
        said.words, {"reference": row.reference, "name": row.name, "outcome": outcome, **(more or {}), **ids}
    )


COMMANDS = {
    "ask": Command(
        'placement ask 26-0142 --nearest 20 "ifa 20mi"',
        _ask_options,
        _ask,
        "Nobody is asked twice for one referral, and nobody whom a rule keeps from being asked.",
    ),
    "calls": Command("placement calls 26-0142", _calls_options, _calls),
    "log refusal": Command(
        'placement log refusal 26-0142 "fir lane" --reason M1,N2 --change fee --note "two girls of 12 there"',
        _refusal_options,
        _refusal,
    ),
    "log no-reply": Command('placement log no-reply KJ "fir lane"', _no_reply_options, _no_reply),
    "log call-back": Command('placement log call-back KJ "fir lane" --at 16:45', _call_back_options, _call_back),
    "log withdraw": Command('placement log withdraw KJ "fir lane" --closing CW', _withdraw_options, _withdraw),
}
