"""
Where what happens now comes from: the address of the browser, and the id of the request or task.

Set once a request or task; read by every line of history and by every access that is written down meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, Token
from dataclasses import dataclass
from getpass import getuser
from typing import Final


@dataclass(frozen=True, slots=True)
class Origin:
    """Both are unknown only to what no request, task or command does."""

    address: str | None = None
    """The IP address, of either family."""
    request: str = ""
    """The id that the logs and the answer's ``X-Request-ID`` bear; or which command was run by hand, and by whom."""


BY_HAND: Final = "by hand: "
MOST: Final = 64

_current: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    token = begin(origin)
    try:
        yield
    finally:
        end(token)


def begin(origin: Origin) -> Token[Origin]:
    """What happens from now on comes from there, until :func:`end` is given what this gives."""
    return _current.set(origin)


def end(token: Token[Origin]) -> None:
    _current.reset(token)


def by_hand(command: str) -> Origin:
    """Of a command that somebody runs on the server itself: its name, and theirs as the machine knows them."""
    who = ""
    with suppress(OSError, KeyError):  # a machine need not know who it is
        who = f" ({getuser()})"
    return Origin(request=f"{BY_HAND}{command}{who}"[:MOST])


def address() -> str | None:
    return _current.get().address


def request() -> str:
    return _current.get().request


def request_if_known() -> str | None:
    """A history says nothing rather than a blank, so that the column is added to it without writing every line anew."""
    return _current.get().request or None
