"""The front door: all the contracts a person may see, worst first, and what they come to together."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract, ServiceArea
from contracts.queries import load_ground
from contracts.rules.months import parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.queries import load_owed
from kpis.services.summary import recount
from reports.queries.contracts import ContractRow, contracts_seen_by, load_overview
from reports.tables import ContractTable
from tests import builders
from tests.people import Cast
from tests.reading import links_of, rows_of, text_of

HEADS = [
    "Contract", "Month", "How it stands", "KPIs in force", "Last 12 months", "Reliefs in force", "Returns overdue",
    "Projects", "Next meeting",
]  # fmt: skip


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return signed_in(cast, "clerk")


def fill(contract: Contract, *rows: str, first: str = "2017-11", verified_to: str = "2018-01") -> ServiceArea:
    """One KPI for each row of figures, a figure a month; verified up to a month and counted."""
    area = contract.service_areas.first() or builders.area(contract)
    for number, values in enumerate(rows, start=1):
        builders.results(builders.kpi(area, f"CSC_KPI_{number:02}"), first, values.split())
    builders.returns(area, first, verified_to)
    recount(contract)
    return area


def listed(client: Client, **asked: str) -> dict[str, dict[str, str]]:
    """The rows of the list by the contract's reference, in their order, as cells by the name of their column."""
    found = {}
    for row in rows_of(client.get(reverse("home"), asked)):
        if len(row) == len(HEADS) and row != HEADS:
            reference = re.search(r"(\w+), Example Services plc", row[0])
            assert reference
            found[reference[1]] = dict(zip(HEADS, row, strict=True))
    return found


# --- Who comes where -------------------------------------------------------------------------------------------------


def test_who_has_one_contract_is_led_to_it(cast: Cast, contract: Contract) -> None:
    response = signed_in(cast, "board_member").get(reverse("home"))
    assert response.headers["Location"] == reverse("reports:exceptions", args=[contract.reference])


def test_an_officer_of_one_contract_is_led_to_what_they_owe(cast: Cast, contract: Contract) -> None:
    client = Client()
    client.force_login(cast.officer)
    response = client.get(reverse("home"))
    assert response.headers["Location"] == reverse("kpis:returns", args=[contract.reference])


def test_who_has_several_contracts_finds_them_all(clerk: Client, contract: Contract, other_contract: Contract) -> None:
    links = links_of(clerk.get(reverse("home")))
    assert links[contract.title] == reverse("reports:exceptions", args=[contract.reference])
    assert links[other_contract.title] == reverse("reports:exceptions", args=[other_contract.reference])


def test_who_has_some_of_the_contracts_sees_and_counts_only_those(cast: Cast, contract: Contract) -> None:
    for reference in ("SEEN", "UNSEEN"):
        fill(builders.contract(reference), "95 95 95")
    grant_role(person=cast.board_member, role=Role.BOARD_MEMBER, contract=Contract.objects.get(reference="SEEN"))
    client = signed_in(cast, "board_member")
    assert list(listed(client)) == ["SEEN", contract.reference]
    assert ["Total", "0", "0", "0", "0", "0", "1", "1"] in rows_of(client.get(reverse("home")))


def test_who_has_no_contract_is_told_how_to_get_one(cast: Cast) -> None:
    said = text_of(signed_in(cast, "outsider").get(reverse("home")))
    assert "No contract is assigned to you yet." in said
    assert "An administrator gives you a role for a contract" in said


# --- What a row says -------------------------------------------------------------------------------------------------


def test_the_worst_come_first_and_add_up(clerk: Client, other_contract: Contract) -> None:
    fill(builders.contract("GOOD"), "95 95 95", "95 95 95")
    fill(builders.contract("MISS"), "95 95 85", "95 95 85")
    fill(builders.contract("FAIL"), "95 95 70")
    fill(builders.contract("GAP"), "95 95 95", "95 95")
    relieved = builders.contract("EASED")
    builders.relief(relieved, first="2018-01", last="2018-02")
    fill(relieved, "95 95 70")
    rows = listed(clerk)
    assert list(rows) == ["FAIL", "MISS", "GAP", "EASED", "GOOD", "OTH", "TST"]
    assert [row["How it stands"] for row in rows.values()] == [
        "1 below minimum", "2 below target", "1 missing 1 target met", "1 relief granted", "2 target met", "—", "—"
    ]  # fmt: skip
    response = clerk.get(reverse("home"))
    assert ["Total", "1", "2", "1", "0", "1", "3", "8"] in rows_of(response)
    assert "1 of 5 contracts has KPIs below minimum. 3 of 8 KPIs met their target." in text_of(response)
    assert [row["Reliefs in force"] for row in rows.values()] == ["0", "0", "0", "1", "0", "0", "0"]


