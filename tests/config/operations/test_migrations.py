"""An upgrade does not hold up who works: each migration since the first release is read, the newest are tried out."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from config.processes.postgresql import Cluster
from contracts.indexes import AddIndexWithoutLocking
from contracts.together import Together
from tests.config.operations.conftest import manage, surroundings_of
from tests.config.operations.locks import breaches
from tests.config.watching import eventually

RELEASED: Mapping[str, str] = {
    "contracts": "0014",
    "kpis": "0010",
    "projects": "0012",
    "reports": "0023",
}
"""The last migration of each app that was there before anybody's tables were busy; those after it are looked at."""
A_MOMENT = 0.002
"""What a reader and a writer leave each other, and the migration under them, of the processor."""
CODE: "models.CharField[str, str]" = models.CharField(max_length=10)


def test_no_migration_since_holds_up_who_works() -> None:
    loader = MigrationLoader(None)
    found = []
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app in RELEASED and name[:4] > RELEASED[app]:
            before = loader.project_state((app, name), at_end=False)
            found += breaches(migration, before)
    assert not found, "\n".join(found)


def test_the_migrations_that_are_looked_at_begin_where_some_are() -> None:
    names = {(app, name[:4]) for app, name in MigrationLoader(None).disk_migrations}
    assert {(app, number) for app, number in RELEASED.items()} <= names


def state() -> ProjectState:
    made = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("code", CODE), ("note", models.TextField(null=True))]
    made.add_model(ModelState("app", "Thing", fields))
    return made


INDEX = models.Index(fields=["code"], name="thing_code")
CHECK = models.CheckConstraint(condition=models.Q(code__gt=""), name="thing_has_a_code")


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (migrations.AddIndex("thing", INDEX), "concurrently"),
        (AddIndexWithoutLocking("thing", INDEX), "atomic = False"),
        (migrations.AddConstraint("thing", CHECK), "NOT VALID"),
        (Together([migrations.AddIndex("thing", INDEX)]), "concurrently"),
        (Together([AddIndexWithoutLocking("thing", INDEX)]), "atomic = False"),
        (migrations.AddField("thing", "on", models.DateField(null=True, db_index=True)), "builds an index"),
        (migrations.AddField("thing", "uuid", models.UUIDField(null=True, unique=True)), "builds an index"),
        (migrations.AddField("thing", "size", models.IntegerField(default=0)), "does not fill it"),
        (migrations.AddField("thing", "x", models.FloatField(db_default=models.functions.Random())), "another default"),
        (migrations.AlterField("thing", "code", models.TextField()), "writes the whole table"),
        (migrations.AlterField("thing", "code", models.CharField(max_length=5)), "shorter"),
        (migrations.AlterField("thing", "code", models.CharField(max_length=10, unique=True)), "changes unique"),
        (migrations.AlterField("thing", "note", models.TextField()), "NOT NULL"),
        (migrations.RemoveField("thing", "note"), "still reads it"),
        (migrations.DeleteModel("Thing"), "still reads it"),
        (migrations.RenameField("thing", "note", "remark"), "old name"),
        (migrations.AlterUniqueTogether("thing", {("code", "note")}), "builds an index"),
        (migrations.RunSQL("CREATE INDEX thing_code ON app_thing (code)"), "CONCURRENTLY"),
        (migrations.RunSQL("ALTER TABLE app_thing ALTER COLUMN code TYPE text"), "anew"),
        (migrations.RunSQL("ALTER TABLE app_thing ALTER code SET NOT NULL"), "NOT VALID"),
        (migrations.RunSQL("ALTER TABLE app_thing ADD CONSTRAINT x CHECK (code > '')"), "NOT VALID"),
        (migrations.RunSQL([("UPDATE app_thing SET code = %s", ["x"])]), "every row"),
    ],
    ids=lambda given: given.describe() if hasattr(given, "describe") else None,
)
def test_what_would_hold_people_up_is_found(operation: Any, why: str) -> None:
    (found,) = breaches(migration(operation), state())
    assert why in found


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("thing", "on", models.DateField(null=True)),
        migrations.AddField("thing", "size", models.IntegerField(default=0, db_default=0)),
        migrations.AlterField("thing", "code", models.CharField("Code", max_length=20)),
        migrations.RemoveConstraint("thing", "x"),
        migrations.RunSQL("ALTER TABLE app_thing ADD CONSTRAINT x CHECK (code > '') NOT VALID"),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY thing_code ON app_thing (code)"),
        migrations.RunPython(migrations.RunPython.noop),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_takes_an_instant_is_not(operation: Any) -> None:
    made = state()
    made.models["app", "thing"].options["constraints"] = [models.CheckConstraint(condition=models.Q(), name="x")]
    assert breaches(migration(operation), made) == []


def test_a_table_that_is_new_is_nobodys_yet() -> None:
    new = migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True)), ("code", CODE)])
    assert breaches(migration(new, migrations.AddIndex("new", INDEX)), state()) == []


def migration(*operations: Any) -> migrations.Migration:
    made: type[migrations.Migration] = type("Migration", (migrations.Migration,), {"operations": list(operations)})
    return made("0001_made_up", "app")


