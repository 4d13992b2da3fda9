"""
Where what happens now comes from: the address of the browser, and the id of the request or task.

Set once a request or task; read by every line of history and by every access that is written down meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Both are unknown to what is done by hand, by a command."""

    address: str | None = None
    """The IP address, of either family."""
    request: str = ""
    """The id that the logs and the answer's ``X-Request-ID`` bear."""


_current: ContextVar[Origin] = ContextVar("origin", default=Origin())  # noqa: B039


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)


def address() -> str | None:
    return _current.get().address


def request() -> str:
    return _current.get().request
