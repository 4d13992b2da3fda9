"""
The Celery application: its settings are Django's ``CELERY_*``, its tasks are in each app's ``tasks``.

The broker only carries the news; what is due stands in the database. So beat keeps no file of when it last asked: it
asks everything at once when it starts, and after that as often as its schedule says.
"""

import os
from contextvars import Token
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from celery import Celery
from celery.signals import beat_init, task_postrun, task_prerun

from config import logs
from contracts import origin

if TYPE_CHECKING:
    from celery.beat import Service

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("scrutineer")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_scheduler = "config.pulses:BeatShowsLife"
app.steps["worker"].add("config.pulses:WorkerShowsLife")
app.autodiscover_tasks()


@beat_init.connect
def ask_at_once(sender: "Service", **_: Any) -> None:
    """What fell due while no beat was running does not wait for another interval."""
    for entry in sender.scheduler.schedule.values():
        entry.last_run_at = datetime.fromtimestamp(0, tz=UTC)


_origins: Final[dict[str, Token[origin.Origin]]] = {}
"""By the id of each task that this process is at, what to go back to after it."""


@task_prerun.connect
def name_task(task_id: str, **_: Any) -> None:
    """What a task logs bears the task's id, and so does whatever it writes."""
    logs.current.set(task_id)
    _origins[task_id] = origin.begin(origin.Origin(request=task_id))


@task_postrun.connect
def forget_task(task_id: str, **_: Any) -> None:
    logs.current.set("")
    token = _origins.pop(task_id, None)
    if token is not None:
        origin.end(token)
