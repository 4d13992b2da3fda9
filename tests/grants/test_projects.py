"""Projects are added, changed, archived and updated under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.projects.services.test_acts import *
from tests.projects.services.test_portfolio import *
from tests.projects.services.test_updates import *
from tests.projects.test_several import *

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
