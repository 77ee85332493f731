"""Officers: who works with the store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from placement_tui.domain.typed_dates import day_words
from placement_tui.domain.typed_times import london
from placement_tui.errors import Invalid, Refused

NAME_LENGTH = 100  # letters of an officer's name; it stands on every screen
RECOVERY = "Recovery code"  # what the printed administrator's code is called, where officers are listed
ROLES = ("officer", "manager", "viewer", "administrator")

# What a role may do. A right is asked for where the thing is done, in the services, never on a screen.
RIGHTS: dict[str, frozenset[str]] = {
    "log": frozenset({"officer", "manager", "administrator"}),
    "sign_off": frozenset({"manager"}),
    "override": frozenset({"manager"}),
    "settings": frozenset({"manager", "administrator"}),
    "audit": frozenset({"manager", "administrator"}),
    "return": frozenset({"officer", "manager", "administrator"}),
    "officers": frozenset({"administrator"}),
    "retention": frozenset({"administrator"}),
    "addresses": frozenset({"officer", "manager", "administrator"}),
}
RIGHT_WORDS = {
    "log": "change anything",
    "sign_off": "sign off",
    "override": "set a rule aside",
    "settings": "change the council's settings",
    "audit": "read who saw and changed what",
    "return": "make the statutory return, which carries addresses",
    "officers": "add or change officers",
    "retention": "erase records",
    "addresses": "see restricted addresses",
}


FREE_TRIES = 3  # failed tries that slow nothing: a slip of the finger, caps lock, the other keyboard
WITHIN = timedelta(minutes=15)
LONGEST_WAIT = timedelta(seconds=30)


def wait_after(failures: int) -> timedelta:
    """How long the next try to open a store waits after so many failed ones: 1 s after the third, doubling to 30 s."""
    if failures < FREE_TRIES:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - FREE_TRIES, 10)), LONGEST_WAIT)


def may(role: str, right: str) -> bool:
    """True where a role has a right. Raises KeyError for a right that there is not."""
    return role in RIGHTS[right]


def who_may(right: str) -> str:
    """The roles that have a right, for people: "a manager or an administrator"."""
    named = [("an " if role[0] in "aeio" else "a ") + role for role in ROLES if role in RIGHTS[right]]
    return " or ".join(named) if len(named) < 3 else ", ".join(named[:-1]) + " or " + named[-1]


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """An officer as shown. `has_slot` says whether a passphrase opens the store for them."""

    id: UUID
    name: str
    initials: str
    role: str
    disabled_at: datetime | None = None
    disabled_why: str = ""
    passphrase_at: datetime | None = None
    has_slot: bool = True

    @property
    def works(self) -> bool:
        """True for who may work with the store now."""
        return self.disabled_at is None

    @property
    def standing(self) -> str:
        """Whether they can open the store, in words."""
        if not self.works:
            return "ended"
        return "open" if self.has_slot else "no passphrase"

    @property
    def recovery(self) -> bool:
        """True for the printed recovery code, which is no person."""
        return self.name == RECOVERY


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One try to open the store that failed."""

    name: str
    tried_at: datetime
    machine: str
    account: str


def failed_words(tries: Sequence[AttemptRow], today: date) -> str:
    """What an officer is told of tries in their name: "2 failed tries since your last visit, the last Tue 03:12 on ..."."""
    if not tries:
        return ""
    last = max(tries, key=lambda each: each.tried_at)
    at = last.tried_at.astimezone(london())
    many = "1 failed try" if len(tries) == 1 else f"{len(tries)} failed tries"
    the_last = "" if len(tries) == 1 else "the last "
    when = f"{day_words(at.date(), today)} {at:%H:%M}"
    return f"{many} to open as you since your last visit, {the_last}{when} on {last.machine} by {last.account}"


def initials_of(name: str, taken: Collection[str] = ()) -> str:
    """`Karen Moss` -> `KM`; at most three letters, and more of the last word where a colleague has the same."""
    words = [word for word in name.split() if word]
    short = "".join(word[0] for word in words)[:3].upper() or "?"
    last = words[-1] if words else "?"
    longer = (short[:-1] + last[:count].upper() for count in range(2, len(last) + 1))
    return next((each for each in (short, *longer) if each not in taken), short)


def called(name: str, said: str | None) -> bool:
    """True where an officer is meant by what was said: the name, its initials, or nothing."""
    wanted = (said or "").casefold().strip()
    return wanted in ("", name.casefold(), "".join(word[0] for word in name.casefold().split()))


def check_name(name: str) -> str:
    """An officer's name as it is kept. Raises Invalid."""
    kept = " ".join(name.split())
    if not kept or not any(letter.isalpha() for letter in kept):
        raise Invalid("name", "An officer needs a name", mend='for example "Karen Moss"')
    if len(kept) > NAME_LENGTH:
        raise Invalid("name", f"That name has {len(kept):,} characters", mend=f"at most {NAME_LENGTH} are kept")
    if kept.casefold() == RECOVERY.casefold():
        raise Invalid("name", f"{RECOVERY} is what the printed code is called", mend="give the officer's own name")
    return kept


def check_role(role: str) -> str:
    """A role that there is. Raises Invalid."""
    wanted = role.strip().casefold()
    if wanted not in ROLES:
        raise Invalid("role", f"There is no role {role!r}", mend=f"it is one of {', '.join(ROLES)}")
    return wanted


def check_leaving(everyone: Sequence[OfficerRow], leaving: UUID) -> None:
    """Refuse to leave a store without an administrator who can open it. Raises Refused."""
    left = [each for each in everyone if each.id != leaving and each.works and each.has_slot and not each.recovery]
    if not any(each.role == "administrator" for each in left):
        raise Refused(
            "That is the last administrator of the store",
            "without one nobody could add, reset or end an officer",
            "make a colleague an administrator first",
        )
