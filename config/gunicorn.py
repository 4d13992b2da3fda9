"""gunicorn's settings: `gunicorn --config python:config.gunicorn config.wsgi:application`."""

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from config.processes.lifeline import end_with_parent

threads = 4
control_socket_disable = True


def post_fork(arbiter: Arbiter, worker: Worker) -> None:
    """A worker does not go on answering when its master was killed."""
    end_with_parent(worker.ppid)
