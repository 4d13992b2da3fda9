"""When beat, the workers and their work were last heard of, and what of it is down, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from contracts.models import Pulse
from contracts.queries.clock import read_database_now
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.pulses import BEAT, CLOCK, WORK, WORKER, mark_of

ROUNDS_MISSED: Final = 10
"""Beat has lost work looked for every half a minute: a long paper may hold a worker up, five minutes are no paper."""
MARKS_AGE: Final = 2
"""A folder of the network may show a machine what it held a minute ago."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Somebody was last heard of so many seconds ago."""

    of: str
    at: datetime
    seconds: int
    is_silent: bool

    @property
    def name(self) -> str:
        """`worker celery@one` is the worker celery@one."""
        return self.of.removeprefix(WORKER)


@dataclass(frozen=True, slots=True)
class Signs:
    """All that were heard of; who was never, or not within a day, is not among them."""

    beat: Sign | None
    work: Sign | None
    workers: tuple[Sign, ...]
    wrong_clocks: int = 0
    """How many of beat and the workers go by a clock that differs from the database's."""

    @property
    def is_worker_there(self) -> bool:
        return any(not each.is_silent for each in self.workers)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Who works unasked, and when they were last heard of."""
        running = [each for each in self.workers if not each.is_silent]
        latest = min(self.workers, key=lambda each: each.seconds, default=None)
        return (
            ("Beat, which starts what is due", _heard(self.beat)),
            ("Workers, which write papers and send e-mails", f"{len(running)} running; {_heard(latest)}"),
            ("Work that beat asks them for", _finished(self.work)),
        )

    @property
    def down(self) -> tuple[str, ...]:
        """What is down and what that means, a sentence each; nothing where all is well."""
        return tuple(self._down())

    def _down(self) -> Iterator[str]:
        if self.beat is None or self.beat.is_silent:
            yield f"Beat is down{_since(self.beat)}: nothing is started by itself until it runs again."
        if not self.is_worker_there:
            latest = max(self.workers, key=lambda each: each.at, default=None)
            yield f"No worker is running{_since(latest)}: no paper is written and no e-mail sent until one is."
            return
        silent = [each for each in self.workers if each.is_silent]
        if silent:
            number, latest = len(silent), max(silent, key=lambda each: each.at)
            yield (
                f"{number} of {len(self.workers)} workers {'is' if number == 1 else 'are'} down{_since(latest)}."
                " The others do the work."
            )
        if self.work is not None and self.work.is_silent and self.beat is not None and not self.beat.is_silent:
            yield (
                f"Beat and a worker are running, and no work that beat asked for was finished{_since(self.work)}:"
                " the broker between them is down, or all workers are held up."
            )
        if self.wrong_clocks:
            number = self.wrong_clocks
            yield (
                f"The clock{'' if number == 1 else 's'} of {number} of beat and the workers"
                f" differ{'s' if number == 1 else ''} from the database's: have all machines ask one time server."
            )


def load_signs() -> Signs:
    """By the database's clock, which dates them. One query."""
    return read_now(read_signs())


def read_signs() -> Reading[Signs]:
    """The same in one step beside whatever else is read."""
    now, (pulses,) = yield from beside(read_database_now(), ask(Pulse.objects.order_by()))
    return signs_of(pulses, now)


def signs_of(pulses: Iterable[Pulse], now: datetime) -> Signs:
    """What they say at some instant of the database's clock."""
    found = {pulse.of: pulse.at for pulse in pulses}
    work_within = max(settings.SILENT_AFTER_SECONDS, ROUNDS_MISSED * settings.RECONCILE_EVERY_SECONDS)
    return Signs(
        beat=_sign(BEAT, found, now, settings.SILENT_AFTER_SECONDS),
        work=_sign(WORK, found, now, work_within),
        workers=tuple(
            sign
            for of in sorted(found)
            if of.startswith(WORKER) and (sign := _sign(of, found, now, settings.SILENT_AFTER_SECONDS))
        ),
        wrong_clocks=sum(
            of.startswith(CLOCK) and now - at <= timedelta(seconds=settings.SILENT_AFTER_SECONDS)
            for of, at in found.items()
        ),
    )


def without_mark(signs: Signs) -> int:
    """How many of the workers that live have left no sign in the folder of the files that is this machine's."""
    longest = timedelta(seconds=MARKS_AGE * settings.SILENT_AFTER_SECONDS)
    return sum(not each.is_silent and not _has_mark(each, longest) for each in signs.workers)


def _has_mark(worker: Sign, longest: timedelta) -> bool:
    try:
        left_at = datetime.fromisoformat(mark_of(settings.VAR_DIR, worker.of).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    return worker.at - left_at <= longest


def _sign(of: str, found: dict[str, datetime], now: datetime, within: float) -> Sign | None:
    at = found.get(of)
    if at is None:
        return None
    # A clock that was set back does not make anybody heard of in the future.
    ago = max(now - at, timedelta())
    return Sign(of, at, int(ago.total_seconds()), ago > timedelta(seconds=within))


def _since(last: Sign | None) -> str:
    return "" if last is None else f" (last heard of {in_words(last.seconds)} ago)"


def _heard(last: Sign | None) -> str:
    return "not heard of yet" if last is None else f"last heard of {in_words(last.seconds)} ago"


def _finished(last: Sign | None) -> str:
    return "not finished yet" if last is None else f"last finished {in_words(last.seconds)} ago"


def in_words(seconds: int) -> str:
    """`45 seconds`, `3 minutes`, `2 hours`, `4 days`: the largest that is full."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            number = seconds // size
            return f"{number} {name}{'' if number == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
