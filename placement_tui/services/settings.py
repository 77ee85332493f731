"""The council's own choices: shown in words, changed one at a time, journaled, so that undo takes them back."""

from __future__ import annotations

from typing import Any

from placement_tui.db.changes import settings as changes
from placement_tui.db.reads import settings as reads
from placement_tui.domain.approaches import Saved
from placement_tui.domain.policy import SETTINGS, Around, SettingKind, SettingRow, setting_kind
from placement_tui.services.desk import Desk

LENGTH = 2_000  # letters of one setting; a list of every authority fits


class Settings:
    """What the council chooses."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def every(self) -> list[SettingRow]:
        """Every setting, as it is now."""
        around = self._around()
        return [_row(kind, around) for kind in SETTINGS.values()]

    def get(self, name: str) -> SettingRow:
        """One of them, by its name or a part that only one has. Raises Invalid."""
        return _row(setting_kind(name), self._around())

    def change(self, name: str, said: str) -> Saved:
        """Choose. Raises Invalid, naming the setting, with an example; Refused for who may not."""
        kind = setting_kind(name)
        self._desk.require("settings")
        if len(said) > LENGTH:
            raise kind.refuse(said[:40], f"that has {len(said):,} characters; at most {LENGTH:,} are read")
        around = self._around()
        value = kind.read(kind, said.strip(), around)
        if kind.value(around.held) == value and kind.chosen(around.held):
            return Saved(f"{kind.title}: it is so already, {kind.say(value, around)}")
        self._put(f"change {kind.name.replace('_', ' ')}", kind, value)
        return Saved(f"{kind.title}: {kind.say(value, around)}")

    def forget(self, name: str) -> Saved:
        """Go back to the program's own. Raises Invalid, Refused."""
        kind = setting_kind(name)
        self._desk.require("settings")
        self._put(f"forget {kind.name.replace('_', ' ')}", kind, None)
        return Saved(f"{kind.title}: {kind.say(kind.default, self._around())}, as the program has it")

    def _put(self, command: str, kind: SettingKind, value: Any) -> None:
        with self._desk.write(command) as session:
            stored = reads.everything(session)
            if kind.within is None:
                changes.put(session, kind.name, value)
            else:
                others = {key: each for key, each in (stored.get(kind.within) or {}).items() if key != kind.name}
                changes.put(session, kind.within, others if value is None else others | {kind.name: value})

    def _around(self) -> Around:
        with self._desk.read() as session:
            areas = {row.gss: row.name for row in reads.authorities(session)}
            return Around(reads.everything(session), areas)


def _row(kind: SettingKind, around: Around) -> SettingRow:
    value = kind.value(around.held)
    return SettingRow(
        kind.name, kind.title, kind.say(value, around), value, kind.chosen(around.held), kind.example, kind.help
    )
