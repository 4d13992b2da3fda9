"""
What the people of the demonstration do on which day, from the draft of 14 March 2018 to the meeting of 29 March.

Each step is one thing that one person does by the very services that the pages use. It looks first whether it is done:
played twice, nothing is done twice. What the machine does by itself, drafts and addenda, is not in here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.utils import timezone

from contracts.models import Contract, Person, ServiceArea
from contracts.rules.months import Month, month_long
from contracts.rules.roles import Role
from kpis.models import Return
from kpis.queries.desk import digest, load_desk
from kpis.rules.checks import Typed
from kpis.services.entries import Row, save_entries
from kpis.services.submission import submit_return
from kpis.services.verification import verify_return
from reports.models import Meeting, Paper
from reports.models.paper import Kind
from reports.queries.lives import life_of
from reports.queries.readiness import load_findings
from reports.rules.signatures import key_of
from reports.services.demonstration import CAST, REFERENCE
from reports.services.demonstration_minutes import answer_what_was_open, minute_resolutions
from reports.services.meetings import hold_meeting
from reports.services.publication import record_publication
from reports.services.sign_off import awaits_second, countersign, hand_over, sign_off

MEETING_ON: Final = date(2018, 3, 29)
MONTH: Final = Month(date(2018, 2, 1))
PUBLISHED: Final = time(11)
ACTED: Final = time(15)
"""The time of day of everything else: the play is the same whatever the clock says."""
SEEN: Final = "Known and looked into; the Board is told what this paper says of it."
ANSWERED: Final = "Checked against the payroll system; the figure is right."
COMMITTEE_SYSTEM: Final = "https://committees.exampleshire.example/meetings/2018-03-29"

STILL_TO_ENTER: Final = {
    "PM_KPI_04": Typed(value="35"),
    "PM_KPI_05": Typed(numerator="118", denominator="118"),
    "PM_KPI_06": Typed(value="3"),
    "PM_KPI_07": Typed(value="6204.18"),
    "PM_KPI_08": Typed(numerator="168", denominator="170"),
}
"""What People Management had not handed in by 14 March; illustrative, like the rest of the month."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The contract, its meeting, and who plays: each role by the one person of the cast who holds it."""

    contract: Contract
    meeting: Meeting
    cast: dict[Role, Person]

    def who(self, role: Role) -> Person:
        return self.cast[role]


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does on a day. ``do`` gives a plain line for each thing that it did, none where it was done."""

    on: date
    who: Role
    what: str
    do: Callable[[Stage, date], Iterator[str]]


def set_stage() -> Stage:
    """The demonstration's contract, its meeting of 29 March and its people. Raises ``DoesNotExist`` without one."""
    contract = Contract.objects.get(reference=REFERENCE)
    meeting = Meeting.objects.select_related("board").get(board__contracts=contract, meeting_on=MEETING_ON)
    people = {part.role: Person.objects.get(email=f"{part.mailbox}@example.org") for part in CAST}
    return Stage(contract, meeting, people)


def sign_reports_off(stage: Stage, on: date) -> Iterator[str]:
    """The contract manager signs the report and the projects paper off."""
    for kind in (Kind.REPORT, Kind.PROJECTS):
        yield from _sign_off(stage, kind, on)


def hand_reports_over(stage: Stage, on: date) -> Iterator[str]:
    """The contract manager hands both to the clerk, which freezes them."""
    for kind in (Kind.REPORT, Kind.PROJECTS):
        yield from _hand_over(stage, kind, on)


def publish_reports(stage: Stage, on: date) -> Iterator[str]:
    """The clerk has published both in the committee system and records when and where."""
    for item, kind in enumerate((Kind.REPORT, Kind.PROJECTS), start=7):
        yield from _publish(stage, kind, f"{COMMITTEE_SYSTEM}/item-{item}", on)


def enter_february(stage: Stage, on: date) -> Iterator[str]:
    """The officer enters what People Management still owes, and submits its month."""
    area = ServiceArea.objects.get(contract=stage.contract, code="PM")
    officer = stage.who(Role.OFFICER)
    desk = load_desk(area, MONTH)
    if not desk.is_open:
        return
    rows = [
        Row(line.pk, STILL_TO_ENTER[line.terms.code], line.standing.version, digest(line.standing.typed))
        for line in desk.lines
        if line.terms.code in STILL_TO_ENTER and line.standing.typed.is_blank
    ]
    if rows:
        save_entries(area=area, month=MONTH, rows=rows, by=officer, at=_at(on))
        yield f"{officer} entered {len(rows)} figures of {area.name} for {month_long(MONTH)}"
    desk = load_desk(area, MONTH)
    checked = [line.check(line.standing.typed, MONTH, on) for line in desk.lines]
    answers = {(each.code, each.warning): ANSWERED for row in checked for each in row.warnings}
    submit_return(area=area, month=MONTH, version=desk.version, answers=answers, by=officer, at=_at(on), on=on)
    yield f"{officer} submitted {area.name} for {month_long(MONTH)}"


def verify_february(stage: Stage, on: date) -> Iterator[str]:
    """The contract manager verifies the month, area by area."""
    manager = stage.who(Role.CONTRACT_MANAGER)
    waiting = Return.objects.filter(
        service_area__contract=stage.contract, month=MONTH, state=Return.State.SUBMITTED
    ).select_related("service_area")
    for each in waiting.order_by("service_area"):
        how = Return.Check.SOURCE_SEEN
        verify_return(pk=each.pk, version=each.version, how=how, by=manager, at=_at(on))
        yield f"{manager} verified {each.service_area.name} for {month_long(MONTH)}"


