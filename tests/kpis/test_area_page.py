"""One service area: how it stands, its KPIs worst first, its months counted, its returns and reliefs."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Return
from tests import builders
from tests.people import Cast, person
from tests.reading import links_of, rows_of, text_of


@pytest.fixture
def page(contract: Contract, area: ServiceArea) -> str:
    return reverse("kpis:area", args=[contract.reference, area.code])


def kpi_rows(client: Client, page: str) -> dict[str, list[str]]:
    return {row[0].split()[0]: row[1:] for row in rows_of(client.get(page)) if "_KPI_" in row[0]}


def month_rows(client: Client, page: str) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in rows_of(client.get(page)) if len(row) == 9}


def test_the_kpis_stand_worst_first_with_figure_levels_run_and_travel(
    member: Client, area: ServiceArea, page: str
) -> None:
    for number, values in enumerate((["95"] * 14, ["95"] * 12 + ["85", "84"], ["70"] * 14), start=1):
        builders.results(builders.kpi(area, f"CSC_KPI_0{number}"), "2017-01", values)
    builders.returns(area, "2017-01", "2018-02")
    levels = "at least 90% minimum at least 80%"
    assert kpi_rows(member, page) == {
        "CSC_KPI_03": ["Below minimum 14th month running", "70.00%", levels, "No change", "No change", ""],
        "CSC_KPI_02": ["Below target second month running", "84.00%", levels, "Worse", "Worse", ""],
        "CSC_KPI_01": ["Target met", "95.00%", levels, "No change", "No change", ""],
    }
    said = text_of(member.get(page))
    assert "February 2018: 1 of 3 KPIs met their target, 1 was below target, 1 was below minimum." in said


def test_the_months_reconcile(member: Client, area: ServiceArea, page: str) -> None:
    builders.results(builders.kpi(area), "2017-01", ["95", "85"] * 7)
    builders.results(builders.kpi(area, "CSC_KPI_02"), "2017-06", ["95"] * 9)
    builders.kpi(area, "CSC_KPI_03", in_force_from=date(2017, 12, 1))
    builders.returns(area, "2017-01", "2018-02")
    rows = month_rows(member, page)
    heads = rows.pop("Month")
    assert heads[:6] == ["Target met", "Below target", "Below minimum", "Relief granted", "Not measured", "Missing"]
    together = rows.pop("Together")
    assert list(rows)[0::12] == ["Feb 2018", "Feb 2017"]
    for *statuses, in_force, _ in (*rows.values(), together):
        assert sum(map(int, statuses)) == int(in_force)
    for place in range(7):
        assert sum(int(row[place]) for row in rows.values()) == int(together[place])
    assert together[6] == str(2 * 13 + 3)


def test_a_month_that_waits_for_its_figures_does_not_hide_the_one_before(
    member: Client, area: ServiceArea, page: str
) -> None:
    builders.results(builders.kpi(area), "2017-01", ["95"] * 13)
    builders.returns(area, "2017-01", "2018-01")
    said = text_of(member.get(page))
    assert "January 2018: 1 of 1 KPI met its target." in said
    assert "February 2018 has ended; nothing has been reported for it yet." in said
    assert month_rows(member, page)["Feb 2018"][5:] == ["1", "1", "Open, not due yet"]
    assert kpi_rows(member, page)["CSC_KPI_01"][4] == "No change"


def test_the_returns_say_how_far_they_are_and_whether_they_came_in_time(
    member: Client, area: ServiceArea, page: str
) -> None:
    builders.results(builders.kpi(area), "2017-11", ["95"] * 4)
    builders.returns(area, "2017-11", "2017-11")
    builders.returns(area, "2017-12", "2017-12", submitted_at=datetime(2018, 1, 31, 12, tzinfo=UTC))
    builders.returns(area, "2018-02", "2018-02", "submitted", submitted_at=datetime(2018, 3, 9, 12, tzinfo=UTC))
    rows = month_rows(member, page)
    assert [rows[month][-1] for month in ("Nov 2017", "Dec 2017", "Jan 2018")] == [
        "Verified", "Verified, late", "Open, missing",
    ]  # fmt: skip
    assert month_rows(member, page)["Feb 2018"][-1] == "Submitted, on time"
    row = Return.objects.get(month=date(2018, 2, 1))
    row.state, row.returned_reason = "returned", "Look again."
    row.save()
    row.state, row.submitted_at = "submitted", datetime(2018, 3, 20, 12, tzinfo=UTC)
    row.save()
    assert month_rows(member, page)["Feb 2018"][-1] == "Submitted, on time"


def test_reliefs_that_cover_a_kpi_of_the_area_are_named(member: Client, area: ServiceArea, page: str) -> None:
    own = builders.kpi(area)
    other = builders.kpi(builders.area(area.contract, "ACF", "Adult Care Finance"), "ACF_KPI_01")
    builders.results(own, "2018-01", ["95", "70"])
    builders.returns(area, "2018-01", "2018-02")
    builders.relief(area.contract, own, first="2018-01", reference="OWN")
    builders.relief(area.contract, other, first="2018-01", reference="OTHERS")
    builders.relief(area.contract, own, first="2017-01", last="2017-12", reference="PAST")
    builders.relief(area.contract, own, first="2018-01", reference="ASKED", decision="requested")
    said = text_of(member.get(page))
    assert "Mitigation relief in force (1)" in said
    assert "System implementation; 2 months old; for CSC_KPI_01." in said
    assert links_of(member.get(page))["OWN: January 2018 on, open-ended"].endswith("/reliefs/OWN/")
    assert kpi_rows(member, page)["CSC_KPI_01"][0] == "Relief granted measured below minimum"


def test_who_enters_is_told_by_job_title(member: Client, cast: Cast, area: ServiceArea, page: str) -> None:
    builders.kpi(area)
    elsewhere = person("care@example.org", "Care officer")
    care = builders.area(area.contract, "ACF", "Adult Care Finance")
    grant_role(person=elsewhere, role=Role.OFFICER, contract=area.contract, service_area=care)
    said = text_of(member.get(page))
    assert "Entered by: Officer." in said
    assert "example.org" not in said
    assert "Entered by: Care officer." in text_of(member.get(reverse("kpis:area", args=["TST", care.code])))
    empty = builders.area(area.contract, "FA", "Finance")
    assert "Nobody is named to enter its figures." in text_of(
        member.get(reverse("kpis:area", args=["TST", empty.code]))
    )


def test_the_page_leads_up_and_down(member: Client, area: ServiceArea, page: str) -> None:
    builders.results(builders.kpi(area), "2018-01", ["95", "70"])
    builders.returns(area, "2018-01", "2018-02")
    builders.area(area.contract, "ACF", "Adult Care Finance")
    links = links_of(member.get(page))
    assert links["CSC_KPI_01"] == reverse("kpis:kpi", args=["TST", "CSC_KPI_01"])
    assert links["Adult Care Finance"] == reverse("kpis:area", args=["TST", "ACF"])
    assert links["KPIs by month"] == reverse("kpis:matrix", args=["TST"])
    for name, of in (("kpis:matrix", ()), ("kpis:kpi", ("CSC_KPI_01",)), ("reports:exceptions", ())):
        assert links_of(member.get(reverse(name, args=["TST", *of])))[area.name] == page, name


def test_an_area_of_another_contract_or_of_none_is_no_page(member: Client, other_contract: Contract) -> None:
    builders.area(other_contract, "ELSE", "Elsewhere")
    for reference, code in (("TST", "ELSE"), ("TST", "NONE"), ("OTH", "ELSE")):
        assert member.get(reverse("kpis:area", args=[reference, code])).status_code == 404


def test_an_area_without_a_kpi_says_what_would_be_here(member: Client, page: str) -> None:
    assert "No KPI of this service area has been in force yet." in text_of(member.get(page))


def test_an_area_of_forty_five_kpis_costs_eight_queries_and_less_than_150_kb(
    member: Client, area: ServiceArea, page: str
) -> None:
    for number in range(45):
        builders.results(
            builders.kpi(area, f"CSC_KPI_{number:02}"), "2017-01", ["95", "85", "70", "91"] * 3 + ["70"] * 2
        )
    builders.returns(area, "2017-01", "2018-02")
    with CaptureQueriesContext(connection) as captured:
        response = member.get(page)
    assert len(captured) <= 8
    assert len(response.content) < 150_000
