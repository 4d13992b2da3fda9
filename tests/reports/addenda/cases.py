"""A report that went to the clerk, and months that became known after it."""

from datetime import UTC, date, datetime
from typing import Any, Final

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.months import parse_month
from contracts.rules.roles import Role
from contracts.services import grant_role
from kpis.models import Return
from reports.models import FrozenPaper, FrozenSnapshot, Meeting, Paper, PaperRun, PublishableMonth
from reports.models.paper import Audience
from reports.snapshot import BoardPaper, fingerprint, from_json, to_json
from tests import builders
from tests.people import person

DRAFTED_ON: Final = date(2018, 3, 14)
FROZEN_ON: Final = date(2018, 3, 20)
VERIFIED_ON: Final = date(2018, 3, 22)
CUT_OFF_ON: Final = date(2018, 3, 28)
MEETING_ON: Final = date(2018, 3, 29)
VALUES: Final = ("95", "70", "95", "95", "85", "95")
"""August 2017 to January 2018, against a target of 90 and a minimum of 80."""


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def a_contract(reference: str = "TST", *, areas: tuple[str, ...] = ("CSC",)) -> Contract:
    """Each area has one KPI, with figures from August 2017, verified to January 2018."""
    contract = builders.contract(reference)
    for code in areas:
        area = builders.area(contract, code)
        builders.results(builders.kpi(area, f"{code}_KPI_01"), "2017-08", VALUES)
        builders.returns(area, "2017-08", "2018-01")
    return contract


def a_meeting(*contracts: Contract, on: date = MEETING_ON, status: str = "planned") -> Meeting:
    """Of a board that was told of October at an earlier meeting."""
    board = builders.board(*contracts)
    earlier = builders.meeting(board, date(2017, 12, 21), "held")
    for contract in contracts:
        builders.review_period(contract, earlier, "2017-08", "2017-10")
    return builders.meeting(board, on, status)


def a_person(contract: Contract, role: Role = Role.CONTRACT_MANAGER) -> Person:
    made = person(f"{role.name.lower()}.{contract.reference.lower()}@example.org", role.value)
    grant_role(person=made, role=role, contract=contract)
    return made


def frozen(paper: Paper, by: Person, on: date = FROZEN_ON, status: str = "with the clerk") -> FrozenPaper:
    """The paper as the clerk got it, on a day at noon."""
    paper.status = status
    paper.save(update_fields=["status"])
    half = FrozenPaper.objects.create(
        paper=paper,
        audience=Audience.PUBLIC,
        title=f"{paper.contract.title}: {paper.kind}",
        address=f"{paper.contract.reference}-{paper.kind}-{paper.number}-r{paper.revision}-{paper.pk}".lower(),
        sha256=paper.sha256,
        frozen_at=at(on),
        frozen_by=by,
    )
    FrozenSnapshot.objects.create(frozen=half, text=paper.snapshot)
    return half


def a_frozen_report(contract: Contract, meeting: Meeting, by: Person, on: date = FROZEN_ON) -> FrozenPaper:
    """November 2017 to January 2018, with the clerk."""
    paper = builders.paper(contract, meeting, DRAFTED_ON)
    review = from_json(paper.snapshot).review
    builders.review_period(contract, meeting, review.from_.isoformat()[:7], review.to.isoformat()[:7])
    return frozen(paper, by, on)


def verified(area: ServiceArea, month: str, value: str = "95", on: date = VERIFIED_ON) -> None:
    """A further month of the area's one KPI, verified on a day after noon."""
    told(area, month, value)
    Return.objects.update_or_create(
        service_area=area, month=parse_month(month), defaults={"state": "verified", "verified_at": at(on, 15)}
    )


def told(area: ServiceArea, month: str, value: str = "95", state: str = "submitted") -> None:
    """A further month of the area's one KPI, not verified yet."""
    builders.result(area.kpis.get(), month, value)
    builders.returns(area, month, month, state=state)


def declared(contract: Contract, month: str, by: Person, **changes: Any) -> PublishableMonth:
    given = {"reason": "The Board asked for it.", "declared_at": at(VERIFIED_ON), "declared_by": by, **changes}
    return PublishableMonth.objects.create(contract=contract, month=parse_month(month), **given)


def kept(run: PaperRun, paper: BoardPaper) -> Paper:
    """What a run of an addendum leaves behind."""
    text = to_json(paper)
    made: Paper = Paper.objects.create(
        run=run,
        contract=run.contract,
        meeting=run.meeting,
        kind=run.kind,
        number=run.number,
        of=run.of,
        revision=run.revision,
        review_from=paper.review.from_,
        review_to=paper.review.to,
        headline=paper.headline,
        made_on=paper.made_on,
        snapshot=text,
        sha256=fingerprint(text),
    )
    return made


def area_of(report: FrozenPaper) -> ServiceArea:
    """The one service area of a report's contract."""
    found: ServiceArea = report.paper.contract.service_areas.get()
    return found


def addendum_runs() -> list[tuple[int, int, str]]:
    """Number, revision and state of each, in their order."""
    runs = PaperRun.objects.filter(kind="addendum").order_by("number", "revision")
    return list(runs.values_list("number", "revision", "state"))
