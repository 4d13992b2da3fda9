"""The demonstration contract, imported once for all the tests of a module that only read it."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction

from contracts.models import Contract
from reports.workbook import import_workbook


@pytest.fixture(scope="module")
def imported_demonstration(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Contract]:
    """Inside one transaction that is rolled back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        outcome = import_workbook(settings.DEMONSTRATION_DIR)
        assert not outcome.problems
        yield Contract.objects.get(reference="CSS")
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(db: None, imported_demonstration: Contract) -> Contract:
    """The contract of the demonstration, on SQLite and on PostgreSQL."""
    return imported_demonstration