def sign_addendum_off(stage: Stage, on: date) -> Iterator[str]:
    """The contract manager signs the addendum off; having verified the month, not alone."""
    yield from _sign_off(stage, Kind.ADDENDUM, on)


def hand_addendum_over(stage: Stage, on: date) -> Iterator[str]:
    yield from _hand_over(stage, Kind.ADDENDUM, on)


def publish_addendum(stage: Stage, on: date) -> Iterator[str]:
    yield from _publish(stage, Kind.ADDENDUM, f"{COMMITTEE_SYSTEM}/item-7-addendum", on)


def hold(stage: Stage, on: date) -> Iterator[str]:
    """The clerk notes that the meeting took place."""
    clerk = stage.who(Role.CLERK)
    if stage.meeting.status == Meeting.Status.PLANNED:
        hold_meeting(meeting=stage.meeting, by=clerk, on=on, version=stage.meeting.version)
        yield f"{clerk} noted that the meeting of {stage.meeting.board} took place"


def settle_old_requests(stage: Stage, on: date) -> Iterator[str]:
    """What was answered at the meeting is answered on record, and closed where that is the end of it."""
    clerk = stage.who(Role.CLERK)
    for each in answer_what_was_open(stage.contract, clerk, on):
        yield f"{clerk} recorded the answer to request {each.reference}, which is {each.status}"


def minute(stage: Stage, on: date) -> Iterator[str]:
    """What the Board resolved and requested is minuted."""
    clerk = stage.who(Role.CLERK)
    for each in minute_resolutions(stage.contract, stage.meeting, clerk, on):
        yield f"{clerk} minuted {each.kind} {each.reference}: {each.text}"


SCRIPT: Final = (
    Step(date(2018, 3, 19), Role.CONTRACT_MANAGER, "signs the report off", sign_reports_off),
    Step(date(2018, 3, 20), Role.CONTRACT_MANAGER, "hands the report over", hand_reports_over),
    Step(date(2018, 3, 21), Role.CLERK, "records its publication", publish_reports),
    Step(date(2018, 3, 22), Role.OFFICER, "completes February", enter_february),
    Step(date(2018, 3, 22), Role.CONTRACT_MANAGER, "verifies February", verify_february),
    Step(date(2018, 3, 23), Role.CONTRACT_MANAGER, "signs the addendum off", sign_addendum_off),
    Step(date(2018, 3, 26), Role.CONTRACT_MANAGER, "hands the addendum over", hand_addendum_over),
    Step(date(2018, 3, 27), Role.CLERK, "records its publication", publish_addendum),
    Step(date(2018, 3, 29), Role.CLERK, "notes that the meeting took place", hold),
    Step(date(2018, 3, 29), Role.CLERK, "records what was answered", settle_old_requests),
    Step(date(2018, 3, 29), Role.CLERK, "minutes the resolutions", minute),
)
"""In the order of the days. A step is played on its day, or on the first day played after it."""


def steps_until(on: date) -> tuple[Step, ...]:
    """The steps whose day has come."""
    return tuple(step for step in SCRIPT if step.on <= on)


def _newest(stage: Stage, kind: Kind) -> Paper | None:
    papers = Paper.objects.filter(contract=stage.contract, meeting=stage.meeting, kind=kind)
    found: Paper | None = papers.select_related("contract", "meeting__board").order_by("-number", "-revision").first()
    return found


def _sign_off(stage: Stage, kind: Kind, on: date) -> Iterator[str]:
    paper = _newest(stage, kind)
    if paper is None or paper.status != Paper.Status.DRAFT:
        return
    manager = stage.who(Role.CONTRACT_MANAGER)
    if life_of(paper).signed is None:
        accepted = {key_of(each): SEEN for each in load_findings(paper, on)}
        sign_off(paper, by=manager, at=_at(on), on=on, accepted=accepted)
        yield f"{manager} signed off the {_name(paper)}"
        paper.refresh_from_db()
    if why := awaits_second(paper, life_of(paper)):
        second = stage.who(Role.ADMINISTRATOR)
        countersign(paper, by=second, at=_at(on), on=on)
        yield f"{second} signed the {_name(paper)} as the second person: {why}"


def _hand_over(stage: Stage, kind: Kind, on: date) -> Iterator[str]:
    paper, manager = _newest(stage, kind), stage.who(Role.CONTRACT_MANAGER)
    if paper is not None and paper.status == Paper.Status.SIGNED_OFF:
        hand_over(paper, by=manager, on=on, now=_at(on))
        yield f"{manager} handed the {_name(paper)} to the clerk"


def _publish(stage: Stage, kind: Kind, address: str, on: date) -> Iterator[str]:
    paper, clerk = _newest(stage, kind), stage.who(Role.CLERK)
    if paper is not None and paper.status == Paper.Status.WITH_CLERK:
        record_publication(paper, by=clerk, published_at=_at(on, PUBLISHED), address=address, now=_at(on))
        yield f"{clerk} recorded that the {_name(paper)} was published at {address}"


def _name(paper: Paper) -> str:
    number = f" {paper.number}" if paper.number else ""
    return f"{Kind(paper.kind).label}{number} (revision {paper.revision})"


def _at(on: date, clock: time = ACTED) -> datetime:
    return timezone.make_aware(datetime.combine(on, clock))
