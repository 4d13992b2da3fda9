"""The status matrix shows what the rules make of the facts."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month, add_months, month_range, month_short
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.rules.figures import Polarity, Unit, show
from kpis.rules.relief import Cause, Decision, Relief
from kpis.rules.status import KpiTerms, Level, Reading, judge_history
from tests import builders
from tests.people import Cast, person
from tests.reading import links_of, rows_of, text_of

WORDS = {
    "target_met": "Target met",
    "below_target": "Below target",
    "below_minimum": "Below minimum",
    "relief_granted": "Relief granted",
    "not_measured": "Not measured",
    "missing": "Missing",
}
FEBRUARY_2017, FEBRUARY_2018 = Month(date(2017, 2, 1)), Month(date(2018, 2, 1))


@pytest.fixture
def matrix(contract: Contract) -> str:
    return reverse("kpis:matrix", args=[contract.reference])


def table(client: Client, matrix: str, **asked: str) -> dict[str, list[str]]:
    """Each row of the matrix by its KPI's code; the totals by their word."""
    return {row[0].split(" Calls")[0]: row[1:] for row in rows_of(client.get(matrix, asked)) if len(row) > 1}


def cells(client: Client, matrix: str, **asked: str) -> dict[str, list[str]]:
    """The same, the months alone."""
    rows = table(client, matrix, **asked)
    months = rows["KPI"].index("Trend") if rows else 0
    return {name: row[:months] for name, row in rows.items()}


def edges(client: Client, matrix: str, **asked: str) -> dict[str, list[str]]:
    """The same, what stands to the right of the months."""
    rows = table(client, matrix, **asked)
    return {name: row[rows["KPI"].index("Trend") :] for name, row in rows.items()}


# The matrix


@pytest.mark.parametrize("polarity", Polarity)
def test_every_cell_is_what_the_rules_judge(polarity: Polarity, member: Client, matrix: str, area: ServiceArea) -> None:
    target, minimum = ("90", "80") if polarity is Polarity.HIGHER else ("80", "90")
    values = ["90", "89.995", "89.994", "80", "79.99", "100", "0", "80.005", "90.005", "90.004", "95", "79.994", "60"]
    kpi = builders.kpi(area, target=target, minimum=minimum, polarity=polarity)
    builders.results(kpi, "2017-02", values)
    builders.returns(area, "2017-02", "2018-02")
    builders.relief(area.contract, kpi, first="2017-10")

    months = month_range(FEBRUARY_2017, FEBRUARY_2018)
    terms = KpiTerms(
        code=kpi.code, area=area.code, name=kpi.name, unit=Unit.PERCENT, polarity=polarity, decimals=2,
        in_force_from=add_months(FEBRUARY_2017, -1), in_force_to=None, due_months=frozenset(range(1, 13)),
        levels=(Level(add_months(FEBRUARY_2017, -1), Decimal(target), Decimal(minimum)),),
    )  # fmt: skip
    granted = Relief(
        reference="R001", kpis=frozenset({kpi.code}), is_blanket=False, from_month=add_months(FEBRUARY_2017, 8),
        to_month=None, cause=Cause.SYSTEM_IMPLEMENTATION, narrative="", decision=Decision.GRANTED, requested_by="",
        requested_on=None, decided_by="", decided_on=None, reason="",
    )  # fmt: skip
    readings = {month: Reading(value=Decimal(value)) for month, value in zip(months, values, strict=True)}
    judged = judge_history(terms, readings, (granted,), FEBRUARY_2017, FEBRUARY_2018).judgements

    shown = cells(member, matrix)
    assert shown["KPI"] == [month_short(month) for month in months]
    assert shown["CSC_KPI_01"] == [
        WORDS[each.contractual] + " " + show(each.value, Unit.PERCENT, 2)
        + (", under relief" if each.relief and each.contractual != "relief_granted" else "")
        for each in judged
    ]  # fmt: skip


@pytest.fixture
def varied(contract: Contract, area: ServiceArea) -> None:
    """Three KPIs in two areas: reported, missing, not measured, relieved, not due, begun late, ended early."""
    care = builders.area(contract, "ACF", "Adult Care Finance")
    calls = builders.kpi(area)
    quarterly = builders.kpi(area, "CSC_KPI_02", due_mask=0b100100100100)
    ended = builders.kpi(care, "ACF_KPI_01", in_force_from=date(2017, 10, 1), in_force_to=date(2018, 1, 1))
    builders.results(calls, "2017-10", ["95", "85", "75", None, "91"])
    builders.result(quarterly, "2017-12", None, not_measured_reason="The file was lost.")
    builders.results(ended, "2017-10", ["85", "75", "95", "70"])
    builders.relief(contract, ended, first="2017-11", last="2018-01")
    builders.returns(area, "2017-10", "2018-01")
    builders.returns(care, "2017-10", "2018-01")
    builders.returns(area, "2018-02", "2018-02", "submitted")


