"""
The queries of the pages that grow with what they list, where that is little and where it is much.

A contract with one KPI, one project, one meeting and three months, and somebody who sees two contracts, are added to
the database: this part is the last, so that nothing else that is measured meets them.
"""

from datetime import date, timedelta
from typing import Final

from bench import people
from bench.goals import Part
from bench.shape import AREAS, TODAY, Shape
from bench.visits import Visitor
from contracts.models import Contract, Person, ServiceArea
from contracts.rules.months import Month, add_months, month_of
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Kpi, Level, Result, Return
from projects.models import Project
from reports.models import Board, Meeting

ONE: Final = "ONE"
MONTHS: Final = 3
QUESTION: Final = "?from=2021-12&to=2022-02"
OF_A_CONTRACT: Final = (QUESTION, "kpis/", "kpis/{kpi}/", "reliefs/", "meetings/", "projects/")
"""Pages of a contract, by what follows its address."""


def measure(shape: Shape, rounds: int) -> Part:
    clerk = people.clerk()
    kpi = _little()
    few = {page: _number(clerk, ONE, page, kpi) for page in OF_A_CONTRACT}
    two = len(_of_two(shape).queries_of("/"))
    many = {page: _number(clerk, shape.usual, page, "KPI_03") for page in OF_A_CONTRACT}
    hundred = len(clerk.queries_of("/"))
    figures = {
        "queries more of 45 KPIs and 150 projects than of one": max(many[page] - few[page] for page in OF_A_CONTRACT),
        "queries more of 100 contracts than of two": hundred - two,
    }
    return Part(figures, {}, {"queries": {**many, "/": hundred}, "queries where there is little": {**few, "/": two}})


def _number(visitor: Visitor, contract: str, page: str, kpi: str) -> int:
    address = f"/contracts/{contract}/{page.format(kpi=kpi)}"
    if (status := visitor.get(address).status) != 200:
        raise SystemExit(f"{address} answered {status}")
    return len(visitor.queries_of(address))


def _little() -> str:
    """The code of the one KPI."""
    begins = month_of(date(2017, 1, 1))
    contract = Contract.objects.create(
        reference=ONE, title="A small contract", authority="Council", supplier="Supplier", commences_on=begins
    )
    area = ServiceArea.objects.create(contract=contract, code=AREAS[0], name="The only area")
    kpi = Kpi.objects.create(
        contract=contract, service_area=area, code="KPI_01", name="The only KPI", unit="percent", polarity="higher",
        decimals=2, in_force_from=begins,
    )  # fmt: skip
    Level.objects.create(kpi=kpi, effective_from=begins, target=90, minimum=80)
    for back in range(1, MONTHS + 1):
        month: Month = add_months(month_of(TODAY), -back)
        Return.objects.create(service_area=area, month=month, state=Return.State.VERIFIED)
        Result.objects.create(kpi=kpi, month=month, value=75)
    Project.objects.create(contract=contract, reference="P1", title="The only project", stage="in flight")
    board = Board.objects.create(name="The small board")
    board.contracts.add(contract)
    Meeting.objects.create(board=board, meeting_on=TODAY + timedelta(days=15))
    return str(kpi.code)


def _of_two(shape: Shape) -> Visitor:
    somebody = Person.objects.create_user("of.two@bench.example.org", None, job_title="Contract manager")
    for reference in (ONE, shape.usual):
        contract = Contract.objects.get(reference=reference)
        grant_role(person=somebody, role=Role.CONTRACT_MANAGER, contract=contract)
    return Visitor(somebody)
