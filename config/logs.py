"""
Logs that machines read: one JSON object a line, and in each the request or the task that it belongs to.

Whoever finds a line finds all the others of the same request by its id, which the answer bears too. What people type
is not logged: no query, no form, no address of a person.
"""

import json
import logging
import re
import secrets
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

HEADER: Final = "X-Request-ID"
GIVEN: Final = re.compile(r"[0-9A-Za-z-]{8,64}")
"""What a proxy in front may give as the id; anything else is not taken over into the logs."""
ASKED_OFTEN: Final = ("/health/", "/static/")
"""Addresses whose every request would drown the rest; their failures are still logged."""
FAILURE: Final = 500

current: Final[ContextVar[str]] = ContextVar("request_or_task", default="")

logger = logging.getLogger("scrutineer.requests")


class JsonLines(logging.Formatter):
    """Time in UTC, level, logger, message, id, what the line names besides, and the trace of an exception."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if named := current.get():
            line["id"] = named
        line |= getattr(record, "named", {})
        if record.exc_info:
            line["trace"] = "".join(traceback.format_exception(*record.exc_info)).rstrip()
        return json.dumps(line, ensure_ascii=False, default=str)


class WithId(logging.Filter):
    """Gives every line its ``id`` for formats that print it: a hyphen outside of requests and tasks."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.id = current.get() or "-"
        return True


def request_id(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Names the request, tells the answer its name, and logs what became of it and how long it took."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        named = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        token, began = current.set(named), perf_counter()
        try:
            response = get_response(request)
            response.headers[HEADER] = named
            _tell(request, response, perf_counter() - began)
        finally:
            current.reset(token)
        return response

    return middleware


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    if request.path.startswith(ASKED_OFTEN) and response.status_code < FAILURE:
        return
    # As it was read for the page: to log an address is no reason to ask who somebody is.
    person = getattr(getattr(request, "_cached_user", None), "pk", None)
    logger.info(
        "%s %s %s",
        request.method,
        request.path,
        response.status_code,
        extra={"named": {"status": response.status_code, "milliseconds": int(seconds * 1000), "person": person}},
    )
