"""
Shows Scrutineer at work: its data, the broker, the web server, the worker and beat, each a process of its own.

The papers that it waits for are made in earnest: beat asks what is due, the broker carries the news, the worker writes.
"""

import os
import sys
from datetime import date
from pathlib import Path
from shutil import rmtree
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from config.processes.binaries import ServerMissing
from config.processes.child import Child, ProcessFailed
from config.processes.company import Company, company, wait_for_first_page
from config.processes.ports import LAST_PORT, LOOPBACK, NoPortFree, listen_from
from config.processes.sole import AlreadyRuns, Claim, sole
from config.processes.stopping import Stopped, stop_in_order
from config.progress import Progress, say
from contracts.rules.months import month_long
from reports.queries import PaperProgress, paper_progress
from reports.services.demonstration import (
    Demonstration,
    DemonstrationRefused,
    PaperToSee,
    prepare_demonstration,
)
from reports.services.demonstration_errata import play_june_2017

TODAY = date(2018, 3, 14)
DEFAULT_PORT = 8000
# Nobody watching wants to wait as long as an office may.
PACE = {
    "DUE_EVERY_SECONDS": "10",
    "RECONCILE_EVERY_SECONDS": "10",
    "REMIND_EVERY_SECONDS": "30",
    "MAIL_EVERY_SECONDS": "10",
    "PAPER_LEASE_SECONDS": "20",
    "PAPER_RETRY_SECONDS": "2",
}
PAPER_WITHIN_SECONDS = 180.0
LOOK_EVERY_SECONDS = 0.25


class Command(BaseCommand):
    help = "Show Scrutineer at work on its demonstration contract."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port", type=_port, default=DEFAULT_PORT, help="where to listen (default: %(default)s; 0: any free one)"
        )
        parser.add_argument("--reset", action="store_true", help="start over: remove what earlier demonstrations made")
        parser.add_argument("--no-serve", action="store_true", help="make the papers, print the headline and end")

    def handle(self, *args: Any, port: int, reset: bool, no_serve: bool, **options: Any) -> None:
        try:
            with stop_in_order(), sole(settings.VAR_DIR / "demo.lock") as claim:
                claim.say(f"process {os.getpid()}, without a web address")
                if reset:
                    remove_what_it_made()
                self._show(None if no_serve else port, claim)
        except AlreadyRuns as other:
            raise CommandError(f"The demonstration already runs on these data: {other}.") from None
        except (NoPortFree, ProcessFailed, ServerMissing) as refusal:
            raise CommandError(f"The demonstration cannot go on. {refusal}") from refusal
        except Stopped as stopped:
            say("Stopped before it was done; every process has ended.")
            sys.exit(stopped.exit_code)

    def _show(self, port: int | None, claim: Claim) -> None:
        demonstration = prepare()
        with company(settings.BASE_DIR, settings.VAR_DIR / "log", environment()) as processes:
            processes.start_broker()
            if port is not None:
                self._open(port, processes, claim, demonstration)
            worker = processes.start_worker()
            processes.start_beat()
            report = PaperToSee("paper", "report", meeting_on=demonstration.meeting_on)
            self._tell_paper(wait_for_paper(demonstration.contract, report, processes, worker))
            for other in demonstration.others:
                self._tell_other(other.name, wait_for_paper(demonstration.contract, other, processes, worker))
            if port is not None:
                say("Ctrl-C ends it.")
                watch(processes)

    def _open(self, port: int, processes: Company, claim: Claim, demonstration: Demonstration) -> None:
        """Start the web server and tell where it is and who can sign in, once it serves a page."""
        with listen_from(port) as listener:
            taken: int = listener.getsockname()[1]
            if port and taken != port:
                say(f"Port {port} is taken; the next free one is {taken}.")
            web = processes.start_web(listener)
        address = f"http://{LOOPBACK}:{taken}/"
        claim.say(f"{address}, process {os.getpid()}")
        wait_for_first_page(web, taken)
        self._tell("Address", address)
        for sign_in in demonstration.sign_ins:
            self._tell(sign_in.role, f"{sign_in.email}  password {sign_in.password}")

    def _tell_paper(self, paper: PaperProgress) -> None:
        self._tell("Headline", paper.headline)
        tables = [path for path in paper.files if path.suffix == ".csv"]
        for path in sorted(set(paper.files) - set(tables)):
            self._tell("Paper", shown(path))
        for folder in sorted({path.parent for path in tables}):
            self._tell("Its tables as CSV", f"{shown(folder)}{os.sep}")

    def _tell_other(self, name: str, paper: PaperProgress) -> None:
        for folder in sorted({path.parent for path in paper.files}):
            self._tell(name, f"{shown(folder)}{os.sep}")

    def _tell(self, what: str, value: str) -> None:
        self.stdout.write(f"{what + ':':<20} {value}")
        self.stdout.flush()


def prepare() -> Demonstration:
    """The demonstration's database: made or brought up to date, and filled if it is not."""
    progress = Progress("Preparing the data")
    progress.show()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        demonstration = prepare_demonstration(on=TODAY)
        play_june_2017()
    except DatabaseError as refusal:
        where = settings.DATABASES["default"]["NAME"]
        raise CommandError(f"Its data in {where} cannot be used: {refusal}. Start over with --reset.") from refusal
    except DemonstrationRefused as refusal:
        raise CommandError(f"Its workbook in {settings.DEMONSTRATION_DIR} has mistakes:\n{refusal}") from refusal
    progress.done()
    return demonstration


def environment() -> dict[str, str]:
    """What its processes are started with: local mode, and the very data that this command prepared."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{quote(str(Path(settings.DATABASES['default']['NAME']).absolute()))}",
        "VAR_DIR": str(settings.VAR_DIR.absolute()),
        **PACE,
    }


def wait_for_paper(contract: str, wanted: PaperToSee, processes: Company, worker: Child) -> PaperProgress:
    """A paper that is due, once the worker has made it."""
    occasion = month_long(wanted.month) if wanted.month else str(wanted.meeting_on)
    progress = Progress(f"Making the {wanted.name.lower()} for {occasion}")
    deadline = monotonic() + PAPER_WITHIN_SECONDS
    while monotonic() < deadline:
        paper = paper_progress(contract, wanted.meeting_on, wanted.kind, wanted.month)
        if paper.is_finished:
            progress.done()
            return paper
        if paper.is_failed:
            raise ProcessFailed(f"The {wanted.name.lower()} could not be made: {paper.error} Start over with --reset.")
        processes.refuse_if_any_ended()
        progress.show(paper.words)
        sleep(LOOK_EVERY_SECONDS)
    raise worker.failure(f"has made no paper within {PAPER_WITHIN_SECONDS:.0f} seconds")


def watch(processes: Company) -> None:
    """Stay until told to stop, or until one of the processes ends by itself."""
    try:
        while True:
            processes.refuse_if_any_ended()
            sleep(1)
    except Stopped:
        say("Stopping.")


def remove_what_it_made() -> None:
    """The demonstration's database, papers, files, mails and logs; nothing else that lies beside them."""
    database = Path(settings.DATABASES["default"]["NAME"])
    for suffix in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    for name in ("papers", "files", "mail", "log"):
        rmtree(settings.VAR_DIR / name, ignore_errors=True)


def shown(path: Path) -> str:
    """A path as short as it can be from the project's folder."""
    return str(path.relative_to(settings.BASE_DIR)) if path.is_relative_to(settings.BASE_DIR) else str(path)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= LAST_PORT:
        raise ValueError(text)
    return port
