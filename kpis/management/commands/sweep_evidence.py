"""Removes files of evidence whose writers died before their rows were written, as beat has it done every hour."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kpis.services.evidence import sweep


class Command(BaseCommand):
    help = "Remove files in the folder of evidence that belong to no evidence and are more than a day old."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{sweep(timezone.now())} files removed.")
