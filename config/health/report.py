"""All the facts together within a bounded time, and what they mean."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError

from config.health import facts
from config.health.bounded import Asked, Question, TooSlow
from config.health.facts import Work
from contracts.queries.pulses import Sign, in_words
from contracts.services.pulses import CLOCKS_DIFFER

WITHIN_SECONDS: Final = 4.0
"""Less than what load balancers wait for an answer, which is five seconds or more."""
WAITS_TOO_LONG_SECONDS: Final = 3600
"""E-mails go out within a minute; one that waits an hour waits for a server that is away."""

READY: Final = "ready"
DEGRADED: Final = "degraded"
UNAVAILABLE: Final = "unavailable"

logger = logging.getLogger(__name__)

_migrations: Final = Question(lambda: facts.missing_migrations())
_broker: Final = Question(lambda: facts.ask_broker())
_work: Final = Question(lambda: facts.look_at_work())
_disk: Final = Question(lambda: facts.free_megabytes())
_clock: Final = Question(lambda: facts.clock_is_ahead_by())
_elsewhere: Final = Question(lambda: facts.workers_elsewhere())


@dataclass(frozen=True, slots=True)
class Health:
    """What was found; ``None`` is what nobody could be asked about."""

    missing: tuple[str, ...] | None
    is_broker_there: bool
    work: Work | None
    free_mb: int | None
    clock_ahead_seconds: float | None = 0.0
    """By how much this machine's clock is ahead of the database's."""
    workers_elsewhere: int | None = 0
    """Workers that live and write into another folder."""

    @property
    def status(self) -> str:
        """Unavailable is what cannot serve; degraded serves, and somebody should look at it."""
        if self.missing is None or self.missing:
            return UNAVAILABLE
        return DEGRADED if self.wrong else READY

    @property
    def wrong(self) -> tuple[str, ...]:
        """What is wrong in plain sentences, the worst first."""
        return tuple(self._wrong())

    def _wrong(self) -> Iterator[str]:
        if self.missing is None:
            yield "The database does not answer."
        elif self.missing:
            number = len(self.missing)
            yield f"{number} migration{' has' if number == 1 else 's have'} not been applied to the database."
        if not self.is_broker_there:
            yield "The broker does not answer: nothing is started until it does, and nothing is lost."
        if self.work is not None:
            yield from _wrong_with(self.work)
        elif self.missing == ():
            yield "The database was too slow to say how the work goes."
        if self.free_mb is None:
            yield "The folder of the files does not answer."
        elif self.free_mb < settings.DISK_LEAST_MB:
            yield f"Only {self.free_mb} MB are free where the files are written."
        if self.workers_elsewhere:
            yield (
                f"{_counted(self.workers_elsewhere, 'worker')} cannot be seen in the folder of the files: VAR_DIR is"
                " not the same folder on all machines, or cannot be written to on one of them."
            )
        ahead = self.clock_ahead_seconds or 0.0
        if abs(ahead) > CLOCKS_DIFFER.total_seconds():
            off = f"{in_words(int(abs(ahead) + 0.5))} {'ahead of' if ahead > 0 else 'behind'}"
            yield f"The clock of this machine is {off} the database's: have all machines ask one time server."

    def as_json(self) -> dict[str, Any]:
        """For who is not signed in: numbers and ages, no names, no addresses, no errors as they came."""
        return {
            "status": self.status,
            "wrong": list(self.wrong),
            "database": {"answers": self.missing is not None, "migrations_missing": len(self.missing or ())},
            "broker": {"answers": self.is_broker_there},
            "disk": {"free_mb": self.free_mb, "workers_elsewhere": self.workers_elsewhere},
            "clock": {"ahead_seconds": self.clock_ahead_seconds},
            **({} if self.work is None else _as_json(self.work)),
        }


def load_health() -> Health:
    """Asks everybody at once and comes back within :data:`WITHIN_SECONDS`."""
    until = monotonic() + WITHIN_SECONDS
    migrations, broker, work, disk, clock, elsewhere = (
        _migrations.ask(until),
        _broker.ask(until),
        _work.ask(until),
        _disk.ask(until),
        _clock.ask(until),
        _elsewhere.ask(until),
    )
    missing = _answer("database", migrations, until)
    return Health(
        missing=missing,
        is_broker_there=_has_answered("broker", broker, until),
        work=None if missing is None or missing else _answer("work", work, until),
        free_mb=_answer("folder of files", disk, until),
        clock_ahead_seconds=_answer("clock", clock, until),
        workers_elsewhere=_answer("folder of files", elsewhere, until),
    )


def _answer(of: str, asked: "Asked[Any]", until: float) -> Any:
    """What was answered, or ``None``; why there is none stands in the log, for it may name machines."""
    try:
        return asked.result(until)
    except TooSlow:
        logger.warning("Health: the %s did not answer within %s seconds", of, WITHIN_SECONDS)
    except DatabaseError as failure:
        logger.warning("Health: the %s cannot be asked: %s", of, failure)
    except Exception:
        logger.exception("Health: the %s cannot be asked", of)
    return None


def _has_answered(of: str, asked: "Asked[None]", until: float) -> bool:
    try:
        asked.result(until)
    except TooSlow:
        logger.warning("Health: the %s did not answer within %s seconds", of, WITHIN_SECONDS)
    except Exception as failure:  # whatever kombu and its transport raise
        logger.warning("Health: the %s does not answer: %s", of, failure)
    else:
        return True
    return False


def _wrong_with(work: Work) -> Iterator[str]:
    yield from work.signs.down
    if work.late:
        yield f"{_counted(work.late, 'paper')} should have been written before today."
    if work.failed:
        yield f"{_counted(work.failed, 'run')} of a paper failed."
    if work.oldest_waits_seconds > WAITS_TOO_LONG_SECONDS:
        waiting, longest = _counted(work.messages_waiting, "e-mail"), in_words(work.oldest_waits_seconds)
        yield f"{waiting} not sent yet; the oldest has waited {longest}."
    if work.messages_failed:
        yield f"{_counted(work.messages_failed, 'e-mail')} of the last day could not be sent."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _as_json(work: Work) -> dict[str, Any]:
    workers = work.signs.workers
    return {
        "beat": _seconds(work.signs.beat),
        "work": _seconds(work.signs.work),
        "workers": {
            "running": sum(not each.is_silent for each in workers),
            "silent": sum(each.is_silent for each in workers),
            "last_heard_of_seconds": min((each.seconds for each in workers), default=None),
        },
        "papers": {"due": work.due, "late": work.late, "hindered": work.hindered, "failed": work.failed},
        "messages": {
            "waiting": work.messages_waiting,
            "oldest_waits_seconds": work.oldest_waits_seconds,
            "failed_in_a_day": work.messages_failed,
        },
    }


def _seconds(sign: Sign | None) -> dict[str, int | None]:
    return {"last_heard_of_seconds": None if sign is None else sign.seconds}
