"""A service area with a percentage and a count, and the officer who enters them."""

import pytest
from django.test import Client

from contracts.models import ServiceArea
from kpis.models import Kpi
from tests import builders
from tests.kpis.test_returns.pages import signed_in
from tests.people import Cast


@pytest.fixture
def kpis(area: ServiceArea) -> tuple[Kpi, Kpi]:
    """A percentage with a year behind it, and a count; February 2018 is owed."""
    calls = builders.kpi(area, "CSC_KPI_01")
    incidents = builders.kpi(area, "CSC_KPI_02", "2", "4", unit="count", decimals=0, polarity="lower", name="Incidents")
    builders.results(calls, "2017-02", ["91", "92", "93", "91", "92", "93", "91", "92", "93", "91", "92", "93"])
    builders.results(incidents, "2017-02", ["1", "2", "0", "1", "2", "0", "1", "2", "0", "1", "2", "0"])
    builders.returns(area, "2017-02", "2018-01")
    return calls, incidents


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast.officer)
