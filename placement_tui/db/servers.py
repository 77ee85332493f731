"""Databases on a PostgreSQL server: their addresses, connections to them, their errors as sentences.

An address is libpq's: `postgresql://user@host1,host2/database?sslrootcert=...`. It carries no password, since everybody
on a machine sees what others' programs were started with; libpq finds one in PGPASSFILE or takes a certificate. Away
from this machine nothing but TLS with the server's name checked will do.
"""

from __future__ import annotations

import ipaddress
from functools import cache
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from placement_tui.errors import Again, Invalid, Locked, NotFound, PlacementError, Refused, StoreDamaged
from placement_tui.paths import with_password

CONNECT_SECONDS = 5
_NAMED_CHECKED = "verify-full"
_GAVE_BACK = frozenset({"40001", "40P01"})  # serialization_failure, deadlock_detected
_GOING_AWAY = ("08", "57P")  # connection exceptions; shutting down, or not started yet
_NEVER_IN_ADDRESS = frozenset({"password", "sslpassword"})


@cache
def settings(address: str) -> dict[str, Any]:
    """What libpq is given for an address. Raises Invalid for one that will not do, saying what would."""
    try:
        given = dict(conninfo_to_dict(address))
    except psycopg.ProgrammingError as cause:
        raise Invalid(
            "store", "That is no address of a server", str(cause).strip().split("\n", 1)[0],
            "it looks like postgresql://USER@HOST/DATABASE",
        ) from None  # fmt: skip
    if _NEVER_IN_ADDRESS & given.keys():
        raise with_password()
    if not all(port.isdecimal() for port in str(given.get("port") or "5432").split(",") if port):
        raise Invalid("store", f"{given['port']!r} is no port", mend="write postgresql://USER@HOST:5432/DATABASE")
    if not given.get("dbname"):
        raise Invalid("store", "The address names no database", mend="write postgresql://USER@HOST/DATABASE")
    if not all(_here(host) for host in _hosts(given)):
        mode = given.setdefault("sslmode", _NAMED_CHECKED)
        if mode != _NAMED_CHECKED:
            raise Invalid(
                "store", f"sslmode={mode} would let somebody else stand in for the server",
                "children's records go over that line", f"leave sslmode out, or write sslmode={_NAMED_CHECKED}",
            )  # fmt: skip
    if len(_hosts(given)) > 1:
        given.setdefault("target_session_attrs", "read-write")
    given.setdefault("connect_timeout", CONNECT_SECONDS)
    given.setdefault("application_name", "placement")
    for name, value in (("keepalives_idle", 20), ("keepalives_interval", 5), ("keepalives_count", 3)):
        given.setdefault(name, value)
    return given


def _hosts(given: dict[str, Any]) -> list[str]:
    hosts = str(given.get("host") or "").split(",")
    spelt = str(given.get("hostaddr") or "")
    return spelt.split(",") if spelt else hosts


def _here(host: str) -> bool:
    """True for a socket of this machine, its own name for itself, and its own addresses."""
    if not host or host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def connect(address: str) -> psycopg.Connection[Any]:
    """A connection of the driver's own, each statement by itself. Raises PlacementError."""
    try:
        return psycopg.connect(**settings(address), autocommit=True)
    except psycopg.Error as cause:
        raise sentence(address, cause) from None


def words(address: str) -> str:
    """The server and the database, for people."""
    given = settings(address)
    return f"{given.get('dbname')} on {given.get('host') or given.get('hostaddr') or 'this machine'}"


def went_away(cause: BaseException) -> bool:
    """True where the server or the line to it is gone, or it only reads just now: somebody else may answer soon."""
    state = getattr(cause, "sqlstate", None)
    if isinstance(cause, psycopg.OperationalError) and state is None:
        return not _says(
            cause, "password authentication failed", "no password supplied", "does not exist", "pg_hba.conf"
        )
    return isinstance(cause, psycopg.Error) and bool(state) and (str(state).startswith(_GOING_AWAY) or state == "25006")


def sentence(address: str, cause: BaseException) -> PlacementError:
    """An error of the server as a sentence for people; no value of a record is ever in it."""
    where, state = words(address), str(getattr(cause, "sqlstate", None) or "")
    if state in _GAVE_BACK:
        return Again("Another's change came first: nothing was saved", where, "do it again")
    if state == "25006":
        return Refused("This only reads: nothing was changed", where, "use a command that logs")
    if state == "57014":
        return Refused("The query took too long and was stopped")
    if state == "53100":
        return Refused("The server's disk is full: nothing was saved", where, "tell whoever looks after the server")
    if state == "42501":
        return Refused("The server does not let this account do that", where, "ask whoever looks after the server")
    if _says(cause, 'role "') and _says(cause, "does not exist"):
        return Locked(f"The server does not let you in: {where}", _first(cause), "ask whoever looks after the server")
    if state == "3D000" or (not state and _says(cause, "does not exist")):
        return NotFound(f"There is no {where}", _first(cause), "ask whoever looks after the server")
    if state.startswith("28") or _says(cause, "authentication failed", "no password supplied", "pg_hba.conf"):
        return Locked(f"The server does not let you in: {where}", _first(cause), "ask whoever looks after the server")
    if _says(cause, "certificate", "SSL", "root.crt"):
        return StoreDamaged(
            f"The server cannot prove that it is {where}", _first(cause), "name its certificate with sslrootcert=FILE"
        )
    if went_away(cause):
        return StoreDamaged(
            f"The server does not answer: {where}", _first(cause), "nothing was saved: check the line, then do it again"
        )
    if state.startswith("42P01"):
        return StoreDamaged("The store lacks a table of this version", where, "restore it from a backup")
    return StoreDamaged("The server refused", f"{where}: {state} {type(cause).__name__}", "nothing was saved")


def _says(cause: BaseException, *parts: str) -> bool:
    return any(part in str(cause) for part in parts)


def _first(cause: BaseException) -> str:
    """The server's own first line about a connection, which holds no record."""
    return str(cause).strip().split("\n", 1)[0][:200]
