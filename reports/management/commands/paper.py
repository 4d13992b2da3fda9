"""
Writes a board paper to a file.

A published paper is printed from its frozen snapshot. A stored draft may be out of date, so for anything else the paper
is built afresh from the data as they stand, and marked as a draft.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contracts.models import Contract
from contracts.queries import today
from contracts.rules.calendar import YearNotKnown
from reports.build import build_paper
from reports.management.lookups import contract_called, day, meeting_of
from reports.models import Meeting, Paper
from reports.models.paper import Kind
from reports.render import FORMATS, render, render_csv_single
from reports.rules.review import NothingVerified
from reports.snapshot import BoardPaper, from_json

STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    help = "Write a board paper to a file: the published one, otherwise a draft of the data as they stand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contract", help="the contract's reference, for example CSS")
        parser.add_argument("--meeting", type=day, required=True, help="the day of the meeting, as 2018-03-29")
        parser.add_argument("--board", help="its board's name, where two boards meet on that day")
        parser.add_argument("--kind", choices=Kind.values, default=Kind.REPORT.value)
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument(
            "-o",
            "--output",
            required=True,
            help="the file to write, for CSV the results; a folder takes all files under their own names, CSV one for "
            "each table; - is standard output",
        )

    def handle(
        self,
        *args: Any,
        contract: str,
        meeting: date,
        board: str | None,
        kind: str,
        format: str,
        output: str,
        **options: Any,
    ) -> None:
        found = contract_called(contract)
        held = meeting_of(found, meeting, board)
        printed = paper_for(found, held, kind)
        if Path(output).is_dir():
            for file in render(printed, format):
                self._write(Path(output) / file.name, file.content)
            return
        content = render_csv_single(printed).content if format == "csv" else render(printed, format)[0].content
        if output == STANDARD_OUTPUT:
            self.stdout.buffer.write(content)  # type: ignore[attr-defined]  # bytes as they are, PDF among them
        else:
            self._write(Path(output), content)

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.write_bytes(content)
        except OSError as refusal:
            raise CommandError(f"{path} cannot be written: {refusal.strerror}.") from refusal
        self.stderr.write(f"Written: {path}")


def paper_for(contract: Contract, meeting: Meeting, kind: str) -> BoardPaper:
    """The published paper as it was frozen, otherwise a draft as things stand today."""
    stored = Paper.objects.of(contract, meeting, kind)
    published = stored.filter(status=Paper.Status.PUBLISHED).first()
    if published is not None:
        return from_json(published.snapshot)
    newest = stored.first()
    try:
        return build_paper(contract, meeting, on=today(), kind=kind, revision=newest.revision if newest else 1)
    except (NothingVerified, YearNotKnown) as refusal:
        raise CommandError(str(refusal)) from refusal
