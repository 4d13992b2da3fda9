"""As its own role the application adds to the audit; to change, delete or empty any of it is refused by PostgreSQL."""
# ruff: noqa: S608  # the names of tables are the models'

from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from psycopg2.errors import InsufficientPrivilege

from config import grants
from contracts.models import Access, Contract, Person
from kpis.models import Kpi, Result
from reports.models import FrozenPaper, FrozenSnapshot, PaperAct, UploadedEdition
from reports.queries.audit import SOURCES
from tests.grants.conftest import PASSWORD

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]

ADDED_TO: list[type[Model]] = [
    model for model in apps.get_models(include_auto_created=True) if grants.is_added_to(model)
]


@pytest.fixture
def cursor(role: str) -> Iterator[Any]:
    """Of a connection of its own, with the role's own name and password."""
    there = connection.settings_dict
    with closing(
        psycopg2.connect(host=there["HOST"], port=there["PORT"], dbname=there["NAME"], user=role, password=PASSWORD)
    ) as own:
        own.autocommit = True
        yield own.cursor()


@pytest.mark.parametrize("model", ADDED_TO, ids=lambda model: model._meta.db_table)
def test_what_was_written_down_stays(model: type[Model], cursor: Any) -> None:
    table, column = model._meta.db_table, model._meta.pk.column
    cursor.execute(f"SELECT count(*) FROM {table}")
    for attempt in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"DROP TABLE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"ALTER TABLE {table} ADD COLUMN more text",
    ):
        with pytest.raises(InsufficientPrivilege):
            cursor.execute(attempt)


def test_every_part_of_the_audit_is_among_them() -> None:
    kept = {source.model for source in SOURCES} - {UploadedEdition}
    assert kept <= set(ADDED_TO)
    assert {Access, PaperAct, FrozenPaper, Result.history.model, Person.history.model} <= set(ADDED_TO)


def test_of_an_edited_file_nothing_but_the_content_can_go(cursor: Any) -> None:
    table = UploadedEdition._meta.db_table
    cursor.execute(f"UPDATE {table} SET content = '' WHERE false")
    for attempt in (f"UPDATE {table} SET note = ''", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(InsufficientPrivilege):
            cursor.execute(attempt)


def test_the_text_of_a_frozen_paper_cannot_be_replaced(cursor: Any) -> None:
    table = FrozenSnapshot._meta.db_table
    for attempt in (f"UPDATE {table} SET text = ''", f"TRUNCATE {table}"):
        with pytest.raises(InsufficientPrivilege):
            cursor.execute(attempt)


@pytest.mark.parametrize(
    "attempt",
    [
        "CREATE TABLE mine (id int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        f"DROP TABLE {Kpi._meta.db_table} CASCADE",
        f"TRUNCATE {Kpi._meta.db_table} CASCADE",
        f"DROP TRIGGER contracts_access_stays ON {Access._meta.db_table}",
        "DROP FUNCTION contracts_access_stays() CASCADE",
        "DELETE FROM django_migrations",
        "CREATE ROLE another",
    ],
)
def test_nothing_is_built_torn_down_or_emptied(attempt: str, cursor: Any) -> None:
    with pytest.raises(InsufficientPrivilege):
        cursor.execute(attempt)


def test_it_is_granted_for_every_table_that_the_application_has() -> None:
    with connection.cursor() as own:
        tables = set(connection.introspection.table_names(own))
    assert tables == grants.privileges_by_table().keys()


def test_the_command_prints_what_it_would_execute(role: str) -> None:
    printed = StringIO()
    call_command("grants", role, stdout=printed)
    lines = printed.getvalue().splitlines()
    assert f'GRANT SELECT, INSERT ON TABLE "{Result.history.model._meta.db_table}" TO "{role}";' in lines
    assert f'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "{Contract._meta.db_table}" TO "{role}";' in lines


@pytest.mark.parametrize(("role_named", "why"), [("nobody_of_this_name", "no role"), ("scrutineer", "superuser")])
def test_a_role_to_which_grants_mean_nothing_is_refused(role_named: str, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("grants", role_named, "--apply")
