"""
Asking somebody who may never answer.

Sockets have time limits of their own, and still a stopped server, a name service or a network folder can hold up who
asks. So the question is put by a thread, and whoever waits for the answer goes away in time. A question that hangs is
not put a second time: the next one waits for it, as long, and goes away too.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic
from typing import Generic, TypeVar

from django.db import connections

Answer = TypeVar("Answer")


class TooSlow(Exception):
    """No answer within the time."""


@dataclass(slots=True)
class Asked(Generic[Answer]):
    """One question under way."""

    thread: Thread | None = None
    answer: list[Answer] = field(default_factory=list)
    failure: list[Exception] = field(default_factory=list)

    def result(self, until: float) -> Answer:
        """The answer, or what was raised in its place; :class:`TooSlow` where it is not there by then."""
        if self.thread is not None:
            self.thread.join(max(until - monotonic(), 0.0))
        if self.failure:
            raise self.failure[0]
        if not self.answer:
            raise TooSlow
        return self.answer[0]


@dataclass(slots=True)
class Question(Generic[Answer]):
    """A question that is put by one thread at a time."""

    put: Callable[[], Answer]
    is_being_put: Lock = field(default_factory=Lock)

    def ask(self, until: float) -> Asked[Answer]:
        """Puts it, and comes back before it is answered."""
        asked: Asked[Answer] = Asked()
        if self.is_being_put.acquire(timeout=max(until - monotonic(), 0.0)):
            asked.thread = Thread(target=self._put, args=(asked,), name="health", daemon=True)
            asked.thread.start()
        return asked

    def _put(self, asked: Asked[Answer]) -> None:
        try:
            asked.answer.append(self.put())
        except Exception as failure:
            asked.failure.append(failure)
        finally:
            connections.close_all()
            self.is_being_put.release()
