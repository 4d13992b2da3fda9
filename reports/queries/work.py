"""
The work on a contract's papers: what ran, what comes next and when, what is hindered, what failed, what was not sent.

Days of business are the business day's; the instants of runs are the clock's, also in a demonstration.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract, Message
from contracts.queries import read_calendar
from contracts.queries.pulses import Signs, read_signs
from contracts.readings import Reading, ask, beside, read_now
from contracts.rules.calendar import WorkingCalendar, YearNotKnown, draft_on
from contracts.rules.months import add_months, day_long, last_ended, month_long
from projects.models import Project
from reports.build.periods import offsets_of
from reports.models import FrozenPaper, Meeting, PaperRun
from reports.models.paper import Kind
from reports.queries.addenda import cut_off_on, latest, reports_to_come
from reports.queries.due import OF_A_MEETING, DuePaper, operational_due_on, read_due_papers
from reports.queries.new_months import meeting_of, read_new_months
from reports.queries.work_runs import State, WorkRun, began, name_of, runs_of, work_run
from reports.rules.addenda import NewMonth

RUNS_PER_PAGE: Final = 50
MEETINGS_AHEAD: Final = 3
MOST_MESSAGES: Final = 20


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
    page: "Page[int]"
    days: tuple[Day, ...]
    under_way: int

    @property
    def in_words(self) -> str:
        """`No run has failed. 2 papers are being written.`"""
        failed = len(self.failed)
        said = "No run has failed." if not failed else f"{failed} {_plural(failed, 'run has', 'runs have')} failed."
        if self.hindered:
            number = len(self.hindered)
            said += f" {number} {_plural(number, 'paper is', 'papers are')} due and cannot be written yet."
        if self.under_way:
            said += f" {self.under_way} {_plural(self.under_way, 'is', 'are')} being written."
        return said


def load_work(contract: Contract, on: date, number: str | None) -> Work:
    """The work on one contract's papers, with one page of its runs."""
    return read_now(_read_work(contract, on, number))


def _read_work(contract: Contract, on: date, number: str | None) -> Reading[Work]:
    """In two steps what there is, what hinders it, the runs of the page in view, and what addenda would tell."""
    runs = runs_of(contract)
    not_sent = Message.objects.filter(contract=contract, state=Message.State.FAILED)
    calendar, signs, due, (counted, begun, meetings, went_out, failed, messages, silent, projects) = yield from beside(
        read_calendar(),
        read_signs(),
        read_due_papers(on, contract),
        ask(
            PaperRun.objects.filter(contract=contract).order_by().values_list("state").annotate(number=Count("pk")),
            PaperRun.objects.filter(contract=contract, meeting__meeting_on__gte=on)
            .order_by()
            .values_list("meeting", "kind"),
            Meeting.objects.coming(contract, on)[:MEETINGS_AHEAD],
            reports_to_come(contract, on, MEETINGS_AHEAD),
            runs.filter(state=State.FAILED),
            not_sent.select_related("person").order_by("-written_at", "-pk")[:MOST_MESSAGES],
            not_sent.order_by().values("state").annotate(number=Count("pk")).values_list("number"),
            Project.objects.filter(contract=contract).in_register(on).values_list("pk")[:1],
        ),
    )
    by_state = dict(counted)
    page = Paginator(range(sum(by_state.values())), RUNS_PER_PAGE).get_page(number)
    first = page.start_index() - 1 if by_state else 0
    reports = tuple(latest(went_out))
    (shown,), new = yield from beside(ask(runs[first : first + RUNS_PER_PAGE]), read_new_months(contract, reports))
    coming = _coming(contract, on, calendar, meetings, set(begun), bool(projects))
    return Work(
        signs=signs,
        failed=tuple(map(work_run, failed)),
        hindered=tuple(each for each in due if each.hindrance),
        coming=(*_about_to_start(contract, due), *sorted(coming, key=lambda each: each.on or date.max)),
        addenda=tuple(_addenda(contract, on, calendar, zip(reports, new, strict=True))),
        not_sent=tuple(map(_not_sent, messages)),
        number_not_sent=sum(number for (number,) in silent),
        page=page,
        days=tuple(
            Day(day, tuple(map(work_run, rows)))
            for day, rows in groupby(shown, key=lambda run: timezone.localdate(began(run)))
        ),
        under_way=by_state.get(State.QUEUED, 0) + by_state.get(State.RUNNING, 0),
    )


def _about_to_start(contract: Contract, due: tuple[DuePaper, ...]) -> Iterator[Next]:
    for each in due:
        if not each.hindrance:
            href = reverse("reports:meeting", args=[contract.reference, each.meeting_id]) if each.meeting_id else ""
            title = name_of(each.kind, 0, each.meeting_on, each.month)
            yield Next(title, None, f"due since {day_long(each.due_on)}, and about to be started", href)


def _coming(
    contract: Contract,
    on: date,
    calendar: WorkingCalendar,
    meetings: Iterable[Meeting],
    begun: Collection[tuple[int | None, str]],
    has_projects: bool,
) -> Iterator[Next]:
    """The papers of the next meetings that are not due yet, and the operational report of the month that runs."""
    kinds = OF_A_MEETING if has_projects else (Kind.REPORT,)
    for meeting in meetings:
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


def _addenda(
    contract: Contract, on: date, calendar: WorkingCalendar, reports: Iterable[tuple[FrozenPaper, tuple[NewMonth, ...]]]
) -> Iterator[Next]:
    """Of each meeting to come whose report went to the clerk: until when an addendum follows, and what it tells."""
    for report, new in reports:
        meeting = meeting_of(report.paper)
        try:
            last = cut_off_on(meeting, calendar)
        except YearNotKnown:
            continue
        months = ", ".join(month_long(each.month) for each in new)
        title = f"Addendum for {day_long(meeting.meeting_on)}"
        if on > last:
            words = f"its cut-off, {day_long(last)}, has passed"
        elif months:
            words = f"is drafted by itself: {months} can be told"
        else:
            words = "is drafted by itself once a further month is verified or declared publishable"
        yield Next(title, last, words, reverse("reports:meeting", args=[contract.reference, meeting.pk]))


def _not_sent(of: Message) -> NotSent:
    return NotSent(of.pk, of.subject, str(of.person), of.written_at, of.error)


def _plural(number: int, one: str, more: str) -> str:
    return one if number == 1 else more
