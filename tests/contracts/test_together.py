"""Operations that go together: the tables come out as if each had gone alone, and the models are rendered twice."""

from collections.abc import Iterator, Sequence
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

from contracts.indexes import AddIndexWithoutLocking
from contracts.together import AddEmptyColumn, Together

ALONE = 6
"""So many operations may stand beside each other in a migration: each renders the models of the whole application."""

OLD = migrations.CreateModel("Old", [("id", models.BigAutoField(primary_key=True)), ("code", models.TextField())])
NEW = [
    migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True)), ("code", models.TextField())]),
    migrations.AddField("new", "old", models.ForeignKey("made_up.Old", models.PROTECT, null=True)),
    migrations.AddConstraint("new", models.UniqueConstraint(fields=["code"], name="new_code_once")),
    migrations.AddConstraint("new", models.CheckConstraint(condition=~models.Q(code=""), name="new_has_a_code")),
    migrations.AddIndex("new", models.Index(fields=["-code", "id"], name="new_in_order")),
    AddEmptyColumn("old", "note", models.TextField(null=True)),
    AddIndexWithoutLocking("old", models.Index(fields=["code"], name="old_in_order")),
]


def carried_out(operations: Sequence[Operation]) -> ProjectState:
    """Each operation is applied as a migration that is not atomic applies it."""
    state = ProjectState()
    for operation in operations:
        before = state.clone()
        operation.state_forwards("made_up", state)
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("made_up", editor, before, state)
    return state


def taken_back(operations: Sequence[Operation]) -> None:
    states = [ProjectState()]
    for operation in operations:
        states.append(states[-1].clone())
        operation.state_forwards("made_up", states[-1])
    for operation, before, after in reversed(list(zip(operations, states, states[1:], strict=False))):
        with connection.schema_editor(atomic=False) as editor:
            operation.database_backwards("made_up", editor, after, before)


def tables() -> dict[str, tuple[list[str], dict[str, Any]]]:
    """Of both tables the columns in their order, and the constraints and indexes by name."""
    with connection.cursor() as cursor:
        introspection, found = connection.introspection, {}
        for name in {"made_up_old", "made_up_new"} & {*introspection.table_names(cursor)}:
            columns = [column.name for column in introspection.get_table_description(cursor, name)]
            found[name] = columns, introspection.get_constraints(cursor, name)
        return found


@pytest.fixture
def ground(transactional_db: None) -> Iterator[None]:
    """Whatever a test leaves of the two tables goes."""
    yield
    with connection.schema_editor() as editor:
        for name in ("made_up_new", "made_up_old"):
            editor.execute(f"DROP TABLE IF EXISTS {name}")


@pytest.mark.usefixtures("ground")
def test_what_goes_together_leaves_what_each_alone_would_leave() -> None:
    carried_out([OLD, *NEW])
    alone = tables()
    taken_back([OLD, *NEW])
    assert tables() == {}
    carried_out([OLD, Together(NEW)])
    assert {*alone} == {"made_up_old", "made_up_new"}
    assert tables() == alone
    taken_back([OLD, Together(NEW)])
    assert tables() == {}


@pytest.mark.usefixtures("ground")
def test_the_models_are_rendered_once_before_and_once_after() -> None:
    with patch.object(StateApps, "render_multiple", autospec=True, side_effect=StateApps.render_multiple) as rendered:
        carried_out([OLD, Together(NEW)])
    assert rendered.call_count <= 2 * 2


def test_no_migration_of_ours_renders_the_models_for_each_of_many_operations() -> None:
    ours = {
        config.label
        for config in apps.get_app_configs()
        if config.label in ("contracts", "kpis", "projects", "reports")
    }
    many = {
        f"{app}.{name}": len(migration.operations)
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in ours and len(migration.operations) > ALONE
    }
    assert not many, "contracts.together.Together carries them out at once"
