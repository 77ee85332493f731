"""Every command runs something, and every action of a place is a command: neither can be forgotten."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

import placement_tui.screens
from placement_tui import commands
from placement_tui.app import SCREENS, PlacementApp
from placement_tui.commands import ANYWHERE, PLACES, Command
from placement_tui.widgets.bindings import Commanded


def screens() -> dict[str, type]:
    """Place -> the screen that is there."""
    found: dict[str, type] = {}
    for module in pkgutil.iter_modules(placement_tui.screens.__path__, "placement_tui.screens."):
        for _, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            place = getattr(kind, "PLACE", "")
            if place and kind.__module__ == module.name:
                assert place not in found, f"two screens are {place}"
                found[place] = kind
    return found


HERE = screens()
RUN = [(command, place) for command in commands.ALL for place in command.where]


def action(command: Command) -> str:
    """The method that runs it."""
    return "action_" + command.action.split("(")[0]


def methods(kind: type) -> Iterator[str]:
    """The actions that a screen has of its own or from what every place of its sort shares, not from Textual."""
    for owner in kind.__mro__:
        if owner.__module__.startswith("placement_tui.") and owner is not Commanded:
            yield from (name for name in vars(owner) if name.startswith("action_"))


@pytest.mark.parametrize(("command", "place"), RUN, ids=[f"{command.id} at {place}" for command, place in RUN])
def test_a_command_runs_an_action_that_is_there(command: Command, place: str) -> None:
    kind = PlacementApp if place == ANYWHERE else HERE[place]
    method = getattr(kind, action(command), None)
    assert method is not None, f"{kind.__name__} has no {action(command)}"
    takes = [name for name in inspect.signature(method).parameters if name != "self"]
    assert len(takes) == ("{key}" in command.action), f"{kind.__name__}.{action(command)} takes {takes}"


@pytest.mark.parametrize("place", sorted(HERE))
def test_an_action_of_a_place_is_a_command_or_is_bound_by_the_place_itself(place: str) -> None:
    declared = {action(command) for command in commands.commands_for(place)}
    bound = set()
    for owner in HERE[place].__mro__:
        for binding in vars(owner).get("BINDINGS", []):
            said = binding[1] if isinstance(binding, tuple) else binding.action
            bound.add("action_" + re.split(r"[(.]", said.removeprefix("app."))[0])
    assert set(methods(HERE[place])) - declared - bound - {"action_run"} == set()


def test_every_place_has_a_screen_and_every_screen_a_name() -> None:
    assert set(PLACES) - {ANYWHERE} == set(HERE)
    assert set(SCREENS) <= set(PLACES)
    for place, (module, kind) in SCREENS.items():
        assert HERE[place].__name__ == kind
        assert HERE[place].__module__ == f"placement_tui.screens.{module}"


def test_no_two_commands_share_an_id_or_a_key_in_one_place() -> None:
    assert len({command.id for command in commands.ALL}) == len(commands.ALL)
    assert [said for place in PLACES for said in commands.clashes(place)] == []
