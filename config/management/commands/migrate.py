"""
Django's ``migrate``, which on PostgreSQL does not make people wait.

Most changes of a table need it for themselves for an instant. While a migration waits for that instant behind a long
query, everybody who comes after waits behind the migration. So it waits ``MIGRATION_LOCK_SECONDS`` at most, gives up,
lets the others through, and tries again; what was applied before stays applied.
"""

import time
from typing import Any, Final

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

TRIES: Final = 20
PAUSE_SECONDS: Final = 2.0
"""For those who waited behind the migration to be done."""
LOCK_NOT_AVAILABLE: Final = "55P03"


class Command(migrate.Command):
    help = f"{migrate.Command.help} On PostgreSQL it gives up rather than make people wait, and tries again."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        milliseconds = int(settings.MIGRATION_LOCK_SECONDS * 1000)
        for left in reversed(range(TRIES)):
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{milliseconds}ms"])
            try:
                super().handle(*args, **options)
            except OperationalError as refusal:
                if getattr(refusal.__cause__, "pgcode", None) != LOCK_NOT_AVAILABLE:
                    raise
                if not left:
                    raise CommandError(
                        "A table was in use the whole time. What was applied stays applied: run migrate again later."
                    ) from refusal
                self.stderr.write("A table is in use: letting those who wait go first, then trying again.")
                time.sleep(PAUSE_SECONDS)
            else:
                return
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout TO DEFAULT")
