"""`export_contract REF PATH`: a contract as a workbook that can be imported again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.management.lookups import contract_called
from reports.workbook.exporting import CannotExport, export_workbook


class Command(BaseCommand):
    help = "Export a contract as a workbook: an .xlsx file, or a folder of CSV files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REF", help="the contract's reference")
        parser.add_argument("path", type=Path, help="an .xlsx file, or a folder for CSV files")

    def handle(self, *args: Any, **options: Any) -> None:
        contract = contract_called(options["reference"])
        try:
            self.stdout.write(str(export_workbook(contract, options["path"])))
        except (CannotExport, OSError) as error:
            raise CommandError(str(error)) from error
