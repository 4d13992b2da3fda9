"""
The database takes down a removal only after somebody else has asked for it, and nobody has refused it since.

Without that row nothing of a frozen paper can go.
"""

from typing import Any, Final

from django.db import migrations

WORDS: Final = "two_remove_a_paper: one person asks for the removal of a paper, another one confirms it"
NOBODY_ELSE_ASKED: Final = """NEW.kind = 'removed' AND NOT EXISTS (
    SELECT 1 FROM reports_paperact asked
    WHERE asked.paper_id = NEW.paper_id AND asked.kind = 'removal asked'
        AND asked.by_id <> NEW.by_id AND asked.id < NEW.id
        AND NOT EXISTS (
            SELECT 1 FROM reports_paperact refused
            WHERE refused.paper_id = NEW.paper_id AND refused.kind = 'removal refused' AND refused.id > asked.id
        )
)"""

SQLITE: Final = f"""
CREATE TRIGGER two_remove_a_paper AFTER INSERT ON reports_paperact WHEN {NOBODY_ELSE_ASKED}
BEGIN
    SELECT RAISE(ABORT, '{WORDS}');
END
"""
FUNCTION: Final = f"""
CREATE FUNCTION two_remove_a_paper() RETURNS trigger AS $$
BEGIN
    IF {NOBODY_ELSE_ASKED} THEN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
"""
TRIGGER: Final = """
CREATE TRIGGER two_remove_a_paper AFTER INSERT ON reports_paperact
FOR EACH ROW EXECUTE FUNCTION two_remove_a_paper()
"""


def set_guard(apps: Any, schema_editor: Any) -> None:
    for statement in [SQLITE] if schema_editor.connection.vendor == "sqlite" else [FUNCTION, TRIGGER]:
        schema_editor.execute(statement)


def take_guard_away(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS two_remove_a_paper")
        return
    schema_editor.execute("DROP TRIGGER IF EXISTS two_remove_a_paper ON reports_paperact")
    schema_editor.execute("DROP FUNCTION IF EXISTS two_remove_a_paper()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0011_frozen_is_final")]

    operations = [migrations.RunPython(set_guard, take_guard_away)]
