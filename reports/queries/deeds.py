"""
What can be done with a paper, by whom and when: one table, by which the desk offers it and each page lets it happen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, publish_by
from contracts.rules.held import Held
from contracts.rules.roles import (
    COUNTERSIGNS,
    PUBLISHES,
    REMOVES,
    SIGNS_OFF,
    UPLOADS,
    WRITES_PAPERS,
    Role,
)
from reports.build.periods import offsets_of
from reports.models import Edition, Paper, PaperRun
from reports.models.paper import Kind
from reports.queries.lives import read_lives
from reports.rules.life import Life
from reports.rules.standing import Due, Standing, standing_of
from reports.services.runs import edition_runs
from reports.services.storage import UNDER_WAY

Status = Paper.Status
FROZEN: Final = frozenset({Status.WITH_CLERK, Status.PUBLISHED})
ISSUED: Final = frozenset({Status.PUBLISHED, Status.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Case:
    """A paper as one person finds it on a day; what they may do is decided by this."""

    paper: Paper
    contract: str
    held: Held
    person: int
    life: Life
    standing: Standing
    is_newest: bool
    printing: PaperRun | None

    @property
    def is_being_printed(self) -> bool:
        """Whether a worker is at it, or about to be: signed off or final, whichever comes last."""
        return self.printing is not None and self.printing.state in UNDER_WAY

    @property
    def is_being_frozen(self) -> bool:
        return self.is_being_printed and self.printing is not None and self.printing.edition == Edition.FINAL

    def holds(self, roles: frozenset[Role]) -> bool:
        return self.held.holds(roles, self.contract)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to be done with a paper: the address it is done at, who may, and when it comes into question."""

    name: str
    text: str
    roles: frozenset[Role]
    when: Callable[[Case], bool]
    look: str = "secondary"
    is_posted: bool = False


def _is_free(case: Case) -> bool:
    """A draft that nobody has signed, and that was not built again since."""
    return case.paper.status == Status.DRAFT and case.life.signed is None and case.is_newest


def _waits_for_another(case: Case) -> bool:
    return case.standing.waits_for_second and case.life.signed is not None and case.life.signed.by_pk != case.person


def _is_signed(case: Case) -> bool:
    return case.standing.waits_for_second or (case.paper.status == Status.SIGNED_OFF and not case.is_being_frozen)


def _may_be_handed_over(case: Case) -> bool:
    return case.paper.status == Status.SIGNED_OFF and not case.is_being_frozen


def _lacks_urgency(case: Case) -> bool:
    return case.paper.status in FROZEN and case.standing.is_late and case.life.urgent is None


def _has_urgency(case: Case) -> bool:
    return case.paper.status in FROZEN and case.life.urgent is not None


def _may_be_removed(case: Case) -> bool:
    return case.paper.status in ISSUED and case.life.removal_asked is None


def _waits_for_removal(case: Case) -> bool:
    """Confirmed by somebody else than who asked."""
    asked = case.life.removal_asked
    return asked is not None and case.paper.status != Status.REMOVED and asked.by_pk != case.person


def _was_asked(case: Case) -> bool:
    return case.life.removal_asked is not None and case.paper.status != Status.REMOVED


def _in(*statuses: Status) -> Callable[[Case], bool]:
    return lambda case: case.paper.status in statuses


def _takes_an_addendum(case: Case) -> bool:
    return case.paper.status in FROZEN and case.paper.kind == Kind.REPORT


def _may_be_withdrawn(case: Case) -> bool:
    return case.paper.status in FROZEN and case.life.removal_asked is None


