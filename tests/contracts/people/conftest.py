"""A second administrator beside that of the cast, and a site that knows its own address."""

import pytest
from django.conf import LazySettings
from django.test import Client

from contracts.models import Person
from contracts.rules.roles import Role
from contracts.services import grant_role
from tests.people import Cast, person


@pytest.fixture(autouse=True)
def site(settings: LazySettings) -> str:
    settings.SITE_URL = "https://scrutineer.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return "https://scrutineer.example"


@pytest.fixture
def colleague(cast: Cast) -> Person:
    """Another administrator."""
    made = person("colleague@example.org", "Second administrator")
    grant_role(person=made, role=Role.ADMINISTRATOR)
    return made


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client
