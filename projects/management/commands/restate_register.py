"""`restate_register`: every row of the register reckoned anew. The repair of what `check_register` names."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contracts.models import Contract
from projects.models import Project
from projects.services.register import restate_contract


class Command(BaseCommand):
    help = "Reckon the rows of the project register anew, of one contract or of all; rows that are right stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("contract", nargs="?", metavar="REF", help="the contract; all of them without it")

    def handle(self, *args: Any, **options: Any) -> None:
        contracts = Contract.objects.order_by("reference")
        if options["contract"]:
            contracts = contracts.filter(reference=options["contract"])
            if not contracts.exists():
                raise CommandError(f"There is no contract {options['contract']}.")
        for contract in contracts:
            number, restated = Project.objects.filter(contract=contract).count(), restate_contract(contract)
            self.stdout.write(f"{contract.reference}: {restated:,} of {number:,} restated.")
