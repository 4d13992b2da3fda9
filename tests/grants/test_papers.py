"""Papers are signed off, handed over, published, withdrawn and removed by two under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.reports.life.conftest import *
from tests.reports.life.test_handing_over import *
from tests.reports.life.test_publication import *
from tests.reports.life.test_removal import *
from tests.reports.life.test_signing import *  # type: ignore[assignment]

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]  # type: ignore[assignment]
