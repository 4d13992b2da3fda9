"""
The Celery application: its settings are Django's ``CELERY_*``, its tasks are in each app's ``tasks``.

The broker only carries the news; what is due stands in the database. So beat keeps no file of when it last asked: it
asks everything at once when it starts, and after that as often as its schedule says.
"""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from celery import Celery
from celery.signals import beat_init, task_postrun, task_prerun

from config import logs

if TYPE_CHECKING:
    from celery.beat import Service

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("scrutineer")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_scheduler = "celery.beat:Scheduler"
app.autodiscover_tasks()


@beat_init.connect
def ask_at_once(sender: "Service", **_: Any) -> None:
    """What fell due while no beat was running does not wait for another interval."""
    for entry in sender.scheduler.schedule.values():
        entry.last_run_at = datetime.fromtimestamp(0, tz=UTC)


@task_prerun.connect
def name_task(task_id: str, **_: Any) -> None:
    """What a task logs bears the task's id."""
    logs.current.set(task_id)


@task_postrun.connect
def forget_task(**_: Any) -> None:
    logs.current.set("")
