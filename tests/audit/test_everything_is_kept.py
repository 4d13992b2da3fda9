"""Of every table it is said how the audit knows who changed it: a history, itself, or that nobody does."""

from collections.abc import Mapping
from typing import Final

import pytest
from django.apps import apps
from django.db import models

from config.grants import ADDED_TO, REMOVABLE
from reports.queries.audit.names import NAMINGS
from reports.queries.audit.sources import SOURCES, keeps_history
from reports.queries.audit.subjects import FIELDS

BY_THE_MACHINE: Final[Mapping[str, str]] = {
    "contracts.BusinessDay": "the day of a demonstration",
    "contracts.Message": "written and sent by the machine; that somebody has one sent again is an access",
    "contracts.Pulse": "signs of life",
    "kpis.AreaMonth": "counts, worked out anew from what keeps a history",
    "projects.RegisterCount": "counted by the database from rows that are worked out anew",
    "projects.RegisterRow": "worked out anew from what keeps a history",
    "reports.Paper": "written by a worker; its status is made by acts, which are kept",
    "reports.PaperFile": "written by a worker",
    "reports.PaperRun": "the work of a worker; that somebody asked for it is an access",
    "reports.WorkbookUpload": "lies there for an hour until it is imported, and what is imported keeps a history",
}
"""Tables of ours that no person changes, or that say nothing which is not kept elsewhere."""
OF_OTHERS: Final = {"account", "admin", "auth", "contenttypes", "mfa", "sessions", "socialaccount", "usersessions"}
"""How people come in: noted as accesses, where they come in. Roles are the history of people and of assignments."""
OURS: Final = ("contracts", "kpis", "projects", "reports")


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and not model.__name__.startswith("Historical")
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_what_a_person_changes_keeps_a_history_or_is_only_ever_added_to(model: type[models.Model]) -> None:
    ways = [
        keeps_history(model),
        model in ADDED_TO or model in REMOVABLE,
        model._meta.label in BY_THE_MACHINE,
    ]
    assert sum(ways) == 1, f"{model._meta.label}: give it History(), or say how the audit knows of its changes"


def test_nothing_is_excused_that_is_not_there() -> None:
    assert set(BY_THE_MACHINE) <= {model._meta.label for model in our_models()}
    others = {model._meta.app_label for model in apps.get_models()} - {*OURS, "config"}
    assert others <= OF_OTHERS


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)
def test_the_audit_says_which_thing_it_tells_of(source: object) -> None:
    """Not by a number alone: by a name of its own, or by what it belongs to."""
    key, thing = source.key, source.thing  # type: ignore[attr-defined]
    assert thing in NAMINGS or key in FIELDS or key == "contracts.access"
    fields = {field.name for field in source.fields}  # type: ignore[attr-defined]
    assert set(FIELDS.get(key, ())) <= fields


@pytest.mark.parametrize("source", [each for each in SOURCES if each.is_history], ids=lambda source: source.key)
def test_every_history_says_where_a_change_came_from_and_is_read_in_order(source: object) -> None:
    model = source.model  # type: ignore[attr-defined]
    assert {"history_address", "history_request"} <= {field.name for field in model._meta.get_fields()}
    assert ["-history_date", "-history_id"] in [index.fields for index in model._meta.indexes]
