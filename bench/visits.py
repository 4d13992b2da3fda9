"""Requests as a web worker gets them from its web server: signed in, over HTTPS, answered in this process."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path

HOST: Final = "bench.example.org"
TOKEN: Final = "0" * 32
EMPTY: Final = "bench-empty-page"
_handler: list[WSGIHandler] = []


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `status` is that of the answer."""

    status: int
    content: bytes
    location: str


class Visitor:
    """Somebody signed in, for as long as the measurements take."""

    def __init__(self, person: Any) -> None:
        from importlib import import_module

        store = import_module(settings.SESSION_ENGINE).SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.save()
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={store.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def get(self, address: str) -> Answer:
        return self._ask("GET", address, b"")

    def post(self, address: str, form: dict[str, str]) -> Answer:
        return self.send(address, encoded(form))

    def send(self, address: str, body: bytes) -> Answer:
        """Posts a form that is :func:`encoded` already."""
        return self._ask("POST", address, body)

    def queries_of(self, address: str) -> list[str]:
        """The statements of a page, with their parameters in them, once the session's minute has been noted."""
        self.get(address)
        with CaptureQueriesContext(connection) as captured:
            self.get(address)
        said = [each["sql"] for each in captured.captured_queries]
        return [each for each in said if not each.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]

    def _ask(self, method: str, address: str, body: bytes) -> Answer:
        if not _handler:
            _handler.append(WSGIHandler())
        where, _, question = address.partition("?")
        head: list[Any] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": where,
            "QUERY_STRING": question,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_X_FORWARDED_FOR": "192.0.2.1",
            "HTTP_REFERER": f"https://{HOST}/",
            "HTTP_COOKIE": self.cookies,
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
        }
        begin: Any = lambda status, headers, exc_info=None: head.extend((status, headers))  # noqa: E731
        answer: Any = _handler[0](environ, begin)
        content = b"".join(answer)
        answer.close()
        return Answer(int(head[0].split()[0]), content, dict(head[1]).get("Location", ""))


def encoded(form: dict[str, str]) -> bytes:
    """The form as a browser sends it, which is no work of the server's."""
    return urlencode({**form, "csrfmiddlewaretoken": TOKEN}).encode()


def add_an_empty_page() -> None:
    """The full layout with nothing in it, signed in and within a contract, as every page of one has it."""
    import config.urls  # noqa: F401 - its converters are there before the addresses
    from projects import urls

    page = engines["jinja2"].from_string(
        '{% extends "layout.html" %}{% block title %}Empty{% endblock %}{% block content %}<h1>Empty</h1>{% endblock %}'
    )

    def empty(request: HttpRequest, contract: str) -> HttpResponse:
        return HttpResponse(page.render({}, request))

    urls.urlpatterns.insert(0, path(f"{EMPTY}/", empty))
    clear_url_caches()


def add_a_deed(contract: str, do: Callable[[], object]) -> str:
    """The address of a page that does this when it is posted to, and leads elsewhere as every form of ours does."""
    import config.urls  # noqa: F401
    from projects import urls

    def deed(request: HttpRequest, contract: str) -> HttpResponse:
        do()
        return HttpResponseRedirect("/")

    urls.urlpatterns.insert(0, path("bench-deed/", deed))
    clear_url_caches()
    return f"/contracts/{contract}/projects/bench-deed/"


def empty_page_of(contract: str) -> str:
    return f"/contracts/{contract}/projects/{EMPTY}/"


def opened(visitor: Visitor, address: str) -> Answer:
    """The page; anything but the page itself ends the run."""
    answer = visitor.get(address)
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status} {answer.location}")
    return answer
