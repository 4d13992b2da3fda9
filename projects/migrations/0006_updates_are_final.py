"""
The database refuses to change an update that was posted.

The refusal comes after the table's own constraints, so that a breach of one of those is still named. SQLite drops a
trigger with the table it stands on whenever a migration remakes that table: a test looks after the last migration.
"""

from typing import Any

from django.db import migrations

WORDS = "update_is_final: an update that was posted is not edited, a later one supersedes it"

SQLITE = f"""
CREATE TRIGGER update_is_final AFTER UPDATE ON projects_update
BEGIN
    SELECT RAISE(ABORT, '{WORDS}');
END
"""
FUNCTION = f"""
CREATE FUNCTION update_is_final() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""
TRIGGER = """
CREATE TRIGGER update_is_final AFTER UPDATE ON projects_update
FOR EACH ROW EXECUTE FUNCTION update_is_final()
"""


def set_guard(apps: Any, schema_editor: Any) -> None:
    for statement in [SQLITE] if schema_editor.connection.vendor == "sqlite" else [FUNCTION, TRIGGER]:
        schema_editor.execute(statement)


def take_guard_away(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS update_is_final")
        return
    schema_editor.execute("DROP TRIGGER IF EXISTS update_is_final ON projects_update")
    schema_editor.execute("DROP FUNCTION IF EXISTS update_is_final()")


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_tables")]

    operations = [migrations.RunPython(set_guard, take_guard_away)]
