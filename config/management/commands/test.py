"""
Runs the tests on a real PostgreSQL with a real broker; those whose outcome a database may decide again on SQLite.

The servers are up and their addresses in the environment before pytest starts: Django reads its settings as soon as
pytest does, and a server started any later would leave the whole suite on SQLite without a word.

Each run is shared by as many processes as there are cores, unless ``-n`` says otherwise: one that has nothing left to
do takes over half of what another still has before it, so that tests which share a fixture mostly stay together.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.processes.binaries import ServerMissing
from config.processes.child import ProcessFailed
from config.processes.lifeline import end_with_parent
from config.processes.postgresql import postgresql
from config.processes.stopping import Stopped, stop_in_order, tidy_up_undisturbed
from config.processes.valkey import valkey
from config.progress import say

SHARED = ("-n", "auto", "--dist", "worksteal")
STANDARD_INPUT = 0
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
            code = run_tests(argv[2:])
        except (ProcessFailed, ServerMissing) as refusal:
            self.stderr.write(f"The tests cannot start: {refusal}")
            code = 1
        except Stopped as stopped:
            say("Stopped before all tests were run; every process has ended.")
            code = stopped.exit_code
        sys.exit(code)

    def handle(self, *args: object, **options: object) -> None:
        raise CommandError("Run the tests from the command line: python3 manage.py test")


def run_tests(arguments: Sequence[str]) -> int:
    """The exit code of pytest, the worse one of its two runs."""
    with (
        stop_in_order(),
        TemporaryDirectory(prefix="scrutineer-test-") as name,
        valkey(Path(name) / "broker.log") as broker,
        postgresql() as url,
    ):
        environment = {**os.environ, "BROKER_URL": broker.url, "VAR_DIR": name}
        code = _pytest(arguments, environment | {"TEST_DATABASE": "postgresql", "DATABASE_URL": url})
        if code not in NOT_WORTH_GOING_ON:
            sqlite = {"TEST_DATABASE": "sqlite", "DATABASE_URL": f"sqlite:///{name}/test.sqlite3"}
            second = _pytest(arguments, environment | sqlite)
            code = code or (0 if second == NO_TESTS_SELECTED else second)
        tidy_up_undisturbed()
    return code


def _pytest(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """
    One run, on the terminal itself: Ctrl-C there reaches pytest and its workers too.

    This process waits until they have tidied up. Off a terminal they are a group of their own, and one signal is for
    all of them.
    """
    say(f"Running the tests on {environment['TEST_DATABASE']}")
    parent, is_on_terminal = os.getpid(), os.isatty(STANDARD_INPUT)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *SHARED, *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        process_group=None if is_on_terminal else 0,
        preexec_fn=lambda: end_with_parent(parent),
    )
    try:
        return process.wait()
    except Stopped as stopped:
        if not is_on_terminal:
            with suppress(ProcessLookupError):  # it had just ended
                os.killpg(process.pid, signal.SIGINT)
        elif stopped.signal_number != signal.SIGINT:
            process.send_signal(signal.SIGINT)
        process.wait()
        raise
