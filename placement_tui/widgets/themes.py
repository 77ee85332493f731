"""The colours: dark, light, high contrast, and the terminal's own. One accent; good, warn and bad are also words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

THEMES: tuple[Theme, ...] = (
    Theme(
        "placement-dark", primary="#3d7ea6", accent="#e0b050", success="#7fb77e", warning="#e0b050", error="#e07a6a",
        foreground="#d8dade", background="#14171a", surface="#1a1e22", panel="#20252a", dark=True,
    ),
    Theme(
        "placement-light", primary="#7fb0d0", accent="#8a5a00", success="#22692a", warning="#8a5a00", error="#a8281c",
        foreground="#1c1e20", background="#f7f6f2", surface="#eeece6", panel="#e6e3db", dark=False,
    ),
    Theme(
        "placement-contrast", primary="#2f6fff", accent="#ffff00", success="#00ff66", warning="#ffff00",
        error="#ff8080", foreground="#ffffff", background="#000000", surface="#000000", panel="#101010", dark=True,
    ),
)  # fmt: skip
NAMES: tuple[str, ...] = (*(theme.name for theme in THEMES), "ansi-dark", "ansi-light")
WORDS: dict[str, str] = {
    "placement-dark": "dark", "placement-light": "light", "placement-contrast": "high contrast",
    "ansi-dark": "the terminal's own colours, on dark", "ansi-light": "the terminal's own colours, on light",
}  # fmt: skip


def register(app: App[Any]) -> None:
    """Make the themes known to the application."""
    for theme in THEMES:
        app.register_theme(theme)


def start_theme(chosen: str, colours: str, no_color: bool) -> str:
    """The theme to start with: the one chosen, else dark; the terminal's own where it has 16 colours or none are wanted.

    `colours` is `terminal.colour_system`'s answer.
    """
    if chosen in NAMES:
        return chosen
    return "ansi-dark" if no_color or colours == "standard" else NAMES[0]
