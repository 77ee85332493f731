"""Who saw and changed this, and when. Every value is drawn as it is kept; nothing is opened from here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from textual.widget import Widget

from placement_tui.domain.audit import AuditRow, Kind, changed_words, command_words
from placement_tui.domain.officers import OfficerRow
from placement_tui.domain.typed_dates import day
from placement_tui.domain.typed_times import london
from placement_tui.widgets.ask import Ask
from placement_tui.widgets.choose import Option
from placement_tui.widgets.columns import Column
from placement_tui.widgets.dialog import Choose
from placement_tui.widgets.lines import Block, StatusLine
from placement_tui.widgets.place import Place, given
from placement_tui.widgets.table import RecordTable
from placement_tui.widgets.text import Line, Span, plain, wrap

_MOST = 500  # rows; the command line gives more
_FOOT = 7  # lines for the row under the cursor
_KINDS: tuple[tuple[Kind | None, str], ...] = ((None, "views and changes"), ("view", "views"), ("change", "changes"))
_EVERYBODY = "everybody"
_NOBODYS = frozenset({"provider", "home", "grade", "vacancy", "officer", "device", "setting", "erasure", "rota"})

Days = tuple[date, date]
_Found = tuple[tuple[AuditRow, ...], list[OfficerRow]]


class AuditScreen(Place):
    """Views and changes. `about` is the record that is meant, None for all; `more["words"]` says which it is."""

    PLACE = "audit"
    closes = True

    def __init__(self, about: Any = None, **more: Any) -> None:
        super().__init__(about, **more)
        self._officer: tuple[UUID, str] | None = None
        self._days: Days | None = None
        self._kind = 0
        self._everyone: list[OfficerRow] = []

    def body(self) -> Iterable[Widget]:
        """What is shown, then the rows."""
        yield StatusLine("reading…", id="filters")
        yield RecordTable(
            [
                Column("When", 15), Column("By", 4), Column("", 6), Column("What was done", least=14),
                Column("Record", 12, drop=2), Column("Which", 18, drop=1),
            ],
            self._cells,
            choosing=False,
            id="list",
        )  # fmt: skip

    def foot(self) -> Iterable[Widget]:
        """The row under the cursor, whole."""
        about = Block(id="about")
        about.styles.height = _FOOT
        yield about

    def on_mount(self) -> None:
        """The list takes the keys."""
        self.table.focus()
        super().on_mount()

    @property
    def table(self) -> RecordTable:
        """The views and changes."""
        return self.query_one("#list", RecordTable)

    def look(self) -> None:
        """Read them."""
        audit, about = self.services.audit, self.about if isinstance(self.about, UUID) else None
        since, until = _within(self._days)
        officer, kind = self._officer[0] if self._officer else None, _KINDS[self._kind][0]
        officers = self.services.officers

        def read() -> _Found:
            rows = audit.find(about=about, officer=officer, since=since, until=until, kind=kind, limit=_MOST)
            return rows, officers.everyone()

        self.read(read, self._show)

    def _show(self, found: _Found) -> None:
        rows, self._everyone = found
        self._note(rows)
        self.title_line.say("Who saw and changed it", self.more.get("words") or "the whole store")
        parts = [_KINDS[self._kind][1], f"of {self._officer[1]}" if self._officer else "", _days_words(self._days)]
        most = f"the latest {_MOST}: narrow it" if len(rows) == _MOST else f"{len(rows)}"
        self.query_one("#filters", StatusLine).say(Span(" ".join(part for part in parts if part)), Span(most, "muted"))
        self.table.show(
            rows,
            empty="Nobody saw or changed anything of that" + (": x takes the filters away" if self._narrowed else ""),
        )
        self._about()
        self.renew_footer()

    def _note(self, rows: tuple[AuditRow, ...]) -> None:
        """Of the whole store, what stands here of a child was seen; one record's audit is noted as it is opened."""
        if self.about is not None:
            return
        of: dict[str, set[UUID]] = {}
        for row in rows:
            of.setdefault(row.noun, set()).add(row.key)
        for noun, keys in of.items():
            if noun not in _NOBODYS:
                self.services.audit.seen(noun, keys, "who saw and changed it")

    @property
    def _narrowed(self) -> bool:
        return bool(self._officer or self._days or self._kind)

    def _cells(self, row: AuditRow) -> list[Line]:
        changed = row.kind == "change"
        return [
            _moment(row.at), row.initials or "?", Span("change" if changed else "view", "accent" if changed else "muted"),
            command_words(row.command).removeprefix("view "), row.noun.replace("_", " "), row.what,
        ]  # fmt: skip

    def on_record_table_moved(self) -> None:
        """The line under the cursor explains itself."""
        self._about()

    def on_resize(self) -> None:
        """Its lines are broken for the width."""
        self._about()

    def _about(self) -> None:
        row: AuditRow | None = self.table.row
        block = self.query_one("#about", Block)
        if row is None:
            block.show(*[""] * _FOOT)
            return
        who = f"{row.officer or 'nobody known'}, {_moment(row.at, seconds=True)}"
        lines: list[Line] = [[Span(f" {who}", "strong"), Span(f"  {row.noun.replace('_', ' ')} {row.what}", "muted")]]
        for said in changed_words(row):
            lines += [Span("   " + line) for line in wrap(plain(said), max(20, self.size.width - 5))]
        if row.kind == "view":
            lines.append(Span("   opened and looked at", "muted"))
        if len(lines) > _FOOT:
            lines[_FOOT - 1 :] = [
                Span(f"   and {len(lines) - _FOOT + 1} more lines: placement audit shows all", "muted")
            ]
        block.show(*lines, *[""] * (_FOOT - len(lines)))

    # commands

    def action_officer(self) -> None:
        """One officer, or everybody."""
        everyone = [Option((row.id, row.name), f"{row.initials}  {row.name}") for row in self._everyone]

        def chosen(choice: Any) -> None:
            self._officer = choice or None
            self.again()

        options = [Option((), _EVERYBODY, "0"), *everyone]
        self.app.push_screen(Choose("Whose views and changes?", options), given(chosen))

    def action_day(self) -> None:
        """One day, or from one to another."""
        today = self.services.desk.today
        help_ = "Which day? yesterday, 3 oct, mon - wed; nothing is any time. A day alone is that day"

        def chosen(days: Any) -> None:
            self._days = days or None
            self.again()

        self.app.push_screen(Ask("Of which day?", help_, lambda text: _read_days(text, today)), given(chosen))

    def action_kind(self) -> None:
        """Both, views, changes."""
        self._kind = (self._kind + 1) % len(_KINDS)
        self.again()

    def action_all(self) -> None:
        """No filter."""
        self._officer, self._days, self._kind = None, None, 0
        self.again()


def _read_days(text: str, today: date) -> Days | tuple[()]:
    """One day, or two with a dash between spaces; () for any time. Raises Invalid."""
    parts = [part.strip() for part in text.split(" - ")]
    if not text.strip():
        return ()
    found = [day(part, today, past=True, field="day") for part in parts[:2]]
    return (min(found), max(found))


def _within(days: Days | None) -> tuple[datetime | None, datetime | None]:
    if days is None:
        return None, None
    first, last = (datetime.combine(each, time(), london()) for each in days)
    return first, last + timedelta(days=1)


def _days_words(days: Days | None) -> str:
    if days is None:
        return ""
    first, last = (f"{each.day} {each:%b %Y}" for each in days)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _moment(at: datetime, seconds: bool = False) -> str:
    local = at.astimezone(london())
    return f"{local:%d %b %y %H:%M:%S}" if seconds else f"{local:%d %b %y %H:%M}"
