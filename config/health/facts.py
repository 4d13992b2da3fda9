"""The questions themselves, each put to one of those whom the application stands on."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MIGRATIONS_MODULE_NAME
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.celery import app
from contracts.models import Message
from contracts.queries import today
from contracts.queries.clock import database_now
from contracts.queries.pulses import Signs, load_signs, without_mark
from reports.models import PaperRun
from reports.queries.due import due_papers

BROKER_SECONDS: Final = 2
DAY: Final = timedelta(days=1)
MEGABYTE: Final = 1024 * 1024
State = PaperRun.State


@dataclass(frozen=True, slots=True)
class Work:
    """What stands in the database about the work that is done unasked."""

    signs: Signs
    due: int
    """Papers that are due and can be written, and that nobody has started yet."""
    hindered: int
    """Papers that are due and cannot be written, because figures or a calendar are missing."""
    late: int
    """Papers that could have been written and were due on a day before today."""
    failed: int
    messages_waiting: int
    oldest_waits_seconds: int
    messages_failed: int
    """Those written within a day."""


def missing_migrations() -> tuple[str, ...]:
    """The migrations that this code has and the database has not. Two queries."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(f"{app_label}.{name}" for app_label, name in sorted(_migrations_of_the_code() - applied.keys()))


def ask_broker() -> None:
    """Comes back when it answers; raises what kombu raises when it does not."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS}
    options |= dict.fromkeys(("socket_timeout", "socket_connect_timeout"), BROKER_SECONDS)
    with app.connection_for_write(transport_options=options) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
        broker.default_channel.client.ping()  # type: ignore[attr-defined]


def look_at_work() -> Work:
    """What is under way, due and stuck."""
    now, on = database_now(), today()
    due = due_papers(on)
    runs = PaperRun.objects.all()
    unfinished = runs.filter(state__in=(State.QUEUED, State.RUNNING), due_on__lt=on, queued_at__lt=now - DAY)
    messages = Message.objects.all()
    waiting = messages.filter(state=Message.State.WAITING).order_by("written_at")
    oldest: datetime | None = waiting.values_list("written_at", flat=True).first()
    return Work(
        signs=load_signs(),
        due=sum(not each.hindrance for each in due),
        hindered=sum(bool(each.hindrance) for each in due),
        late=sum(not each.hindrance and each.due_on < on for each in due) + unfinished.count(),
        failed=runs.filter(state=State.FAILED).count(),
        messages_waiting=waiting.count(),
        oldest_waits_seconds=0 if oldest is None else max(int((now - oldest).total_seconds()), 0),
        messages_failed=messages.filter(state=Message.State.FAILED, written_at__gt=now - DAY).count(),
    )


def clock_is_ahead_by() -> float:
    """Seconds by which this machine's clock is ahead of the database's; less than nothing where it is behind."""
    asked_at = timezone.now()
    told = database_now()
    answered_at = timezone.now()
    if asked_at <= told <= answered_at:
        return 0.0
    return min((asked_at - told, answered_at - told), key=abs).total_seconds()


def workers_elsewhere() -> int:
    """How many of the workers that live write into another folder than this machine's."""
    return without_mark(load_signs())


def free_megabytes() -> int:
    """Where papers, evidence and spreadsheets are written, or will be: the folder is made with the first of them."""
    place = next(folder for folder in (settings.VAR_DIR, *settings.VAR_DIR.resolve().parents) if folder.exists())
    return shutil.disk_usage(place).free // MEGABYTE


@cache
def _migrations_of_the_code() -> frozenset[tuple[str, str]]:
    """
    Their names, read once a process: code does not change under it.

    From the folders, because Django's loader imports every migration: 13 MB that each web worker would keep.
    """
    return frozenset(
        (each.label, found.name)
        for each in apps.get_app_configs()
        for found in iter_modules([str(Path(each.path) / MIGRATIONS_MODULE_NAME)])
        if not found.ispkg
    )
