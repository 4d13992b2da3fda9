"""A small contract with a board and a meeting, enough to have papers written about it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from contracts.models import Contract, ServiceArea
from contracts.rules.months import Month, month_range
from kpis.models import Kpi, Level, Result, Return
from projects.models import Project
from reports.models import Board, Meeting, Paper, PaperFile, PaperRun

COMMENCED_ON = date(2015, 4, 1)
FIRST, LAST = Month(date(2017, 11, 1)), Month(date(2018, 1, 1))
FEBRUARY = Month(date(2018, 2, 1))
FEBRUARY_DUE_ON = date(2018, 3, 7)
"""Five working days after its end, as the contract says unless it says otherwise."""
MEETING_ON = date(2018, 3, 29)
DRAFT_ON = date(2018, 3, 14)
"""Five working days before 21 March, the last day that leaves five clear days before the meeting."""


def a_contract(
    reference: str = "CSS",
    verified: tuple[Month, ...] = month_range(FIRST, LAST),
    values: Mapping[Month, str] | None = None,
) -> Contract:
    """One area, one KPI (target 75, minimum 70) and the given months verified; on target but for the given values."""
    contract = Contract.objects.create(
        reference=reference,
        title="Corporate Support Services Contract",
        authority="Exampleshire County Council",
        supplier="Example Services plc",
        commences_on=COMMENCED_ON,
    )
    area = ServiceArea.objects.create(contract=contract, code="ACF", name="Adult Care Finance")
    kpi = Kpi.objects.create(
        contract=contract,
        service_area=area,
        code="ACF_KPI_01",
        name="Financial assessments completed in time",
        unit="percent",
        polarity="higher",
        in_force_from=COMMENCED_ON,
    )
    Level.objects.create(kpi=kpi, effective_from=COMMENCED_ON, target=Decimal(75), minimum=Decimal(70))
    for month in verified:
        Result.objects.create(kpi=kpi, month=month, value=Decimal((values or {}).get(month, "80.5")))
        Return.objects.create(service_area=area, month=month, state=Return.State.VERIFIED)
    return contract


def a_meeting(
    *contracts: Contract, on: date = MEETING_ON, status: str = "planned", board: str = "Overview and Scrutiny Board"
) -> Meeting:
    """A meeting of a board that watches these contracts."""
    watching, _ = Board.objects.get_or_create(name=board)
    watching.contracts.add(*contracts)
    return Meeting.objects.create(board=watching, meeting_on=on, status=status)


def a_project(contract: Contract, reference: str = "P001", **fields: object) -> Project:
    """A project in flight, so that there is something to say about projects."""
    return Project.objects.create(
        contract=contract, reference=reference, title="Telephone system", stage="in flight", **fields
    )


def a_run(contract: Contract, meeting: Meeting | None, **fields: object) -> PaperRun:
    """A report that waits for a worker."""
    return PaperRun.objects.create(contract=contract, meeting=meeting, due_on=DRAFT_ON, **fields)


def a_month_run(contract: Contract, month: Month = FEBRUARY, **fields: object) -> PaperRun:
    """An operational project report that waits for a worker."""
    given = {"kind": "operational", "month": month, "due_on": DRAFT_ON, **fields}
    return PaperRun.objects.create(contract=contract, **given)


def a_paper(run: PaperRun, **fields: object) -> Paper:
    """What a finished run leaves behind, with one file."""
    paper = Paper.objects.create(
        run=run,
        contract=run.contract,
        meeting=run.meeting,
        month=run.month,
        kind=run.kind,
        revision=run.revision,
        review_from=FIRST,
        review_to=LAST,
        made_on=date(2018, 3, 14),
        headline="No KPI failed.",
        **fields,
    )
    PaperFile.objects.create(
        paper=paper, format="html", name="report.html", path=f"{run.contract.reference}/report.html", size=0, sha256=""
    )
    return paper
