"""The admin shows people and changes nobody: they have pages of their own."""

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Assignment, Person
from tests.people import Cast


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def address(page: str, *of: object) -> str:
    return reverse(f"admin:contracts_person_{page}", args=of)


def test_people_are_looked_at_here_and_changed_on_their_own_pages(administrator: Client, cast: Cast) -> None:
    change = address("change", cast.officer.pk)
    page = administrator.get(change).content.decode()
    assert reverse("person", args=[cast.officer.pk]) in page
    for name in ("is_active", "is_superuser", "is_staff", "groups", "email", "job_title", "password"):
        assert f'name="{name}"' not in page, name
    for name in ("role", "contract", "service_area", "deputy"):
        assert f'name="assignments-0-{name}"' not in page, name


def test_nobody_is_changed_or_deleted_here_nor_the_last_administrator_ended(administrator: Client, cast: Cast) -> None:
    before = list(Person.objects.order_by("pk").values())
    stripped = {"email": "x@example.org", "job_title": "X"}
    for person in (cast.officer, cast.administrator):
        assert administrator.post(address("change", person.pk), stripped).status_code == 403
        assert administrator.get(address("delete", person.pk)).status_code == 403
        assert administrator.post(address("delete", person.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [cast.officer.pk], "post": "yes"}
    administrator.post(address("changelist"), chosen)
    assert list(Person.objects.order_by("pk").values()) == before
    assert Assignment.objects.filter(person=cast.officer).exists()
