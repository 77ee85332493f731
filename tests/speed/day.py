"""An officer's day as steps that give one sample each: every interaction of the five journeys, from the duty board to it.

`day` is a generator, so that two programs take their steps in turns and share whatever else the machine does. All that a
step saves is undone by a later one: the day can be taken again and again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyte

from tests.ptydrive import Sample
from tests.speed import reach
from tests.speed.reach import Reach
from tests.speed.steps import BOARD, QUIET, Desk, cursor, shown

Step = tuple[str, Sample]
Seen = Callable[[pyte.Screen], bool]
CALLS = r"\d+ asked +\d+ waiting"
HOMES = r" of \d[\d,]* *$"
DIALOG = "┌─"

# The steps, in the order of the page, and what each is to reach.
STEPS: dict[str, Reach] = {
    "cursor, one line": reach.CURSOR,
    "a letter in a form": reach.ECHO,
    "help, opened": reach.DIALOG,
    "help, left by Escape": reach.LEFT,
    "all commands, opened": reach.DIALOG,
    "all commands, left by Escape": reach.LEFT,
    "find anything, opened": reach.DIALOG,
    "find anything, a letter": reach.SEARCH,
    "find anything, left by Escape": reach.LEFT,
    "due, opened": reach.SCREEN,
    "due, left": reach.SCREEN,
    "hand over, opened": reach.SCREEN,
    "hand over, left": reach.SCREEN,
    "insight, opened": reach.SCREEN,
    "insight, left": reach.SCREEN,
    "placements, opened": reach.SCREEN,
    "a child's story, opened": reach.SCREEN,
    "a child's story, left": reach.SCREEN,
    "the referral's form, opened": reach.SCREEN,
    "the referral's form, left by Escape": reach.SCREEN,
    "call list, opened": reach.SCREEN,
    "cursor on the call list": reach.CURSOR,
    "a home's page, opened": reach.SCREEN,
    "a home's page, left": reach.SCREEN,
    "no, one key: saved": reach.SAVED,
    "what would change it: saved": reach.SAVED,
    "undo": reach.SAVED,
    "no, the family's letter": reach.DIALOG,
    "no, its digit: saved": reach.SAVED,
    "no reply: saved": reach.SAVED,
    "call back, asked when": reach.DIALOG,
    "call back: saved": reach.SAVED,
    "an offer, asked how much": reach.DIALOG,
    "an offer, a digit": reach.ECHO,
    "an offer: saved": reach.SAVED,
    "call list, left": reach.SCREEN,
    "somebody rings, opened": reach.DIALOG,
    "somebody rings, a letter": reach.SEARCH,
    "somebody rings, picked": reach.SCREEN,
    "somebody rings, no: saved, back on the board": reach.SAVED,
    "another child, asked which": reach.DIALOG,
    "another child, there": reach.SCREEN,
    "another child, back": reach.SCREEN,
    "emergency, opened": reach.SCREEN,
    "emergency, the next field": reach.CURSOR,
    "emergency: saved, homes listed": reach.SAVED,
    "homes, opened": reach.SCREEN,
    "cursor in the homes": reach.CURSOR,
    "mark twenty": reach.SCREEN,
    "the wave: saved, call list": reach.SAVED,
    "homes, left": reach.SCREEN,
}  # fmt: skip


def day(desk: Desk) -> Iterator[Step]:
    """The whole day, from the duty board and back to it."""
    desk.press("g")
    desk.quiet()
    yield from dialogs(desk)
    yield from places(desk)
    yield from calls(desk)
    yield from ringing(desk)
    yield from switching(desk)
    yield from emergency(desk)


def saved(words: str) -> str:
    """The line that says what was saved."""
    return rf"{words}.*\. u undoes"


def gone(text: str) -> Seen:
    """True once the screen no longer shows it."""
    return lambda screen: not any(text in line for line in screen.display)


def title(reference: str) -> Seen:
    """True once the first line of the screen is that referral's."""
    return lambda screen: screen.display[0].startswith(f" {reference}")


