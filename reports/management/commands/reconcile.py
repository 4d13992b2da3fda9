"""Sends again the news of papers that nobody works on, as beat has it done every half minute."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from contracts.queries import today
from reports.services.papers import reconcile


class Command(BaseCommand):
    help = "Send again what was lost on the way to the workers, and remove what writers left unfinished."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{reconcile(on=today(), now=timezone.now())}.")
