"""
The database refuses to change or delete what was handed to the clerk, what was done with it, and what was uploaded.

What the two acts of a removal by different people stand for may go: the text of a snapshot, and what is in an uploaded
file. A refused UPDATE or DELETE comes after the table's own constraints, so that a breach of one of those is still
named. REPLACE deletes without a word to the triggers for DELETE, so what it would replace is refused before, in the
words of the constraint that it goes round. SQLite drops a trigger with the table it stands on whenever a migration
remakes that table: a test looks after the last migration.
"""
# ruff: noqa: S608  # the names of tables and columns are written here, nobody types them

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import migrations

WORDS: Final = "frozen_is_final: what was handed to the clerk, and what was done with it, stays as it is"
KEYS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "reports_frozenpaper": (("id",), ("paper_id", "audience"), ("address",)),
    "reports_frozensnapshot": (("frozen_id",),),
    "reports_frozenfile": (("id",), ("frozen_id", "name"), ("path",)),
    "reports_paperact": (("id",),),
    "reports_uploadededition": (("id",), ("paper_id", "sha256")),
}
"""The tables, and by which columns a row of them is one."""
TWO_HAVE_REMOVED: Final = """EXISTS (
    SELECT 1 FROM reports_paperact done
    JOIN reports_paperact asked ON asked.paper_id = done.paper_id
        AND asked.kind = 'removal asked' AND asked.by_id <> done.by_id AND asked.id < done.id
    WHERE done.kind = 'removed' AND done.paper_id = {paper}
        AND NOT EXISTS (
            SELECT 1 FROM reports_paperact refused
            WHERE refused.paper_id = done.paper_id AND refused.kind = 'removal refused'
                AND refused.id > asked.id AND refused.id < done.id
        )
)"""
MAY_GO: Final = {
    "reports_frozensnapshot": TWO_HAVE_REMOVED.format(
        paper="(SELECT half.paper_id FROM reports_frozenpaper half WHERE half.id = OLD.frozen_id)"
    )
}
MAY_BE_EMPTIED: Final = {"reports_uploadededition": "content"}


def sqlite(columns: Mapping[str, list[str]]) -> Iterator[str]:
    for table, keys in KEYS.items():
        refusal = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        emptied = "0"
        if table in MAY_BE_EMPTIED:
            content = MAY_BE_EMPTIED[table]
            same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in columns[table] if name != content)
            emptied = f"length(NEW.{content}) = 0 AND {same} AND {TWO_HAVE_REMOVED.format(paper='OLD.paper_id')}"
        yield f"CREATE TRIGGER {table}_stays AFTER UPDATE ON {table} WHEN NOT ({emptied}) {refusal}"
        yield f"CREATE TRIGGER {table}_is_kept AFTER DELETE ON {table} WHEN NOT ({MAY_GO.get(table, '0')}) {refusal}"
        yield f"CREATE TRIGGER {table}_is_not_replaced BEFORE INSERT ON {table} BEGIN {_collisions(table, keys)} END"


def _collisions(table: str, keys: tuple[tuple[str, ...], ...]) -> str:
    return " ".join(
        f"SELECT RAISE(ABORT, 'UNIQUE constraint failed: {', '.join(f'{table}.{name}' for name in key)}')"
        f" WHERE EXISTS (SELECT 1 FROM {table} there"
        f" WHERE {' AND '.join(f'there.{name} = NEW.{name}' for name in key)});"
        for key in keys
    )


def postgresql() -> Iterator[str]:
    for table in KEYS:
        content = MAY_BE_EMPTIED.get(table)
        emptied = "FALSE"
        if content:
            same = f"to_jsonb(NEW) - '{content}' = to_jsonb(OLD) - '{content}'"
            emptied = f"length(NEW.{content}) = 0 AND {same} AND {TWO_HAVE_REMOVED.format(paper='OLD.paper_id')}"
        yield _function(f"{table}_stays", f"NOT ({emptied})")
        yield _function(f"{table}_is_kept", f"NOT ({MAY_GO.get(table, 'FALSE')})")
        yield _function(f"{table}_is_not_emptied", f"EXISTS (SELECT 1 FROM {table})")
        yield f"CREATE TRIGGER {table}_stays AFTER UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays()"
        yield f"CREATE TRIGGER {table}_is_kept AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_kept()"
        yield (
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_not_emptied()"
        )


def _function(name: str, refused_if: str) -> str:
    return f"""
CREATE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
    IF {refused_if} THEN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
"""


def set_guard(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        models = [model for model in apps.get_models() if model._meta.db_table in KEYS]
        columns = {model._meta.db_table: [field.column for field in model._meta.concrete_fields] for model in models}
        statements = sqlite(columns)
    else:
        statements = postgresql()
    for statement in statements:
        schema_editor.execute(statement)


def take_guard_away(apps: Any, schema_editor: Any) -> None:
    for table in KEYS:
        if schema_editor.connection.vendor == "sqlite":
            for name in ("stays", "is_kept", "is_not_replaced"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
            continue
        for name in ("stays", "is_kept", "is_not_emptied"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_{name}()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_tables")]

    operations = [migrations.RunPython(set_guard, take_guard_away)]
