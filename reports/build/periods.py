"""Which months a meeting judges, and the dates before it: the calendar's rules fed from the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery

from contracts.models import Contract
from contracts.queries import working_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import MeetingDates, Offsets, WorkingCalendar, meeting_dates, publish_by
from contracts.rules.months import Month, add_months, month_range
from kpis.queries import verified_months
from kpis.queries.registers import read_verified_months
from reports.models import Board, Meeting, Paper, ReviewPeriod
from reports.models.paper import Kind
from reports.rules.review import EarlierMeeting, Review, default_review

TELL_OF_PROJECTS: Final = (Kind.REPORT, Kind.PROJECTS)
"""The papers in which the Board reads how its projects stand."""
WENT_OUT: Final = (Paper.Status.WITH_CLERK, Paper.Status.PUBLISHED)
"""Papers that went to the clerk and still stand."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The meetings before this one that had a paper on the contract, latest last; cancelled ones left out."""

    meetings: tuple[EarlierMeeting, ...]

    @property
    def last_on(self) -> date | None:
        return self.meetings[-1].meeting_on if self.meetings else None

    @property
    def judged_to(self) -> Month | None:
        return self.meetings[-1].review_to if self.meetings else None

    @property
    def reported(self) -> dict[Month, date | None]:
        """For each month that some paper judged, the day of the first meeting that was told."""
        told: dict[Month, date | None] = {}
        for meeting in self.meetings:
            if meeting.review_from and meeting.review_to:
                for month in month_range(meeting.review_from, meeting.review_to):
                    told.setdefault(month, meeting.meeting_on)
        return told


@dataclass(frozen=True, slots=True)
class Told:
    """When the Board was last told of projects: at which meeting, and as known on which day."""

    at: date
    on: date


def last_told(contract: Contract, earlier: Earlier, before: date) -> Told | None:
    """
    As of when the Board was last told of projects, at a meeting before a day; ``None`` where it never was.

    What happened between that day and its meeting is news to the next one.
    """
    return told_last(earlier, telling_papers(contract, before), working_calendar())


def telling_papers(contract: Contract, before: date) -> QuerySet[Any, Any]:
    """The papers that told of projects at a meeting before a day: the meeting's day, and when each was made."""
    papers = Paper.objects.filter(contract=contract, meeting__meeting_on__lt=before, kind__in=TELL_OF_PROJECTS)
    held = papers.exclude(meeting__status=Meeting.Status.CANCELLED)
    return held.values_list("meeting__meeting_on", "made_on")


def told_last(earlier: Earlier, papers: Iterable[tuple[date, date]], calendar: WorkingCalendar) -> Told | None:
    """
    The same of papers that are at hand, each with its meeting and the day it was made.

    A meeting judged without a paper on record was told by the day its papers were to be published.
    """
    made = list(papers)
    meetings = {meeting_on for meeting_on, _ in made} | ({earlier.last_on} if earlier.last_on else set())
    if not meetings:
        return None
    latest = max(meetings)
    days = [made_on for meeting_on, made_on in made if meeting_on == latest]
    return Told(latest, max(days) if days else publish_by(latest, calendar))


def earlier_meetings(contract: Contract, before: date) -> Earlier:
    """
    The papers' meetings before a day, each with the months it was told in its report and in addenda to it. One query.

    What is kept for a meeting are the months of its report alone: an addendum that went out adds its own.
    """
    return read_now(read_earlier_meetings(contract, before))


def read_earlier_meetings(contract: Contract, before: date) -> Reading[Earlier]:
    """The same in one step beside whatever else is read."""
    (rows,) = yield (
        ReviewPeriod.objects.filter(contract=contract, meeting__meeting_on__lt=before)
        .exclude(meeting__status=Meeting.Status.CANCELLED)
        .annotate(added_to=Subquery(_told_by_addenda()))
        .order_by("meeting__meeting_on")
        .values_list("meeting__meeting_on", "review_from", "review_to", "added_to"),
    )
    return Earlier(
        tuple(
            EarlierMeeting(on, False, Month(first), told_until(Month(last), Month(added) if added else None))
            for on, first, last, added in rows
        )
    )


def told_until(last: Month, added: Month | None) -> Month:
    """The last month a meeting was told: that of its report, or of an addendum to it."""
    return max(last, added or last)


def _told_by_addenda() -> QuerySet[Any]:
    """The last month that addenda for the same contract and meeting told, once they went to the clerk."""
    addenda = Paper.objects.filter(
        contract=OuterRef("contract"), meeting=OuterRef("meeting"), kind=Kind.ADDENDUM, status__in=WENT_OUT
    )
    return addenda.order_by("-review_to").values("review_to")[:1]


def review_for(contract: Contract, meeting: Meeting, history_months: int | None = None) -> Review:
    """
    The months a meeting judges: those kept for it, else the default.

    Kept months that an earlier meeting judged already are a repeat, as the default's are. Raises
    :class:`reports.rules.review.NothingVerified` where no month is verified and none are kept.
    """
    return read_now(read_review_for(contract, meeting, history_months))


def read_review_for(contract: Contract, meeting: Meeting, history_months: int | None = None) -> Reading[Review]:
    """The same in one step beside whatever else is read."""
    count = history_months or contract.history_months
    earlier, (periods,), verified = yield from beside(
        read_earlier_meetings(contract, meeting.meeting_on),
        ask(ReviewPeriod.objects.filter(contract=contract, meeting=meeting)),
        read_verified_months(contract),
    )
    kept = next(iter(periods), None)
    if kept is None:
        return default_review(earlier.meetings, meeting.meeting_on, verified, count)
    return kept_review(Month(kept.review_from), Month(kept.review_to), earlier, count)


def kept_review(first: Month, last: Month, earlier: Earlier, history_months: int) -> Review:
    """The months that were set for a meeting."""
    review = period_review(first, last, history_months)
    return replace(review, is_repeat=earlier.judged_to is not None and review.last <= earlier.judged_to)


def review_since_last(contract: Contract, on: date) -> Review:
    """The months that a meeting tomorrow would judge."""
    tomorrow = on + timedelta(days=1)
    earlier = earlier_meetings(contract, tomorrow).meetings
    return default_review(earlier, tomorrow, verified_months(contract), contract.history_months)


def period_review(review_from: Month, review_to: Month, history_months: int) -> Review:
    """A period of choice, with a history that ends with it and is never shorter."""
    history_from = min(review_from, add_months(review_to, 1 - history_months))
    return Review(first=review_from, last=review_to, is_repeat=False, history_from=history_from)


def offsets_of(board: Board, contract: Contract) -> Offsets:
    return Offsets(
        data_due=contract.data_due_working_days,
        draft=board.draft_days,
        sign_off=board.sign_off_days,
        with_clerk=board.with_clerk_days,
        clear_days=board.clear_days,
        addendum_cut_off=board.addendum_cut_off_days,
    )


def dates_for(
    contract: Contract, meeting: Meeting, review: Review, calendar: WorkingCalendar | None = None
) -> MeetingDates:
    """The chain of dates before a meeting. Raises ``YearNotKnown`` beyond the calendar."""
    known = calendar or working_calendar()
    return meeting_dates(meeting.meeting_on, review.last, known, offsets_of(meeting.board, contract))
