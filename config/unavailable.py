"""
What people see when the database is down: that it is down, and that nothing of theirs is lost.

Any other failure is a fault of ours, and is called one.
"""

import sys
from http import HTTPStatus
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import server_error

AGAIN_AFTER_SECONDS: Final = 30
SQLSTATES: Final = ("08", "57P", "53")
"""Classes of PostgreSQL's codes: no connection, shut down or restarting, out of connections, memory or disk."""
SQLITE: Final = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")


def is_down(failure: BaseException | None) -> bool:
    """Whether a failure says that the database is away or full, and not that it was asked something wrong."""
    if not isinstance(failure, DatabaseError | InterfaceError):
        return False
    said = failure.__cause__
    code = getattr(said, "pgcode", None)
    if code is not None:
        return str(code).startswith(SQLSTATES)
    if name := getattr(said, "sqlite_errorname", None):
        return str(name).startswith(SQLITE)
    return isinstance(failure, InterfaceError | OperationalError)


@requires_csrf_token
def failed(request: HttpRequest) -> HttpResponse:
    """The answer to a request that failed; called while what failed it is being handled."""
    failure = sys.exc_info()[1]
    if not is_down(failure):
        return server_error(request)
    # Without the request: whoever asks who it is asks the database.
    page = loader.get_template("503.html").render()
    answer = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = str(AGAIN_AFTER_SECONDS)
    return answer
