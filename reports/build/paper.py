"""Puts the paper together: one reading of the database, the rules, and the frozen value they give."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from contracts.models import Contract
from contracts.rules.calendar import MeetingDates, YearNotKnown
from contracts.rules.months import Month, add_months, contract_month
from kpis.queries import corrected_months, load_register
from kpis.queries.how_checked import load_how_checked
from reports import snapshot
from reports.build import kpis as kpi_half
from reports.build import projects as project_half
from reports.build.periods import (
    Earlier,
    dates_for,
    earlier_meetings,
    last_told_on,
    period_review,
    review_for,
    review_since_last,
)
from reports.models import BoardRequest, Meeting
from reports.rules.exceptions import SinceLast, find_exceptions, since_last
from reports.rules.headline import headline
from reports.rules.review import Review


def build_paper(
    contract: Contract, meeting: Meeting, *, on: date, kind: str = "report", revision: int = 1, status: str = "draft"
) -> snapshot.BoardPaper:
    """
    The paper of a contract for a meeting, as the database stands now and as things are known on the day ``on``.

    Raises :class:`reports.rules.review.NothingVerified` where there is nothing to judge.
    """
    with _one_reading():
        review = review_for(contract, meeting)
        dates = dates_for(contract, meeting, review)
        earlier = earlier_meetings(contract, meeting.meeting_on)
        return _assemble(
            contract, review, earlier, _meeting_head(meeting, dates), on=on, kind=kind, revision=revision, status=status
        )


def judge_period(
    contract: Contract, review_from: Month, review_to: Month, *, on: date, history_months: int | None = None
) -> snapshot.BoardPaper:
    """Live data judged for a period of choice, without a meeting. The history is never shorter than the period."""
    with _one_reading():
        review = period_review(review_from, review_to, history_months or contract.history_months)
        earlier = earlier_meetings(contract, on + timedelta(days=1))
        return _assemble(contract, review, earlier, _no_meeting(), on=on, kind="report", revision=1, status="draft")


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
def _one_reading() -> Iterator[None]:
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
    # The month before the review period decides what recovered, so it is read even where the history does not show it.
    register = load_register(contract, min(review.history_from, add_months(review.first, -1)), review.last)
    found = find_exceptions(register.histories, review.first, review.last, contract.below_target_is_exception)
    history = kpi_half.month_lines(register, review.history_from, review.last, contract.commences_on)
    projects = project_half.project_section(contract, on, last_told_on(contract, earlier))
    changed_from = min(review.first, add_months(earlier.judged_to, 1)) if earlier.judged_to else review.first
    return snapshot.BoardPaper(
        schema=snapshot.SCHEMA,
        kind=kind,
        status=status,
        revision=revision,
        made_on=on,
        contract=snapshot.ContractHead(contract.reference, contract.title, contract.authority, contract.supplier),
        meeting=meeting,
        review=snapshot.Review(
            from_=review.first,
            to=review.last,
            from_contract_month=contract_month(review.first, contract.commences_on),
            to_contract_month=contract_month(review.last, contract.commences_on),
            is_repeat=review.is_repeat,
        ),
        history=snapshot.History(from_=review.history_from, to=review.last, months=history),
        headline=headline(
            register.histories, review.first, review.last, register.area_names, is_repeat=review.is_repeat
        ),
        since_last=_since_last(since_last(found, review.first, review.last), earlier, projects),
        months=tuple(line for line in history if line.month >= review.first),
        exceptions=kpi_half.exception_lines(found, review, contract.commences_on),
        reliefs=kpi_half.relief_lines(register, review, contract.stale_relief_months),
        kpi_changes=kpi_half.change_lines(register, changed_from, review.last),
        earlier_failures=kpi_half.earlier_failure_lines(register, review, earlier.reported, corrected_months(contract)),
        projects=projects,
        requests=_open_requests(contract, on),
        errata=(),
        areas=kpi_half.area_lines(
            register, review, contract.commences_on, load_how_checked(contract, review.history_from, review.last)
        ),
        provisional_areas=kpi_half.provisional_areas(register, review),
        has_illustrative=kpi_half.has_illustrative(register, review) or project_half.has_illustrative(projects),
    )


def _since_last(counts: SinceLast, earlier: Earlier, projects: snapshot.ProjectSection) -> snapshot.SinceLast:
    return snapshot.SinceLast(
        last_meeting_on=earlier.last_on,
        recovered=counts.recovered,
        new=counts.new,
        worsening=counts.worsening,
        continuing=counts.continuing,
        reliefs_continuing=counts.reliefs_continuing,
        reliefs_begun=counts.reliefs_begun,
        reliefs_ended=counts.reliefs_ended,
        projects_slipped=len({line.reference for line in projects.exceptions if line.rule == "slipped"}),
        projects_needing_attention=len({line.reference for line in projects.exceptions}),
    )


def _open_requests(contract: Contract, on: date) -> tuple[snapshot.RequestLine, ...]:
    rows = BoardRequest.objects.filter(contract=contract).open_on(on).order_by("raised_on", "reference")
    return tuple(
        snapshot.RequestLine(
            reference=row.reference,
            kind=row.kind,
            raised_on=row.raised_on,
            raised_by=row.raised_by,
            text=row.text,
            owner=row.owner,
            due_meeting=row.due_meeting_on,
            status=row.status,
            answer=row.answer,
        )
        for row in rows
    )


def _meeting_head(meeting: Meeting, dates: MeetingDates) -> snapshot.MeetingHead:
    return snapshot.MeetingHead(
        board=meeting.board.name,
        meeting_on=meeting.meeting_on,
        publish_by=dates.publish_by,
        data_due_on=dates.data_due_on,
        draft_on=dates.draft_on,
        sign_off_on=dates.sign_off_on,
        with_clerk_on=dates.with_clerk_on,
        addendum_cut_off_on=dates.addendum_cut_off_on,
    )


def _no_meeting() -> snapshot.MeetingHead:
    return snapshot.MeetingHead("", None, None, None, None, None, None, None)