@pytest.mark.usefixtures("varied")
def test_the_matrix_shows_what_stood_in_each_month(member: Client, matrix: str) -> None:
    shown = cells(member, matrix)
    assert shown["KPI"] == ["Oct 2017", "Nov 2017", "Dec 2017", "Jan 2018", "Feb 2018"]
    assert shown["CSC_KPI_01"] == [
        "Target met 95.00%", "Below target 85.00%", "Below minimum 75.00%", "Missing —",
        "Target met 91.00%, provisional",
    ]  # fmt: skip
    assert shown["CSC_KPI_02"] == ["", "", "Not measured —", "", ""]
    assert shown["ACF_KPI_01"] == [
        "Below target 85.00%", "Relief granted 75.00%", "Target met 95.00%, under relief", "Relief granted 70.00%", "",
    ]  # fmt: skip


@pytest.mark.usefixtures("varied")
def test_the_totals_of_each_month_add_up_to_the_kpis_in_force(member: Client, matrix: str) -> None:
    shown = cells(member, matrix)
    assert [shown[word] for word in WORDS.values()] == [
        ["1", "0", "1", "0", "1"],
        ["1", "1", "0", "0", "0"],
        ["0", "0", "1", "0", "0"],
        ["0", "1", "0", "1", "0"],
        ["0", "0", "1", "0", "0"],
        ["0", "0", "0", "1", "0"],
    ]
    assert shown["In force"] == ["2", "2", "3", "2", "1"]


@pytest.mark.usefixtures("varied")
def test_each_row_ends_with_its_trend_and_its_counts_and_both_edges_agree(member: Client, matrix: str) -> None:
    ends = edges(member, matrix)
    assert ends["KPI"] == ["Trend", *WORDS.values(), "All months in force"]
    assert ends["CSC_KPI_01"] == ["", "2", "1", "1", "", "", "1", "5"]
    assert ends["CSC_KPI_02"] == ["", "", "", "", "", "1", "", "1"]
    assert ends["ACF_KPI_01"] == ["Worse since Dec 2017", "1", "1", "", "2", "", "", "4"]
    assert ends["In force"] == ["", "3", "2", "1", "2", "1", "1", "10"]
    for place, word in enumerate(WORDS.values(), start=1):
        by_row = sum(int(ends[code][place] or 0) for code in ("CSC_KPI_01", "CSC_KPI_02", "ACF_KPI_01"))
        by_month = sum(map(int, cells(member, matrix)[word]))
        assert [str(by_row), str(by_month)] == [ends["In force"][place], ends[word][-1]]


@pytest.mark.usefixtures("varied")
def test_every_cell_leads_to_its_month_on_the_page_of_its_kpi(member: Client, matrix: str) -> None:
    assert links_of(member.get(matrix))["Below minimum 75.00%"] == "CSC_KPI_01/#2017-12"


@pytest.mark.usefixtures("varied")
def test_the_matrix_says_first_how_the_last_month_stands(member: Client, matrix: str) -> None:
    said = text_of(member.get(matrix))
    assert "February 2018: 1 of 1 KPI met its target. 1 figure is provisional." in said
    assert "Cells with a dotted underline are provisional" in said
    assert "relief covered that month too" in said
    assert "relief covered that month too" not in text_of(member.get(matrix, {"area": "CSC"}))


@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"area": "CSC"}, ["CSC_KPI_01", "CSC_KPI_02"]),
        ({"area": "ACF"}, ["ACF_KPI_01"]),
        ({"status": "below_minimum"}, ["CSC_KPI_01"]),
        ({"status": "relief_granted"}, ["ACF_KPI_01"]),
        ({"status": "not_measured"}, ["CSC_KPI_02"]),
        ({"status": "missing", "area": "ACF"}, []),
        ({"relief": "yes"}, ["ACF_KPI_01"]),
        ({"relief": "no"}, ["CSC_KPI_01", "CSC_KPI_02"]),
        ({"relief": "perhaps", "officer": "0"}, ["CSC_KPI_01", "CSC_KPI_02", "ACF_KPI_01"]),
        ({"area": "NONE", "status": "splendid"}, ["CSC_KPI_01", "CSC_KPI_02", "ACF_KPI_01"]),
    ],
)
def test_the_matrix_keeps_what_is_asked_for(
    asked: dict[str, str], codes: list[str], member: Client, matrix: str
) -> None:
    assert [name for name in cells(member, matrix, **asked) if "_KPI_" in name] == codes
    if not codes:
        assert "No KPI matches these filters in these months." in text_of(member.get(matrix, asked))