def dialogs(desk: Desk) -> Iterator[Step]:
    """Help, all commands, and finding anything; each left by Escape."""
    yield "cursor, one line", desk.move("down")
    yield "cursor, one line", desk.move("up")
    yield "help, opened", desk.measure("?", "closes this", QUIET)
    yield "help, left by Escape", desk.measure("escape", gone("closes this"), QUIET)
    yield "all commands, opened", desk.measure(":", "commands; letters find", QUIET)
    yield "all commands, left by Escape", desk.measure("escape", gone(DIALOG), QUIET)
    yield "find anything, opened", desk.measure("/", shown("│ Find "), QUIET)
    for end, letter in enumerate("oak"):
        yield "find anything, a letter", desk.measure(letter, shown(f"│ Find +{'oak'[: end + 1]} "), QUIET)
    yield "find anything, left by Escape", desk.measure("escape", gone(DIALOG), QUIET)


def places(desk: Desk) -> Iterator[Step]:
    """Due, hand-over, insight, placements and a child's story."""
    for name, key, there in (
        ("due", "t", "^ Due "),
        ("hand over", "h", "^ Hand-over "),
        ("insight", "I", "^ Insight "),
    ):
        yield f"{name}, opened", desk.measure(key, filled(there), QUIET)
        yield f"{name}, left", desk.measure("q", shown(BOARD.pattern), QUIET)
    yield "placements, opened", desk.measure("p", filled("^ Placements "), QUIET)
    yield "a child's story, opened", desk.measure("s", filled(": story "), QUIET)
    yield "a child's story, left", desk.measure("q", filled("^ Placements "), QUIET)
    desk.measure("q", shown(BOARD.pattern), QUIET)


def filled(first: str) -> Seen:
    """True once that place is in front, and what it shows has been read: its fourth line stands."""
    compiled = re.compile(first)
    return lambda screen: (
        compiled.search(screen.display[0]) is not None and any(line.strip(" ▐›─") for line in screen.display[3:20])
    )


def calls(desk: Desk) -> Iterator[Step]:
    """Every answer a provider can give, on the call list of a referral with several still to come; each undone."""
    desk.go_where_waiting(4)
    yield "the referral's form, opened", desk.measure("d", "Home postcode", QUIET)
    yield "the referral's form, left by Escape", desk.measure("escape", shown(BOARD.pattern), QUIET)
    yield "call list, opened", desk.measure("enter", shown(CALLS), QUIET)
    desk.press("g")
    desk.quiet()
    yield "cursor on the call list", desk.move("down")
    yield "cursor on the call list", desk.move("up")
    desk.to_waiting()
    yield "a home's page, opened", desk.measure("enter", shown("^ may take "), QUIET)
    yield "a home's page, left", desk.measure("q", shown(CALLS), QUIET)
    yield "no, one key: saved", desk.measure("1", shown(saved(": no bed")), QUIET)
    yield "what would change it: saved", desk.measure("F", shown(saved(": would change it")), QUIET)
    yield from undone(desk, "would change")
    yield from undone(desk, "log refusal")
    yield "no, the family's letter", desk.measure("n", "no, needs:", QUIET)
    yield "no, its digit: saved", desk.measure("2", shown(saved(": no ")), QUIET)
    yield from undone(desk, "log refusal")
    yield "no reply: saved", desk.measure("-", shown(saved(": no reply")), QUIET)
    yield from undone(desk, "log no reply")
    yield "call back, asked when", desk.measure("b", "in 10 minutes", QUIET)
    yield "call back: saved", desk.measure("1", shown(saved(": call back")), QUIET)
    yield from undone(desk, "call back")
    yield "an offer, asked how much", desk.measure("o", "Enter saves", QUIET)
    for end in (1, 2, 3):
        yield "an offer, a digit", desk.measure("812"[end - 1], shown(rf"│ {'812'[:end]} "), QUIET)
    yield "an offer: saved", desk.measure("enter", shown(saved(": offer")), QUIET)
    yield from undone(desk, "log offer")
    yield "call list, left", desk.measure("q", shown(BOARD.pattern), QUIET)


def undone(desk: Desk, words: str) -> Iterator[Step]:
    """The last thing taken back."""
    yield "undo", desk.measure("u", shown(f"^ Undid: {words}"), QUIET)


