"""`placement referrals` and `placement referral add|change|close`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from placement_tui.cli import records
from placement_tui.cli.asking import Command
from placement_tui.cli.output import Column
from placement_tui.cli.typing_referrals import (
    add_child_options,
    add_options,
    child_amended,
    children_of,
    fields_of,
    says_child,
)
from placement_tui.domain.typed_times import age_words

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.board import BoardRow
    from placement_tui.domain.queries import ReferralLine

COUNTS = {"asked": "Asked", "awaiting": "Wait", "refused": "No", "no_reply": "No reply", "offered": "Offer"}


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="placed and closed ones too, the latest first")
    parser.add_argument("--limit", metavar="N", help="at most N with --all (1000)")


def _list(here: Here, options: argparse.Namespace) -> None:
    if options.all:
        from placement_tui.cli.typing_words import whole

        rows = here.queries.referrals(whole("limit", options.limit, 1000))
        here.out.rows(_ALL, rows, "No referrals.")
        return
    board = here.services.referrals.board()
    here.out.rows(_board_columns(here), board.rows, "No open referrals. Log one: placement referral add --help")


def _board_columns(here: Here) -> list[Column[BoardRow]]:
    now = here.services.desk.now
    return [
        Column("reference", "Ref"),
        Column("child", "Child"),
        Column("wanted", "Wanted"),
        Column("urgency", "By", shown=lambda row: _by(row.urgency, row.needed_by)),
        Column("needed_by"),
        Column("", "Age", lambda row: age_words(now - row.received_at), right=True),
        *_counts(),
        Column("last_at", "Last", shown=lambda row: f"{age_words(now - row.last_at)} {row.last_by}".strip()),
        Column("last_by"),
        Column("due", "Due", lambda row: row.due, lambda row: row.due[0].title if row.due else ""),
        Column("why_now", "Why now"),
        Column("tonight"),
        Column("home_postcode"),
        Column("received_at"),
        Column("id"),
    ]


def _counts() -> list[Column[Any]]:
    return [Column(name, title, right=True) for name, title in COUNTS.items()]


def _by(urgency: str, needed_by: Any) -> str:
    from placement_tui.cli.tables import words

    return words(needed_by) if needed_by else urgency


_ALL: list[Column[ReferralLine]] = [
    Column("reference", "Ref"),
    Column("state", "State"),
    Column("child", "Child"),
    Column("wanted", "Wanted"),
    Column("urgency", "By", shown=lambda row: _by(row.urgency, row.needed_by)),
    Column("needed_by"),
    Column("received_at", "Received"),
    *_counts(),
    Column("closed_at", "Closed"),
    Column("closed_reason", "Why closed"),
    Column("id"),
]


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--child",
        metavar="KJ,14,M,CH41 5AL,W-10234",
        action="append",
        help="initials, age or date of birth, sex, home postcode, identifier, needs: as many as are known; "
        "again for each brother or sister",
    )
    parser.add_argument("--again", action="store_true", help="also where the child has an open referral already")
    add_child_options(parser)
    add_options(parser)


def _add(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.referrals import NewReferral

    desk = here.services.desk
    fields = fields_of(options, desk.now, new=True)
    key, reference = here.services.referrals.log(
        NewReferral(children_of(options, desk.today), **fields), again=options.again
    )
    row = here.services.referrals.get(key)
    missing = f". Still to come: {', '.join(row.missing)}" if row.missing else ""
    data = {
        "reference": reference,
        "id": key,
        "children": [
            {"id": child.id, "initials": child.initials, "identifier": child.identifier} for child in row.children
        ],
        "missing": row.missing,
    }
    here.out.saved(f"{reference}: logged, {row.child}{missing}", data, line=reference)


def _change_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", help="reference, child identifier or initials")
    parser.add_argument("--remove", metavar="CHILD", help="take this brother or sister out: identifier or initials")
    parser.add_argument("--which", metavar="CHILD", help="which child of a sibling group: identifier or initials")
    add_child_options(parser)
    add_options(parser)


def _change(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.errors import WrongUse

    key = records.referral(here, options.referral)
    desk, referrals = here.services.desk, here.services.referrals
    fields = fields_of(options, desk.now, new=False)
    about_child = says_child(options)
    if options.remove:
        if fields or about_child:
            raise WrongUse("--remove takes a child out and changes nothing else", mend="change the rest by itself")
        saved = referrals.remove_child(key, records.child_of(here, key, options.remove))
        here.out.saved(saved.words, {"reference": referrals.get(key).reference, "id": key, "removed": options.remove})
        return
    if not fields and not about_child:
        raise WrongUse("Nothing to change was given", mend="name a field, for example --why or --postcode")
    if about_child:
        child, amended = child_amended(options, referrals.get(key), desk.today)
        referrals.amend_child(key, child, amended)
    if fields:
        referrals.amend(key, fields)
    row = referrals.get(key)
    changed = [*fields, *(["child"] if about_child else [])]
    here.out.saved(
        f"{row.reference}: saved, {', '.join(name.replace('_', ' ') for name in changed)}",
        {"reference": row.reference, "id": key, "changed": changed, "missing": row.missing},
    )


def _close_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", help="reference, child identifier or initials")
    parser.add_argument("--reason", metavar="WORDS", required=True, help="why no home is wanted any more")


def _close(here: Here, options: argparse.Namespace) -> None:
    key = records.referral(here, options.referral)
    waiting = here.services.approaches.calls(key).waiting
    saved = here.services.referrals.close(key, options.reason)
    withdrawn = f"; {waiting} approaches withdrawn" if waiting else ""
    reference = here.services.referrals.get(key).reference
    here.out.saved(
        saved.words + withdrawn, {"reference": reference, "id": key, "state": "closed", "withdrawn": waiting}
    )


COMMANDS = {
    "referrals": Command("placement referrals --format json", _list_options, _list),
    "referral add": Command(
        'placement referral add --child "KJ,14,M,CH41 5AL,W-10234" --wanted "foster, residential" \\\n'
        '      --by tonight --why "carer ill" --need "violence, missing" --legal s20',
        _add_options,
        _add,
        "Initials and what is wanted do for a start; everything else can follow with `referral change`.\n"
        "On stdout comes the reference of the new referral.",
    ),
    "referral change": Command(
        'placement referral change 26-0142 --legal ICO --social-worker "Ann Poole" --social-worker-phone "0151 496 0133"',
        _change_options,
        _change,
        'An empty text takes a field out: --must "".',
    ),
    "referral close": Command(
        'placement referral close 26-0142 --reason "stays with his aunt"', _close_options, _close
    ),
}
