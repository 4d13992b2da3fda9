"""A verified month, January 2018, with one figure in it."""

import pytest

from contracts.models import ServiceArea
from kpis.models import Result
from tests import builders


@pytest.fixture
def result(area: ServiceArea) -> Result:
    made = builders.result(builders.kpi(area), "2018-01", "79")
    builders.returns(area, "2018-01", "2018-01")
    return made
