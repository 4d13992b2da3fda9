"""
A Celery worker that can be held at a chosen point of its work, so that a test can do something to it there.

``python -m tests.faults.worker FOLDER`` starts it. When the file ``FOLDER/hold`` names a point, the first process to
reach it leaves its number in ``FOLDER/held`` and waits until ``FOLDER/go`` exists; all others pass.

The paper of a contract ``GREEDY…`` wants more memory than its process may have, that of ``KILLED…`` is ended for it as
the kernel would. It goes by the clock of :mod:`tests.faults.clock`.
"""

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from tests.faults.clock import follow_if_told

LOOK_EVERY_SECONDS = 0.02
MORE_MEMORY_BYTES = 2**26
TOO_MUCH_BYTES = 2**30
ARGUMENTS = ("worker", "--pool", "prefork", "--concurrency", "1", "--loglevel", "INFO")
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat")

Work = Callable[..., Any]


class Gate:
    """Where a process is held, once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def pass_or_wait(self, point: str) -> None:
        hold = self.folder / "hold"
        if not hold.exists() or hold.read_text() != point or not self._is_first():
            return
        while not (self.folder / "go").exists():
            time.sleep(LOOK_EVERY_SECONDS)

    def before(self, point: str, work: Work) -> Work:
        def held(*args: Any, **options: Any) -> Any:
            self.pass_or_wait(point)
            return work(*args, **options)

        return held

    def after(self, point: str, work: Work) -> Work:
        def held(*args: Any, **options: Any) -> Any:
            done = work(*args, **options)
            self.pass_or_wait(point)
            return done

        return held

    def _is_first(self) -> bool:
        mine = self.folder / str(os.getpid())
        mine.write_text(str(os.getpid()))
        try:
            os.link(mine, self.folder / "held")
        except FileExistsError:
            return False
        return True


def eats(print_all: Work) -> Work:
    """Prints, but for the papers that need more memory than there is."""

    def hungry(paper: Any, *args: Any, **options: Any) -> Any:
        reference = paper.contract.reference
        if reference.startswith("KILLED"):
            os.kill(os.getpid(), signal.SIGKILL)
        if reference.startswith("GREEDY"):
            _eat_too_much()
        return print_all(paper, *args, **options)

    return hungry


def _eat_too_much() -> None:
    """Asks the kernel for more than this process may have; raises MemoryError."""
    allowed = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MORE_MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, allowed[1]))
    try:
        bytearray(TOO_MUCH_BYTES)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, allowed)


def main(folder: Path) -> None:
    follow_if_told()
    django.setup()
    from config.celery import app
    from contracts.services import messages
    from kpis.services import reminders
    from reports.render import render_all
    from reports.services import claims, drafts, editions, freezing, papers, storage

    gate = Gate(folder)
    for module, name, hold in (
        (claims, "take", gate.before("waiting", claims.take)),
        (editions, "draft_paper", gate.before("reading", drafts.draft_paper)),
        (editions, "render_all", gate.before("rendering", eats(render_all))),
        (editions, "freeze", gate.after("frozen", freezing.freeze)),
        (storage, "set_aside", gate.after("set aside", storage.set_aside)),
        (storage, "reveal", gate.after("revealed", storage.reveal)),
        (papers, "write_paper", gate.after("stored", papers.write_paper)),
        (reminders, "tell", gate.after("reminded", messages.tell)),
        (messages, "take", gate.after("claimed", messages.take)),
        (messages, "hand_over", gate.after("handing over", messages.hand_over)),
        (messages, "deliver", gate.after("delivered", messages.deliver)),
        (messages, "finish", gate.after("marked", messages.finish)),
    ):
        setattr(module, name, hold)
    app.worker_main([*ARGUMENTS, *ALONE])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
