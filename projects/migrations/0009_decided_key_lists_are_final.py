"""
The database refuses to change a key list that the Board decided, or anything on it.

The refusal comes after the table's own constraints, so that a breach of one of those is still named. SQLite drops a
trigger with the table it stands on whenever a migration remakes that table: a test looks after the last migration.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import migrations

WORDS: Final = "key_list_is_final: what the Board decided stays as it was decided"
LIST: Final = "projects_keylist"
PARTS: Final = ("projects_keyentry", "projects_keyexit", "projects_nearmiss")
OF_PART: Final = "(SELECT decided_on FROM projects_keylist WHERE id = OLD.key_list_id)"


def sqlite() -> Iterator[str]:
    for table in (LIST, *PARTS):
        decided = "OLD.decided_on" if table == LIST else OF_PART
        yield f"""
CREATE TRIGGER {table}_is_final AFTER UPDATE ON {table} WHEN {decided} IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, '{WORDS}');
END
"""


def postgresql() -> Iterator[str]:
    for table in (LIST, *PARTS):
        decided = "OLD.decided_on" if table == LIST else OF_PART
        yield f"""
CREATE FUNCTION {table}_is_final() RETURNS trigger AS $$
BEGIN
    IF {decided} IS NOT NULL THEN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
"""
        yield f"CREATE TRIGGER {table}_is_final AFTER UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_final()"


def set_guard(apps: Any, schema_editor: Any) -> None:
    for statement in sqlite() if schema_editor.connection.vendor == "sqlite" else postgresql():
        schema_editor.execute(statement)


def take_guard_away(apps: Any, schema_editor: Any) -> None:
    for table in (LIST, *PARTS):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_final")
            continue
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_final ON {table}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_is_final()")


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_updates_are_final")]

    operations = [migrations.RunPython(set_guard, take_guard_away)]
