"""Sends the messages that wait, as beat has it done several times a minute."""

from typing import Any

from django.core.management.base import BaseCommand

from contracts.queries.clock import database_now
from contracts.services.messages import send_waiting


class Command(BaseCommand):
    help = "Send the messages that wait, and settle what workers that died have left behind."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_waiting(database_now())}.")
