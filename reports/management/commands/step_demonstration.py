"""
Moves the demonstration's day forward, working day by working day, and lets happen what happens on each.

Papers that fall due are written, people sign, hand over, publish, verify and minute: each line says what was done.
"""

from argparse import ArgumentTypeError
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.ui.formats import day_long
from reports.services.demonstration import NotInLocalMode
from reports.services.demonstration_steps import CannotStep, NotWritten, days_to, play, wait_for_worker, write_here
from reports.services.news import written_here


class Command(BaseCommand):
    help = "Move the demonstration's day forward and let happen what happens on the way."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=_day, required=True, help="the day to stop at, as 2018-03-29")
        parser.add_argument("--day-by-day", action="store_true", help="wait for Enter before each further day")
        parser.add_argument(
            "--with-worker", action="store_true", help="leave the writing to a worker that runs already"
        )

    def handle(self, *args: Any, to: date, day_by_day: bool, with_worker: bool, **options: Any) -> None:
        try:
            with nullcontext() if with_worker else written_here():
                for number, day in enumerate(days_to(to)):
                    if day_by_day and number:
                        self._wait()
                    self.stdout.write(day_long(day))
                    for line in play(day, wait_for_worker if with_worker else write_here):
                        self.stdout.write(f"  {line}" if line.endswith(".") else f"  {line}.")
                        self.stdout.flush()
        except (CannotStep, NotInLocalMode, NotWritten) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _wait(self) -> None:
        """Until somebody presses Enter; nobody there to do so is taken for yes."""
        self.stderr.write("Press Enter for the next day.", ending=" ")
        self.stderr.flush()
        try:
            input()
        except EOFError:
            self.stderr.write("")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as refusal:
        raise ArgumentTypeError(f"{text!r} is not a day; write it as 2018-03-29") from refusal
