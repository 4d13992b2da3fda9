"""
Makes the Celery application known as soon as Django is up, so that every task is sent through it.

And says of what a command does that it was run by hand.
"""

import sys
from pathlib import Path

from django.apps import AppConfig


class ScrutineerConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import celery  # noqa: F401
        from contracts import origin

        if Path(sys.argv[0]).name == "manage.py":
            origin.begin(origin.by_hand(sys.argv[1] if len(sys.argv) > 1 else "help"))
