"""Puts the paper together: one reading of the database, the rules, and the frozen value they give."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from contracts.models import Contract
from contracts.rules.calendar import YearNotKnown
from contracts.rules.months import Month
from kpis.queries import corrected_months, load_register
from kpis.queries.how_checked import load_how_checked
from reports import snapshot
from reports.build import kpis as kpi_half
from reports.build import projects as project_half
from reports.build.assembly import NO_MEETING, Known, assemble, first_month_read, meeting_head
from reports.build.periods import (
    Earlier,
    dates_for,
    earlier_meetings,
    last_told,
    period_review,
    review_for,
    review_since_last,
)
from reports.build.told_errata import errata_for_report
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
        review = review_for(contract, meeting)
        dates = dates_for(contract, meeting, review)
        earlier = earlier_meetings(contract, meeting.meeting_on)
        return _assemble(
            contract,
            review,
            earlier,
            meeting_head(meeting.board.name, dates),
            on=on,
            kind=kind,
            revision=revision,
            status=status,
        )


def judge_period(
    contract: Contract, review_from: Month, review_to: Month, *, on: date, history_months: int | None = None
) -> snapshot.BoardPaper:
    """Live data judged for a period of choice, without a meeting. The history is never shorter than the period."""
    with one_reading():
        review = period_review(review_from, review_to, history_months or contract.history_months)
        earlier = earlier_meetings(contract, on + timedelta(days=1))
        return _assemble(contract, review, earlier, NO_MEETING, on=on, kind="report", revision=1, status="draft")


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


def _assemble(
    contract: Contract,
    review: Review,
    earlier: Earlier,
    meeting: snapshot.MeetingHead,
    *,
    on: date,
    kind: str,
    revision: int,
    status: str,
) -> snapshot.BoardPaper:
    register = load_register(contract, first_month_read(review), review.last)
    checked = load_how_checked(contract, review.history_from, review.last)
    told = last_told(contract, earlier, meeting.meeting_on or on + timedelta(days=1))
    projects = project_half.project_section(contract, on, told.on if told else None)
    errata = errata_for_report(contract, meeting.meeting_on)
    known = Known(
        review=review,
        earlier=earlier,
        meeting=meeting,
        register=register,
        corrected=corrected_months(contract),
        projects=projects,
        requests=open_requests(contract, on, before=meeting.meeting_on),
        areas=kpi_half.area_lines(register, review, contract.commences_on, checked),
        has_illustrative_projects=project_half.has_illustrative(projects),
        errata=errata.public,
        exempt_errata=errata.exempt,
    )
    return assemble(contract, known, on=on, kind=kind, revision=revision, status=status)


def open_requests(
    contract: Contract, on: date, *, before: date | None = None, has_kpis: bool = True
) -> tuple[snapshot.RequestLine, ...]:
    """
    What the Board waited for on a day, with the answers given by then; without KPIs, the questions that were asked of
    a KPI are left to the other paper. What a meeting minutes heads the next paper: of its own, ``before`` is the day.
    """
    rows = BoardRequest.objects.filter(contract=contract).open_on(on).order_by("raised_on", "reference")
    if before is not None:
        rows = rows.filter(raised_on__lt=before)
    if not has_kpis:
        rows = rows.filter(Q(question=None) | Q(question__kpi=""))
    return tuple(_request(row, on) for row in rows)


def _request(row: BoardRequest, on: date) -> snapshot.RequestLine:
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
