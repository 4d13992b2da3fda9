"""People come in, leave and are refused under the grants."""
# ruff: noqa: F403  # what is taken over is tested elsewhere too, as the owner of the tables

import pytest

from tests.accounts.conftest import *
from tests.accounts.test_codes import *
from tests.accounts.test_second_factor import *
from tests.accounts.test_sessions import *

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]  # type: ignore[assignment]
