"""Recomputes the SHA-256 of every stored paper and file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.queries.integrity import damaged_papers


class Command(BaseCommand):
    help = "Check that every stored paper and file is as it was stored. Exit code 1 and a line for each that is not."

    def handle(self, *args: Any, **options: Any) -> None:
        damaged = list(damaged_papers())
        for line in damaged:
            self.stderr.write(line)
        if damaged:
            raise CommandError(f"{len(damaged):,} not as stored.")
        self.stdout.write("Every paper and every file is as it was stored.")
