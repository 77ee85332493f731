"""The working clocks of the desk: calls to make, offers that lapse, homes needed by a time.

They follow from what was logged: the call list, the offer and the referral hold their times, and no task repeats them.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from placement_tui.domain.clocks import About, Due

DOUBLE = "double"
DERIVED = ("call_back", "offer", "needed_by", "wave", DOUBLE)  # rules that are read from the records they follow


def call_back(approach_id: UUID, referral_id: UUID, name: str, at: datetime) -> Due:
    """Somebody asked to be rung at a time."""
    return Due(f"approach/{approach_id}/call_back", "call_back", "", f"call back {name}", name, at,
               About(referral_id=referral_id, approach_id=approach_id))  # fmt: skip


def offer_lapses(offer_id: UUID, approach_id: UUID, referral_id: UUID, name: str, at: datetime) -> Due:
    """An open offer stands until a time."""
    return Due(f"offer/{offer_id}/lapses", "offer", "", f"offer of {name} lapses", name, at,
               About(referral_id=referral_id, approach_id=approach_id, offer_id=offer_id))  # fmt: skip


def wave_over(wave_id: UUID, referral_id: UUID, number: int, tier: int | None, at: datetime) -> Due:
    """A wave has time until then; after it the next tier is to be asked."""
    of = f" (tier {tier})" if tier else ""
    return Due(f"wave/{wave_id}/over", "wave", "", f"wave {number}{of} is over: ask the next", "", at,
               About(referral_id=referral_id))  # fmt: skip


def needed_by(referral_id: UUID, at: datetime) -> Due:
    """A home is needed by a time, and there is none yet."""
    return Due(f"referral/{referral_id}/needed_by", "needed_by", "", "a home is needed", "", at,
               About(referral_id=referral_id))  # fmt: skip
