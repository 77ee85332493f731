"""Waves: which tier is to be asked next, and asking it."""

from __future__ import annotations

from uuid import UUID

from placement_tui.db.reads import waves as reads
from placement_tui.domain import settings as names
from placement_tui.domain.approaches import WaveSent
from placement_tui.domain.policy import MOST_TIERS
from placement_tui.domain.waves import MOST_AT_ONCE, NextTier, WaveRow, tier_words
from placement_tui.errors import Refused
from placement_tui.services.approaches import Approaches
from placement_tui.services.desk import Desk
from placement_tui.services.homes import Homes


class Waves:
    """What an officer does tier by tier."""

    def __init__(self, desk: Desk, homes: Homes, approaches: Approaches) -> None:
        self._desk, self._homes, self._approaches = desk, homes, approaches

    @property
    def names(self) -> tuple[str, ...]:
        """The council's own names of the tiers, the first first."""
        return tuple(self._desk.setting(names.TIERS) or ())

    def of(self, referral_id: UUID) -> list[WaveRow]:
        """The waves of a referral, the first first."""
        with self._desk.read() as session:
            return reads.of_referral(session, referral_id)

    def next_tier(self, referral_id: UUID, line: str = "") -> NextTier | None:
        """The first tier of which somebody may still be asked; after a wave to one tier, the one behind it.

        None where no tier has a home that may be asked.
        """
        sent = [row.tier for row in self.of(referral_id) if row.tier is not None]
        wanted = self._homes.wanted(referral_id)
        for tier in range(1 + (max(sent) if sent else 0), MOST_TIERS + 1):
            found = self._homes.find(f"{line} tier{tier}".strip(), wanted, limit=MOST_AT_ONCE)
            homes = [match.candidate.id for match in found.matches if match.may_be_asked]
            if homes:
                return NextTier(tier, tuple(homes), found.total)
        return None

    def send_next(self, referral_id: UUID, off_framework_why: str = "", *, after: int | None = None) -> WaveSent:
        """Ask the next tier. `after` is how many waves the officer saw, so that two who press the key together send one.

        Raises Refused where there is none, or a colleague has just sent it; Invalid where somebody of it is off framework.
        """
        following = self.next_tier(referral_id)
        if following is None:
            sent = [row.tier for row in self.of(referral_id) if row.tier is not None]
            behind = f" behind {tier_words(max(sent), self.names)}" if sent else ""
            raise Refused(
                f"No tier{behind} has a home that may be asked",
                mend="f finds homes of any tier, or r gives something up",
            )
        return self._approaches.ask(referral_id, following.homes, off_framework_why=off_framework_why, after=after)
