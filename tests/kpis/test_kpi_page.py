"""The page of a KPI shows what the rules make of the facts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from kpis.models import Correction, Kpi
from tests import builders
from tests.people import Cast
from tests.reading import Page, facts_of, rows_of, text_of


def open_kpi(client: Client, kpi: Kpi, spelled: str = "") -> Page:
    response = client.get(reverse("kpis:kpi", args=[kpi.contract.reference, spelled or kpi.code]))
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("spelled", ["CSC_KPI_04", "CSC KPI04", "csc kpi 4", "CSC-KPI-4", "CsC_kPi_004"])
def test_a_kpi_is_found_by_any_spelling_of_its_code(spelled: str, member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area, "CSC_KPI_04", name="Abandoned calls")
    assert "Abandoned calls" in text_of(open_kpi(member, kpi, spelled))


@pytest.mark.parametrize("spelled", ["CSC_KPI_05", "KPI", "four", "CSC_KPI_04;--"])
def test_a_code_that_the_contract_has_not_is_not_found(
    spelled: str, member: Client, area: ServiceArea, other_contract: Contract
) -> None:
    builders.kpi(area, "CSC_KPI_04")
    builders.kpi(builders.area(other_contract), "CSC_KPI_05")
    assert member.get(reverse("kpis:kpi", args=[area.contract.reference, spelled])).status_code == 404


def test_each_month_is_judged_by_the_level_then_in_force(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area, "CSC_KPI_04", "7", "12", polarity="lower")
    builders.level(kpi, "2018-01", "6", "10", reason="Reduced by agreement.", agreed_by="Contract Manager")
    builders.results(kpi, "2017-11", ["12.01", "11", "11"])
    builders.result(kpi, "2018-02", None, numerator=Decimal(954), denominator=Decimal("18304.50"))
    builders.relief(area.contract, kpi, first="2017-11", last="2017-11", reference="R007")
    builders.returns(area, "2017-11", "2018-01")
    builders.returns(area, "2018-02", "2018-02", "submitted")
    response = open_kpi(member, kpi)
    assert rows_of(response)[:5] == [
        [
            "Month", "Figure", "Worked out from", "Target", "Minimum", "Status", "Against the month before",
            "Against a year before", "Contract month",
        ],
        ["Feb 2018", "5.21% provisional", "954 of 18,304.5", "6.00%", "10.00%", "Target met", "Better", "—", "14"],
        ["Jan 2018", "11.00%", "—", "6.00%", "10.00%", "Below minimum", "No change", "—", "13"],
        ["Dec 2017", "11.00%", "—", "7.00%", "12.00%", "Below target", "Better", "—", "12"],
        [
            "Nov 2017", "12.01%", "—", "7.00%", "12.00%", "Relief granted R007; measured below minimum", "—", "—", "11",
        ],
    ]  # fmt: skip
    said = text_of(response)
    assert "February 2018: 5.21%, target met (provisional)." in said
    assert "Target at most 6%, minimum at most 10%; lower is better." in said
    assert "From January 2018 Target at most 6%, minimum at most 10%. Reduced by agreement." in said
    assert "From January 2017 Target at most 7%, minimum at most 12%." in said


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "shown"),
    [
        ("percent", 1, "93.15", "93.2%"),
        ("count", 0, "12.5", "13"),
        ("days", 1, "5.25", "5.3 days"),
        ("seconds", 0, "65", "1:05"),
        ("money", 2, "1234.5", "£1,234.50"),
    ],
)
def test_a_figure_is_shown_in_its_unit_rounded_half_up(
    unit: str, decimals: int, value: str, shown: str, member: Client, area: ServiceArea
) -> None:
    kpi = builders.kpi(area, unit=unit, decimals=decimals)
    builders.results(kpi, "2018-02", [value])
    builders.returns(area, "2018-02", "2018-02")
    assert rows_of(open_kpi(member, kpi))[1][1] == shown


def test_a_kpi_tells_what_was_said_of_its_months(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.result(
        kpi, "2018-01", "70", cause="The scanner failed.", effect="Letters went out late.",
        remedy="Mail Room Manager: a second scanner.", recovery_month=date(2018, 3, 1),
    )  # fmt: skip
    builders.result(kpi, "2018-02", None, not_measured_reason="The file was lost.")
    builders.returns(area, "2018-01", "2018-02")
    response = open_kpi(member, kpi)
    facts = facts_of(response)
    assert facts["Cause"] == "The scanner failed."
    assert facts["Effect on council services"] == "Letters went out late."
    assert facts["Remedy"] == "Mail Room Manager: a second scanner."
    assert facts["Expected recovery"] == "March 2018"
    assert facts["Why there is no figure"] == "The file was lost."
    assert "What was said (2)" in text_of(response)


def test_misses_that_nobody_explained_are_counted(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-11", ["95", "85", "75"])
    builders.result(kpi, "2018-02", "70", cause="The scanner failed.", effect="Letters went out late.")
    builders.returns(area, "2017-11", "2018-02")
    assert "2 misses are not explained." in text_of(open_kpi(member, kpi))
    builders.relief(area.contract, kpi, first="2018-01")
    assert "1 miss is not explained." in text_of(open_kpi(member, kpi))
    builders.relief(area.contract, kpi, first="2017-12", last="2017-12")
    assert "not explained" not in text_of(open_kpi(member, kpi))


def test_where_nothing_was_missed_nothing_needs_explaining(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2018-02", ["95"])
    builders.returns(area, "2018-02", "2018-02")
    assert "Nothing was said, and no miss needs explaining." in text_of(open_kpi(member, kpi))


def test_a_level_agreed_for_later_is_listed_and_not_taken_for_the_one_in_force(
    member: Client, area: ServiceArea
) -> None:
    kpi = builders.kpi(area)
    builders.level(kpi, "2018-05", "92", "85")
    said = text_of(open_kpi(member, kpi))
    assert "Target at least 90%, minimum at least 80%; higher is better." in said
    assert "From May 2018 Target at least 92%, minimum at least 85%." in said


def test_a_kpi_lists_its_reliefs_whatever_was_decided(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.relief(area.contract, kpi, first="2017-11", reference="R001", decided_on=date(2017, 12, 4))
    builders.relief(area.contract, first="2017-05", last="2017-06", reference="R002", decision="refused")
    builders.relief(area.contract, builders.kpi(area, "CSC_KPI_02"), first="2017-05", reference="R003")
    builders.results(kpi, "2018-02", ["95"])
    said = text_of(open_kpi(member, kpi))
    assert "R001: granted, November 2017 on, open-ended" in said
    assert "System implementation; 4 months old; decided by Contract Manager on 4 December 2017." in said
    assert "R002: refused, May 2017 to June 2017" in said
    assert "R003" not in said


def test_a_corrected_figure_shows_what_stood_there(member: Client, area: ServiceArea, cast: Cast) -> None:
    kpi = builders.kpi(area)
    result = builders.result(kpi, "2018-01", "91")
    builders.returns(area, "2018-01", "2018-01")
    Correction.objects.create(
        result=result, value_before=Decimal(94), value_after=Decimal(91), reason="Calls were counted twice.",
        corrected_at=datetime(2018, 3, 1, 12, tzinfo=UTC), corrected_by=cast.contract_manager,
    )  # fmt: skip
    said = text_of(open_kpi(member, kpi))
    assert "January 2018: 94.00% became 91.00% Calls were counted twice. 1 March 2018, Contract manager" in said


def test_a_kpi_that_ended_says_why(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area, in_force_to=date(2017, 12, 1), end_reason="The duty passed to another body.")
    builders.results(kpi, "2017-11", ["95", "95"])
    builders.returns(area, "2017-11", "2017-12")
    response = open_kpi(member, kpi)
    assert "In force from January 2017 to December 2017: The duty passed to another body." in text_of(response)
    assert rows_of(response)[1][0] == "Dec 2017"


@pytest.mark.parametrize("begins", [date(2018, 1, 1), date(2018, 3, 1)])
def test_a_kpi_of_which_nothing_was_reported_says_so(begins: date, member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area, in_force_from=begins)
    response = open_kpi(member, kpi)
    assert "Nothing has been reported for this KPI yet." in text_of(response)
    assert "<figure" not in response.content.decode()


def test_the_chart_says_in_words_what_its_line_does(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2017-12", ["95", "71.5", "85"])
    builders.returns(area, "2017-12", "2018-02")
    page = open_kpi(member, kpi).content.decode()
    assert "December 2017 to February 2018, 3 months." in page
    assert "Lowest 71.50% in January 2018, highest 95.00% in December 2017." in page
    assert "In February 2018 85.00%: below target." in page


def test_made_up_figures_are_called_so(member: Client, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.returns(area, "2017-12", "2018-02")
    builders.result(kpi, "2018-01", "95", source="published")
    assert "illustrative" not in text_of(open_kpi(member, kpi))
    builders.result(kpi, "2018-02", "95", source="illustrative")
    assert "Some of these figures are illustrative" in text_of(open_kpi(member, kpi))
