"""Every refusal that a person reads: what is wrong, where, and what to do about it.

PlacementError
  Refused        a rule of the work or of the store says no                     exit 1
    Invalid      one typed value is not usable, and names its field             exit 1
    Conflict     the record changed since it was read, or is bound by others    exit 1
    Again        the server gave the work back undone: the whole of it is to be tried again   exit 1
  NotFound       no record answers to that name or reference                    exit 1
  BadFile        a file cannot be read as what it was said to be                exit 1
  WrongUse       the command was put wrongly                                    exit 2
  Locked         no passphrase, a wrong one, or no right to open                exit 3
  StoreDamaged   the store is not one, is harmed, or is out of reach            exit 4
"""

from __future__ import annotations


class PlacementError(Exception):
    """A refusal with a title (what), a detail (where, why) and a mend (what to do)."""

    exit_code = 1

    def __init__(self, title: str, detail: str = "", mend: str = "") -> None:
        super().__init__(title)
        self.title, self.detail, self.mend = title, detail, mend

    def __str__(self) -> str:
        # A title may begin with a path or a name, and a detail may be a path: those are shown as they are typed.
        sentences = [
            part if part is self.title or set(part.split(" ")[0]) & set("/\\.") else part[0].upper() + part[1:]
            for part in self.parts()
        ]
        return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in sentences)

    def parts(self) -> tuple[str, ...]:
        """The sentences that are there, in reading order."""
        return tuple(part for part in (self.title, self.detail, self.mend) if part)


class Refused(PlacementError):
    """A rule of the work or of the store says no."""


class Invalid(Refused):
    """One typed value cannot be used; `field` names the form field or column."""

    def __init__(self, field: str, title: str, detail: str = "", mend: str = "") -> None:
        super().__init__(title, detail, mend)
        self.field = field


class Conflict(Refused):
    """The record changed since it was read, or other records depend on it."""


class Again(Refused):
    """A server gave a unit of work back: nothing of it stands, and the whole of it is to be tried again."""


class NotFound(PlacementError):
    """No record answers to that name or reference."""


class BadFile(PlacementError):
    """A file cannot be read as what it was said to be."""


class WrongUse(PlacementError):
    """The command was put wrongly."""

    exit_code = 2


class Locked(PlacementError):
    """The store stays locked: no passphrase, a wrong one, or no slot."""

    exit_code = 3


class StoreDamaged(PlacementError):
    """The store is not a store, is harmed, or cannot be reached."""

    exit_code = 4
