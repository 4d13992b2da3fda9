"""The status matrix as numbers: the same figures as the page, and nothing that runs."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from tests import builders
from tests.reading import links_of


@pytest.fixture
def matrix(contract: Contract) -> str:
    return reverse("kpis:matrix", args=[contract.reference])


@pytest.fixture
def relieved(contract: Contract) -> None:
    """A KPI of Adult Care Finance with four months, the last three under relief; another area beside it."""
    care = builders.area(contract, "ACF", "Adult Care Finance")
    kpi = builders.kpi(care, "ACF_KPI_01")
    builders.results(kpi, "2017-10", ["85", "75", "95", "70"])
    builders.returns(care, "2017-10", "2018-01")
    builders.relief(contract, kpi, first="2017-11", last="2018-01")
    builders.kpi(builders.area(contract, "FA", "Financial Administration"), "FA_KPI_01")


@pytest.mark.usefixtures("relieved")
def test_the_file_holds_the_figures_of_the_page(member: Client, matrix: str, contract: Contract) -> None:
    asked = {"area": "ACF", "to": "2018-01"}
    link = links_of(member.get(matrix, asked))["Download these figures (CSV)"]
    response = member.get(link)
    assert response["Content-Disposition"] == 'attachment; filename="tst-kpis-2017-10-to-2018-01.csv"'
    rows = list(csv.DictReader(StringIO(response.content.decode(), newline="")))
    assert [(row["month"], row["value"], row["measured"], row["contractual"], row["relief"]) for row in rows] == [
        ("2017-10", "85.00", "below_target", "below_target", ""),
        ("2017-11", "75.00", "below_minimum", "relief_granted", "R001"),
        ("2017-12", "95.00", "target_met", "target_met", "R001"),
        ("2018-01", "70.00", "below_minimum", "relief_granted", "R001"),
    ]
    assert {(row["kpi"], row["service_area"], row["unit"], row["target"], row["minimum"]) for row in rows} == {
        ("ACF_KPI_01", "ACF", "percent", "90", "80")
    }


def test_no_text_in_the_file_runs_as_a_formula(member: Client, matrix: str, area: ServiceArea) -> None:
    kpi = builders.kpi(area, name="=HYPERLINK(1)")
    builders.result(kpi, "2018-02", None, not_measured_reason="-2+3")
    builders.returns(area, "2018-02", "2018-02")
    row = next(csv.DictReader(StringIO(member.get(f"{matrix.rstrip('/')}.csv").content.decode(), newline="")))
    assert (row["name"], row["not_measured_reason"]) == ("'=HYPERLINK(1)", "'-2+3")
