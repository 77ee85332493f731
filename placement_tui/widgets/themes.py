"""The colours: dark, light, high contrast, and the terminal's own. One accent; good, warn and bad are also words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

# All of them are among the 256 fixed colours, so that a terminal with 256 shows the same as one with 24 bits, and the
# driver can name them by number. The grounds are what `inks` lays under a whole line.
THEMES: tuple[Theme, ...] = (
    Theme(
        "placement-dark", primary="#005f87", accent="#5fafd7", success="#87d787", warning="#ffaf5f", error="#ff8787",
        foreground="#d0d0d0", background="#121212", surface="#1c1c1c", panel="#262626", dark=True,
        variables={
            "ink-muted": "#8a8a8a", "ground-cursor": "#005f87", "ground-resting": "#303030",
            "ground-changed": "#5f5f00", "ground-bar": "#262626", "ground-panel": "#1c1c1c",
        },
    ),
    Theme(
        "placement-light", primary="#afd7ff", accent="#005f87", success="#005f00", warning="#875f00", error="#af0000",
        foreground="#262626", background="#ffffff", surface="#eeeeee", panel="#e4e4e4", dark=False,
        variables={
            "ink-muted": "#626262", "ground-cursor": "#afd7ff", "ground-resting": "#dadada",
            "ground-changed": "#ffffaf", "ground-bar": "#e4e4e4", "ground-panel": "#eeeeee",
        },
    ),
    Theme(
        "placement-contrast", primary="#0000af", accent="#ffff00", success="#5fff5f", warning="#ffd700",
        error="#ff8787", foreground="#ffffff", background="#000000", surface="#000000", panel="#121212", dark=True,
        variables={
            "ink-muted": "#d0d0d0", "ground-cursor": "#0000af", "ground-resting": "#3a3a3a",
            "ground-changed": "#5f5f00", "ground-bar": "#303030", "ground-panel": "#121212",
        },
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