def test_a_contract_stands_where_its_latest_verified_month_stands(clerk: Client, contract: Contract) -> None:
    area = fill(contract, "95 95 85 70")
    builders.returns(area, "2018-02", "2018-02", "submitted")
    recount(contract)
    row = listed(clerk)["TST"]
    assert (row["Month"], row["How it stands"]) == ("Jan 2018", "1 below target")


def test_a_contract_of_which_nothing_is_verified_says_so(clerk: Client, contract: Contract) -> None:
    area = contract.service_areas.get()
    builders.results(builders.kpi(area), "2018-01", ["95", "85"])
    builders.returns(area, "2018-01", "2018-02", "submitted")
    recount(contract)
    response = clerk.get(reverse("home"))
    row = listed(clerk)["TST"]
    assert (row["Month"], row["How it stands"]) == ("Feb 2018 not verified", "1 below target")
    assert "For 1 of 1 contract no month of the last twelve is verified." in text_of(response)


def test_a_month_is_missing_as_soon_as_it_has_ended_though_nobody_wrote_anything(
    clerk: Client, contract: Contract, cast: Cast
) -> None:
    fill(contract, "95 95 95")
    strip = "target met in Nov 2017, Dec 2017, Jan 2018; not verified:"
    content = clerk.get(reverse("home")).content.decode()
    assert "Worst status of each month, Mar 2017 to Feb 2018: missing in 9 months" in content
    assert strip in content
    february = overview_row(contract, cast, date(2018, 3, 14)).months[-1]
    assert (february.month, february.counts.in_force, february.counts.missing) == (parse_month("2018-02"), 1, 1)


def test_overdue_are_the_returns_that_the_area_still_owes(contract: Contract, cast: Cast) -> None:
    fill(contract, "95 95 95")
    care = builders.area(contract, "ACF", "Adult Care Finance")
    builders.kpi(care, "ACF_KPI_01")
    recount(contract)
    for on in (date(2018, 3, 14), date(2018, 3, 15), date(2018, 5, 20)):
        owed = [each for each in load_owed(contract, on) if each.days_overdue(on)]
        assert overview_row(contract, cast, on).overdue == len(owed) > 2
    assert overview_row(contract, cast, date(2018, 3, 15)).overdue == 5


def test_nothing_was_owed_before_the_first_month_that_was_reported(contract: Contract, cast: Cast) -> None:
    builders.kpi(contract.service_areas.get())
    on = date(2018, 3, 15)
    assert overview_row(contract, cast, on).overdue == len(load_owed(contract, on)) == 1
    builders.returns(contract.service_areas.get(), "2016-01", "2016-01", "submitted")
    recount(contract)
    assert overview_row(contract, cast, on).overdue == 1


def overview_row(contract: Contract, cast: Cast, on: date) -> ContractRow:
    overview = load_overview(contracts_seen_by(load_ground(cast.clerk).held), on)
    return next(row for row in overview.rows if row.reference == contract.reference)


def test_projects_red_or_late_are_counted_as_the_register_counts_them(clerk: Client, contract: Contract) -> None:
    red, late, done = (builders.project(contract, f"P{number}") for number in range(3))
    builders.project(contract, "P9", stage="pipeline")
    builders.update(red, date(2018, 2, 1), "green")
    builders.update(red, date(2018, 3, 1), "red", forecast_finish=date(2018, 3, 30))
    builders.update(late, date(2018, 3, 1), "green", forecast_finish=date(2018, 4, 30))
    builders.update(done, date(2018, 3, 1), "red", forecast_finish=date(2018, 9, 30))
    done.stage = "complete"
    done.save()
    assert listed(clerk)["TST"]["Projects"] == "1 red 1 late"
    builders.rebaseline(late, date(2018, 4, 30), date(2018, 3, 2))
    assert listed(clerk)["TST"]["Projects"] == "1 red"


def test_the_next_meeting_leads_to_its_page_and_says_how_far_its_paper_is(
    cast: Cast, contract: Contract, settings: object, tmp_path: object
) -> None:
    settings.PAPERS_DIR = tmp_path  # type: ignore[attr-defined]
    fill(contract, "95 95 95")
    board = builders.board(contract)
    builders.meeting(board, date(2018, 3, 1), "held")
    builders.meeting(board, date(2018, 3, 20), "cancelled")
    coming = builders.meeting(board, date(2018, 3, 29))
    builders.meeting(board, date(2018, 4, 26))
    for person in (cast.officer, cast.board_member):
        grant_role(person=person, role=Role.BOARD_MEMBER, contract=builders.contract(f"B{person.pk}"))
    assert listed(signed_in(cast, "officer"))["TST"]["Next meeting"] == "29 Mar 2018 paper not published yet"
    builders.paper(contract, coming, date(2018, 3, 14))
    assert listed(signed_in(cast, "officer"))["TST"]["Next meeting"] == "29 Mar 2018 paper drafted"
    assert listed(signed_in(cast, "board_member"))["TST"]["Next meeting"] == "29 Mar 2018 paper not published yet"
    links = links_of(signed_in(cast, "officer").get(reverse("home")))
    assert links["29 Mar 2018"] == reverse("reports:meeting", args=["TST", coming.pk])


