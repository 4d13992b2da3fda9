"""The KPI that relief is asked for."""

import pytest

from contracts.models import ServiceArea
from kpis.models import Kpi
from tests import builders


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    made = builders.kpi(area)
    builders.results(made, "2017-11", ["85", "75", "95", "70"])
    builders.returns(area, "2017-11", "2018-02")
    return made
