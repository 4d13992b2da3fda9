"""The admin sets up, and is no way round: not to another person's name, nor to what is decided on pages of its own."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client

from contracts.models import Person
from kpis.models import Level, Relief
from reports.models import BoardRequest, Meeting
from tests.test_admin import OURS, address
from tests.test_admin import administrator as administrator  # a fixture

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("model", [Level, Person, Relief], ids=lambda model: model._meta.label)
def test_what_is_only_looked_at_is_not_changed_by_way_of_its_history(model: type[Model], administrator: Client) -> None:
    row = model._default_manager.order_by("pk")[0]
    before = list(model._default_manager.order_by("pk").values())
    version = address(model, "simple_history", row.pk, row.history.latest().history_id)  # type: ignore[attr-defined]
    form = administrator.get(version).context["adminform"].form
    sent = {name: value for name in form.fields if (value := form[name].value()) not in (None, False, [])}
    changed = {
        "job_title": "Somebody else",
        "is_active": "on",
        "is_superuser": "on",
        "narrative": "Other",
        "reason": "X",
    }
    assert administrator.post(version, sent | changed).status_code == 403
    assert list(model._default_manager.order_by("pk").values()) == before


def test_nothing_here_lets_one_person_come_in_as_another() -> None:
    """Neither a session's key, nor the secret of a second factor, nor an account at another provider."""
    others = {model._meta.label for model in admin.site._registry if model._meta.app_label not in OURS}
    assert others == set()


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("model", [BoardRequest, Meeting], ids=lambda model: model._meta.label)
def test_what_is_closed_or_cancelled_instead_is_not_deleted(model: type[Model], administrator: Client) -> None:
    row = model._default_manager.order_by("pk")[0]
    assert administrator.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    administrator.post(address(model, "changelist"), chosen)
    assert model._default_manager.filter(pk=row.pk).exists()
