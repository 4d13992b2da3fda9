"""
What a form is sent with reaches nothing but one's own: a field that names another contract's thing, under whatever
name, and a form that another site sends.
"""

from collections.abc import Mapping
from typing import Any, Final

import pytest
from django.db import transaction
from django.test import Client

from contracts.models import Contract, Person
from tests.fixtures.scene import APPS, TABLES, Answer, Scene, done, rows, sent
from tests.posts import Form

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

EVERYWHERE: Final = ("clerk", "administrator")
"""Who acts for every contract: what they send about another one may reach it, but never both."""
UNASKED: Final = ("contract", "area", "kpi", "person", "is_superuser", "id")
"""Names that no form asks for, and that the rows behind it have."""


def test_no_form_is_taken_from_another_site(scene: Scene) -> None:
    """Without the mark of a page of ours, whoever's browser it is that sends it."""
    for form in scene.forms:
        browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
        browser.cookies = scene.clients[form.who].cookies
        assert sent(form, browser, scene.stands) == Answer(403), form


@pytest.mark.parametrize("app", APPS)
def test_a_field_that_names_another_contracts_thing_reaches_nothing_of_it(app: str, scene: Scene) -> None:
    own = set(Contract.objects.filter(reference__in=("TST", "DRAFT")).values_list("pk", flat=True))
    theirs = {
        table: [row["id"] for row in held if "id" in row and about(table, row) - own]
        for table, held in scene.stands.items()
        if "historical" not in table
    }
    firsts = {keys[0] for keys in theirs.values() if keys}
    for form in scene.forms_of(app):
        confirmed = form.confirmed_by(scene.clients[form.who])
        for name in (*confirmed.fields, *form.besides, *UNASKED):
            named = name.rstrip("s").replace("_", "")
            keys = {key for table, held in theirs.items() if table.endswith(f"_{named}") for key in held[:2]}
            for key in keys | firsts if confirmed.fields.get(name, "").isdigit() else keys or {max(firsts)}:
                reached = reached_by(confirmed, scene, {**confirmed.fields, name: str(key)})
                mine = [each for each in reached if each & own or form.who not in EVERYWHERE]
                assert all(each <= own for each in mine), (form, name, key)


def test_what_a_foreign_form_reaches_is_seen(scene: Scene) -> None:
    """Else the test before could not fail."""
    own = set(Contract.objects.filter(reference__in=("TST", "DRAFT")).values_list("pk", flat=True))
    form = next(form for form in scene.foreign if form.name == "kpis:set_level")
    reached = reached_by(form.confirmed_by(scene.clients["administrator"]), scene, form.fields, by="administrator")
    assert reached
    assert not any(each & own for each in reached)
    assert any(each - own for each in reached)


def reached_by(form: Form, scene: Scene, fields: Mapping[str, str], by: str = "") -> list[set[int]]:
    """Of every row that came, went or changed, the contracts it is about."""
    with transaction.atomic():
        answer = done(form, scene.clients[by or form.who], scene.stands, dict(fields))
        moved = []
        for table in answer.written:
            before, after = scene.stands[table], rows(table)
            changed = [row for row in after if row not in before] + [row for row in before if row not in after]
            moved += [about(table, row) for row in changed]
        transaction.set_rollback(True)
    return moved


def about(table: str, row: Mapping[str, Any]) -> set[int]:
    """The contracts that a row belongs to, by way of whatever it refers to; people belong to none."""
    if TABLES[table] is Contract:
        return {row["id"]}
    found: set[int] = set()
    for each in TABLES[table]._meta.concrete_fields:
        to, key = each.related_model, row[each.attname]
        if key is None or not isinstance(to, type) or to is Person or to._meta.db_table not in TABLES:
            continue
        (referred,) = to._base_manager.filter(pk=key).values() or [None]
        found |= about(to._meta.db_table, referred) if referred else set()
    return found
