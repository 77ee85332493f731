"""What an offer needs sign-off for, and that it is not accepted without."""

from __future__ import annotations

from placement_tui.db.engine import Session
from placement_tui.db.reads import homes, officers, overrides, referrals, sign_offs
from placement_tui.db.reads.meetings import unshared
from placement_tui.domain import settings as names
from placement_tui.domain.codes.sign_offs import KINDS
from placement_tui.domain.homes import Wanted
from placement_tui.domain.offers import OfferRow
from placement_tui.domain.rules import findings
from placement_tui.domain.sign_offs import kinds_words, needed, waited, who_decides
from placement_tui.errors import Refused
from placement_tui.services.desk import Desk
from placement_tui.services.sign_offs_who import who_holds


def outstanding(desk: Desk, session: Session, offer: OfferRow) -> tuple[str, ...]:
    """The kinds of sign-off that an offer needs and that were not given."""
    if offer.home_id is None:
        return ()
    found = homes.candidates(session, desk.now, {offer.home_id})
    referral = referrals.get(session, offer.referral_id, desk.today)
    if not found or referral is None:
        return ()
    home = found[0]
    held = who_holds(desk, officers.everyone(session))
    aside = overrides.aside(session, offer.referral_id)
    wanted_here = Wanted(authority=desk.authority, adjoining=desk.adjoining, set_aside=aside)
    found_of_it = findings(home, wanted_here, desk.policy)
    emergency = referral.urgency == "now" and "emergency_approver" in held
    wanted = needed(found_of_it, home.kind, offer.total_pence, desk.setting(names.BUDGET_LIMIT), emergency)
    given = sign_offs.approved(session, offer.id)
    return tuple(kind for kind in wanted if kind not in given)


def refuse_unsigned(desk: Desk, session: Session, offer: OfferRow) -> None:
    """Go on only where every sign-off that the offer needs was given. Raises Refused, saying how it stands.

    An emergency is asked for like any other, but keeps nobody waiting here: whoever agreed is named when the placement is
    started, as rule L25 asks.
    """
    missing = [kind for kind in outstanding(desk, session, offer) if kind != "emergency"]
    if not missing:
        return
    asked = sign_offs.of_offer(session, offer.id, desk.now, desk.today)
    about = next((row for row in reversed(asked) if set(row.kinds) & set(missing) and row.state != "withdrawn"), None)
    what = f"{kinds_words(missing)} ({KINDS[missing[0]].law})"
    if about is None:
        held = who_holds(desk, officers.everyone(session))
        raise Refused(
            f"The offer of {offer.name} needs sign-off first: {what}",
            f"{who_decides(missing, held)} approves it",
            "ask for sign-off",
        )
    whom, age = about.asked_of or "a manager", waited(desk.now - about.asked_at)
    if about.state == "asked":
        untold = (
            ", who hears of it when this laptop meets the team" if about.id in unshared(session, "sign_off") else ""
        )
        raise Refused(
            f"The offer of {offer.name} waits for sign-off: {what}",
            f"asked of {whom} {age} ago{untold}",
            "ring them: what they say is logged with their name",
        )
    if about.state == "returned":
        raise Refused(
            f"The sign-off of {offer.name} was returned for: {about.returned_for}", mend="answer it and ask again"
        )
    if about.state == "refused":
        who = about.decided_by_name or about.decided_by
        raise Refused(
            f"{who} refused the offer of {offer.name}: {about.why}", mend="decline it, or ask again with more"
        )
    raise Refused(f"The sign-off of {offer.name} lapsed while it waited: {what}", mend="ask again")
