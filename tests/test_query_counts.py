"""A list costs the same number of queries however long it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract, Person, Question
from contracts.rules.months import Month, add_months, month_of
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Correction, Entry, Result
from projects.models import Project
from reports.queries.search import NAMES
from tests import builders
from tests.builders import issued
from tests.people import Cast, person

FEW, MANY = 1, 40
MOST_QUERIES = 8
DRAFT = {"version": "1.0.0 -", "value": "85", "cause": "A server failed."}

# Every page that lists something, and those of one thing, whose history and lists grow as well.
PAGES: Mapping[str, tuple[str, ...]] = {
    "reports:exceptions": (),
    "reports:meetings": (),
    "reports:papers": (),
    "reports:operational_reports": (),
    "reports:questions": (),
    "reports:requests": (),
    "reports:question": ("Q0",),
    "kpis:matrix": (),
    "kpis:matrix_file": (),
    "kpis:kpi": ("CSC_KPI_00",),
    "kpis:area": ("CSC",),
    "kpis:kpi_history": ("CSC_KPI_00",),
    "kpis:reliefs": (),
    "kpis:relief": ("R-ALL",),
    "projects:register": (),
    "projects:timeline": (),
    "projects:plan": (),
    "projects:money": (),
    "projects:project": ("P0",),
    "projects:key": (),
    "projects:key_proposal": (),
    "projects:archived": (),
}
# Those of the administrator, who sees every month and keeps the register.
LOOKED_AFTER: Mapping[str, tuple[object, ...]] = {
    "kpis:decisions": (),
    "kpis:month": (month_of(date(2018, 1, 1)),),
    "kpis:returns": (),
    "projects:dependencies": ("P0",),
    "projects:edit": ("P0",),
}
# Of these, the pages whose number of queries has a bound for the Board's members, who open them all at once.
BOUND = (
    "reports:exceptions", "reports:meetings", "reports:questions", "reports:question", "kpis:matrix",
    "kpis:matrix_file", "kpis:kpi", "kpis:area", "kpis:kpi_history", "kpis:reliefs", "kpis:relief",
    "projects:register", "projects:archived", "projects:money", "projects:timeline", "projects:plan",
    "projects:project", "projects:key", "projects:key_proposal", "reports:papers", "reports:requests",
)  # fmt: skip


def fill(contract: Contract, rows: int) -> None:
    """So many of everything that a page of this contract lists; every KPI missed its target, then its minimum."""
    area = builders.area(contract)
    board = builders.board(contract, name=f"Board of {contract.reference}")
    asked_by = Person.objects.get(email="board_member@example.org")
    kpis = [builders.kpi(area, f"CSC_KPI_{number:02}") for number in range(rows)]
    builders.returns(area, "2017-11", "2018-01")
    supplier = person(f"{contract.reference}@example.org".lower(), "Supplier")
    for number, kpi in enumerate(kpis):
        builders.results(kpi, "2017-11", ["95", "85", "75"])
        for result in kpi.results.all():
            builders.dispute(result, supplier)
        builders.relief(contract, kpi, first="2018-01", reference=f"R{number}", decision="requested")
        met_on = date(2017, 1, 5) + timedelta(days=7 * number)
        issued.taken_back(contract, builders.meeting(board, met_on, "held"), asked_by)
        builders.request(contract, f"B{number}")
        issued.month_report(contract, add_months(Month(date(2015, 4, 1)), number))
        follows = Question.objects.filter(contract=contract).first()
        builders.funding(contract, purpose=f"Fund {number}")
        builders.question(contract, asked_by, f"Q{number}", kpi="CSC_KPI_00", follows=follows)
        builders.level(kpis[0], f"{2018 + number // 12}-{1 + number % 12:02}", "91", "81", reason="Agreed")
        grow(builders.project(contract, f"P{number}", service_area=area), rows if number == 0 else 1)
        gone = builders.project(contract, f"A{number}", archived_on=date(2018, 2, 1), archived_reason="Entered twice.")
        builders.dependency(contract.projects.get(reference="P0"), gone)
    builders.relief(contract, *kpis, first="2017-12", last="2017-12", reference="R-ALL")
    key_list(contract, rows)


def key_list(contract: Contract, rows: int) -> None:
    """As many lists decided as rows, one proposed instead of them, near misses and nominations: of each so many."""
    projects = list(Project.objects.filter(contract=contract, reference__startswith="P"))
    member = person(f"member.of.{contract.reference}@example.org", "Member of the Board")
    for number in range(rows):
        builders.key_list(contract, *projects, decided_on=date(2017, 1, 1) + timedelta(days=number))
        at = datetime(2018, 1, 1, 10, tzinfo=UTC) + timedelta(minutes=number)
        builders.nomination(projects[number], member, at, scrutiny_area="Value for Money")
    proposal = builders.key_list(contract, *Project.objects.filter(contract=contract, reference__startswith="A"))
    for project in projects:
        builders.key_exit(proposal, project)
        builders.key_near_miss(proposal, project)


def grow(project: Project, rows: int) -> None:
    for number in range(rows):
        day = date(2017, 10, 9) + timedelta(days=number)
        builders.update(project, day, "red", forecast_finish=date(2018, 5, 25))
        builders.rebaseline(project, date(2018, 5, 11), day)
        builders.milestone(project, f"Step {number}", original_on=day)


@dataclass(frozen=True, slots=True)
class Cost:
    queries: int
    length: int


def cost(client: Client, name: str, *of: object) -> Cost:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse(name, args=of))
    assert response.status_code == 200, name
    return Cost(len(captured), len(response.content))


@pytest.fixture
def clerk(cast: Cast) -> Client:
    """Somebody who sees every contract."""
    client = Client()
    client.force_login(cast.clerk)
    return client


def test_a_page_with_forty_rows_costs_no_more_queries_than_with_one(clerk: Client) -> None:
    fill(builders.contract("FEW"), FEW)
    fill(builders.contract("MANY"), MANY)
    for name, of in PAGES.items():
        short, long = cost(clerk, name, "FEW", *of), cost(clerk, name, "MANY", *of)
        assert long.queries == short.queries, name
        assert long.length > short.length, f"{name} shows no more, so this proves nothing"


def test_a_page_of_forty_rows_costs_a_member_of_the_board_eight_queries_at_most(cast: Cast) -> None:
    """Session, person, ground and contract are four of them."""
    many = builders.contract("MANY")
    fill(many, MANY)
    grant_role(person=cast.board_member, role=Role.BOARD_MEMBER, contract=many)
    client = Client()
    client.force_login(cast.board_member)
    spent = {name: cost(client, name, "MANY", *PAGES[name]).queries for name in BOUND}
    spent |= {"home": cost(client, "home").queries, "search": searched(client, {"q": "csc kpi 4"})[0]}
    assert {name: queries for name, queries in spent.items() if queries > MOST_QUERIES} == {}


def test_the_entry_form_costs_eight_queries_with_one_kpi_and_with_forty_five(cast: Cast, contract: Contract) -> None:
    """Session, person, ground, place, reliefs, results, KPIs with what is typed, files: nothing else."""
    client = Client()
    client.force_login(cast.officer)
    area = contract.service_areas.get()
    spent = {}
    for size in (1, 45):
        for number in range(area.kpis.count(), size):
            builders.results(builders.kpi(area, f"CSC_KPI_{number:02}"), "2017-02", ["91", "85", "70", "92"] * 3)
        builders.relief(contract, *area.kpis.all(), first=f"2017-{size % 12 + 1:02}", last=f"2017-{size % 12 + 1:02}")
        untouched = cost(client, "kpis:return_form", contract.reference, area.code, month_of(date(2018, 2, 1)))
        draft = {f"{kpi.pk}-{cell}": words for kpi in area.kpis.all() for cell, words in DRAFT.items()}
        at = reverse("kpis:return_form", args=[contract.reference, area.code, month_of(date(2018, 2, 1))])
        assert client.post(at, draft).status_code == 302
        client.get(at)  # says that it is saved, and forgets that it is to say so
        drafted = cost(client, "kpis:return_form", contract.reference, area.code, month_of(date(2018, 2, 1)))
        spent[size] = (untouched.queries, drafted.queries)
        assert Entry.objects.count() == size
    assert spent[45][1] == spent[1][1]
    assert max(*spent[1], *spent[45]) <= MOST_QUERIES


def test_a_page_with_twenty_contracts_beside_it_costs_no_more_queries_than_alone(clerk: Client) -> None:
    fill(builders.contract("FEW"), FEW)
    alone = {name: cost(clerk, name, "FEW", *of).queries for name, of in PAGES.items()}
    for number in range(20):
        fill(builders.contract(f"C{number}"), FEW)
    assert {name: cost(clerk, name, "FEW", *of).queries for name, of in PAGES.items()} == alone


def test_the_search_finds_more_without_costing_more(clerk: Client) -> None:
    fill(builders.contract("FEW"), FEW)
    asked = [{"q": "0"}, {"q": "march 2017"}, *({"q": "0", "kind": kind} for kind in NAMES if kind != "months")]
    short = [searched(clerk, query) for query in asked]
    assert max(queries for queries, _ in short) <= 8
    fill(builders.contract("MANY0"), MANY)
    builders.area(builders.contract("MORE0"), "A0")
    for query, (queries, found), (more_queries, more_found) in zip(
        asked, short, [searched(clerk, query) for query in asked], strict=True
    ):
        assert more_queries == queries, query
        assert more_found > found, f"{query} finds no more, so this proves nothing"


def searched(client: Client, query: dict[str, str]) -> tuple[int, int]:
    """The queries of a search, and how many things it says it found."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse("search"), query)
    said = re.search(r"([0-9,]+) things? found", response.content.decode())
    return len(captured), int(said[1]) if said else 0


