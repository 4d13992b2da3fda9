"""Every page of the admin opens for an administrator, one of each of our models, and shows what happened before."""

import pytest
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from contracts.models import Person
from kpis.models import Level, Relief
from tests.test_admin import OURS, address

REGISTERED: "dict[type[Model], ModelAdmin[Model]]" = {
    model: registered for model, registered in admin.site._registry.items() if model._meta.app_label in OURS
}
MODELS = pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)


@pytest.fixture
def administrator(lasting_ground: None, db: None) -> Client:
    """Looks at the ground of the module, and adds nothing to it."""
    client = Client()
    client.force_login(Person.objects.get(email="administrator@example.org"))
    return client


@MODELS
def test_a_list_opens_searches_and_sorts(model: type[Model], administrator: Client) -> None:
    columns = range(1, len(REGISTERED[model].list_display) + 1)
    for query in ({}, {"q": "a"}, *({"o": f"-{column}"} for column in columns)):
        assert administrator.get(address(model, "changelist"), query).status_code == 200, query


@MODELS
def test_one_of_them_opens_with_its_history(model: type[Model], administrator: Client) -> None:
    row = model._default_manager.order_by("pk")[0]
    assert administrator.get(address(model, "change", row.pk)).status_code == 200
    history = administrator.get(address(model, "history", row.pk))
    assert history.status_code == 200
    version = row.history.latest()  # type: ignore[attr-defined]
    assert address(model, "simple_history", row.pk, version.history_id) in history.content.decode()
    assert administrator.get(address(model, "simple_history", row.pk, version.history_id)).status_code == 200


@MODELS
def test_a_new_one_can_be_added_unless_it_comes_about_elsewhere(model: type[Model], administrator: Client) -> None:
    expected = 403 if model in (Level, Person, Relief) else 200
    assert administrator.get(address(model, "add")).status_code == expected


def test_the_start_page_leads_to_all_of_them(administrator: Client) -> None:
    start = administrator.get(reverse("admin:index")).content.decode()
    assert [model for model in REGISTERED if address(model, "changelist") not in start] == []
