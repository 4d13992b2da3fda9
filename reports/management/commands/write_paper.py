"""Writes and stores a paper here and now, in this process, exactly as a worker would."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from contracts.queries import today
from reports.management.lookups import built_kind, contract_called, day, meeting_of
from reports.models.paper import Kind
from reports.queries.runs import progress_of
from reports.services.claims import BeingWritten
from reports.services.papers import AttemptFailed, PaperRefused, run_for, write_paper


class Command(BaseCommand):
    help = "Write a paper now, due or not, and print its headline and its files. One that is written already stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contract", help="the contract's reference, for example CSS")
        parser.add_argument("--meeting", type=day, required=True, help="the day of the meeting, as 2018-03-29")
        parser.add_argument("--board", help="its board's name, where two boards meet on that day")
        parser.add_argument("--kind", choices=Kind.values, default=Kind.REPORT.value)

    def handle(self, *args: Any, contract: str, meeting: date, board: str | None, kind: str, **options: Any) -> None:
        on = today()
        found = contract_called(contract)
        held = meeting_of(found, meeting, board)
        run = run_for(found, held, built_kind(kind), on=on, now=timezone.now())
        try:
            write_paper(run.pk, on=on)
        except (AttemptFailed, BeingWritten, PaperRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        progress = progress_of(found, held, kind)
        if progress.is_failed:
            raise CommandError(progress.error)
        self.stdout.write(progress.headline)
        for path in progress.files:
            self.stdout.write(str(path))
