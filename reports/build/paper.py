"""Puts the paper together: one reading of the database, the rules, and the frozen value they give."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from contracts.models import Contract
from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, YearNotKnown
from contracts.rules.months import Month
from kpis.queries.how_checked import read_how_checked
from kpis.queries.registers import read_corrected_months, read_register
from reports import snapshot
from reports.build import kpis as kpi_half
from reports.build import projects as project_half
from reports.build.assembly import NO_MEETING, Known, assemble, first_month_read, meeting_head
from reports.build.periods import (
    dates_for,
    period_review,
    read_earlier_meetings,
    read_review_for,
    review_since_last,
    telling_papers,
    told_last,
)
from reports.build.told_errata import read_errata_for_report
from reports.models import BoardRequest, Meeting
from reports.rules.requests import RequestFacts, known_on
from reports.rules.review import Review


def build_paper(
    contract: Contract, meeting: Meeting, *, on: date, kind: str = "report", revision: int = 1, status: str = "draft"
) -> snapshot.BoardPaper:
    """
    The paper of a contract for a meeting, as the database stands now and as things are known on the day ``on``.

    Raises :class:`reports.rules.review.NothingVerified` where there is nothing to judge.
    """
    with one_reading():
        return read_now(read_paper(contract, meeting, on=on, kind=kind, revision=revision, status=status))


def read_paper(
    contract: Contract, meeting: Meeting, *, on: date, kind: str = "report", revision: int = 1, status: str = "draft"
) -> Reading[snapshot.BoardPaper]:
    """
    The same in three steps beside whatever else is read, and more only where there are errata to tell.

    Who reads it in a transaction of :func:`one_reading` reads one state of the database.
    """
    review, calendar, *found = yield from beside(
        read_review_for(contract, meeting),
        read_calendar(),
        *_read_before(contract, meeting.meeting_on, meeting.meeting_on, on),
    )
    head = meeting_head(meeting.board.name, dates_for(contract, meeting, review, calendar))
    return (
        yield from _read_assembled(
            contract, review, calendar, found, head, on=on, kind=kind, revision=revision, status=status
        )
    )


def judge_period(
    contract: Contract, review_from: Month, review_to: Month, *, on: date, history_months: int | None = None
) -> snapshot.BoardPaper:
    """Live data judged for a period of choice, without a meeting. The history is never shorter than the period."""
    with one_reading():
        return read_now(_read_period(contract, review_from, review_to, history_months, on))


def _read_period(
    contract: Contract, review_from: Month, review_to: Month, history_months: int | None, on: date
) -> Reading[snapshot.BoardPaper]:
    review = period_review(review_from, review_to, history_months or contract.history_months)
    calendar, *found = yield from beside(read_calendar(), *_read_before(contract, on + timedelta(days=1), None, on))
    return (
        yield from _read_assembled(
            contract, review, calendar, found, NO_MEETING, on=on, kind="report", revision=1, status="draft"
        )
    )


def current_paper(contract: Contract, *, on: date) -> snapshot.BoardPaper:
    """
    What the Board would be told now: the paper of the next planned meeting, or without one, what is new since the last.

    Raises :class:`reports.rules.review.NothingVerified` where there is nothing to judge.
    """
    meeting = Meeting.objects.coming(contract, on).first()
    if meeting is not None:
        with suppress(YearNotKnown):  # a meeting beyond the calendar has no dates yet; the figures have
            return build_paper(contract, meeting, on=on)
    review = review_since_last(contract, on)
    return judge_period(contract, review.first, review.last, on=on)


@contextmanager
def one_reading() -> Iterator[None]:
    """Every query inside sees the same state of the database."""
    is_outermost = not connection.in_atomic_block
    with _without_write_lock(), transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _without_write_lock() -> Iterator[None]:
    """On SQLite a transaction of ours takes the write lock as it begins; one that only reads must not wait for it."""
    if connection.vendor != "sqlite":
        yield
        return
    sqlite: Any = connection
    mode, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = mode


def _read_before(contract: Contract, before: date, meeting_on: date | None, on: date) -> tuple[Reading[Any], ...]:
    """What a paper tells whatever months it judges; ``before`` is the day from which on no other meeting counts."""
    return (
        read_earlier_meetings(contract, before),
        ask(telling_papers(contract, before), open_requests(contract, on, before=meeting_on)),
        read_errata_for_report(contract, meeting_on),
        read_corrected_months(contract),
    )


def _read_assembled(
    contract: Contract,
    review: Review,
    calendar: WorkingCalendar,
    found: Sequence[Any],
    meeting: snapshot.MeetingHead,
    *,
    on: date,
    kind: str,
    revision: int,
    status: str,
) -> Reading[snapshot.BoardPaper]:
    """The paper of what :func:`_read_before` found, and of what its months and projects say."""
    earlier, (papers, requests), errata, corrected = found
    told = told_last(earlier, papers, calendar)
    register, checked, projects = yield from beside(
        read_register(contract, first_month_read(review), review.last),
        read_how_checked(contract, review.history_from, review.last),
        project_half.read_project_section(contract, on, told.on if told else None),
    )
    known = Known(
        review=review,
        earlier=earlier,
        meeting=meeting,
        register=register,
        corrected=corrected,
        projects=projects,
        requests=tuple(request_line(row, on) for row in requests),
        areas=kpi_half.area_lines(register, review, contract.commences_on, checked),
        has_illustrative_projects=project_half.has_illustrative(projects),
        errata=errata.public,
        exempt_errata=errata.exempt,
    )
    return assemble(contract, known, on=on, kind=kind, revision=revision, status=status)


def open_requests(contract: Contract, on: date, *, before: date | None = None, has_kpis: bool = True) -> QuerySet[Any]:
    """
    What the Board waited for on a day; without KPIs, the questions that were asked of a KPI are left to the other
    paper. What a meeting minutes heads the next paper: of its own, ``before`` is the day.
    """
    rows: QuerySet[Any] = BoardRequest.objects.filter(contract=contract).open_on(on).order_by("raised_on", "reference")
    if not has_kpis:
        rows = rows.filter(Q(question=None) | Q(question__kpi=""))
    return rows if before is None else rows.filter(raised_on__lt=before)


def request_line(row: BoardRequest, on: date) -> snapshot.RequestLine:
    """With the answer that was given by the day."""
    status, answer = known_on(RequestFacts(row.status, row.answer, row.answered_on, row.closed_on), on)
    return snapshot.RequestLine(
        reference=row.reference,
        kind=row.kind,
        raised_on=row.raised_on,
        raised_by=row.raised_by,
        text=row.text,
        owner=row.owner,
        due_meeting=row.due_meeting_on,
        status=status,
        answer=answer,
    )
