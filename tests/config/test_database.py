"""The suite runs on the database that it was started for."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_it_was_started_for() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select version()" if connection.vendor == "postgresql" else "select sqlite_version()")
        (version,) = cursor.fetchone()
    assert connection.vendor == os.environ.get("TEST_DATABASE", "sqlite")
    assert version.startswith("PostgreSQL 18" if connection.vendor == "postgresql" else "3.")


@pytest.mark.postgresql
@pytest.mark.django_db
def test_what_only_postgresql_can_do_runs_on_postgresql() -> None:
    assert connection.vendor == "postgresql"
