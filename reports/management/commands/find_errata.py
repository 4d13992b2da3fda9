"""Finds what corrections have moved in papers that were issued, as beat has it done every half minute."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.services.errata import find_errata


class Command(BaseCommand):
    help = "Look at every correction behind an issued paper, and write down which printed numbers it moves."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{find_errata(now=timezone.now())}.")
