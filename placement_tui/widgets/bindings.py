"""Commands turned into Textual's bindings, and the one door through which a key runs a command."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from placement_tui import commands
from placement_tui.commands import ANYWHERE, Command


def bindings_for(place: str) -> list[BindingType]:
    """The bindings of one place (`anywhere` for those of the App), each with its command's id.

    Every key leads to `action_run(id, key)`, which `Commanded` has: it asks whether the command can run now, and says
    why it cannot.
    """
    made: list[BindingType] = []
    for command in commands.commands_for(place):
        keys = command.keys_in(place) if place == ANYWHERE or place in command.where else ()
        keys = keys or tuple(key for at, key in command.local if at == place)
        made.extend(
            Binding(
                "comma" if key == "," else key,
                f"run({command.id!r}, {key!r})",
                command.title,
                show=False,
                priority=command.always,
                id=f"{command.id}:{key}" if len(keys) > 1 else command.id,
            )
            for key in keys
        )
    return made


class Commanded:
    """What a screen, and the App for commands of anywhere, adds to run commands.

    Give it `reason_not`, `say_why_not`, and a method `action_...` for each command's `action`.
    """

    def reason_not(self, command_id: str) -> str | None:  # noqa: ARG002 - for screens to override
        """Why the command cannot run now, in words; None when it can."""
        return None

    def say_why_not(self, command: Command, reason: str) -> None:
        """Tell the person; a screen shows it on its toast line."""

    async def action_run(self, command_id: str, key: str = "") -> None:
        """Run a command by its id, or say why not."""
        command = commands.find(command_id)
        reason = self.reason_not(command_id)
        if reason:
            self.say_why_not(command, reason)
            return
        action = command.action.format(key=key)
        await self.run_action(f"app.{action}" if ANYWHERE in command.where else action)  # type: ignore[attr-defined]  # Screen and App have it


def reasons(place: str, owner: Commanded) -> Mapping[str, str]:
    """For footer and palette: command id -> why it cannot run now, for the commands of a place that cannot."""
    found = {}
    for command in commands.commands_for(place):
        reason = owner.reason_not(command.id)
        if reason:
            found[command.id] = reason
    return found