LATER = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("contracts", "{leaf}")]
    operations = [migrations.RunSQL("ALTER TABLE contracts_pulse ADD COLUMN tried text NULL",
                                    "ALTER TABLE contracts_pulse DROP COLUMN tried")]
"""


@contextmanager
def connected(url: str) -> Iterator[Any]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        yield connection.cursor()
    finally:
        connection.close()


@pytest.fixture
def busy(migrated: Cluster) -> Iterator[Any]:
    """Somebody reads a table in a long transaction."""
    with migrated.running(), connected(migrated.url) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM contracts_pulse")
        yield reader


def test_people_are_let_through_while_a_migration_waits_for_its_table(
    migrated: Cluster, busy: Any, tmp_path: Path
) -> None:
    """A migration that waits for a reader would make every writer behind it wait as long; it goes away instead."""
    leaf = in_order("contracts")[-1]
    later = tmp_path / "later_migrations"
    later.mkdir()
    (later / "__init__.py").write_text(
        f"import contracts.migrations as known\n__path__ = [*known.__path__, {str(later)!r}]\n"
    )
    (later / "9999_tried_out.py").write_text(LATER.format(leaf=leaf))
    (tmp_path / "upgraded.py").write_text(
        "from config.settings import *\nMIGRATION_MODULES = {'contracts': 'later_migrations'}\n"
    )
    given = {
        "DJANGO_SETTINGS_MODULE": "upgraded",
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{settings.BASE_DIR}",
        "MIGRATION_LOCK_SECONDS": "1",
    }
    command: list[str | Path] = [sys.executable, settings.BASE_DIR / "manage.py", "migrate", "contracts"]
    variables, pipe = surroundings_of(migrated) | given, subprocess.PIPE
    with (
        subprocess.Popen(command, env=variables, stdout=pipe, stderr=pipe, text=True) as migrating,
        connected(migrated.url) as looking,
        connected(migrated.url) as writer,
    ):
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'contracts_pulse'::regclass"
        assert eventually(lambda: _one(looking, waits) > 0, 120), "the migration comes to wait for its table"
        written = Event()

        def write() -> None:
            writer.execute("INSERT INTO contracts_pulse (of, at) VALUES ('somebody', now())")
            written.set()

        Thread(target=write, daemon=True).start()
        assert written.wait(60), "who writes gets through although the reader has not ended"
        assert migrating.poll() is None, "and the migration has not given up for good"
        busy.execute("COMMIT")
        _, errors = migrating.communicate(timeout=120)
        assert migrating.returncode == 0, errors
        assert "A table is in use" in errors
        assert _one(looking, "SELECT count(*) FROM contracts_pulse WHERE tried IS NULL") == 1
    back = subprocess.run([*command, leaf], env=variables, capture_output=True, text=True, check=False)
    assert back.returncode == 0, back.stderr


def test_the_newest_migrations_are_applied_while_everything_is_read_and_written(migrated: Cluster) -> None:
    """On a second database: all but the newest, then those under people who read and write all the time."""
    before_the_newest = in_order("reports")[-2]
    with migrated.running():
        with connected(migrated.url) as cursor:
            cursor.execute("CREATE DATABASE newest")
        url = migrated.url.removesuffix("/postgres") + "/newest"
        # What stands before the newest of the topmost app; the others are applied as far as it needs them.
        manage(migrated, "migrate", "reports", before_the_newest, "--verbosity", "0", DATABASE_URL=url)
        ended, done = Event(), [0, 0]

        def work(place: int, statement: str) -> None:
            with connected(url) as cursor:
                while not ended.wait(A_MOMENT):
                    cursor.execute(statement)
                    done[place] += 1

        statements = (
            "SELECT count(*) FROM reports_paperrun JOIN reports_meeting ON meeting_id = reports_meeting.id",
            "INSERT INTO contracts_pulse (of, at) VALUES ('busy', now()) ON CONFLICT (of) DO UPDATE SET at = now()",
        )
        threads = [Thread(target=work, args=(place, each), daemon=True) for place, each in enumerate(statements)]
        for each in threads:
            each.start()
        try:
            before = list(done)
            manage(migrated, "migrate", "--verbosity", "0", DATABASE_URL=url, MIGRATION_LOCK_SECONDS="2")
            assert all(now > then for now, then in zip(done, before, strict=True)), "both went on working meanwhile"
            assert all(each.is_alive() for each in threads), "and nobody was refused"
        finally:
            ended.set()
            for each in threads:
                each.join(30)
        manage(migrated, "migrate", "--check", DATABASE_URL=url)


def in_order(app: str) -> list[str]:
    """The migrations of an app as they follow each other, whatever their numbers."""
    graph = MigrationLoader(None).graph
    ((_, leaf),) = graph.leaf_nodes(app)
    return [name for of, name in graph.forwards_plan((app, leaf)) if of == app]


def _one(cursor: Any, question: str) -> int:
    cursor.execute(question)
    return int(cursor.fetchone()[0])
