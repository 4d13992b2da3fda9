"""
Writes a board paper to a file.

A published paper is printed from its frozen snapshot, its public half. A stored draft may be out of date, so anything
else is built afresh from the data as they stand, and marked as a draft; for a meeting in the past, as things were known
on its day, and for a month, as they were known on the day its report was due. An addendum or a slip of errata is named
by its number; without one, it is the last.
"""

import os
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contracts.models import Contract
from contracts.queries import today
from contracts.rules.months import Month
from reports.build.halves import split
from reports.management.lookups import add_paper_arguments, contract_called, occasion_of
from reports.models import FrozenSnapshot, Meeting, Paper, PaperRun
from reports.models.paper import BOUND, Audience, Kind
from reports.queries.exempt import marks_of
from reports.render import FORMATS, render, render_csv_single
from reports.services.drafts import REFUSALS, draft_paper
from reports.services.templates import template_of, with_template
from reports.snapshot import BoardPaper, from_json

STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    help = "Write a board paper to a file: the published one, otherwise a draft of the data as they stand."

    def add_arguments(self, parser: CommandParser) -> None:
        add_paper_arguments(parser)
        parser.add_argument("--number", type=int, help="of an addendum or a slip of errata (default: the last one)")
        parser.add_argument("--format", choices=FORMATS, required=True)
        parser.add_argument(
            "-o",
            "--output",
            required=True,
            help="the file to write, for CSV the results; a folder, or a name that ends with /, takes all files under "
            "their own names, CSV one for each table; - is standard output",
        )

    def handle(
        self,
        *args: Any,
        contract: str,
        meeting: date | None,
        board: str | None,
        month: Month | None,
        kind: str,
        number: int | None,
        format: str,
        output: str,
        **options: Any,
    ) -> None:
        found = contract_called(contract)
        if number is not None and kind not in BOUND:
            raise CommandError("Only an addendum or a slip of errata has a number: leave out --number.")
        printed = paper_for(found, kind, *occasion_of(found, kind, meeting, board, month), number)
        template = template_of(printed)
        if is_folder(output):
            for file in render(printed, format, template):
                self._write(Path(output) / file.name, file.content)
            return
        is_csv = format == "csv"
        content = render_csv_single(printed).content if is_csv else render(printed, format, template)[0].content
        if output == STANDARD_OUTPUT:
            self.stdout.buffer.write(content)  # type: ignore[attr-defined]  # bytes as they are, PDF among them
        elif Path(output).parent.is_dir():
            self._write(Path(output), content)
        else:
            raise CommandError(f"{output} cannot be written: there is no folder {Path(output).parent}.")

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as refusal:
            raise CommandError(f"{path} cannot be written: {refusal.strerror}.") from refusal
        self.stderr.write(f"Written: {path}")


def is_folder(output: str) -> bool:
    """Whether the files go into a folder, which is made where it does not exist yet."""
    return output != STANDARD_OUTPUT and (output.endswith(os.sep) or Path(output).is_dir())


def paper_for(
    contract: Contract, kind: str, meeting: Meeting | None, month: Month | None, number: int | None = None
) -> BoardPaper:
    """The published paper as it was frozen, otherwise a draft as things stand today; what the public may read of it."""
    which = _number(contract, kind, meeting, number)
    stored = Paper.objects.of(contract, meeting, kind, month, which)
    published = stored.filter(status=Paper.Status.PUBLISHED).first()
    if published is not None:
        return from_json(FrozenSnapshot.objects.get(frozen__paper=published, frozen__audience=Audience.PUBLIC).text)
    newest = stored.first()
    try:
        draft = draft_paper(
            contract,
            meeting,
            on=today(),
            kind=kind,
            revision=newest.revision if newest else 1,
            month=month,
            number=which,
            of=newest.of_id if newest else None,
        )
        marks = marks_of(PaperRun(contract=contract, meeting=meeting, kind=kind, number=which))
        return with_template(split(draft, marks).public, meeting.board if meeting else None)
    except REFUSALS as refusal:
        raise CommandError(str(refusal)) from refusal


def _number(contract: Contract, kind: str, meeting: Meeting | None, asked: int | None) -> int:
    """Of several papers that add to one, that of the last, or of the first to be; one further on is nobody's."""
    if kind not in BOUND:
        return 0
    last = Paper.objects.of(contract, meeting, kind).values_list("number", flat=True).first() or 0
    if asked is not None and not 1 <= asked <= last + 1:
        raise CommandError(f"There is no {Kind(kind).label} {asked}: the last is {last or 'not written yet'}.")
    return asked or last or 1
