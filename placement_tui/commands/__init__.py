"""Every command once, by place. `commands_for` serves bindings and footer, `find` the palette, `keys_page` the help."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from placement_tui.commands import (
    anywhere,
    audit,
    beds,
    board,
    calls,
    care,
    delay,
    due,
    endings,
    forms,
    handover,
    home,
    homes,
    insight,
    locked,
    market,
    offers,
    officers,
    permanence,
    placements,
    profiles,
    providers,
    referrals,
    registers,
    returns,
    settings,
    siblings,
    sign_offs,
    tell,
    vacancies,
)
from placement_tui.commands.declaring import ANYWHERE, Command, key_words, keys_words
from placement_tui.errors import NotFound

__all__ = [
    "ALL", "ANYWHERE", "PLACES", "Command", "clashes", "commands_for", "find", "footer_for", "key_words", "keys_page",
    "keys_words",
]  # fmt: skip

# Place -> its name for people, in the order of the working day.
PLACES: dict[str, str] = {
    ANYWHERE: "Everywhere",
    "unlock": "Open the store",
    "locked": "Locked",
    "welcome": "Welcome to placement",
    "board": "Duty board",
    "homes": "Homes",
    "calls": "Call list",
    "offers": "Offers",
    "sign_offs": "Sign-off",
    "tell": "Whom to tell",
    "placements": "Placements",
    "due": "Due",
    "handover": "Hand-over",
    "home": "Home",
    "provider": "Provider",
    "referral": "Referral form",
    "offer": "Offer form",
    "placement": "Placement form",
    "siblings": "Brothers and sisters",
    "profile": "Profile",
    "profile_form": "Profile form",
    "registers": "Registers",
    "permanence": "Permanence and warnings",
    "lessons": "Lessons",
    "entry": "Entry form",
    "care": "Time in care",
    "care_form": "Time in care form",
    "story": "Story",
    "ending": "Ending form",
    "returns": "Statutory return",
    "market": "Bring in homes",
    "vacancies": "Free beds",
    "beds": "Bed board",
    "delay": "Where the time goes",
    "difference": "What would make the difference",
    "insight": "Insight",
    "figures": "Figures",
    "behind": "Behind a figure",
    "settings": "Settings",
    "officers": "Officers",
    "officer": "Officer form",
    "audit": "Who saw and changed it",
}

_BEFORE_STORE = ("unlock", "welcome", "locked")  # nothing else that works everywhere works there

ALL: tuple[Command, ...] = (
    *anywhere.COMMANDS, *locked.COMMANDS, *board.COMMANDS, *homes.COMMANDS, *calls.COMMANDS, *offers.COMMANDS, *sign_offs.COMMANDS, *tell.COMMANDS,
    *placements.COMMANDS, *due.COMMANDS, *handover.COMMANDS, *home.COMMANDS, *providers.COMMANDS, *forms.COMMANDS, *referrals.COMMANDS, *endings.COMMANDS, *registers.COMMANDS, *care.COMMANDS, *permanence.COMMANDS, *siblings.COMMANDS, *profiles.COMMANDS, *market.COMMANDS, *vacancies.COMMANDS, *beds.COMMANDS, *delay.COMMANDS, *insight.COMMANDS,
    *settings.COMMANDS, *officers.COMMANDS, *audit.COMMANDS, *returns.COMMANDS,
)  # fmt: skip

_BY_ID = {command.id: command for command in ALL}


def find(command_id: str) -> Command:
    """The command of that id. Raises NotFound."""
    try:
        return _BY_ID[command_id]
    except KeyError:
        raise NotFound(f"There is no command {command_id!r}", mend="`placement keys` lists them all") from None


@cache  # a cursor asks for both with every move
def commands_for(place: str) -> tuple[Command, ...]:
    """The commands of one place, its own only; `anywhere` gives those of every place."""
    return tuple(command for command in ALL if place in command.where or any(at == place for at, _ in command.local))


@cache
def footer_for(place: str, most: int = 8) -> tuple[Command, ...]:
    """The hints of a place: its own first, then those that work everywhere, help always last; at most `most`."""
    here = commands_for(place)
    own = [command for command in here if command.footer and place in command.where]
    own += [command for command in here if place not in command.where]
    help_here = find("anywhere.help")
    if place == "locked":
        return (*own, find("anywhere.quit"))  # help would be a way past it
    if place in _BEFORE_STORE:
        wide = [find("anywhere.quit")]
    else:
        wide = [command for command in commands_for(ANYWHERE) if command.footer and command is not help_here]
    return (*list(dict.fromkeys(own + wide))[: most - 1], help_here)


def clashes(place: str) -> list[str]:
    """Keys that two commands want in that place, each as a sentence; empty when all is well.

    A place may take a key of a command that works anywhere only where it says so in `over`.
    """
    said: list[str] = []
    taken: dict[str, Command] = {}
    wide = () if place == ANYWHERE else commands_for(ANYWHERE)
    for command in (*commands_for(place), *wide):
        for key in command.keys_in(place):
            other = taken.setdefault(key, command)
            if other is not command and not (key in other.over and command in wide):
                said.append(f"{place}: {key!r} runs {other.id} and {command.id}")
    return said


def keys_page(place: str | None = None) -> Iterator[tuple[str, str, str, str]]:
    """Rows (place, keys, title, help) for `placement keys`, the documentation and the help screen.

    With `place`, that place first and then everywhere; without, every place in order.
    """
    for at in [place, ANYWHERE] if place and place != ANYWHERE else list(PLACES):
        for command in commands_for(at):
            yield PLACES[at], keys_words(command.keys_in(at)), command.title, command.help
