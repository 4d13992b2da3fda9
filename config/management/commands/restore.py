"""Restores a backup into an empty database and empty folders."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup import RestoreRefused, restore


class Command(BaseCommand):
    help = "Restore a backup into an empty database and empty folders, after checking every checksum."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="the backup's own folder, as the backup command printed it")

    def handle(self, *args: Any, backup: Path, **options: Any) -> None:
        try:
            found = restore(backup)
        except RestoreRefused as refusal:
            raise CommandError(f"Nothing was restored.\n{refusal}") from refusal
        self.stdout.write(f"Restored as of {found.taken_at}. Now run: migrate, check_register, verify_papers.")
