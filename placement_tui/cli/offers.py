"""`placement log offer`, `placement offers`, `placement accept`, `placement decline`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from placement_tui.cli import records
from placement_tui.cli.approaches import referral_and_name
from placement_tui.cli.asking import Command
from placement_tui.cli.homes import kind_words, miles_words
from placement_tui.cli.output import Column
from placement_tui.cli.rules import law_column
from placement_tui.cli.typing_words import code, line_of, text_of
from placement_tui.domain.codes.grades import grade_label
from placement_tui.domain.typed_numbers import FeeSplit, fee_split, fee_words, money_words

if TYPE_CHECKING:
    from placement_tui.cli.here import Here
    from placement_tui.domain.offers import OfferRow


def _fee(row: OfferRow) -> str:
    return fee_words(FeeSplit(row.total_pence, row.care_pence, row.education_pence, row.health_pence))


OFFERS: list[Column[OfferRow]] = [
    Column("name", "Name"),
    Column("state", "State"),
    Column("total_pence", "Weekly", shown=_fee),
    Column("care_pence"),
    Column("education_pence"),
    Column("health_pence"),
    Column("miles", "Miles", shown=lambda row: miles_words(row.miles, row.approximate), right=True),
    Column("approximate"),
    Column("in_area", "In area"),
    Column("grade", "Grade", shown=lambda row: grade_label(row.grade) if row.grade else ""),
    Column("graded_on"),
    Column("start_at", "Start"),
    Column("expires_at", "Lapses"),
    Column("conditions", "Conditions"),
    Column("kind", "Kind", shown=lambda row: kind_words(row.kind)),
    Column("year_end_pence", "To 31 March", shown=lambda row: money_words(row.year_end_pence or 0), right=True),
    Column("type_obtained", "Type"),
    Column("provider", "Provider"),
    Column("wish"),
    Column("route"),
    Column("declined_reason", "Declined for"),
    Column("phone", "Phone"),
    Column("offered_at"),
    Column("reference"),
    Column("referral_id"),
    Column("approach_id"),
    Column("home_id"),
    Column("id"),
]


def _log_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument("--fee", metavar="FEE", required=True, help="weekly: 812, or care/education/health 3600/550/0")
    parser.add_argument("--start", metavar="WHEN", help="from when: tonight 19:00, 15 oct")
    parser.add_argument("--expires", metavar="WHEN", help="until when it stands: tomorrow 12:00")
    parser.add_argument("--conditions", metavar="WORDS", help="what they ask for")
    parser.add_argument("--said-by", metavar="WHO", help="who said so")
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _log(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.offers import NewOffer
    from placement_tui.domain.typed import when

    now = here.services.desk.now
    fee = fee_split(options.fee)
    new = NewOffer(
        fee.care,
        fee.education,
        fee.health,
        when(options.start, now, field="start") if options.start else None,
        when(options.expires, now, field="expires") if options.expires else None,
        text_of("conditions", options.conditions),
        line_of("said_by", options.said_by),
        text_of("note", options.note),
    )
    row = records.approach(here, records.referral(here, options.referral), options.home)
    key, saved = here.services.offers.log(row.id, new)
    data = {
        "reference": row.reference, "name": row.name, "offer_id": key, "approach_id": row.id, "referral_id": row.referral_id,
        "total_pence": new.total_pence, "expires_at": new.expires_at,
    }  # fmt: skip
    here.out.saved(saved.words, data)


def _list_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("referral", metavar="REF", help="the referral: reference, child identifier or initials")


def _list(here: Here, options: argparse.Namespace) -> None:
    referral = records.referral(here, options.referral)
    here.services.audit.seen("referral", referral, "offers")
    rows = here.services.offers.of(referral)
    law = law_column(here.services.rules.of_offers(referral))
    here.out.rows([*OFFERS[:9], law, *OFFERS[9:]], rows, "No offers yet.")


def _accept(here: Here, options: argparse.Namespace) -> None:
    row = records.offer(here, records.referral(here, options.referral), options.home)
    saved = here.services.offers.accept(row.id)
    here.out.saved(
        f"{saved.words}. Start the placement: placement place {row.reference} NAME --start WHEN",
        {"reference": row.reference, "name": row.name, "offer_id": row.id, "state": "accepted"},
    )


def _decline_options(parser: argparse.ArgumentParser) -> None:
    referral_and_name(parser)
    parser.add_argument(
        "--reason", metavar="REASON", required=True, help="price, match, distance... (see: codes declines)"
    )
    parser.add_argument("--note", metavar="WORDS", help="anything else")


def _decline(here: Here, options: argparse.Namespace) -> None:
    from placement_tui.domain.codes.declines import DECLINES

    reason = code("reason", options.reason, DECLINES)
    row = records.offer(here, records.referral(here, options.referral), options.home)
    saved = here.services.offers.decline(row.id, reason, text_of("note", options.note))
    here.out.saved(
        saved.words,
        {"reference": row.reference, "name": row.name, "offer_id": row.id, "state": "declined", "reason": reason},
    )


COMMANDS = {
    "log offer": Command(
        'placement log offer 26-0142 "fir lane" --fee 3600/550/0 --start "tonight 19:00" --expires "tomorrow 12:00"',
        _log_options,
        _log,
    ),
    "offers": Command("placement offers 26-0142 --format json", _list_options, _list),
    "accept": Command('placement accept 26-0142 "fir lane"', referral_and_name, _accept),
    "decline": Command('placement decline 26-0142 "fir lane" --reason price', _decline_options, _decline),
}
