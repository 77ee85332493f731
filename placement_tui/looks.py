"""Looks: what a cell's text and ground look like, numbered, and the shortest way from one to another."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import split_graphemes

PLAIN = 0  # the terminal's own foreground and background

_FLAGS = {"1", "2", "3", "4", "5", "7", "8", "9", "21", "53"}
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "21": "24", "5": "25", "7": "27", "8": "28", "9": "29", "53": "55"}
_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})  # flags that show on a space

Look = tuple[str, str, frozenset[str]]  # foreground and background as SGR parameters ("" for default), flags


class Looks:
    """The looks met so far. A look is known by its number; 0 is the terminal's own."""

    def __init__(self, colour: bool = True) -> None:
        self._colour = colour
        self._looks: list[Look] = [("", "", frozenset())]
        self._numbers: dict[Look, int] = {self._looks[0]: PLAIN}
        self._applied: dict[tuple[int, str], int] = {}
        self._blanks: dict[int, int] = {PLAIN: PLAIN}
        self._changes: dict[tuple[int, int, bool], str] = {}

    def apply(self, look: int, sgr: str) -> int:
        """The look after the parameters of one SGR sequence."""
        try:
            return self._applied[look, sgr]
        except KeyError:
            made = self._applied[look, sgr] = self._number(self._after(self._looks[look], sgr))
            return made

    def blank(self, look: int) -> int:
        """The look of a space: what does not show on it is left out, so that it differs only where one would see it."""
        try:
            return self._blanks[look]
        except KeyError:
            foreground, background, flags = self._looks[look]
            seen = (foreground, background, flags) if flags & _SEEN_ON_BLANKS else ("", background, frozenset[str]())
            made = self._blanks[look] = self._number(seen)
            return made

    def bare(self, look: int) -> bool:
        """True where nothing but the ground shows on a blank of that look."""
        return not self._looks[look][2] & _SEEN_ON_BLANKS

    def change(self, pen: int, look: int, blank: bool) -> str:
        """What to write so that the pen has a look; "" when it may stay as it is for a blank."""
        try:
            return self._changes[pen, look, blank]
        except KeyError:
            made = "" if blank and self.blank(pen) == look else self._change(self._looks[pen], self._looks[look])
            self._changes[pen, look, blank] = made
            return made

    def _number(self, look: Look) -> int:
        number = self._numbers.get(look)
        if number is None:
            number = self._numbers[look] = len(self._looks)
            self._looks.append(look)
        return number

    def _after(self, look: Look, sgr: str) -> Look:
        foreground, background, flags = look
        kept = set(flags)
        parameters = sgr.split(";") if sgr else ["0"]
        at = 0
        while at < len(parameters):
            one = parameters[at] or "0"
            if one == "0":
                foreground, background, kept = "", "", set()
            elif one in _FLAGS:
                kept.add(one)
            elif one in ("38", "48"):
                size = 5 if parameters[at + 1 : at + 2] == ["2"] else 3
                colour = shortest(";".join(parameters[at : at + size]))
                foreground, background = (colour, background) if one == "38" else (foreground, colour)
                at += size - 1
            elif one in ("39", "49"):
                foreground, background = ("", background) if one == "39" else (foreground, "")
            elif (len(one) == 2 and one[0] in "39") or one in ("90", "91", "92", "93", "94", "95", "96", "97"):
                foreground = one
            elif one[0] == "4" or one.startswith("10"):
                background = one
            else:
                kept -= {flag for flag, off in _OFF.items() if off == one}
            at += 1
        return (foreground, background, frozenset(kept)) if self._colour else ("", "", frozenset(kept))

    @staticmethod
    def _change(pen: Look, look: Look) -> str:
        foreground, background, flags = look
        fresh = [*sorted(flags), *filter(None, (foreground, background))]
        anew = ";".join(["0", *fresh]) if fresh else ""
        steps: list[str] = []
        gone = {_OFF[flag] for flag in pen[2] - flags}
        steps += sorted(gone)
        steps += sorted(flag for flag in flags if flag not in pen[2] or _OFF[flag] in gone)
        if foreground != pen[0]:
            steps.append(foreground or "39")
        if background != pen[1]:
            steps.append(background or "49")
        step = ";".join(steps)
        return f"\x1b[{min(step, anew, key=len)}m"


@lru_cache(maxsize=256)
def shortest(colour: str) -> str:
    """A 24-bit colour as its number among the 256, where it is exactly one of them: half as long, and the same to see.

    The first sixteen are the user's own, and some colour schemes change the next six, so that those stay as they are.
    """
    kind, _, rest = colour.partition(";2;")
    if not rest:
        return colour
    red, green, blue = (int(part) for part in rest.split(";"))
    if red == green == blue and red >= 8 and (red - 8) % 10 == 0 and red < 239:
        return f"{kind};5;{232 + (red - 8) // 10}"
    steps = [_CUBE.get(part) for part in (red, green, blue)]
    if None in steps:
        return colour
    number = 16 + sum((step or 0) * scale for step, scale in zip(steps, (36, 6, 1), strict=True))
    return f"{kind};5;{number}" if number > 21 else colour


_CUBE = {0: 0, 95: 1, 135: 2, 175: 3, 215: 4, 255: 5}
_LINES = {
    **dict.fromkeys("─━═┄┈╌╴╶", "-"), **dict.fromkeys("│┃║┆┊╎╵╷", "|"), **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╯╰╔╗╚╝", "+"),
    "›": ">", "‹": "<", "…": "~", "·": "-", "→": ">", "←": "<", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"',
    "”": '"', "▐": "#", "█": "#", "£": "#", "•": "*", "\ufffd": "?",
}  # fmt: skip


@lru_cache(maxsize=2048)
def ascii_for(text: str, encoding: str) -> str:
    """Text for a terminal that does not read UTF-8: what its encoding has stays, the rest becomes ASCII, cell by cell."""
    out: list[str] = []
    for start, end, size in split_graphemes(text)[0]:
        cluster = text[start:end]
        if cluster.isascii():
            out.append(cluster)
            continue
        try:
            known = size == 1 and len(cluster) == 1 and len(cluster.encode(encoding)) == 1 and ord(cluster) > 0xA0
        except (UnicodeEncodeError, LookupError):
            known = False
        if known:
            out.append(cluster)
        else:
            made = _LINES.get(cluster) or unicodedata.normalize("NFKD", cluster).encode("ascii", "ignore").decode()
            out.append((made or "?" * size)[:size].ljust(size))
    return "".join(out)
