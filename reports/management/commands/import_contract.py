"""`import_contract PATH`: a contract workbook into the register, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.workbook import ImportOutcome, import_workbook


class Command(BaseCommand):
    help = "Import a contract workbook: a folder of CSV files, or one .xlsx or .ods file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a folder of CSV files, or one .xlsx or .ods workbook")
        parser.add_argument("--contract", metavar="REF", help="the contract, where the workbook has no contract sheet")
        parser.add_argument("--check", action="store_true", help="say what would be done, and write nothing")
        parser.add_argument("--reason", default="", help="why verified months change; kept with each correction")

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = import_workbook(
            options["path"], contract_reference=options["contract"], check=options["check"], reason=options["reason"]
        )
        if outcome.is_refused:
            for problem in outcome.problems:
                self.stderr.write(str(problem))
            number = len(outcome.problems)
            raise CommandError(f"{number:,} {'mistake' if number == 1 else 'mistakes'}; nothing was imported.")
        self.stdout.write("\n".join(_lines(outcome)))


def _lines(outcome: ImportOutcome) -> list[str]:
    """The outcome in words: a headline, one line for each sheet, and in a check each change."""
    if not outcome.has_changes:
        headline = "nothing would change" if outcome.is_check else "nothing changed"
    else:
        headline = "this would be imported" if outcome.is_check else "imported"
    lines = [f"{outcome.contract}: {headline}."]
    for sheet, tally in outcome.tallies.items():
        counts = f"{tally.created:,} created, {tally.changed:,} changed, {tally.left_alone:,} left alone"
        lines.append(f"  {sheet}: {counts}")
    if outcome.is_check:
        lines.extend(f"  {change}" for change in outcome.changes)
    return lines
