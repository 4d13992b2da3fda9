"""
The database keeps a paper's own row, and the rows of its drafts' files, as they are once the paper is frozen.

Its status goes on, never back to a draft; and its texts are emptied where two people have removed it, as its files'
rows may then go. A refused UPDATE or DELETE comes after the tables' own constraints; what REPLACE would take away is
refused before, in the words of the constraint that it goes round. SQLite drops a trigger with the table it stands on
whenever a migration remakes that table: a test looks after the last migration.
"""
# ruff: noqa: S608  # the names of tables and columns are written here, nobody types them

from collections.abc import Iterator
from typing import Any, Final

from django.db import migrations

PAPER: Final = "reports_paper"
FILE: Final = "reports_paperfile"
WORDS: Final = "paper_stays_once_frozen: what was handed to the clerk stays as it is"
EMPTIED: Final = ("snapshot", "exempt_snapshot", "headline")
AFTERWARDS: Final = "('with the clerk', 'published', 'withdrawn', 'removed')"
IS_FROZEN: Final = "EXISTS (SELECT 1 FROM reports_frozenpaper half WHERE half.paper_id = {paper})"
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
KEYS: Final = {
    PAPER: (("id",), ("run_id",), ("contract_id", "meeting_id", "kind", "number", "revision")),
    FILE: (("id",), ("paper_id", "edition", "name"), ("path",)),
}
OWNER: Final = {PAPER: "there.id", FILE: "there.paper_id"}


def sqlite(columns: list[str]) -> Iterator[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    moved = _sqlite_same([name for name in columns if name != "status"])
    emptied = _sqlite_same([name for name in columns if name not in ("status", *EMPTIED)])
    yield (
        f"CREATE TRIGGER {PAPER}_stays AFTER UPDATE ON {PAPER}"
        f" WHEN {IS_FROZEN.format(paper='OLD.id')} AND NOT ({_allowed(moved, emptied)}) {refusal}"
    )
    yield (f"CREATE TRIGGER {PAPER}_is_kept AFTER DELETE ON {PAPER} WHEN {IS_FROZEN.format(paper='OLD.id')} {refusal}")
    yield (
        f"CREATE TRIGGER {FILE}_stays AFTER UPDATE ON {FILE} WHEN {IS_FROZEN.format(paper='OLD.paper_id')} {refusal}"
    )
    yield (
        f"CREATE TRIGGER {FILE}_is_kept AFTER DELETE ON {FILE} WHEN {IS_FROZEN.format(paper='OLD.paper_id')}"
        f" AND NOT {TWO_HAVE_REMOVED.format(paper='OLD.paper_id')} {refusal}"
    )
    for table in KEYS:
        yield f"CREATE TRIGGER {table}_is_not_replaced BEFORE INSERT ON {table} BEGIN {_collisions(table)} END"
        yield (
            f"CREATE TRIGGER {table}_is_not_displaced BEFORE UPDATE ON {table}"
            f" BEGIN {_collisions(table, 'there.id <> OLD.id')} END"
        )


def _sqlite_same(columns: list[str]) -> str:
    return " AND ".join(f"NEW.{name} IS OLD.{name}" for name in columns)


def _allowed(moved: str, emptied: str) -> str:
    gone = " AND ".join(f"NEW.{name} = ''" for name in EMPTIED)
    return (
        f"NEW.status IN {AFTERWARDS} AND"
        f" ({moved} OR ({gone} AND {emptied} AND {TWO_HAVE_REMOVED.format(paper='OLD.id')}))"
    )


def _collisions(table: str, other: str = "1") -> str:
    return " ".join(
        f"SELECT RAISE(ABORT, 'UNIQUE constraint failed: {', '.join(f'{table}.{name}' for name in key)}')"
        f" WHERE EXISTS (SELECT 1 FROM {table} there"
        f" WHERE {' AND '.join(f'there.{name} = NEW.{name}' for name in key)}"
        f" AND {other} AND {IS_FROZEN.format(paper=OWNER[table])});"
        for key in KEYS[table]
    )


def postgresql() -> Iterator[str]:
    but = "'{status}'::text[]"
    emptied = f"'{{status,{','.join(EMPTIED)}}}'::text[]"
    same = [f"to_jsonb(NEW) - {names} = to_jsonb(OLD) - {names}" for names in (but, emptied)]
    yield _function(f"{PAPER}_stays", f"{IS_FROZEN.format(paper='OLD.id')} AND NOT ({_allowed(*same)})")
    yield _function(f"{PAPER}_is_kept", IS_FROZEN.format(paper="OLD.id"))
    yield _function(f"{FILE}_stays", IS_FROZEN.format(paper="OLD.paper_id"))
    yield _function(
        f"{FILE}_is_kept",
        f"{IS_FROZEN.format(paper='OLD.paper_id')} AND NOT {TWO_HAVE_REMOVED.format(paper='OLD.paper_id')}",
    )
    yield _function(f"{PAPER}_is_not_emptied", "EXISTS (SELECT 1 FROM reports_frozenpaper)")
    yield _function(
        f"{FILE}_is_not_emptied", f"EXISTS (SELECT 1 FROM {FILE} file WHERE {IS_FROZEN.format(paper='file.paper_id')})"
    )
    for table in KEYS:
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
        columns = [field.column for field in apps.get_model("reports", "Paper")._meta.concrete_fields]
        statements = sqlite(columns)
    else:
        statements = postgresql()
    for statement in statements:
        schema_editor.execute(statement)


def take_guard_away(apps: Any, schema_editor: Any) -> None:
    for table in KEYS:
        if schema_editor.connection.vendor == "sqlite":
            for name in ("stays", "is_kept", "is_not_replaced", "is_not_displaced"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
            continue
        for name in ("stays", "is_kept", "is_not_emptied"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_{name}()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0012_two_remove_a_paper")]

    operations = [migrations.RunPython(set_guard, take_guard_away)]