DOES: Final = (
    Deed("reports:sign_off", "Sign it off", SIGNS_OFF, _is_free, look=""),
    Deed("reports:sign_off", "Sign it off as the second person", COUNTERSIGNS, _waits_for_another, look=""),
    Deed("reports:hand_over", "Hand it to the clerk", SIGNS_OFF, _may_be_handed_over, look=""),
    Deed("reports:record_publication", "Record its publication", PUBLISHES, _in(Status.WITH_CLERK), look=""),
    Deed("reports:confirm_removal", "Confirm the removal", REMOVES, _waits_for_removal, look="warning"),
    Deed("reports:refuse_removal", "Refuse the removal", REMOVES, _was_asked),
    Deed("reports:record_urgency", "Record the Chair’s reason for urgency", PUBLISHES, _lacks_urgency),
    Deed("reports:record_urgency", "Correct the Chair’s reason for urgency", PUBLISHES, _has_urgency),
    Deed("reports:record_publication", "Correct when and where it was published", PUBLISHES, _in(Status.PUBLISHED)),
    Deed("reports:words", "Edit its words", WRITES_PAPERS, _is_free),
    Deed("reports:rebuild", "Build it again", WRITES_PAPERS, _is_free, is_posted=True),
    Deed("reports:take_back", "Take the sign-off back", SIGNS_OFF, _is_signed),
    Deed("reports:upload_edition", "Upload the council’s edited file", UPLOADS, _in(*FROZEN)),
    Deed("reports:addendum", "Ask for an addendum", WRITES_PAPERS, _takes_an_addendum),
    Deed("reports:withdraw_paper", "Withdraw it", PUBLISHES, _may_be_withdrawn),
    Deed("reports:ask_removal", "Ask for its removal", REMOVES, _may_be_removed),
)
"""What can be done with a paper, the next step first."""


def case_of(paper: Paper, held: Held, person: int, on: date, *, is_newest: bool | None = None) -> Case:
    """
    The paper as one person finds it on a day; read with its contract, meeting and board.

    One query.
    """
    return read_now(read_case(paper, held, person, on, is_newest=is_newest))


def read_case(paper: Paper, held: Held, person: int, on: date, *, is_newest: bool | None = None) -> Reading[Case]:
    """The same in one step beside whatever else is read."""
    later = siblings(paper).filter(revision__gt=paper.revision).order_by().values_list("pk")
    lives, calendar, (printing_runs, newer) = yield from beside(
        read_lives([paper.pk]),
        read_calendar(),
        ask(edition_runs(paper, Edition.SIGNED_OFF, Edition.FINAL), later[:1]),
    )
    life = lives[paper.pk]
    runs = {run.edition: run for run in printing_runs}
    printing = runs.get(Edition.FINAL) or runs.get(Edition.SIGNED_OFF)
    is_being_frozen = Edition.FINAL in runs and runs[Edition.FINAL].state in UNDER_WAY
    standing = standing_of(
        paper.status,
        paper.made_on,
        life,
        due_of(paper, calendar),
        on,
        paper.meeting.board.clear_days if paper.meeting else 0,
        calendar,
        is_being_frozen=is_being_frozen,
    )
    if is_newest is None:
        is_newest = not newer
    return Case(paper, paper.contract.reference, held, person, life, standing, is_newest, printing)


def may_do(name: str, case: Case) -> bool:
    """Whether it is among what the person may do with the paper as it stands."""
    return any(deed.name == name for deed in deeds(case))


def due_of(paper: Paper, calendar: WorkingCalendar) -> Due:
    """
    The days worked back from the meeting as it is set now; none beyond the calendar.

    An addendum is not worked back: it tells what was verified since. A slip of errata has no such day at all.
    """
    meeting = paper.meeting
    if meeting is None or paper.kind == Kind.ERRATUM:
        return Due(meeting_on=meeting.meeting_on if meeting else None)
    offsets = offsets_of(meeting.board, paper.contract)
    try:
        published_by = publish_by(meeting.meeting_on, calendar, offsets.clear_days)
        if paper.kind == Kind.ADDENDUM:
            return Due(publish_by=published_by, meeting_on=meeting.meeting_on, is_after_agenda=True)
        return Due(
            sign_off_on=calendar.shift(published_by, -offsets.sign_off),
            with_clerk_on=calendar.shift(published_by, -offsets.with_clerk),
            publish_by=published_by,
            meeting_on=meeting.meeting_on,
        )
    except YearNotKnown:
        return Due(meeting_on=meeting.meeting_on)


def deeds(case: Case) -> tuple[Deed, ...]:
    """What the person may do with the paper as it stands, the next step first."""
    return tuple(deed for deed in DOES if case.holds(deed.roles) and deed.when(case))


def siblings(paper: Paper) -> QuerySet[Paper]:
    """The other revisions of the same paper."""
    return Paper.objects.filter(
        contract=paper.contract_id, meeting=paper.meeting_id, kind=paper.kind, number=paper.number
    ).exclude(pk=paper.pk)
