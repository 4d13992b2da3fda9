"""The processes of one demonstration, started as an operator would start them and ended together."""

import http.client
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket

from config.processes.child import Child, running
from config.processes.ports import LOOPBACK
from config.processes.valkey import valkey

FIRST_PAGE_WITHIN_SECONDS = 60.0


@dataclass(slots=True)
class Company:
    """Broker, web server, worker and beat; a later one ends before an earlier one."""

    root: Path
    logs: Path
    environment: dict[str, str]
    stack: ExitStack
    children: list[Child] = field(default_factory=list)

    def start_broker(self) -> None:
        broker = self.stack.enter_context(valkey(self.logs / "broker.log"))
        self.children.append(broker.child)
        self.environment["BROKER_URL"] = broker.url

    def start_web(self, listener: socket) -> Child:
        """gunicorn on a socket that listens already: nobody else can take the port, early visitors wait a moment."""
        handed = listener.fileno()
        command = ["gunicorn", "--config", "python:config.gunicorn", "--bind", f"fd://{handed}", "config.wsgi"]
        return self._start("The web server (gunicorn)", "web.log", command, pass_fds=[handed])

    def start_worker(self) -> Child:
        """One Celery worker; alone as it is, it has nobody to gossip with."""
        command = ["celery", "--app", "config.celery", "worker", "--pool", "prefork", "--concurrency", "1"]
        command += ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]
        return self._start("The worker (celery)", "worker.log", command)

    def start_beat(self) -> None:
        """Celery beat, without the pid file that would lie about after a kill."""
        command = ["celery", "--app", "config.celery", "beat", "--pidfile", "", "--loglevel", "INFO"]
        self._start("The clock (celery beat)", "beat.log", command)

    def refuse_if_any_ended(self) -> None:
        for child in self.children:
            child.refuse_if_ended()

    def _start(self, name: str, log: str, module: list[str], pass_fds: Sequence[int] = ()) -> Child:
        command = [sys.executable, "-m", *module]
        context = running(
            name, command, log=self.logs / log, environment=self.environment, folder=self.root, pass_fds=pass_fds
        )
        child = self.stack.enter_context(context)
        self.children.append(child)
        return child


@contextmanager
def company(root: Path, logs: Path, environment: Mapping[str, str]) -> Iterator[Company]:
    with ExitStack() as stack:
        yield Company(root, logs, dict(environment), stack)


def wait_for_first_page(web: Child, port: int) -> None:
    web.wait_until(lambda: _page_is_served(web, port), FIRST_PAGE_WITHIN_SECONDS)


def _page_is_served(web: Child, port: int) -> bool:
    """Whether a page comes back; an error of ours is refused at once, for no waiting would mend it."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        raise web.failure(f"answers the first page with an error ({status})")
    return True
