"""Providers: the page of one, what is logged of it, and who is meant by a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any
from uuid import UUID

from placement_tui.db.changes import providers as changes
from placement_tui.db.reads import homes, providers
from placement_tui.domain import providers_typed as forms
from placement_tui.domain.approaches import Saved
from placement_tui.domain.finding import Hit
from placement_tui.domain.folding import fold
from placement_tui.domain.history import Changed
from placement_tui.domain.identifiers import as_id
from placement_tui.domain.providers import Named, NewConcern, NewContact, NewVisit, NewVoice, ProviderPage, ProviderRow
from placement_tui.domain.typed_text import long_text, short_text, shown
from placement_tui.errors import Invalid, NotFound, Refused
from placement_tui.services.desk import Desk

SHOWN = 6


class Providers:
    """What an officer does with a provider."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names: list[tuple[str, Named]] | None = None
        self._guard = Lock()
        desk.listen(self._heard)

    def page(self, provider_id: UUID) -> ProviderPage:
        """Everything that is known of a provider. Raises NotFound."""
        with self._desk.read() as session:
            found = providers.page(session, provider_id, self._desk.now)
        if found is None:
            raise NotFound("There is no such provider", mend="it may have been merged into another, or undone")
        return found

    def every(self) -> list[ProviderRow]:
        """Every provider by name."""
        with self._desk.read() as session:
            return providers.every(session, self._desk.now, self._desk.today)

    def residents(self, provider_id: UUID) -> list[tuple[UUID, str, UUID, str]]:
        """Children of ours who live or lived there: child, initials, home, the home's name."""
        with self._desk.read() as session:
            return providers.residents(session, provider_id)

    # who is meant

    def named(self, text: str, limit: int = 10) -> list[Hit]:
        """Providers whose words begin with those typed, by their own name or that of a double that was merged in."""
        words = fold(text).split()
        if not words:
            return []
        hits: dict[UUID, Hit] = {}
        ranked = sorted(
            (text != name, len(name), name, n) for n, (name, _) in enumerate(self._known()) if _begins(words, name)
        )
        for *_, at in ranked:
            each = self._known()[at][1]
            more = f"was {each.name}" if each.into else ""
            hits.setdefault(each.id, Hit("provider", each.id, each.into or each.name, more))
            if len(hits) >= limit:
                break
        return list(hits.values())

    def resolve(self, said: str) -> UUID:
        """The provider that a name or some beginnings of its words mean; a merged double means the one that is kept.

        Raises NotFound where none or several could be meant.
        """
        key = as_id(said)
        if key is not None:
            return self.page(key).id
        wanted = fold(said)
        known = self._known()
        for fits in (lambda name: name == wanted, lambda name: _begins(wanted.split(), name)):
            found = {each.id: each for name, each in known if wanted and fits(name)}
            if len(found) == 1:
                return next(iter(found))
            if found:
                names = ", ".join(each.into or each.name for each in list(found.values())[:SHOWN])
                raise NotFound(f"{shown(said)} could be {len(found)} providers", names, "give more of the name")
        raise NotFound(f"No provider answers to {shown(said)}", mend="`placement providers` lists them")

    def _known(self) -> list[tuple[str, Named]]:
        with self._guard:
            if self._names is None:
                with self._desk.read() as session:
                    self._names = [(fold(each.name), each) for each in providers.names(session)]
            return self._names

    def _heard(self, changed: Changed) -> None:
        if "provider" in changed.nouns:
            with self._guard:
                self._names = None

    # what is logged

    def add_contact(self, provider_id: UUID, new: NewContact) -> Saved:
        """Somebody to ring. Raises Invalid."""
        new = forms.checked(new)
        columns = {
            "name": short_text("name", new.name, forms.LINE), "part": short_text("part", new.part, forms.LINE),
            "phone": new.phone, "out_of_hours_phone": new.out_of_hours_phone, "email": new.email,
            "note": long_text("note", new.note, forms.TEXT), "home_id": new.home_id,
        }  # fmt: skip
        with self._desk.write("log contact") as session:
            name = changes.get(session, provider_id).name
            key = changes.add_contact(session, provider_id, columns)
        return Saved(f"{name}: {new.name} is on the list of contacts", (key, provider_id))

    def drop_contact(self, contact_id: UUID) -> Saved:
        """Somebody is no longer to be rung; what was logged of them stays in the history. Raises NotFound."""
        with self._desk.write("drop contact") as session:
            row = changes.strike_contact(session, contact_id, self._desk.now)
            name = row.name
        return Saved(f"{name} is off the list of contacts", (contact_id,))

    def log_visit(self, new: NewVisit) -> Saved:
        """A visit that is due, or that was made: it settles the one that was due there first. Raises Invalid."""
        if (new.due_on is None) == (new.visited_on is None):
            raise Invalid(
                "visit", "A visit is due, or it was made", mend="give one day: when it is due, or when it was"
            )
        found, visitor = long_text("found", new.found, forms.TEXT), short_text("by", new.visitor, forms.LINE)
        desk, officer = self._desk, self._desk.officer
        if new.visited_on is not None:
            forms.day_past("visited", new.visited_on, desk.today)
        elif new.due_on is not None and new.due_on < desk.today:
            raise Invalid(
                "due", f"{new.due_on:%d/%m/%Y} has passed", mend="give a day to come; one made has its own day"
            )
        with desk.write("log visit") as session:
            name = _home(homes.record(session, new.home_id))
            key = providers.open_visit(session, new.home_id)
            if new.visited_on is not None and key is not None:
                changes.made_visit(session, key, new.visited_on, visitor or officer.name, found, officer.id)
            else:
                columns = {
                    "home_id": new.home_id, "due_on": new.due_on, "visited_on": new.visited_on, "found": found,
                    "visitor": visitor or (officer.name if new.visited_on else ""),
                }  # fmt: skip
                key = changes.add_visit(session, columns, officer.id)
        words = f"visited on {new.visited_on:%d/%m/%Y}" if new.visited_on else f"visit due on {new.due_on:%d/%m/%Y}"
        return Saved(f"{name}: {words}", (key, new.home_id))

    def raise_concern(self, new: NewConcern) -> Saved:
        """A concern about a home. Raises Invalid."""
        what = long_text("concern", new.what, forms.TEXT, required=True)
        forms.day_past("raised", new.raised_on, self._desk.today)
        columns = {
            "home_id": new.home_id, "what": what, "raised_on": new.raised_on,
            "raised_by": short_text("by", new.raised_by, forms.LINE) or self._desk.officer.name,
        }  # fmt: skip
        with self._desk.write("log concern") as session:
            name = _home(homes.record(session, new.home_id))
            key = changes.add_concern(session, columns, self._desk.officer.id)
        return Saved(f"{name}: concern logged", (key, new.home_id))

    def settle_concern(self, concern_id: UUID, how: str) -> Saved:
        """How a concern was settled. Raises Invalid, and Refused where it is settled already."""
        said = long_text("settled", how, forms.TEXT, required=True)
        with self._desk.write("settle concern") as session:
            row = changes.concern(session, concern_id)
            if row.settled_on is not None:
                raise Refused(f"That concern was settled on {row.settled_on:%d/%m/%Y}", row.settled[:100])
            row.settled_on, row.settled = self._desk.today, said
            name = _home(homes.record(session, row.home_id))
        return Saved(f"{name}: concern settled", (concern_id, row.home_id))

    def log_voice(self, new: NewVoice) -> Saved:
        """What a child said about living in a home, in the child's words. Raises Invalid."""
        words = long_text("words", new.words, forms.TEXT, required=True)
        forms.day_past("said", new.said_on, self._desk.today)
        columns = {
            "home_id": new.home_id, "child_id": new.child_id, "said_on": new.said_on, "words": words,
            "heard_by": short_text("by", new.heard_by, forms.LINE) or self._desk.officer.name,
        }  # fmt: skip
        with self._desk.write("log child's words") as session:
            name = _home(homes.record(session, new.home_id))
            key = changes.add_voice(session, columns, self._desk.now, self._desk.officer.id)
        return Saved(f"{name}: what the child said is kept", (key, new.home_id))

    def note(self, provider_id: UUID, note: str) -> Saved:
        """The note on a provider, in place of the one there. Raises Invalid."""
        said = long_text("note", note, forms.TEXT)
        with self._desk.write("note") as session:
            name = changes.change(session, provider_id, {"note": said}).name
        return Saved(f"{name}: note saved", (provider_id,))

    # suspension

    def suspend(self, home_ids: Sequence[UUID], why: str) -> Saved:
        """Homes are not to be used, with the reason; no rule lets anybody ask them until it is lifted.

        Raises Invalid without a reason, and Refused where all of them are suspended already.
        """
        said = short_text("why", why, forms.LINE, required=True)
        with self._desk.write("suspend") as session:
            rows = {key: _there(homes.record(session, key)) for key in dict.fromkeys(home_ids)}
            used = [key for key, row in rows.items() if row.suspended is None]
            if not used:
                raise Refused(_already(rows), mend="lift it first, to say another reason")
            changes.suspend(session, used, said, self._desk.now, self._desk.officer.id)
        name = _home(rows[used[0]]) if len(used) == 1 else f"{len(used)} homes"
        return Saved(f"{name}: not used from now, {said}", tuple(used))

    def lift(self, home_ids: Sequence[UUID], why: str) -> Saved:
        """Homes may be used again, with the reason. Raises Invalid without one, Refused where none is suspended."""
        said = short_text("why", why, forms.LINE, required=True)
        with self._desk.write("lift suspension") as session:
            rows = {key: _there(homes.record(session, key)) for key in dict.fromkeys(home_ids)}
            shut = [key for key, row in rows.items() if row.suspended is not None]
            if not shut:
                raise Refused("Nothing is suspended there", mend="there is nothing to lift")
            for key in shut:
                known = providers.open_suspension(session, key)
                changes.lift(session, key, known, said, self._desk.now, self._desk.officer.id)
        name = _home(rows[shut[0]]) if len(shut) == 1 else f"{len(shut)} homes"
        return Saved(f"{name}: used again, {said}", tuple(shut))

    def homes_of(self, provider_id: UUID) -> list[tuple[UUID, str, str | None]]:
        """A provider's homes: id, name, and why one is not used."""
        with self._desk.read() as session:
            return providers.home_ids(session, provider_id)


def _begins(words: Sequence[str], name: str) -> bool:
    parts = name.split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _there(row: Any) -> Any:
    """A home's row. Raises NotFound where there is no such home."""
    if row is None:
        raise NotFound("There is no such home", mend="it may have been undone")
    return row


def _home(row: Any) -> str:
    return str(_there(row).name or row.provider_name)


def _already(rows: Mapping[UUID, Any]) -> str:
    if len(rows) == 1:
        row = next(iter(rows.values()))
        return f"{_home(row)} is not used already: {row.suspended}"
    return "All of these homes are suspended already" if rows else "This provider has no homes in the register"
