"""Writes and stores a paper here and now, in this process, exactly as a worker would."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from contracts.models import Contract
from contracts.queries import today
from contracts.rules.months import Month
from contracts.services.refusals import Refused
from reports.management.lookups import add_paper_arguments, contract_called, occasion_of
from reports.models import Meeting, PaperRun
from reports.models.paper import Kind
from reports.queries.runs import progress_of
from reports.services.addenda import run_now
from reports.services.claims import BeingWritten
from reports.services.drafts import REFUSALS, refuse_bound
from reports.services.papers import AttemptFailed, PaperRefused, run_for, write_paper


class Command(BaseCommand):
    help = "Write a paper now, due or not, and print its headline and its files. One that is written already stays."

    def add_arguments(self, parser: CommandParser) -> None:
        add_paper_arguments(parser)

    def handle(
        self,
        *args: Any,
        contract: str,
        meeting: date | None,
        board: str | None,
        month: Month | None,
        kind: str,
        **options: Any,
    ) -> None:
        on = today()
        found = contract_called(contract)
        held, of = occasion_of(found, kind, meeting, board, month)
        try:
            run = _run(found, held, kind, of, on)
            write_paper(run.pk, on=on)
        except (AttemptFailed, BeingWritten, PaperRefused, Refused, *REFUSALS) as refusal:
            raise CommandError(str(refusal)) from refusal
        progress = progress_of(found, held, kind, of)
        if progress.is_failed:
            raise CommandError(progress.error)
        self.stdout.write(progress.headline)
        for path in progress.files:
            self.stdout.write(str(path))


def _run(contract: Contract, meeting: Meeting | None, kind: str, month: Month | None, on: date) -> PaperRun:
    """The run of the paper; of an addendum, the one that is to be written next."""
    if kind == Kind.ADDENDUM and meeting is not None:
        return run_now(contract, meeting, on=on, now=timezone.now())
    refuse_bound(kind)
    return run_for(contract, meeting, kind, on=on, now=timezone.now(), month=month)
