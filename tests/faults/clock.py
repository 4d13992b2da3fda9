"""
A clock that a test can set: whatever asks Django or Celery what time it is reads it.

The file that ``CLOCK`` names says by how many seconds it is off; without the file it is right. What the kernel counts
goes on as it does. ``python -m tests.faults.clock beat …`` is Celery's own command by that clock.
"""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

VARIABLE = "CLOCK"


@dataclass(frozen=True, slots=True)
class Clock:
    """The file, and those who follow it."""

    file: Path

    def set_to(self, instant: datetime) -> None:
        self.set_off_by(instant - datetime.now(UTC))

    def set_off_by(self, seconds: timedelta) -> None:
        """At once for all who follow it: nobody reads half a number."""
        aside = self.file.with_suffix(".new")
        aside.write_text(str(seconds.total_seconds()))
        aside.rename(self.file)

    def set_right(self) -> None:
        self.file.unlink(missing_ok=True)

    @property
    def off_by(self) -> timedelta:
        try:
            return timedelta(seconds=float(self.file.read_text()))
        except FileNotFoundError:
            return timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.off_by

    def follow(self) -> None:
        """From now on, in this process and in those that it forks; before Django's models name their defaults."""
        from celery import Celery
        from celery.worker import request
        from django.utils import timezone

        clock = self

        class Followed(datetime):
            """What a worker compares a task's time of expiry with."""

            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
                told = clock.now()
                return told.astimezone(tz) if tz else told.astimezone().replace(tzinfo=None)

        def now(app: Any) -> datetime:
            return clock.now().astimezone(app.timezone)

        for where, name, followed in (
            (timezone, "now", self.now),
            (Celery, "now", now),
            (request, "datetime", Followed),
        ):
            setattr(where, name, followed)


def follow_if_told() -> None:
    """The clock that the environment names, if it names one."""
    if file := os.environ.get(VARIABLE):
        Clock(Path(file)).follow()


if __name__ == "__main__":
    follow_if_told()
    from config.celery import app

    app.start(sys.argv[1:])
