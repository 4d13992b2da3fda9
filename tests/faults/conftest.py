"""One company for all these tests; each test finds an empty database and everybody ready."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from tests.faults.company import LEASE_SECONDS, Company, company


@pytest.fixture(scope="package")
def hired(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Company]:
    with company(tmp_path_factory.mktemp("company"), _database_url()) as everybody:
        yield everybody


@pytest.fixture
def staff(hired: Company, transactional_db: None, settings: Settings) -> Iterator[Company]:
    """The company at work, on the test's own database and folder."""
    settings.PAPERS_DIR = hired.folder / "var" / "papers"
    settings.PAPER_LEASE_SECONDS = LEASE_SECONDS
    if not hired.workers:
        hired.start_worker()
    hired.go_on()
    yield hired
    hired.rest()


def _database_url() -> str:
    given: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
