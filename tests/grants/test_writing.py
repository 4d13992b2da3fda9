"""A worker writes papers under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.reports.services.conftest import *
from tests.reports.services.test_papers import *

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db, pytest.mark.usefixtures("quick_print")]
