"""A real PostgreSQL server for tests: made once for each process of the suite, on a socket of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import psycopg

from tests.needs import missing

ACCOUNT = "postgres"  # a server refuses to run as root
PLACES = ("/usr/local/bin", *(str(each) for each in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)))
SETTINGS = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=60", "autovacuum=off")


def program_of(name: str) -> str:
    """The path of one of the server's programs; skips the test without it, fails it in CI."""
    found = shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), *PLACES)))
    if found is None:
        missing(f"{name}, of PostgreSQL's server")
    assert found
    return found


class Cluster:
    """One server with its data in a folder of its own; whoever connects is trusted, from this machine alone."""

    def __init__(self, settings: Sequence[str] = SETTINGS) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="placement-pg-", dir="/tmp"))
        self.settings = tuple(settings)
        self.port = free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT)
        atexit.register(self.remove)

    @property
    def data(self) -> Path:
        """Where the server keeps everything."""
        return self.folder / "data"

    def make(self) -> Cluster:
        """Make its files and start it."""
        initdb = (
            program_of("initdb"),
            "-D",
            str(self.data),
            "-U",
            "placement",
            "-A",
            "trust",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        )
        as_server(*initdb)
        self.start()
        return self

    def start(self) -> None:
        """Start it and wait until it answers."""
        given = " ".join(f"-c {each}" for each in (*self.settings, "listen_addresses=127.0.0.1", f"port={self.port}"))
        log = str(self.folder / "log")
        as_server(
            program_of("pg_ctl"),
            "-D",
            str(self.data),
            "-l",
            log,
            "-t",
            "60",
            "-w",
            "-o",
            f"-k {self.folder} {given}",
            "start",
        )

    def stop(self, how: str = "fast") -> None:
        """Stop it: `immediate` is a crash."""
        as_server(program_of("pg_ctl"), "-D", str(self.data), "-m", how, "-w", "stop")

    def promote(self) -> None:
        """Make a standby the server that is written to."""
        as_server(program_of("pg_ctl"), "-D", str(self.data), "-w", "-t", "60", "promote")

    def remove(self) -> None:
        """Stop it and take everything away."""
        subprocess.run(
            [*account(), program_of("pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop"],
            capture_output=True,
            check=False,
        )
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str) -> str:
        """How a database of it is reached."""
        return f"postgresql://placement@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str) -> None:
        """One statement, as the server's administrator."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def cut_off(self, database: str) -> None:
        """End every connection to a database; whoever held one connects anew."""
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    def database(self, name: str, template: str = "template0") -> str:
        """A database of that name, whatever was in it before gone; gives its address."""
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address(name)


@cache
def cluster() -> Cluster:
    """The server of this process."""
    return Cluster().make()


def account() -> tuple[str, ...]:
    """What a command begins with to run as the server's account, where tests run as root."""
    return ("setpriv", f"--reuid={ACCOUNT}", f"--regid={ACCOUNT}", "--clear-groups") if os.geteuid() == 0 else ()


def as_server(*command: str) -> None:
    """Run one of the server's programs. Raises CalledProcessError with what it said."""
    done = subprocess.run([*account(), *command], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise AssertionError(f"{command[0]}: {done.stdout} {done.stderr}")


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