def test_a_contract_that_ended_owes_nothing_since(clerk: Client, contract: Contract) -> None:
    fill(contract, "95 95 85")
    contract.ends_on = date(2018, 1, 31)
    contract.save()
    row = listed(clerk)["TST"]
    assert (row["Month"], row["Returns overdue"]) == ("Jan 2018", "0")


def test_contracts_are_found_by_title_reference_or_supplier(clerk: Client, contract: Contract) -> None:
    for number in range(12):
        builders.contract(f"R{number:02}", title="Highways" if number % 2 else "Waste")
    assert len(listed(clerk)) == 14
    assert set(listed(clerk, q="highways r03")) == {"R03"}
    assert len(listed(clerk, q="WASTE")) == 6
    said = text_of(clerk.get(reverse("home"), {"q": "example services plc"}))
    assert "14 contracts of 14 match." in said
    assert "No contract matches." in text_of(clerk.get(reverse("home"), {"q": "no such thing"}))


# --- What it costs ---------------------------------------------------------------------------------------------------


def test_a_change_of_one_contract_makes_its_row_anew_and_leaves_the_others(
    cast: Cast, contract: Contract, other_contract: Contract
) -> None:
    seen, on = contracts_seen_by(load_ground(cast.clerk).held), date(2018, 3, 14)
    before = {row.reference: row for row in load_overview(seen, on).rows}
    builders.relief(contract, first="2017-11", reference="R900")
    after = {row.reference: row for row in load_overview(seen, on).rows}
    assert after[contract.reference].reliefs == before[contract.reference].reliefs + 1
    assert after[other_contract.reference] is before[other_contract.reference]


def test_a_hundred_contracts_cost_eight_queries_and_less_than_150_kb(clerk: Client, cast: Cast) -> None:
    for number in range(100):
        contract = builders.contract(f"H{number:02}")
        fill(contract, "95 85 70", "95 95 95")
        builders.project(contract)
        builders.meeting(builders.board(contract, name=f"Board {number}"), date(2018, 3, 29))
    with CaptureQueriesContext(connection) as captured:
        response = clerk.get(reverse("home"))
    assert len(captured) <= 8
    assert len(response.content) < 150_000
    assert "100 of 100 contracts have KPIs below minimum" in text_of(response)
    overview = load_overview(contracts_seen_by(load_ground(cast.clerk).held), date(2018, 3, 14))
    assert sum(row.in_force or 0 for row in overview.rows) == overview.counts.in_force == 200


# --- Sorting ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def several(cast: Cast) -> None:
    """Three contracts that differ in every column, beside two of which nothing is known."""
    titles = (("A1", "Parks"), ("B2", "Roads"), ("C3", "Waste"))
    first, second, third = (builders.contract(name, title=title) for name, title in titles)
    fill(first, "95 95 85", "95 95 95", "95 95 95")
    fill(second, "95 95 70", "95 95 95", verified_to="2017-12")
    fill(third, "95 95 95 95", verified_to="2018-02")
    builders.relief(first, first="2018-02", last="2018-02")
    for each, number in ((second, 2), (third, 1)):
        for place in range(number):
            builders.update(builders.project(each, f"P{place}"), date(2018, 3, 1), "red")
    for each, day in ((first, 29), (third, 22)):
        builders.meeting(builders.board(each, name=each.title), date(2018, 3, day))


# The references in ascending and in descending order of each column; what has no value stands last both ways.
ORDERS = {
    "title": ("A1 B2 OTH TST C3", "C3 TST OTH B2 A1"),
    "month": ("B2 A1 C3 OTH TST", "C3 A1 B2 OTH TST"),
    "gravity": ("A1 B2 C3 OTH TST", "B2 C3 A1 OTH TST"),
    "in_force": ("C3 B2 A1 OTH TST", "A1 B2 C3 OTH TST"),
    "reliefs": ("B2 C3 OTH TST A1", "A1 B2 C3 OTH TST"),
    "overdue": ("A1 C3 OTH TST B2", "B2 A1 C3 OTH TST"),
    "projects": ("B2 C3 A1 OTH TST", "A1 OTH TST C3 B2"),
    "meeting_on": ("C3 A1 B2 OTH TST", "A1 C3 B2 OTH TST"),
}


def test_every_column_of_the_list_can_be_sorted_by() -> None:
    assert {name for name, column in ContractTable.base_columns.items() if column.orderable is not False} == set(ORDERS)


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize("column", ORDERS)
def test_the_list_sorts_both_ways(column: str, clerk: Client) -> None:
    for sort, expected in zip((column, f"-{column}"), ORDERS[column], strict=True):
        assert list(listed(clerk, sort=sort)) == expected.split(), sort
