"""
The work on a contract's papers: what ran, what comes next and when, what is hindered, what failed, what was not sent.

Days of business are the business day's; the instants of runs are the clock's, also in a demonstration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract, Message
from contracts.queries import working_calendar
from contracts.queries.pulses import Signs, load_signs
from contracts.rules.calendar import YearNotKnown, draft_on
from contracts.rules.months import Month, add_months, day_long, last_ended, month_key, month_long
from reports.build.periods import WENT_OUT, offsets_of
from reports.models import Edition, Meeting, Paper, PaperRun
from reports.models.paper import Audience, Kind
from reports.queries.addenda import cut_off_on, frozen_report, new_months
from reports.queries.due import OF_A_MEETING, DuePaper, due_papers, has_register, operational_due_on

RUNS_PER_PAGE: Final = 50
MEETINGS_AHEAD: Final = 3
MOST_MESSAGES: Final = 20
RETRIED: Final = (*OF_A_MEETING, Kind.OPERATIONAL)
State = PaperRun.State


@dataclass(frozen=True, slots=True)
class WorkRun:
    """One run. ``seconds`` counts from its last start to its end; ``href`` leads to what it has left behind."""

    pk: int
    title: str
    edition: str
    revision: int
    state: str
    words: str
    attempts: int
    seconds: int | None
    began: datetime
    asked_by: str
    reason: str
    error: str
    href: str
    is_retried: bool
    """Once it has failed it is begun again by itself on the next day."""

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def waits_for_next(self) -> bool:
        """An attempt has failed and another follows by itself."""
        return self.state == State.QUEUED and self.attempts > 0


@dataclass(frozen=True, slots=True)
class Day:
    """The runs that began on one day of the clock, latest first."""

    on: date
    runs: tuple[WorkRun, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """A paper that is written by itself on a day; ``words`` say more, where there is more to say."""

    title: str
    on: date | None
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """An e-mail about the contract that could not be sent."""

    pk: int
    subject: str
    to: str
    at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Work:
    """Everything the page shows; ``days`` are those of the page of runs in view."""

    signs: Signs
    failed: tuple[WorkRun, ...]
    hindered: tuple[DuePaper, ...]
    coming: tuple[Next, ...]
    addenda: tuple[Next, ...]
    not_sent: tuple[NotSent, ...]
    number_not_sent: int
    page: "Page[PaperRun]"
    days: tuple[Day, ...]
    under_way: int

    @property
    def in_words(self) -> str:
        """`Nothing has failed. 2 papers are being written.`"""
        failed = len(self.failed)
        said = "Nothing has failed." if not failed else f"{failed} {_plural(failed, 'run has', 'runs have')} failed."
        if self.hindered:
            number = len(self.hindered)
            said += f" {number} {_plural(number, 'paper is', 'papers are')} due and cannot be written yet."
        if self.under_way:
            said += f" {self.under_way} {_plural(self.under_way, 'is', 'are')} being written."
        return said


def load_work(contract: Contract, on: date, page: str | None) -> Work:
    """The work on one contract's papers, with one page of its runs."""
    runs = _runs(contract)
    shown = Paginator(runs, RUNS_PER_PAGE).get_page(page)
    due = due_papers(on, contract)
    not_sent = Message.objects.filter(contract=contract, state=Message.State.FAILED).select_related("person")
    return Work(
        signs=load_signs(timezone.now()),
        failed=tuple(_run(each) for each in runs.filter(state=State.FAILED)),
        hindered=tuple(each for each in due if each.hindrance),
        coming=(*_about_to_start(contract, due), *sorted(_coming(contract, on), key=lambda each: each.on or date.max)),
        addenda=tuple(_addenda(contract, on)),
        not_sent=tuple(
            NotSent(each.pk, each.subject, str(each.person), each.written_at, each.error)
            for each in not_sent.order_by("-written_at", "-pk")[:MOST_MESSAGES]
        ),
        number_not_sent=not_sent.count(),
        page=shown,
        days=tuple(
            Day(day, tuple(_run(each) for each in rows))
            for day, rows in groupby(shown.object_list, key=lambda run: timezone.localdate(_began(run)))
        ),
        under_way=runs.filter(state__in=(State.QUEUED, State.RUNNING)).count(),
    )


def name_of(kind: str, number: int, meeting_on: date | None, month: date | None) -> str:
    """`Addendum 1 for 29 March 2018`, `Operational project report, February 2018`."""
    name = Kind(kind).label.capitalize() + (f" {number}" if number else "")
    if meeting_on is not None:
        return f"{name} for {day_long(meeting_on)}"
    return name if month is None else f"{name}, {month_long(Month(month))}"


def _runs(contract: Contract) -> "QuerySet[PaperRun]":
    rows: QuerySet[PaperRun] = PaperRun.objects.filter(contract=contract)
    return (
        rows.select_related("contract", "meeting", "paper", "asked_by")
        .defer("paper__snapshot", "paper__exempt_snapshot")
        .order_by(Coalesce("started_at", "queued_at").desc(), "-pk")
    )


