"""Says how the installation is, for a person or for monitoring: exit code 0 ready, 1 degraded, 2 unavailable."""

import json
import sys
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from config.health.report import DEGRADED, READY, UNAVAILABLE, Health, load_health
from contracts.queries.pulses import in_words

EXIT_CODES: Final = {READY: 0, DEGRADED: 1, UNAVAILABLE: 2}


class Command(BaseCommand):
    help = "Says what of the installation is down, late or full. Exit code 0: ready, 1: degraded, 2: unavailable."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what /health/ready answers")

    def handle(self, *args: Any, **options: Any) -> None:
        found = load_health()
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), indent=2))
        else:
            self._say(found)
        if code := EXIT_CODES[found.status]:
            sys.exit(code)

    def _say(self, found: Health) -> None:
        self.stdout.write(found.status)
        for sentence in found.wrong:
            self.stdout.write(f"- {sentence}")
        for name in found.missing or ():
            self.stdout.write(f"  not applied: {name}")
        if found.work is not None:
            signs = found.work.signs
            for sign in (each for each in (signs.beat, signs.work, *signs.workers) if each):
                self.stdout.write(f"  {sign.of}: last heard of {in_words(sign.seconds)} ago")
