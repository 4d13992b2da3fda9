"""Work that takes longer than anyone waits: the worker's application with such a task, and a site with such a page."""

from collections.abc import Callable, Iterable
from pathlib import Path
from time import sleep
from typing import Any

from config.celery import app


@app.task
def sleep_on(sign: str) -> None:
    """Leaves a sign that it has begun."""
    Path(sign).touch()
    sleep(600)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Leaves its sign in the file that the query string names."""
    sleep_on(environ["QUERY_STRING"])
    return []