def test_the_list_of_contracts_grows_without_costing_more(clerk: Client) -> None:
    short = cost(clerk, "home")
    for number in range(MANY):
        builders.contract(f"C{number}")
    long = cost(clerk, "home")
    assert long.queries == short.queries
    assert long.length > short.length


def test_the_pages_of_who_looks_after_everything_grow_without_costing_more(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator)
    fill(builders.contract("FEW"), FEW)
    fill(builders.contract("MANY"), MANY)
    for contract in Contract.objects.filter(reference__in=("FEW", "MANY")):
        for result in Result.objects.of_contract(contract):
            Correction.objects.create(result=result, reason="Miscounted.", corrected_at=datetime.now(UTC))
    for name, of in LOOKED_AFTER.items():
        short, long = (cost(client, name, reference, *of) for reference in ("FEW", "MANY"))
        assert long.queries == short.queries, name
        assert long.queries <= MOST_QUERIES, name
        assert long.length > short.length, f"{name} shows no more, so this proves nothing"


def test_the_lists_of_messages_grow_without_costing_more(cast: Cast, contract: Contract) -> None:
    client = Client()
    client.force_login(cast.administrator)
    pages = ("messages", "all_messages")
    builders.message(cast.administrator, contract=contract)
    short = [cost(client, name) for name in pages]
    for number in range(MANY):
        builders.message(cast.administrator, f"of mine {number}", contract=contract)
        builders.message(cast.clerk, f"of theirs {number}", contract=builders.contract(f"C{number}"))
    long = [cost(client, name) for name in pages]
    assert [each.queries for each in long] == [each.queries for each in short]
    assert all(after.length > before.length for before, after in zip(short, long, strict=True))


def test_the_audit_grows_without_costing_more(cast: Cast, contract: Contract) -> None:
    client = Client()
    client.force_login(cast.administrator)
    cost(client, "audit")  # writes down that the session is in use, as it does once a minute
    short = cost(client, "audit")
    for number in range(MANY):
        builders.message(cast.clerk, f"of theirs {number}", contract=builders.contract(f"C{number}"))
        builders.funding(contract, purpose=f"Purpose {number}")
    long = cost(client, "audit")
    assert long.queries <= short.queries <= 8
    assert long.length > short.length
