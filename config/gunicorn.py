"""
gunicorn's settings: `gunicorn --config python:config.gunicorn config.wsgi`.

How many processes there are, and where they listen, is for who starts it: ``WEB_CONCURRENCY`` and ``--bind``, or a
socket of systemd's. Requests are logged by the application, which knows their id, so gunicorn keeps no access log.
"""

from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from config.processes.lifeline import end_with_parent

threads = 4
control_socket_disable = True
# Read once and shared: a further process costs what it changes, and a fault in the code is one when it starts.
preload_app = True
# Memory that a large paper left behind goes back now and then, and not in all processes at once.
max_requests = 5_000
max_requests_jitter = 500
# A process from which its master has not heard for so long hangs. A slow page is none: it has a thread of its own.
timeout = 60
# What is under way when it is told to end may come to its end.
graceful_timeout = 60
keepalive = 30
# The sign of life of each process is a file that is touched: in memory, so that a slow disk kills nobody.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def post_fork(arbiter: Arbiter, worker: Worker) -> None:
    """A worker does not go on answering when its master was killed."""
    end_with_parent(worker.ppid)
