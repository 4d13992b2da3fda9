"""Ports on the loopback address."""

import errno
import socket

LOOPBACK = "127.0.0.1"
LAST_PORT = 65_535


class NoPortFree(Exception):
    """Neither the port that was asked for nor any of the next ones can be had."""


def free_port() -> int:
    """A port that nobody listens on just now; whoever asks for it should take it at once."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def listen_from(wanted: int, tries: int = 50) -> socket.socket:
    """A socket that listens on the wanted port or, when that is taken, on the next free one."""
    for port in range(wanted, min(wanted + tries, LAST_PORT + 1)):
        try:
            return _listen(port)
        except OSError as refusal:
            if refusal.errno != errno.EADDRINUSE:
                raise NoPortFree(f"Port {port} cannot be used ({refusal.strerror}): choose another.") from refusal
    raise NoPortFree(f"No port from {wanted} on is free: choose another.")


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
