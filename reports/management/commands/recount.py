"""`recount`: counts every month of a contract's service areas anew, where `check_register` says a count is wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contracts.models import Contract
from kpis.services.summary import recount
from reports.management.lookups import contract_called


class Command(BaseCommand):
    help = "Count the months of a contract's service areas anew; of every contract where none is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contract", nargs="?", help="the contract's reference")

    def handle(self, *args: Any, contract: str | None, **options: Any) -> None:
        contracts = [contract_called(contract)] if contract else Contract.objects.order_by("reference")
        for each in contracts:
            number = recount(each)
            words = f"{number:,} {'count was' if number == 1 else 'counts were'} wrong and put right"
            self.stdout.write(f"{each.reference}: {words if number else 'every count was right'}.")