def ringing(desk: Desk) -> Iterator[Step]:
    """A provider rings back while the officer is at the board: letters of the name, a label, the reason."""
    yield "somebody rings, opened", desk.measure("R", shown("│›1"), QUIET)
    name = next(match[1] for line in desk.screen.display if (match := re.search(r"│›1(\w+)", line)))
    letters = name[:4].lower()
    for end, letter in enumerate(letters):
        yield "somebody rings, a letter", desk.measure(letter, shown(rf"Who rings\? +{letters[: end + 1]} "), QUIET)
    yield "somebody rings, picked", desk.measure("1", "rings back", QUIET)
    sample = desk.measure("1", lambda screen: shown(BOARD.pattern)(screen) and shown(saved(": no"))(screen), QUIET)
    yield "somebody rings, no: saved, back on the board", sample
    yield from undone(desk, "log refusal")


def switching(desk: Desk) -> Iterator[Step]:
    """From one child's call list to another child's and back."""
    desk.go_where_waiting(4)
    desk.measure("enter", shown(CALLS), QUIET)
    here = reference(desk.screen)
    yield "another child, asked which", desk.measure("'", shown(r"│› 1 "), QUIET)
    label, there = other(desk.screen, here)
    yield "another child, there", desk.measure(label, title(there), QUIET)
    desk.measure("'", shown(r"│› 1 "), QUIET)
    yield "another child, back", desk.measure("'", title(here), QUIET)
    desk.measure("f7", shown(BOARD.pattern), QUIET)


def reference(screen: pyte.Screen) -> str:
    """The referral that the place in front is about."""
    return str(screen.display[0].split()[0])


def other(screen: pyte.Screen, here: str) -> tuple[str, str]:
    """The label of another referral in the list that is open, and its reference."""
    for line in screen.display:
        match = re.search(r"│[› ] (\w) +(\d\d-\d+[A-Z]?) ", line)
        if match and match[2] != here:
            return match[1], match[2]
    raise LookupError("no other referral to go to")


def emergency(desk: Desk) -> Iterator[Step]:
    """Eight fields, the homes, a wave to twenty of them; and all of it taken back."""
    yield "emergency, opened", desk.measure("e", "eight fields", QUIET)
    for field, text, after in (
        ("Child +\\*", "KT", "Age or birth"), ("Age or birth", "14", "Sex"), ("", "m", ""), ("", "", "Home postcode"),
        ("", "CH41 5AL", ""), ("", "", "Tonight"), ("Tonight", "with", "Wanted"), ("", "", "Needed by"), ("", "", "Why now"),
        ("Why now", "ill", ""),
    ):  # fmt: skip
        if field:
            for end, letter in enumerate(text):
                yield "a letter in a form", desk.measure(letter, shown(rf"^› {field} +{text[: end + 1]} *\S*"), QUIET)
        elif text:
            desk.press(text)
            desk.quiet(QUIET)
        if after:
            yield "emergency, the next field", desk.measure("tab", on(after), QUIET)
    yield "emergency: saved, homes listed", desk.measure("enter", shown(saved("logged:? *.*")), QUIET)
    desk.wait(shown(HOMES))
    desk.quiet(QUIET)
    yield "cursor in the homes", desk.move("down")
    yield "cursor in the homes", desk.move("up")
    yield "mark twenty", desk.measure("a", shown(r"\d+ marked"), QUIET)
    yield "the wave: saved, call list", desk.measure("w", shown(CALLS), QUIET)
    yield from undone(desk, "")
    desk.press("f7")
    desk.wait(shown(BOARD.pattern))
    desk.quiet(QUIET)
    desk.press("u")
    desk.wait(shown("^ Undid: log referral"))
    desk.quiet(QUIET)
    desk.press("g")
    desk.quiet(QUIET)
    yield "homes, opened", desk.measure("f", shown(HOMES), QUIET)
    yield "homes, left", desk.measure("q", shown(BOARD.pattern), QUIET)


def on(words: str) -> Seen:
    """True once the cursor stands on that line of the form."""
    return lambda screen: cursor(screen).startswith(f"› {words}")
