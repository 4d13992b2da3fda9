"""gunicorn with one worker, as an operator starts it: ours, or that of a bare Django project."""

import http.client
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from config.processes.child import Child, running

ROOT: Final = Path(__file__).resolve().parents[1]
READY_WITHIN: Final = 120.0
HTTPS: Final = {"X-Forwarded-Proto": "https", "Host": "localhost"}


def environment_in(folder: Path, more: Mapping[str, str] | None) -> dict[str, str]:
    """Python keeps what it compiled, as it does wherever it may write: nobody compiles at every start."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))), **(more or {})}


@contextmanager
def served(module: str = "config.wsgi", folder: Path = ROOT, more: Mapping[str, str] | None = None) -> Iterator[int]:
    """The port, once a page came back."""
    with gunicorn(module, folder, more) as (_, port):
        yield port


@contextmanager
def gunicorn(module: str, folder: Path, more: Mapping[str, str] | None = None) -> Iterator[tuple[Child, int]]:
    environment = environment_in(folder, more)
    with TemporaryDirectory(prefix="scrutineer-web-") as logs, socket.create_server(("127.0.0.1", 0)) as listener:
        port, handed = listener.getsockname()[1], listener.fileno()
        command = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", "--workers", "1"]
        command += ["--bind", f"fd://{handed}", module]
        log = Path(logs) / "web.log"
        with running("gunicorn", command, log=log, environment=environment, folder=folder, pass_fds=[handed]) as child:
            child.wait_until(lambda: status_of(port, "/accounts/login/") == 200, READY_WITHIN)
            yield child, port


def status_of(port: int, address: str, cookies: str = "") -> int:
    """The status of a page; 0 while nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address, headers={**HTTPS, "Cookie": cookies})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
    return answer.status


def worker_of(child: Child) -> int:
    """The process that answers, below the one that was started."""
    below = Path(f"/proc/{child.process.pid}/task/{child.process.pid}/children").read_text().split()
    return int(below[0])


def seconds_of(code: str, folder: Path, more: Mapping[str, str] | None = None) -> tuple[float, float]:
    """Processor time of a new interpreter until it has run this, and until it has ended: what it takes down counts."""
    environment = environment_in(folder, more)
    command = [sys.executable, "-c", f"{code}\nimport time\nprint(time.process_time())"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    in_all = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return float(ended.stdout.splitlines()[-1]), in_all
