"""`check_register`: proves what no single row can hold, contract by contract."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import contracts.checks
import kpis.checks
import projects.checks
import reports.checks
from contracts.models import Contract
from kpis.queries.evidence import damaged_files

CHECKS = (contracts.checks.breaches, kpis.checks.breaches, projects.checks.breaches, reports.checks.breaches)


class Command(BaseCommand):
    help = (
        "Check what no single row can hold: overlaps, orphans, figures out of force. Exit code 1 and a line for each."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--files",
            action="store_true",
            help="read every file of evidence too, and compare its SHA-256; else only that it is there, and its size",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for contract in Contract.objects.order_by("reference"):
            for check in CHECKS:
                for breach in check(contract):
                    number += 1
                    self.stderr.write(breach)
            for damage in damaged_files(contract, reads=options["files"]):
                number += 1
                self.stderr.write(f"{contract.reference}: {damage}")
        if number:
            raise CommandError(f"{number:,} {'breach' if number == 1 else 'breaches'} found.")
        self.stdout.write("The register holds together.")
