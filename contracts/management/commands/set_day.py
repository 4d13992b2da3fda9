"""Moves the day that a demonstration stands still at."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contracts.queries import demonstration_day
from contracts.rules.months import day_long
from contracts.services import set_demonstration_day


class Command(BaseCommand):
    help = "Move the demonstration's today, for example: set_day 2018-03-21"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("day", type=_day, help="the new today, as 2018-03-21")

    def handle(self, *args: Any, day: date, **options: Any) -> None:
        if demonstration_day() is None:
            raise CommandError("This is no demonstration: its day is the calendar's and cannot be moved.")
        set_demonstration_day(on=day)
        self.stdout.write(f"Today is {day_long(day)}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as refusal:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as 2018-03-21") from refusal