def _run(of: PaperRun) -> WorkRun:
    took = of.finished_at - of.started_at if of.finished_at and of.started_at else None
    return WorkRun(
        pk=of.pk,
        title=name_of(of.kind, of.number, of.meeting.meeting_on if of.meeting else None, of.month),
        edition=of.get_edition_display(),
        revision=of.revision,
        state=of.state,
        words=_words(of),
        attempts=of.attempts,
        seconds=None if took is None else max(int(took.total_seconds() + 0.5), 0),
        began=timezone.localtime(_began(of)),
        asked_by=str(of.asked_by) if of.asked_by else "",
        reason=of.reason,
        error=of.error,
        href=_href(of),
        is_retried=_is_retried(of),
    )


def _is_retried(of: PaperRun) -> bool:
    """First drafts and addenda fall due again; what a person asked for, the person asks for again."""
    is_due = of.kind == Kind.ADDENDUM or (of.kind in RETRIED and of.revision == 1)
    return is_due and of.edition == Edition.DRAFT


def _began(of: PaperRun) -> datetime:
    """By the clock; one that nobody has begun is placed by when it was asked for."""
    began: datetime = of.started_at or of.queued_at
    return began


def _words(of: PaperRun) -> str:
    if of.state == State.QUEUED and of.attempts:
        return "waits for its next attempt"
    if of.state == State.RUNNING:
        return PaperRun.Stage(of.stage).label
    return {State.QUEUED: "waits for a worker", State.FINISHED: "finished", State.FAILED: "failed"}[State(of.state)]


def _href(of: PaperRun) -> str:
    """The draft that a run has left behind; a later edition is on the page of the meeting."""
    reference = of.contract.reference
    if of.meeting_id is None:
        month = month_key(Month(of.month)) if of.month and of.state == State.FINISHED else ""
        return reverse("reports:operational_report", args=[reference, month]) if month else ""
    paper = getattr(of, "paper", None)
    if isinstance(paper, Paper):
        return reverse("reports:paper", args=[reference, paper.pk])
    return reverse("reports:meeting", args=[reference, of.meeting_id])


def _about_to_start(contract: Contract, due: tuple[DuePaper, ...]) -> Iterator[Next]:
    days = dict(Meeting.objects.filter(pk__in=[each.meeting_id for each in due]).values_list("pk", "meeting_on"))
    for each in due:
        if not each.hindrance:
            href = reverse("reports:meeting", args=[contract.reference, each.meeting_id]) if each.meeting_id else ""
            meeting_on = days.get(each.meeting_id) if each.meeting_id else None
            title = name_of(each.kind, 0, meeting_on, each.month)
            yield Next(title, None, f"due since {day_long(each.due_on)}, and about to be started", href)


def _coming(contract: Contract, on: date) -> Iterator[Next]:
    """The papers of the next meetings that are not due yet, and the operational report of the month that runs."""
    calendar = working_calendar()
    kinds = OF_A_MEETING if has_register(contract, on) else (Kind.REPORT,)
    begun = set(PaperRun.objects.filter(contract=contract).values_list("meeting", "kind"))
    for meeting in Meeting.objects.coming(contract, on)[:MEETINGS_AHEAD]:
        href = reverse("reports:meeting", args=[contract.reference, meeting.pk])
        try:
            day = draft_on(meeting.meeting_on, calendar, offsets_of(meeting.board, contract))
        except YearNotKnown as refusal:
            yield Next(name_of(Kind.REPORT, 0, meeting.meeting_on, None), None, str(refusal), href)
            continue
        for kind in kinds:
            if day > on and (meeting.pk, kind) not in begun:
                yield Next(name_of(kind, 0, meeting.meeting_on, None), day, "", href)
    if len(kinds) > 1:
        month = add_months(last_ended(on), 1)
        try:
            day = operational_due_on(contract, month, calendar)
        except YearNotKnown as refusal:
            yield Next(name_of(Kind.OPERATIONAL, 0, None, month), None, str(refusal), "")
        else:
            yield Next(name_of(Kind.OPERATIONAL, 0, None, month), day, "", "")


def _addenda(contract: Contract, on: date) -> Iterator[Next]:
    """Of each meeting to come whose report went to the clerk: until when an addendum follows, and what it tells."""
    calendar = working_calendar()
    gone = Paper.objects.filter(
        contract=contract,
        meeting=OuterRef("pk"),
        kind=Kind.REPORT,
        status__in=WENT_OUT,
        frozen__audience=Audience.PUBLIC,
    )
    for meeting in Meeting.objects.coming(contract, on).filter(Exists(gone))[:MEETINGS_AHEAD]:
        report = frozen_report(contract, meeting)
        if report is None:
            continue
        try:
            last = cut_off_on(meeting, calendar)
        except YearNotKnown:
            continue
        months = ", ".join(month_long(each.month) for each in new_months(report))
        title = f"Addendum for {day_long(meeting.meeting_on)}"
        if on > last:
            words = f"its cut-off, {day_long(last)}, has passed"
        elif months:
            words = f"is drafted by itself: {months} can be told"
        else:
            words = "is drafted by itself once a further month is verified or declared publishable"
        yield Next(title, last, words, reverse("reports:meeting", args=[contract.reference, meeting.pk]))


def _plural(number: int, one: str, more: str) -> str:
    return one if number == 1 else more
