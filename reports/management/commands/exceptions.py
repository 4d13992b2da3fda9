"""Judges a contract's live data over a period and prints the exceptions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contracts.queries import today
from contracts.rules.months import Month, month_key
from reports.build import judge_period
from reports.management.lookups import contract_called, month, refuse_months_outside
from reports.render.text import summary
from reports.snapshot import to_json

MOST_HISTORY_MONTHS = 36


class Command(BaseCommand):
    help = "Judge a contract over a period of months: what failed, what had relief, what recovered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contract", help="the contract's reference, for example CSS")
        parser.add_argument("--from", dest="first", type=month, required=True, help="the first month, as 2017-11")
        parser.add_argument("--to", dest="last", type=month, required=True, help="the last month, as 2018-01")
        parser.add_argument(
            "--history-months",
            type=int,
            choices=range(1, MOST_HISTORY_MONTHS + 1),
            metavar="N",
            help="how many months to show, ending with the last (default: the contract's own number)",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(
        self,
        *args: Any,
        contract: str,
        first: Month,
        last: Month,
        history_months: int | None,
        format: str,
        **options: Any,
    ) -> None:
        if first > last:
            raise CommandError(f"The period ends in {month_key(last)}, before it begins in {month_key(first)}.")
        found, on = contract_called(contract), today()
        refuse_months_outside(found, first, last, on=on)
        judged = judge_period(found, first, last, on=on, history_months=history_months)
        self.stdout.write(to_json(judged) if format == "json" else summary(judged), ending="")
