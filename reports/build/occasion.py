"""Which months a page judges and for which meeting, in one reading: what `periods` asks query by query for a paper."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Self

from django.conf import settings

from contracts.calendars import england
from contracts.models import Contract
from contracts.rows import KEPT, Found, Row, Wanted, day, month, month_or_none
from contracts.rules.calendar import MeetingDates, Offsets, WorkingCalendar, YearNotKnown, meeting_dates
from contracts.rules.months import Month, month_end, months_of
from reports import snapshot
from reports.build.assembly import NO_MEETING, meeting_head
from reports.build.periods import Earlier, kept_review, period_review, told_last, told_until
from reports.rules.requests import RequestFacts, known_on
from reports.rules.review import EarlierMeeting, Review, default_review

CANCELLED: Final = "cancelled"


@dataclass(frozen=True, slots=True)
class Occasion:
    """
    What a page judges: the review period, the meetings before it, and the meeting it is for, if for one.

    ``periods`` are those of earlier reports, latest first; ``kpis`` are the contract's, by primary key.
    """

    review: Review
    earlier: Earlier
    meeting: snapshot.MeetingHead
    told_on: date | None
    requests: tuple[snapshot.RequestLine, ...]
    periods: tuple[EarlierMeeting, ...]
    calendar: WorkingCalendar
    kpis: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A contract as it was read: the same for as long as none of its fields changes."""

    fields: tuple[object, ...]
    contract: Contract = field(compare=False)

    @classmethod
    def of(cls, contract: Contract) -> Self:
        return cls(tuple(getattr(contract, each.attname) for each in contract._meta.concrete_fields), contract)


@lru_cache(maxsize=KEPT)
def judge_occasion(settled: Settled, asked: tuple[Month, Month] | None, on: date, found: Found) -> Occasion:
    """
    The months asked for, else those of the coming paper, from what :func:`wanted_occasion` found.

    Raises :class:`reports.rules.review.NothingVerified` where there is nothing to judge.
    """
    contract = settled.contract
    reviews, meetings, papers, closed, requests, verified, spans = found.tables
    calendar = england(map(date.fromisoformat, (row[0] for row in closed)), *_calendar_years())
    judged = sorted(
        ((meeting, EarlierMeeting(date.fromisoformat(at), state == CANCELLED, month(first), month(last)))
        for meeting, at, state, first, last, _ in reviews),
        key=lambda each: each[1].meeting_on,
    )  # fmt: skip
    added = {meeting: month_or_none(to) for meeting, *_, to in reviews}
    planned = [_meeting(row, contract) for row in sorted(meetings, key=lambda row: (row[1], row[2]))]
    months = _Verified(verified, spans, contract.history_months)

    def told(before: date) -> Earlier:
        held = ((meeting, each) for meeting, each in judged if not each.is_cancelled and each.meeting_on < before)
        return Earlier(tuple(_with_addenda(each, added[meeting]) for meeting, each in held))

    tomorrow = on + timedelta(days=1)
    review, earlier, head = None, told(tomorrow), NO_MEETING
    if planned and asked is None:
        kept = dict(judged)
        pk, board, meeting_on, offsets = planned[0]
        before = told(meeting_on)
        of_meeting = _review(kept.get(pk), before, meeting_on, months, contract.history_months)
        dates = _dates(meeting_on, of_meeting.last, calendar, offsets)
        if dates is not None:
            review, earlier, head = of_meeting, before, meeting_head(board, dates)
    if asked is not None:
        review = period_review(*asked, contract.history_months)
    if review is None:
        review = default_review(earlier.meetings, tomorrow, months.before(tomorrow), contract.history_months)
    return Occasion(
        review=review,
        earlier=earlier,
        meeting=head,
        told_on=_told_on(earlier, papers, head.meeting_on or tomorrow, calendar),
        requests=_requests(requests, on, head.meeting_on),
        periods=tuple(each for _, each in reversed(judged) if not each.is_cancelled and each.meeting_on <= on),
        calendar=calendar,
        kpis=tuple(sorted(row[0] for row in spans)),
    )


