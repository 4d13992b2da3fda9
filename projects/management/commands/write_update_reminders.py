"""Writes the reminders of project updates, as beat has it done every few minutes; send_messages sends them."""

from typing import Any

from django.core.management.base import BaseCommand

from contracts.queries import today
from projects.services.reminders import write_reminders


class Command(BaseCommand):
    help = "Write today's reminders of project updates that are due and of projects that are silent, each once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{write_reminders(on=today())} reminders written.")
