"""What the pages about a draft cost: eight queries at most of every kind, however much the paper lists."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.accounts import timeouts
from contracts.models import Contract, Person
from contracts.services import set_demonstration_day
from reports.build.halves import Mark
from reports.models import Meeting, Paper, PaperRun
from reports.models.paper import Kind
from reports.queries.exempt import state_of
from reports.queries.readiness import load_findings
from reports.services import editions, papers
from reports.services.exempt import mark_exempt
from tests import builders
from tests.reports.addenda import cases
from tests.reports.exempt.conftest import print_quickly

FEW, MANY = 1, 12
MOST_QUERIES: Final = 8
OF_THE_TEST: Final = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "SELECT JSON(")
PAGES: Final = ("paper", "words", "exempt", "readiness", "sign_off", "compare", "hand_over", "errata")
SECRET: Final = "It would weaken the council in the talks."


@pytest.fixture(autouse=True)
def sessions_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """That a session is in use is written down once a minute, which no page costs."""
    monkeypatch.setattr(timeouts, "NOTED_EVERY", timedelta(days=1))


@pytest.fixture(autouse=True)
def printed_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real formats are tested where they are made."""
    monkeypatch.setattr(editions, "render_all", print_quickly)


def a_contract(rows: int) -> Contract:
    """As many KPIs and projects as rows, and requests of the Board beside them."""
    contract = builders.contract(f"T{rows}")
    area = builders.area(contract, "CSC")
    for number in range(rows):
        builders.results(builders.kpi(area, f"CSC_KPI_{number:02}"), "2017-08", cases.VALUES)
        builders.update(builders.project(contract, f"P{number}"), date(2018, 3, 1), "red")
        builders.request(contract, f"B{number:03}")
    builders.returns(area, "2017-08", "2018-01")
    return contract


def written(contract: Contract, meeting: Meeting, kind: Kind, revision: int = 1, **more: Any) -> Paper:
    run = PaperRun.objects.create(
        contract=contract, meeting=meeting, kind=kind, due_on=cases.VERIFIED_ON, revision=revision, **more
    )
    assert papers.write_paper(run.pk, on=cases.VERIFIED_ON)
    paper: Paper = Paper.objects.select_related("contract", "meeting__board", "run").get(run=run)
    return paper


def withheld(part: str, by: Person, first: Paper, **more: Any) -> Paper:
    """The second draft of a paper, since a part of it was marked as exempt after the first."""
    mark_exempt(paper=first, by=by, at=timezone.now(), shown=state_of([]), marks=[Mark(part, 3, SECRET)])
    assert first.meeting is not None
    paper = written(first.contract, first.meeting, Kind(first.kind), revision=2, **more)
    assert paper.has_exempt_part
    return paper


def a_case(rows: int) -> tuple[Contract, Meeting, Person]:
    contract = a_contract(rows)
    meeting = cases.a_meeting(contract)
    meeting.board.name = f"Board of {contract.reference}"
    meeting.board.save()
    return contract, meeting, cases.a_person(contract)


def february(contract: Contract) -> None:
    """The month that becomes known after the report."""
    area = contract.service_areas.get()
    for kpi in area.kpis.all():
        builders.result(kpi, "2018-02", "95")
    builders.returns(area, "2018-02", "2018-02")


def drafted(kind: Kind, rows: int) -> tuple[Paper, Person]:
    contract, meeting, manager = a_case(rows)
    if kind != Kind.ADDENDUM:
        return withheld("requests", manager, written(contract, meeting, kind)), manager
    report = cases.a_frozen_report(contract, meeting, manager)
    february(contract)
    of: dict[str, Any] = {"number": 1, "of": report.paper}
    return withheld("kpis", manager, written(contract, meeting, kind, **of), **of), manager


def asked(client: Client, paper: Paper, name: str) -> list[str]:
    address = reverse(f"reports:{name}", args=[paper.contract.reference, paper.pk])
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, {"with": "now"} if name == "compare" else {})
    assert answer.status_code in (200, 409), (name, answer.status_code)
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(OF_THE_TEST)]


@pytest.mark.usefixtures("sent")
@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.PROJECTS, Kind.ADDENDUM])
def test_no_page_about_a_draft_costs_more_than_eight_queries(kind: Kind) -> None:
    set_demonstration_day(on=cases.VERIFIED_ON)
    spent: dict[int, Mapping[str, int]] = {}
    for rows in (FEW, MANY):
        paper, manager = drafted(kind, rows)
        client = Client()
        client.force_login(manager)
        client.get("/")
        spent[rows] = {name: len(asked(client, paper, name)) for name in PAGES}
    assert {name: number for name, number in spent[MANY].items() if number > MOST_QUERIES} == {}
    assert spent[FEW] == spent[MANY]


@pytest.mark.usefixtures("sent")
@pytest.mark.django_db
def test_the_page_that_asks_for_an_addendum_costs_the_same_before_the_first_and_after_it() -> None:
    set_demonstration_day(on=cases.VERIFIED_ON)
    spent = []
    for rows in (FEW, MANY):
        contract, meeting, manager = a_case(rows)
        report = cases.a_frozen_report(contract, meeting, manager).paper
        february(contract)
        client = Client()
        client.force_login(manager)
        client.get("/")
        spent.append(len(asked(client, report, "addendum")))
        cases.frozen(written(contract, meeting, Kind.ADDENDUM, number=1, of=report), manager)
        spent.append(len(asked(client, report, "addendum")))
    assert len(set(spent)) == 1
    assert max(spent) <= MOST_QUERIES


@pytest.mark.usefixtures("sent")
@pytest.mark.django_db
def test_an_addendum_that_withholds_what_its_report_does_is_the_same_when_it_is_built_now() -> None:
    set_demonstration_day(on=cases.VERIFIED_ON)
    contract, meeting, manager = a_case(FEW)
    report = cases.frozen(withheld("kpis", manager, written(contract, meeting, Kind.REPORT)), manager).paper
    february(contract)
    addendum = written(contract, meeting, Kind.ADDENDUM, number=1, of=report)
    assert addendum.has_exempt_part
    assert {each.kind for each in load_findings(addendum, cases.VERIFIED_ON)}.isdisjoint({"stale", "newer"})
