"""Lists the environment variables that set Scrutineer up, with their defaults and what is set here."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from config.variables import variables


class Command(BaseCommand):
    help = "List every setting that the environment gives: its name, type, default, what it is for, and what is set."

    def handle(self, *args: Any, **options: Any) -> None:
        for each in variables():
            default = f"default: {each.default}" if each.default else "no default"
            self.stdout.write(f"{each.name}  ({each.type}, {default})")
            if each.about:
                self.stdout.write(f"    {each.about}")
            if value := each.value(os.environ):
                self.stdout.write(f"    here: {value}")