def wanted_occasion(contract: int, asked: tuple[Month, Month] | None, on: date) -> tuple[Wanted, ...]:
    """
    Review periods with the last month that addenda told, planned meetings, papers, closed days, requests, verified
    returns and when KPIs are in force. Months that are asked for need no verified ones to be found.
    """
    own, today = (contract,), on.isoformat()
    return (
        Wanted(
            "p.meeting_id, m.meeting_on, m.status, p.review_from, p.review_to, (SELECT MAX(a.review_to)"
            " FROM reports_paper a WHERE a.contract_id = p.contract_id AND a.meeting_id = p.meeting_id"
            " AND a.kind = 'addendum' AND a.status IN ('with the clerk', 'published'))",
            "FROM reports_reviewperiod p JOIN reports_meeting m ON m.id = p.meeting_id WHERE p.contract_id = %s",
            own,
        ),
        Wanted(
            "m.id, m.meeting_on, b.name, b.draft_days, b.sign_off_days, b.with_clerk_days, b.clear_days,"
            " b.addendum_cut_off_days",
            "FROM reports_board_contracts c JOIN reports_board b ON b.id = c.board_id"
            " JOIN reports_meeting m ON m.board_id = b.id"
            " WHERE c.contract_id = %s AND m.status = 'planned' AND m.meeting_on >= %s",
            (*own, today),
        ),
        Wanted(
            "m.meeting_on, p.made_on",
            "FROM reports_paper p JOIN reports_meeting m ON m.id = p.meeting_id"
            " WHERE p.contract_id = %s AND p.kind IN ('report', 'projects') AND m.status <> 'cancelled'",
            own,
        ),
        Wanted("closed_on", "FROM contracts_closedday"),
        Wanted(
            "reference, kind, raised_on, raised_by, text, owner, due_meeting_on, status, answer, answered_on,"
            " closed_on",
            "FROM reports_boardrequest WHERE contract_id = %s AND raised_on <= %s"
            " AND (status <> 'closed' OR closed_on > %s OR (closed_on IS NULL AND answered_on > %s))",
            (*own, today, today, today),
        ),
        Wanted(
            "r.month, r.service_area_id",
            "FROM contracts_servicearea a JOIN kpis_return r ON r.service_area_id = a.id"
            f" WHERE a.contract_id = %s AND r.state = 'verified'{'' if asked is None else ' AND FALSE'}",
            own,
        ),
        Wanted(
            "id, service_area_id, in_force_from, in_force_to, due_mask", "FROM kpis_kpi WHERE contract_id = %s", own
        ),
    )  # fmt: skip


class _Verified:
    """The verified months, looked for from the latest back, as many as a review period may need."""

    def __init__(self, verified: Iterable[Row], spans: Sequence[Row], most: int) -> None:
        self._areas: defaultdict[Month, set[int]] = defaultdict(set)
        for at, area in verified:
            self._areas[month(at)].add(area)
        self._spans = [
            (area, month(begins), month_or_none(ends), months_of(mask)) for _, area, begins, ends, mask in spans
        ]
        self._most = most

    def before(self, meeting_on: date) -> tuple[Month, ...]:
        """The latest that ended before a day, latest first."""
        found: list[Month] = []
        for at in sorted(self._areas, reverse=True):
            if len(found) < self._most and month_end(at) < meeting_on and self._is_verified(at):
                found.append(at)
        return tuple(found)

    def _is_verified(self, at: Month) -> bool:
        owing = {
            area
            for area, begins, ends, due in self._spans
            if begins <= at and (ends is None or at <= ends) and at.month in due
        }
        return bool(owing) and owing <= self._areas[at]


def _with_addenda(meeting: EarlierMeeting, added: Month | None) -> EarlierMeeting:
    """With the months that addenda told it: see `periods.earlier_meetings`."""
    last = meeting.review_to
    return meeting if last is None or added is None else replace(meeting, review_to=told_until(last, added))


def _meeting(row: Row, contract: Contract) -> tuple[int, str, date, Offsets]:
    pk, at, board, draft, sign_off, with_clerk, clear, cut_off = row
    return pk, board, date.fromisoformat(at), Offsets(
        data_due=contract.data_due_working_days,
        draft=draft,
        sign_off=sign_off,
        with_clerk=with_clerk,
        clear_days=clear,
        addendum_cut_off=cut_off,
    )  # fmt: skip


def _review(kept: EarlierMeeting | None, earlier: Earlier, meeting_on: date, months: _Verified, count: int) -> Review:
    if kept is not None and kept.review_from is not None and kept.review_to is not None:
        return kept_review(kept.review_from, kept.review_to, earlier, count)
    return default_review(earlier.meetings, meeting_on, months.before(meeting_on), count)


def _dates(meeting_on: date, last: Month, calendar: WorkingCalendar, offsets: Offsets) -> MeetingDates | None:
    """None for a meeting beyond the calendar."""
    try:
        return meeting_dates(meeting_on, last, calendar, offsets)
    except YearNotKnown:
        return None


def _told_on(earlier: Earlier, papers: Iterable[Row], before: date, calendar: WorkingCalendar) -> date | None:
    """As of when the Board was last told of projects: see `periods.last_told`."""
    made = ((date.fromisoformat(at), date.fromisoformat(on)) for at, on in papers)
    told = told_last(earlier, ((at, on) for at, on in made if at < before), calendar)
    return told.on if told else None


def _requests(rows: Iterable[Row], on: date, before: date | None) -> tuple[snapshot.RequestLine, ...]:
    """As known on a day; of a meeting, those raised before it: see `paper.open_requests`."""
    ordered = sorted(rows, key=lambda row: (row[2], row[0]))
    return tuple(
        snapshot.RequestLine(
            reference,
            kind,
            date.fromisoformat(raised_on),
            raised_by,
            text,
            owner,
            day(due),
            *known_on(RequestFacts(status, answer, day(answered_on), day(closed_on)), on),
        )
        for reference, kind, raised_on, raised_by, text, owner, due, status, answer, answered_on, closed_on in ordered
        if before is None or date.fromisoformat(raised_on) < before
    )


def _calendar_years() -> tuple[int, int]:
    return settings.FIRST_CALENDAR_YEAR, settings.LAST_CALENDAR_YEAR