@pytest.mark.usefixtures("varied")
def test_the_matrix_keeps_the_areas_an_officer_holds(
    member: Client, matrix: str, contract: Contract, area: ServiceArea, cast: Cast
) -> None:
    care = ServiceArea.objects.get(code="ACF")
    holder, everywhere = person("care@example.org", "Care officer"), person("all@example.org", "All-round officer")
    grant_role(person=holder, role=Role.OFFICER, contract=contract, service_area=care)
    grant_role(person=everywhere, role=Role.OFFICER, contract=contract)

    def codes(**asked: object) -> list[str]:
        return [name for name in cells(member, matrix, **{k: str(v) for k, v in asked.items()}) if "_KPI_" in name]

    assert codes(officer=holder.pk) == ["ACF_KPI_01"]
    assert codes(officer=cast.officer.pk) == ["CSC_KPI_01", "CSC_KPI_02"]
    assert codes(officer=everywhere.pk) == ["CSC_KPI_01", "CSC_KPI_02", "ACF_KPI_01"]
    assert codes(officer=cast.officer.pk, area="ACF") == []
    said = text_of(member.get(matrix))
    assert "Anybody All-round officer Care officer" in said
    assert "Board member Care" not in said


@pytest.mark.usefixtures("varied")
def test_the_totals_count_the_rows_shown(member: Client, matrix: str) -> None:
    assert cells(member, matrix, area="ACF")["In force"] == ["1", "1", "1", "1", "0"]
    assert links_of(member.get(matrix, {"area": "ACF"}))["Show all KPIs"] == "?"


@pytest.fixture
def long_ago(area: ServiceArea) -> None:
    """Twenty-six months of figures, the last one February 2018."""
    area.contract.commences_on = date(2016, 1, 1)
    area.contract.save()
    kpi = builders.kpi(area, in_force_from=date(2016, 1, 1))
    builders.results(kpi, "2016-01", ["95"] * 26)
    builders.returns(area, "2016-01", "2018-02")


@pytest.mark.usefixtures("long_ago")
@pytest.mark.parametrize(
    ("to", "first", "last"),
    [
        ("", "Feb 2017", "Feb 2018"),
        ("2017-06", "Jun 2016", "Jun 2017"),
        ("June 2017", "Jun 2016", "Jun 2017"),
        ("2017-06-15", "Jun 2016", "Jun 2017"),
        ("2018-03", "Feb 2017", "Feb 2018"),
        ("2016-03", "Jan 2016", "Mar 2016"),
        ("2015-03", "Jan 2016", "Jan 2016"),
        ("yesterday", "Feb 2017", "Feb 2018"),
    ],
)
def test_the_matrix_shows_thirteen_months_that_have_ended(
    to: str, first: str, last: str, member: Client, matrix: str
) -> None:
    months = cells(member, matrix, to=to)["KPI"]
    assert (months[0], months[-1]) == (first, last)
    assert len(months) <= 13


@pytest.mark.usefixtures("long_ago")
def test_earlier_and_later_months_are_a_link_away_and_keep_the_filter(member: Client, matrix: str) -> None:
    asked = {"area": "CSC"}
    latest = links_of(member.get(matrix, asked))
    assert "Later months" not in latest
    assert latest["Earlier months"] == "?area=CSC&to=2017-01"
    earlier = links_of(member.get(matrix + latest["Earlier months"]))
    assert earlier["Later months"] == "?area=CSC&to=2018-02"
    assert "Earlier months" not in earlier


def test_what_is_typed_and_not_submitted_is_private_to_its_area(member: Client, matrix: str, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.results(kpi, "2018-01", ["95", "71"])
    builders.returns(area, "2018-01", "2018-01")
    builders.returns(area, "2018-02", "2018-02", "open")
    assert cells(member, matrix)["CSC_KPI_01"][-1] == "Missing —"
    assert "71.00%" not in text_of(member.get(reverse("kpis:kpi", args=[kpi.contract.reference, kpi.code])))
    kpi.results.filter(month=FEBRUARY_2018).update(is_shared=True)
    assert cells(member, matrix)["CSC_KPI_01"][-1] == "Below minimum 71.00%, provisional"


def test_a_contract_without_kpis_says_how_they_get_there(member: Client, matrix: str) -> None:
    said = text_of(member.get(matrix))
    assert "No KPI was in force in these months." in said
    assert "An administrator sets up the contract’s KPIs" in said
    assert "Status in any month" not in said


def test_made_up_figures_are_called_so(member: Client, matrix: str, area: ServiceArea) -> None:
    kpi = builders.kpi(area)
    builders.returns(area, "2017-12", "2018-02")
    builders.result(kpi, "2018-01", "95", source="published")
    assert "illustrative" not in text_of(member.get(matrix))
    builders.result(kpi, "2018-02", "95", source="illustrative")
    assert "Some of these figures are illustrative" in text_of(member.get(matrix))


def test_a_matrix_of_45_kpis_is_a_light_page(member: Client, matrix: str, area: ServiceArea) -> None:
    for number in range(1, 46):
        kpi = builders.kpi(area, f"CSC_KPI_{number:02}", name="Share of invoices that were paid within thirty days")
        builders.results(kpi, "2017-02", ["95", "85.125", "75"] * 4 + ["91"])
    builders.returns(area, "2017-02", "2018-01")
    builders.returns(area, "2018-02", "2018-02", "submitted")
    page = member.get(matrix).content
    assert page.count(b"app-cell--") > 45 * 13
    assert len(page) < 150_000
