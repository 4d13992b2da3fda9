"""Questions are asked, answered and minuted under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.contracts.services.test_questions import *

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
