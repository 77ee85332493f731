"""A real SSH server on loopback for one test: its own keys, this account, no passwords."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.needs import missing, program


@dataclass(frozen=True)
class Server:
    """Where to go, and the ssh that gets there."""

    where: str
    ssh: str
    process: subprocess.Popen[bytes]


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """An sshd that lets this account in by a key of the test's own."""
    sshd = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
    if sshd is None:
        missing("sshd is not installed")
    keygen = program("ssh-keygen")
    folder.mkdir(mode=0o700)
    for name in ("host", "own"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    shutil.copy(folder / "own.pub", folder / "authorized")
    (folder / "authorized").chmod(0o600)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = Path(sys.executable).parent
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\nUsePAM no\n"
        f"PasswordAuthentication no\nStrictModes no\nAuthorizedKeysFile {folder}/authorized\nLogLevel ERROR\n"
        f"PermitRootLogin prohibit-password\nSetEnv PATH={home}:/usr/bin:/bin\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True, mode=0o755)  # where it keeps nothing in; it will not start without
    process = subprocess.Popen([str(sshd), "-D", "-e", "-f", str(folder / "config")], stderr=subprocess.PIPE)
    try:
        _wait(port, process)
        ssh = (
            f"ssh -p {port} -i {folder}/own -o IdentitiesOnly=yes -o StrictHostKeyChecking=no "
            f"-o UserKnownHostsFile={folder}/known -o LogLevel=ERROR -o BatchMode=yes"
        )
        yield Server(f"{getpass.getuser()}@127.0.0.1", ssh, process)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            assert process.stderr is not None
            raise AssertionError(f"sshd did not start: {process.stderr.read().decode()}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("sshd did not answer")
