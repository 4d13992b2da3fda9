"""Writes the reminders of the Board's requests, as beat has it done every few minutes; send_messages sends them."""

from typing import Any

from django.core.management.base import BaseCommand

from contracts.queries import today
from reports.services.request_reminders import write_reminders


class Command(BaseCommand):
    help = "Write today's reminders of requests of the Board whose answers are due or overdue, each once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{write_reminders(on=today())} reminders written.")
