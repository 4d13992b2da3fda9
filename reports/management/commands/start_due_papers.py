"""Starts the papers that are due, as beat has it done every minute; a worker writes them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from contracts.queries import today
from reports.services.papers import start_due


class Command(BaseCommand):
    help = "Start the papers that are due today and say which are due but not possible yet."

    def handle(self, *args: Any, **options: Any) -> None:
        started = start_due(on=today(), now=timezone.now())
        for paper in started.hindered:
            self.stdout.write(f"{paper.title}: {paper.hindrance}")
        self.stdout.write(f"{started}.")
