"""The two addresses of a load balancer: by any name, without HTTPS, without a session, never kept."""

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

ADDRESSES = ("/health/live", "/health/ready")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_machine_asks_by_its_number_and_without_https(address: str, client: Client, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["scrutineer.example.gov.uk"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^health/(live|ready)$"]
    answer = client.get(address, headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    assert client.get("/accessibility/", headers={"host": "10.0.0.7:8000"}).status_code != 200


@pytest.mark.django_db
def test_to_live_nothing_is_asked(client: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/health/live").content == b"live\n"
    assert not asked.captured_queries


@pytest.mark.parametrize("address", ADDRESSES)
def test_both_only_show(address: str, client: Client) -> None:
    assert client.post(address).status_code == 405
