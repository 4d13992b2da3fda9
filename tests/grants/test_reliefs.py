"""Relief is asked for, decided and ended under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.kpis.services.reliefs.conftest import *
from tests.kpis.services.reliefs.test_changes import *

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
