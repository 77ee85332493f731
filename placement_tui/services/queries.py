"""Queries: whole lists for the command line, what people mean by a few words, and SQL that only reads."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from placement_tui.db.changes import audit as changes
from placement_tui.db.reads import belonging, children, homes, officers, placements, queries, sql
from placement_tui.domain.history import OperationRow
from placement_tui.domain.homes import Candidate
from placement_tui.domain.officers import OfficerRow, may
from placement_tui.domain.placements import PlacementRow
from placement_tui.domain.queries import ReferralLine, SqlAnswer
from placement_tui.errors import NotFound, PlacementError
from placement_tui.services.desk import Desk
from placement_tui.services.history import History

NOBODYS = frozenset({"local", "draft"})
AUDIT = frozenset({"operation", "attempt", "erasure"})
MOST_NAMED = 1000  # beyond it the search index is quicker


class Queries:
    """What is asked of the store as a whole."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sql(self, query: str, seconds: float = 30.0) -> SqlAnswer:
        """One SELECT of the officer's own. Raises WrongUse, Refused.

        It reads no more than the role may: the audit's tables by who may audit, nobody's half-typed forms, and nothing
        that the store keeps for itself. A query over records of children is noted in the journal as a look.
        """
        self._desk.refresh_officer()
        closed = NOBODYS if may(self._desk.officer.role, "audit") else NOBODYS | AUDIT
        answer = sql.select(self._desk.store, query, seconds, closed)
        if told := answer.tables & belonging.theirs():
            with suppress(PlacementError), self._desk.store.write(self._desk.officer.id, "view") as session:
                changes.note_query(session, told, self._desk.now)  # where nothing can be written, reading goes on
        return answer

    def officers(self) -> list[OfficerRow]:
        """Who works with the store."""
        with self._desk.read() as session:
            return officers.everyone(session)

    def referrals(self, limit: int = 1000) -> list[ReferralLine]:
        """Referrals of every state, the latest first."""
        with self._desk.read() as session:
            return queries.referrals(session, self._desk.today, limit)

    def referral_of(self, said: str) -> UUID:
        """The latest referral, closed or not, of the child with that identifier or those initials. Raises NotFound."""
        with self._desk.read() as session:
            found = queries.latest_referrals(session, said.strip())
        if not found:
            raise NotFound(
                f"No child or referral answers to {said!r}", mend="`placement referrals --all` lists them all"
            )
        if len(found) > 1:
            raise NotFound(
                f"{said!r} could be several children",
                ", ".join(reference for _, reference, _ in found[:10]),
                "give the reference",
            )
        return found[0][0]

    def child_of(self, said: str) -> UUID | None:
        """The child with that identifier of the council's, if there is one."""
        with self._desk.read() as session:
            return children.by_identifier(session, said.strip())

    def children_called(self, said: str) -> list[tuple[UUID, str, str]]:
        """Children with that identifier, or else with those initials: id, initials, identifier."""
        wanted = said.strip().casefold()
        with self._desk.read() as session:
            rows = [row[:3] for row in children.named(session, said.strip(), MOST_NAMED)]
        exact = [row for row in rows if row[2].casefold() == wanted]
        return exact or [row for row in rows if row[1].casefold() == wanted]

    def placements(self, limit: int = 1000) -> list[PlacementRow]:
        """Placements, ended ones too, the latest started first."""
        return self._placements(None, limit)

    def placements_of(self, said: str) -> list[PlacementRow]:
        """Placements of children with that identifier or those initials, the latest started first."""
        return self._placements(said.strip(), 100)

    def homes(self, kinds: frozenset[str] = frozenset()) -> list[Candidate]:
        """The register by name, of those kinds where any are given."""
        with self._desk.read() as session:
            found = homes.candidates(session, self._desk.now)
        wanted = [home for home in found if not kinds or home.kind in kinds]
        return sorted(wanted, key=lambda home: (home.name.casefold(), home.provider.casefold()))

    def home_of_urn(self, urn: str) -> Candidate | None:
        """The home with that URN, if there is one."""
        with self._desk.read() as session:
            key = homes.by_urn(session, urn)
            return homes.candidates(session, self._desk.now, {key})[0] if key is not None else None

    def homes_named(self, words: Sequence[str]) -> list[Candidate]:
        """Homes with all of those words in their name, as they are spelt; a thousand at most. No search index is built."""
        with self._desk.read() as session:
            keys = set(queries.homes_named(session, words, MOST_NAMED)) if words else set()
            return homes.candidates(session, self._desk.now, keys) if keys and len(keys) < MOST_NAMED else []

    def history_of(self, referral_id: UUID, limit: int) -> list[OperationRow]:
        """What was changed of a referral and of all that belongs to it, the latest first."""
        with self._desk.read() as session:
            keys = queries.belonging(session, referral_id)
        history = History(self._desk)
        found = [row for key in dict.fromkeys(keys) for row in history.of(key, limit)]
        return sorted(found, key=lambda row: (row.at, row.sequence), reverse=True)[:limit]

    def _placements(self, said: str | None, limit: int) -> list[PlacementRow]:
        with self._desk.read() as session:
            keys = queries.placements(session, child_said=said, limit=limit)
            rows = (placements.get(session, key, self._desk.today) for key in keys)
            return [row for row in rows if row is not None]
