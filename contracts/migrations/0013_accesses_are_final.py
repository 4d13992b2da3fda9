"""
The database refuses to change or delete an access: who came in, was refused, left, or opened what is exempt.

A refused UPDATE or DELETE comes after the constraints of the table, so that a breach of one of those is still named.
REPLACE deletes without a word to the triggers for DELETE, so what it would replace is refused before. SQLite drops a
trigger with the table it stands on whenever a migration remakes that table: a test looks after the last migration.
"""
# ruff: noqa: S608  # the names of tables are written here, nobody types them

from typing import Any, Final

from django.db import migrations

TABLE: Final = "contracts_access"
WORDS: Final = "accesses_are_final: what was written down of an access stays as it is"
REFUSAL: Final = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
SQLITE: Final = (
    f"CREATE TRIGGER {TABLE}_stays AFTER UPDATE ON {TABLE} {REFUSAL}",
    f"CREATE TRIGGER {TABLE}_is_kept AFTER DELETE ON {TABLE} {REFUSAL}",
    f"CREATE TRIGGER {TABLE}_is_not_replaced BEFORE INSERT ON {TABLE} BEGIN"
    f" SELECT RAISE(ABORT, 'UNIQUE constraint failed: {TABLE}.id')"
    f" WHERE EXISTS (SELECT 1 FROM {TABLE} there WHERE there.id = NEW.id); END",
)
POSTGRESQL: Final = (
    f"""
    CREATE FUNCTION {TABLE}_stays() RETURNS trigger AS $$
    BEGIN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$ LANGUAGE plpgsql
    """,
    f"""
    CREATE FUNCTION {TABLE}_is_not_emptied() RETURNS trigger AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM {TABLE}) THEN
            RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END
    $$ LANGUAGE plpgsql
    """,
    f"CREATE TRIGGER {TABLE}_stays AFTER UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()",
    f"CREATE TRIGGER {TABLE}_is_not_emptied BEFORE TRUNCATE ON {TABLE}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_is_not_emptied()",
)


def set_guard(apps: Any, schema_editor: Any) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def take_guard_away(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in ("stays", "is_kept", "is_not_replaced"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")
        return
    for name in ("stays", "is_not_emptied"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name} ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_{name}()")


class Migration(migrations.Migration):
    dependencies = [("contracts", "0012_audit_keeps_more")]

    operations = [migrations.RunPython(set_guard, take_guard_away)]
