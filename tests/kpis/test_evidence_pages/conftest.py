"""A KPI that owes February 2018, a relief that waits for its decision, and an empty folder for what is handed in."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from contracts.models import Contract, ServiceArea
from kpis.models import Kpi, Relief
from tests import builders


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    return tmp_path / "evidence"


@pytest.fixture
def kpi(area: ServiceArea) -> Kpi:
    made = builders.kpi(area)
    builders.results(made, "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2018-01")
    return made


@pytest.fixture
def relief(contract: Contract, kpi: Kpi) -> Relief:
    return builders.relief(contract, kpi, first="2018-01", decision="requested", decided_by="")
