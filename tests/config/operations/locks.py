"""
What of a migration would hold up who works meanwhile, or break the release that still runs, on PostgreSQL.

A table that the migration makes itself is nobody's yet. Everything else is looked at operation by operation, with the
models as they are at that point.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import AlterTogetherOptionOperation
from django.db.migrations.state import ProjectState
from django.db.models.fields.related import RelatedField

from contracts.together import Together

INSTANT = (
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
    migrations.RemoveConstraint,
)
BREAKS = (migrations.RenameField, migrations.RenameModel, migrations.AlterModelTable, migrations.RenameIndex)
NOT_ASKED_OF_THE_DATABASE = frozenset(
    {"verbose_name", "help_text", "choices", "validators", "error_messages", "default", "editable", "blank"}
    | {"on_delete", "related_name", "limit_choices_to", "ordering"}
)
VOLATILE = re.compile(r"random|clock_timestamp|uuid|nextval", re.IGNORECASE)
IN_SQL = (
    (r"\bCREATE\s+(UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)", "builds an index while nobody can write: CONCURRENTLY"),
    (r"\bDROP\s+INDEX\s+(?!CONCURRENTLY)", "drops an index with the table locked: CONCURRENTLY"),
    (r"\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b", "writes the whole table anew"),
    (r"\bSET\s+NOT\s+NULL\b", "reads the whole table with it locked: a CHECK that is NOT VALID first"),
    (r"\bADD\s+CONSTRAINT\b(?!.*\bNOT\s+VALID\b)", "reads the whole table with it locked: NOT VALID first"),
    (r"\b(LOCK\s+TABLE|VACUUM\s+FULL|CLUSTER|REINDEX\s+(?!.*CONCURRENTLY))\b", "locks the table"),
    (r"\bUPDATE\s+\S+\s+SET\b(?!.*\bWHERE\b)", "locks every row of the table until it is done"),
)


def breaches(migration: migrations.Migration, before: ProjectState) -> list[str]:
    """A line for each operation that PostgreSQL would make people wait for."""
    state, new, found = before.clone(), set[str](), []
    for operation in _each(migration.operations):
        if isinstance(operation, migrations.CreateModel):
            new.add(operation.name_lower)
        of = str(getattr(operation, "model_name", getattr(operation, "name", ""))).lower()
        if of not in new or isinstance(operation, migrations.RunPython):
            after = state.clone()
            operation.state_forwards(migration.app_label, after)
            name = f"{migration.app_label}.{migration.name}: {operation.describe()}"
            found += [f"{name}: {why}" for why in _why(operation, migration, state, after)]
        operation.state_forwards(migration.app_label, state)
    return found


def _each(operations: Sequence[Operation]) -> Iterator[Operation]:
    """Those of ``SeparateDatabaseAndState`` among them, as far as they touch the database; also what goes together."""
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _each(operation.database_operations)
        elif isinstance(operation, Together):
            yield from _each(operation.operations)
        else:
            yield operation


def _why(
    operation: Operation, migration: migrations.Migration, before: ProjectState, after: ProjectState
) -> Iterator[str]:
    concurrently = not operation.atomic or "Concurrently" in type(operation).__name__
    if isinstance(operation, migrations.AddIndex | migrations.RemoveIndex):
        if not concurrently:
            yield "nobody can write meanwhile: do it concurrently"
        elif migration.atomic:
            yield "what goes on concurrently needs `atomic = False`"
    elif isinstance(operation, migrations.AddConstraint):
        if not type(operation).__name__.endswith("NotValid"):
            yield "reads the whole table with it locked: NOT VALID first, and validate in the next migration"
    elif isinstance(operation, migrations.AddField):
        yield from _of_new_column(operation.field)
    elif isinstance(operation, migrations.AlterField):
        was = before.models[migration.app_label, operation.model_name_lower].fields[operation.name]
        yield from _of_changed_column(was, operation.field)
    elif isinstance(operation, migrations.RemoveField | migrations.DeleteModel):
        if migration.app_label not in getattr(migration, "no_longer_used", ()):
            yield "the release before still reads it: say `no_longer_used = (app,)` once no release does"
    elif isinstance(operation, BREAKS):
        yield "the release before still uses the old name"
    elif isinstance(operation, AlterTogetherOptionOperation):
        yield "builds an index while nobody can write: a constraint on an index that was built concurrently"
    elif isinstance(operation, migrations.RunSQL):
        yield from _of_sql(operation)
    elif isinstance(operation, migrations.RunPython):
        if len(migration.operations) > 1:
            yield "what changes rows stands alone: in one migration with others it holds their locks"
    elif not isinstance(operation, INSTANT) and not concurrently:
        # Operations of our own, and Django's rare ones: whoever adds one says what it costs.
        yield "is not known here: say in this file what it costs"


def _of_new_column(field: "models.Field[Any, Any]") -> Iterator[str]:
    if field.unique or getattr(field, "db_index", False):
        yield "builds an index while nobody can write: db_index=False, and the index concurrently"
    if isinstance(field, RelatedField) and getattr(field, "db_constraint", True) and not field.null:
        yield "reads the whole table for its foreign key: add it empty"
    default = getattr(field, "db_default", models.NOT_PROVIDED)
    if default is not models.NOT_PROVIDED and VOLATILE.search(str(default)):
        yield "writes the whole table anew, for each row has another default"
    if isinstance(field, models.GeneratedField):
        yield "writes the whole table anew"
    has_default = field.has_default() or default is not models.NOT_PROVIDED
    if not field.null and has_default and default is models.NOT_PROVIDED and not field.many_to_many:
        yield "the release before does not fill it: db_default, so that the database does"


def _of_changed_column(was: "models.Field[Any, Any]", becomes: "models.Field[Any, Any]") -> Iterator[str]:
    (_, _, _, old), (_, _, _, new) = was.deconstruct(), becomes.deconstruct()
    changed = {
        key for key in old.keys() | new.keys() if old.get(key) != new.get(key) and key not in NOT_ASKED_OF_THE_DATABASE
    }
    if type(was) is not type(becomes):
        yield f"from {type(was).__name__} to {type(becomes).__name__}: writes the whole table anew"
        return
    if "max_length" in changed:
        longer = (becomes.max_length or 10**9) >= (was.max_length or 10**9)
        changed.discard("max_length")
        if not longer:
            yield "a shorter text is checked in every row with the table locked"
    if "null" in changed:
        changed.discard("null")
        if not becomes.null:
            yield "NOT NULL is checked in every row with the table locked: a CHECK that is NOT VALID first"
    if changed - {"db_default", "db_comment"}:
        yield f"changes {', '.join(sorted(changed))} with the table locked"


def _of_sql(operation: migrations.RunSQL) -> Iterator[str]:
    said = operation.sql if isinstance(operation.sql, list | tuple) else [operation.sql]
    for statement in said:
        text = statement if isinstance(statement, str) else str(statement[0])
        for one in text.split(";"):
            for pattern, why in IN_SQL:
                if re.search(pattern, one, re.IGNORECASE | re.DOTALL):
                    yield why
