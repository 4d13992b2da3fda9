"""Every line of the log says which request or task it belongs to, and nothing of what people typed."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config import logs
from reports.tasks import reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What a handler set up as in production writes."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(logs.WithId())
    handler.setFormatter(logs.JsonLines())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def read(written: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_request_is_logged_with_the_id_that_its_answer_bears(client: Client, lines: StringIO) -> None:
    answer = client.get("/accessibility/", {"q": "what somebody typed"})
    (line,) = (line for line in read(lines) if line["logger"] == "scrutineer.requests")
    assert line["id"] == answer.headers["X-Request-ID"]
    assert (line["message"], line["status"], line["person"]) == (f"GET /accessibility/ {answer.status_code}",
        answer.status_code, None)  # fmt: skip
    assert "typed" not in lines.getvalue()


def test_two_requests_have_two_ids(client: Client) -> None:
    one, other = (client.get("/accessibility/").headers["X-Request-ID"] for _ in range(2))
    assert one != other


def test_the_id_of_a_proxy_is_taken_over(client: Client) -> None:
    assert client.get("/accessibility/", headers={"X-Request-ID": "a1b2c3d4-e5f6"}).headers["X-Request-ID"] == (
        "a1b2c3d4-e5f6"
    )


@pytest.mark.parametrize("given", ["short", "x" * 65, 'a1b2c3d4"}\n{"level": "INFO"', "a1b2 c3d4", ""])
def test_an_id_that_could_forge_a_line_is_not(given: str, client: Client) -> None:
    assert client.get("/accessibility/", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given


def test_a_failure_is_logged_with_its_trace_under_the_same_id(lines: StringIO) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        try:
            raise ValueError("a line\nand another")
        except ValueError:
            logging.getLogger("django.request").exception("It failed:\n%s", request.path)
        return HttpResponse(status=500)

    answer = logs.request_id(view)(RequestFactory().get("/health/live"))
    failure, request = read(lines)
    assert failure["id"] == request["id"] == answer.headers["X-Request-ID"]
    assert "ValueError: a line\nand another" in str(failure["trace"])
    assert request["status"] == 500, "what is asked often is logged where it failed"


def test_what_a_task_logs_bears_the_tasks_id_and_what_comes_after_none(
    lines: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say(**_: object) -> str:
        logging.getLogger("anything").info("at work")
        return ""

    monkeypatch.setattr("reports.services.papers.reconcile", say)
    ended = reconcile.apply()
    logging.getLogger("anything").info("afterwards")
    at_work, afterwards = (line for line in read(lines) if line["logger"] == "anything")
    assert at_work["id"] == ended.id
    assert "id" not in afterwards
