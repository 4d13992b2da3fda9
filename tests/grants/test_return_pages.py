"""The page on which a month is checked and submitted works under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.kpis.test_returns.conftest import *
from tests.kpis.test_returns.test_check import *

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
