"""
The database counts the register's rows as they come and go, whoever writes them, the release before this one as well.

The triggers are set first; then what was there before is counted, in one statement, as what the rows say less what the
triggers have counted by then: right whoever writes meanwhile, and nobody waits but for the moment in which a trigger is
set. On PostgreSQL they write as the owner of the tables: the application's role may not be granted the new one yet.
SQLite drops a trigger with the table it stands on whenever a migration remakes that table: a test looks after the last
migration.
"""
# ruff: noqa: S608 - every part of every statement is a literal of this file

from collections.abc import Iterator
from typing import Any

from django.db import migrations, transaction

ROWS, COUNTS = "projects_registerrow", "projects_registercount"
KEY = "contract_id, from_on, green_days, amber_months, what, word, day"
EVER = "9999-12-31"
ACTIVE = "NOT {row}.is_archived AND {row}.stage IN ('in flight', 'on hold')"
FACETS = (
    ("area", "{row}.scrutiny_area", "{min}", "{row}.scrutiny_area <> ''"),
    ("archived", "''", "{min}", "{row}.is_archived"),
    (
        "standing",
        "{row}.stage || '/' || {row}.declared || '/' || {row}.computed",
        "{min}",
        "NOT {row}.is_archived",
    ),
    ("illustrative", "''", "{min}", "NOT {row}.is_archived AND {row}.is_illustrative"),
    ("key", "''", "{min}", "NOT {row}.is_archived AND {row}.key_rank IS NOT NULL"),
    ("slipped", "''", "{min}", f"{ACTIVE} AND {{row}}.forecast_finish > {{row}}.agreed_finish"),
    ("rebaselined", "''", "{min}", f"{ACTIVE} AND {{row}}.rebaselined > 0"),
    ("due", "''", "{row}.earliest_due_on", f"{ACTIVE} AND {{row}}.earliest_due_on IS NOT NULL"),
    ("updated", "''", "COALESCE({row}.updated_on, {min})", ACTIVE),
)
"""What is counted, its word, its day, and of which rows."""


def _facets(row: str, vendor: str) -> str:
    """Those of a row, as a table of which those that are true count."""
    day = "'0001-01-01'" if vendor == "sqlite" else "DATE '0001-01-01'"
    each = (
        f"SELECT '{what}' AS what, {word} AS word, {on} AS day, {holds} AS holds" for what, word, on, holds in FACETS
    )
    return " UNION ALL ".join(each).format(row=row, min=day)


def _ends(row: str) -> str:
    """A row comes on its first day and goes on its last; an area is in use for as long as any row names it."""
    return f"""
        SELECT {row}.from_on AS at, 1 AS sign, TRUE AS begins
        UNION ALL SELECT {row}.until_on, -1, FALSE WHERE {row}.until_on < '{EVER}'
    """


def _of_one(row: str, sign: str) -> str:
    """SQLite: a row that comes, or goes."""
    return f"""
        INSERT INTO {COUNTS} ({KEY}, number)
        SELECT {row}.contract_id, e.at, {row}.green_days, {row}.amber_months, f.what, f.word, f.day, {sign}e.sign
        FROM ({_ends(row)}) e CROSS JOIN ({_facets(row, "sqlite")}) f
        WHERE f.holds AND (e.begins OR f.what <> 'area');
    """


def _of_many(rows: str, sign: str) -> str:
    """PostgreSQL: all the rows that a statement brings, or takes."""
    return f"""
        SELECT r.contract_id, e.at AS from_on, r.green_days, r.amber_months, f.what, f.word, f.day, {sign}e.sign AS number
        FROM {rows} r CROSS JOIN LATERAL ({_ends("r")}) e CROSS JOIN LATERAL ({_facets("r", "postgresql")}) f
        WHERE f.holds AND (e.begins OR f.what <> 'area')
    """


def _counted(found: str) -> str:
    return f"""
        INSERT INTO {COUNTS} ({KEY}, number)
        SELECT {KEY}, SUM(number) FROM ({found}) found GROUP BY {KEY} HAVING SUM(number) <> 0
    """


def _of_each(vendor: str) -> str:
    """All rows there are, whatever the database."""
    if vendor == "postgresql":
        return _of_many(ROWS, "")
    begins = " UNION ALL ".join(
        f"""
        SELECT r.contract_id, {at} AS from_on, r.green_days, r.amber_months, '{what}' AS what, {word} AS word,
            {on} AS day, {sign} AS number
        FROM {ROWS} r WHERE ({holds}) AND {also}
        """
        for what, word, on, holds in FACETS
        for at, sign, also in (("r.from_on", 1, "1"), ("r.until_on", -1, f"r.until_on < '{EVER}'"))
        if sign > 0 or what != "area"
    )
    return begins.format(row="r", min="'0001-01-01'")


def _on_sqlite() -> Iterator[str]:
    yield f"CREATE TRIGGER register_row_comes AFTER INSERT ON {ROWS} BEGIN {_of_one('NEW', '')} END"
    yield f"CREATE TRIGGER register_row_goes AFTER DELETE ON {ROWS} BEGIN {_of_one('OLD', '-')} END"
    moves = f"{_of_one('OLD', '-')} {_of_one('NEW', '')}"
    yield f"CREATE TRIGGER register_row_moves AFTER UPDATE ON {ROWS} BEGIN {moves} END"


def _on_postgresql() -> Iterator[str]:
    came, went = _of_many("came", ""), _of_many("went", "-")
    for name, of, tables, found in (
        ("comes", "INSERT", "NEW TABLE AS came", came),
        ("goes", "DELETE", "OLD TABLE AS went", went),
        ("moves", "UPDATE", "OLD TABLE AS went NEW TABLE AS came", f"{went} UNION ALL {came}"),
    ):
        yield f"""
            CREATE FUNCTION register_row_{name}() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
            BEGIN {_counted(found)}; RETURN NULL; END
            $$
        """
        yield f"""
            CREATE TRIGGER register_row_{name} AFTER {of} ON {ROWS} REFERENCING {tables}
            FOR EACH STATEMENT EXECUTE FUNCTION register_row_{name}()
        """


def count_from_now_on(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    with transaction.atomic(using=connection.alias):
        _take_triggers_away(schema_editor)  # of an attempt that was broken off
        for statement in _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql():
            schema_editor.execute(statement)
    there = f"{_of_each(connection.vendor)} UNION ALL SELECT {KEY}, -number FROM {COUNTS}"
    schema_editor.execute(_counted(there))


def count_no_more(apps: Any, schema_editor: Any) -> None:
    _take_triggers_away(schema_editor)
    schema_editor.execute(f"DELETE FROM {COUNTS}")


def _take_triggers_away(schema_editor: Any) -> None:
    for name in ("comes", "goes", "moves"):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS register_row_{name}")
            continue
        schema_editor.execute(f"DROP TRIGGER IF EXISTS register_row_{name} ON {ROWS}")
        schema_editor.execute(f"DROP FUNCTION IF EXISTS register_row_{name}()")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("projects", "0013_register_counts")]

    operations = [migrations.RunPython(count_from_now_on, count_no_more)]
