"""Writes a backup of the database and of the files beside it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.backup import BackupFailed, back_up


class Command(BaseCommand):
    help = "Write a backup of the database and its files, with checksums, as a new folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where backups are kept; each gets a folder of its own there")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            written = back_up(folder, now=timezone.now())
        except BackupFailed as failure:
            raise CommandError(f"No backup was written. {failure}") from failure
        self.stdout.write(str(written))
