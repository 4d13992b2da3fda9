"""Writes the reminders of a day, as beat has it done every few minutes; send_messages sends them."""

from typing import Any

from django.core.management.base import BaseCommand

from contracts.queries import today
from kpis.services.reminders import write_reminders


class Command(BaseCommand):
    help = "Write today's reminders of returns and explanations that are owed, each once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{write_reminders(on=today())} reminders written.")
