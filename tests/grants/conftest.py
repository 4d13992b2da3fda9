"""
The role that the application connects as, with the grants that `manage.py grants` makes.

Every test of this folder runs as that role: those that are taken over from elsewhere show that the work goes on.
"""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection
from pytest_django import DjangoDbBlocker

from config import grants

PASSWORD = "for this run alone"


@pytest.fixture(scope="session")
def role(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Made as the operations page says, and gone afterwards."""
    with django_db_blocker.unblock():
        name = f"app_{connection.settings_dict['NAME']}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE \"{name}\" LOGIN PASSWORD '{PASSWORD}'")
        grants.apply(name)
    yield name
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f'DROP OWNED BY "{name}"')
        cursor.execute(f'DROP ROLE "{name}"')


@pytest.fixture(autouse=True)
def as_the_application(db: None, role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f'SET SESSION AUTHORIZATION "{role}"')
    yield
    with suppress(DatabaseError), connection.cursor() as cursor:  # what failed has been taken back with all it set
        cursor.execute("RESET SESSION AUTHORIZATION")
