"""A month is typed, checked, submitted, verified, sent back and reopened under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.kpis.services.test_entries import *
from tests.kpis.services.test_verification import *

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
