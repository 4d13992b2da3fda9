"""What an addendum asked for now would be: its number, the months it would tell and why, or what stands against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contracts.models import Contract
from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import YearNotKnown
from contracts.rules.months import Month, day_long, month_long, span_long
from contracts.services.refusals import Refused
from reports.models import FrozenPaper, Meeting, Paper
from reports.queries.addenda import (
    Coming,
    addenda_of,
    cut_off_on,
    months_to_add,
    read_coming,
    that_stand_for,
    the_one_of,
)
from reports.queries.addendum_why import lateness_of
from reports.queries.new_months import meeting_of, read_known_months
from reports.rules.addenda import MeetingOver, NewMonth, NothingNew, ReportNotFrozen


class SignedOff(Refused):
    """An addendum that is signed off takes in nothing more, and no other is begun beside it."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Addendum {number} is signed off. Once it has gone to the clerk another can follow; or take the sign-off"
            " back, and have it built again."
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """The addendum that would be written: the report it adds to, its number and revision, and the months it tells."""

    report: FrozenPaper
    following: Coming
    months: tuple[NewMonth, ...]

    @property
    def is_more(self) -> bool:
        """Whether it is a further revision of an addendum that is a draft."""
        return self.following.draft is not None


@dataclass(frozen=True, slots=True)
class AddendumRow:
    """An addendum to the report, in its latest revision."""

    pk: int
    name: str
    months: str
    status: str
    revision: int


@dataclass(frozen=True, slots=True)
class AddendumPage:
    """The page on which an addendum is asked for. ``hindrance`` says why there is none to ask for."""

    wanted: Wanted | None
    hindrance: str
    cut_off_on: date | None
    is_late: bool
    lateness: str
    addenda: tuple[AddendumRow, ...]


def load_addendum_page(report: Paper, on: date) -> AddendumPage:
    """The page of a report that was read with its contract, meeting and board. One query."""
    meeting, cut_off = meeting_of(report), None
    calendar, found, (addenda,) = read_now(
        beside(
            read_calendar(),
            _read_wanted_or_why_not(report.contract, meeting, on),
            ask(addenda_of(report).light().order_by("number", "revision")),
        )
    )
    try:
        cut_off = cut_off_on(meeting, calendar)
    except YearNotKnown as refusal:
        found = refusal
    wanted = found if isinstance(found, Wanted) else None
    return AddendumPage(
        wanted=wanted,
        hindrance="" if wanted else str(found),
        cut_off_on=cut_off,
        is_late=cut_off is not None and on > cut_off,
        lateness=lateness_of(wanted.months) if wanted else "",
        addenda=tuple(_rows(addenda)),
    )


def addendum_wanted(contract: Contract, meeting: Meeting, *, on: date) -> Wanted:
    """
    What an addendum asked for on a business day would be. One query.

    Raises :class:`SignedOff`, :class:`reports.rules.addenda.ReportNotFrozen`,
    :class:`reports.rules.addenda.NothingNew` or :class:`reports.rules.addenda.MeetingOver`.
    """
    return read_now(_read_wanted(contract, meeting, on))


def _read_wanted_or_why_not(contract: Contract, meeting: Meeting, on: date) -> Reading[Wanted | Exception]:
    try:
        return (yield from _read_wanted(contract, meeting, on))
    except (MeetingOver, NothingNew, ReportNotFrozen, SignedOff) as refusal:
        return refusal


def _read_wanted(contract: Contract, meeting: Meeting, on: date) -> Reading[Wanted]:
    (reports,), known, following = yield from beside(
        ask(that_stand_for(contract, meeting)), read_known_months(contract, [meeting]), read_coming(contract, meeting)
    )
    report = the_one_of(contract, meeting, reports)
    if meeting.status == Meeting.Status.CANCELLED:
        raise MeetingOver("The meeting was cancelled: the next meeting's report tells what is new.")
    if on > meeting.meeting_on or meeting.status == Meeting.Status.HELD:
        raise MeetingOver(
            f"The meeting of {day_long(meeting.meeting_on)} is over: the next meeting's report tells what is new."
        )
    if following.signed_off is not None:
        raise SignedOff(following.number)
    months = months_to_add(report, known, following.number)
    if following.draft is not None and following.draft.review_to >= months[-1].month:
        raise NothingNew(
            f"Addendum {following.number} is a draft already, and tells {month_long(months[-1].month)}: sign it off, or"
            " have it built again."
        )
    return Wanted(report, following, months)


def _rows(addenda: Iterable[Paper]) -> list[AddendumRow]:
    """Each addendum once, of all their revisions in order."""
    latest = {each.number: each for each in addenda}
    return [
        AddendumRow(
            each.pk,
            f"Addendum {number}",
            span_long(Month(each.review_from), Month(each.review_to)),
            each.status,
            each.revision,
        )
        for number, each in latest.items()
    ]
