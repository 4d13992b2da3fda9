"""
How beat and the workers show that they live: a row of the database each, written from their own loop.

From the loop and not from a thread beside it, because a thread would go on when the loop hangs. A worker whose broker
is away does not turn its loop, and is missed: it cannot work either. No sign of life ever ends whom it is a sign of,
and none leaves a connection open that a process forked later would share.

Beat goes on at once when its clock was set back: Celery's would be silent until the old hour has come again.
"""

from datetime import UTC, datetime
from typing import Any, Final

from celery import bootsteps
from celery.beat import Scheduler
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from contracts.rules.pulses import BEAT, name_of_worker
from contracts.services import pulses

LONG_AGO: Final = datetime.fromtimestamp(0, tz=UTC)


class BeatShowsLife(Scheduler):
    """Celery's own scheduler in memory, which notes at each round, but not too often, that it came to it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.shown_at = 0.0
        super().__init__(*args, **options)

    def tick(self, *args: Any, **options: Any) -> float:
        self._ask_again_what_lies_ahead()
        wait: float = super().tick(*args, **options)
        now = timezone.now()
        if abs(now.timestamp() - self.shown_at) >= settings.PULSE_EVERY_SECONDS:
            self.shown_at = now.timestamp()
            if pulses.show_life_if_possible(BEAT, at=now):
                pulses.forget_workers_of_old()
            connection.close()
        return wait

    def _ask_again_what_lies_ahead(self) -> None:
        """Whatever was last asked for at a time that has not come yet is due, because the clock was set back."""
        now = self.app.now()
        ahead = [each for each in self.schedule.values() if each.last_run_at is not None and each.last_run_at > now]
        for entry in ahead:
            entry.last_run_at = LONG_AGO
        if ahead:
            self.populate_heap()


class WorkerShowsLife(bootsteps.StartStopStep):
    """A timer of the worker's main process; it starts when the pool's first processes are forked."""

    requires = ("celery.worker.components:Timer", "celery.worker.components:Pool")

    def __init__(self, worker: Any, **options: Any) -> None:
        self.timer: Any = None
        super().__init__(worker, **options)

    def start(self, worker: Any) -> None:
        self._show(worker)
        self.timer = worker.timer.call_repeatedly(settings.PULSE_EVERY_SECONDS, self._show, (worker,))

    def stop(self, worker: Any) -> None:
        if self.timer is None:
            return
        self.timer.cancel()
        self.timer = None
        try:
            pulses.forget(name_of_worker(worker.hostname))
        except DatabaseError:
            pulses.logger.warning("The worker ends, and the database does not answer: it will be missed for a day.")
        connection.close()

    def terminate(self, worker: Any) -> None:
        self.stop(worker)

    def _show(self, worker: Any) -> None:
        pulses.show_life_if_possible(name_of_worker(worker.hostname), at=timezone.now())
        connection.close()
