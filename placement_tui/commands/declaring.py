"""What a command is: one thing that a person can ask for, declared once.

Bindings, footer, palette, help, `placement keys` and the documentation all derive from it. Plain data: no Textual here.
"""

from __future__ import annotations

from dataclasses import dataclass

ANYWHERE = "anywhere"

NAMED_KEYS = {
    "enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "up": "Up", "down": "Down", "left": "Left",
    "right": "Right", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "backspace": "Backspace",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    `id` is `place.verb`; `keys` are literal characters ("?") or names ("f1", "ctrl+p", "enter"); `where` names the
    places where it works ("anywhere" for all); `local` adds a key in one place only, as (place, key); `over` names
    keys of commands that work anywhere and that this one takes on purpose in its place; `word` is the footer's short
    name; `footer` asks for a hint there; `danger` says that it cannot be undone by one key, so that it is confirmed
    by another key than its own; `always` makes its keys arrive even in a text field or a dialog; `action` is the
    method `action_...` that runs it, where `{key}` stands for the key pressed.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    help: str
    group: str
    where: tuple[str, ...]
    action: str
    word: str = ""
    footer: bool = False
    danger: bool = False
    always: bool = False
    local: tuple[tuple[str, str], ...] = ()
    over: tuple[str, ...] = ()

    def keys_in(self, place: str) -> tuple[str, ...]:
        """Every key that runs it in that place, the place's own first; none where it does not work."""
        own = tuple(key for at, key in self.local if at == place)
        return own + self.keys if place in self.where or ANYWHERE in self.where else own

    @property
    def hint(self) -> str:
        """The footer's word for it."""
        return self.word or self.title.lower()


def key_words(key: str) -> str:
    """A key as people write it: `ctrl+p` -> `Ctrl+P`, `f1` -> `F1`, `enter` -> `Enter`, `R` -> `R`."""
    if key in NAMED_KEYS:
        return NAMED_KEYS[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key[5:].upper()
    return key.upper() if len(key) > 1 else key


def keys_words(keys: tuple[str, ...]) -> str:
    """Several keys as people write them; a run of digits is shortened: `1-9`."""
    if len(keys) > 2 and all(len(key) == 1 and key.isdigit() for key in keys):
        return f"{keys[0]}-{keys[-1]}"
    return " ".join(key_words(key) for key in keys)
