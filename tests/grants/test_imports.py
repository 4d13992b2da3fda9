"""A workbook is imported under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.reports.workbook.conftest import *
from tests.reports.workbook.test_import import *

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]  # type: ignore[assignment]
