"""
Runs the tests on a real PostgreSQL with a real broker, then those that touch the database a second time on SQLite.

The servers are up and their addresses in the environment before pytest starts: Django reads its settings as soon as
pytest does, and a server started any later would leave the whole suite on SQLite without a word.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.processes.binaries import ServerMissing
from config.processes.child import ProcessFailed
from config.processes.lifeline import end_with_parent
from config.processes.postgresql import postgresql
from config.processes.stopping import Stopped, stop_in_order
from config.processes.valkey import valkey
from config.progress import say

NO_TESTS_SELECTED = 5
# Interrupted, internal error, wrong usage: nothing that a second run could add to.
NOT_WORTH_GOING_ON = {2, 3, 4}


class Command(BaseCommand):
    help = "Run the tests on PostgreSQL and SQLite. Every argument is pytest's own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pytest_arguments", nargs="*", help="handed to pytest as they are")

    def run_from_argv(self, argv: list[str]) -> None:
        """Hand everything on untouched: Django's own parser would stumble over pytest's options."""
        if {"-h", "--help"} & set(argv[2:]):
            self.print_help(argv[0], argv[1])
            return
        try:
            with stop_in_order():
                code = run_tests(argv[2:])
        except (ProcessFailed, ServerMissing) as refusal:
            self.stderr.write(f"The tests cannot start: {refusal}")
            code = 1
        sys.exit(code)

    def handle(self, *args: object, **options: object) -> None:
        raise CommandError("Run the tests from the command line: python3 manage.py test")


def run_tests(arguments: Sequence[str]) -> int:
    """The exit code of pytest, the worse one of its two runs."""
    with TemporaryDirectory(prefix="scrutineer-test-") as name, valkey(Path(name) / "broker.log") as broker:
        environment = {**os.environ, "BROKER_URL": broker.url, "VAR_DIR": name}
        with postgresql() as url:
            first = _pytest(arguments, environment | {"TEST_DATABASE": "postgresql", "DATABASE_URL": url})
        if first in NOT_WORTH_GOING_ON:
            return first
        sqlite = {"TEST_DATABASE": "sqlite", "DATABASE_URL": f"sqlite:///{name}/test.sqlite3"}
        second = _pytest(arguments, environment | sqlite)
    return first or (0 if second == NO_TESTS_SELECTED else second)


def _pytest(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """One run, on the terminal itself: Ctrl-C there reaches pytest too, and this process waits for it to tidy up."""
    say(f"Running the tests on {environment['TEST_DATABASE']}")
    parent = os.getpid()
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        preexec_fn=lambda: end_with_parent(parent),
    )
    try:
        return process.wait()
    except Stopped as stopped:
        if stopped.signal_number != signal.SIGINT or not sys.stdin.isatty():
            process.send_signal(signal.SIGINT)
        return process.wait()
