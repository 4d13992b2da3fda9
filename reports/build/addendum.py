"""
The addendum: the months that became known after the report went to the clerk, told like the report told its own.

It is judged by the same engine as if the review period began with its first month: what goes on from the months before
is continuing, what begins in them is new. What the report says of projects and of the Board's requests is not said
again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract
from contracts.queries import read_calendar
from contracts.readings import Reading, ask, beside
from contracts.rules.months import Month, add_months
from kpis.queries import Register
from kpis.queries.how_checked import read_how_checked
from kpis.queries.registers import read_corrected_months, read_register
from projects.rules.counts import portfolio_counts
from reports import snapshot
from reports.build import kpis as kpi_half
from reports.build.assembly import Known, assemble, first_month_read, meeting_head
from reports.build.periods import Earlier, dates_for, read_earlier_meetings
from reports.build.told_errata import read_errata_for_addendum
from reports.models import FrozenPaper, Meeting, Paper, PaperAct
from reports.models.paper import Kind
from reports.rules.addenda import told_in_words
from reports.rules.exceptions import earlier_failures
from reports.rules.headline import headline
from reports.rules.review import EarlierMeeting, Review

_NONE: Final = portfolio_counts(())
NO_PROJECTS: Final = snapshot.ProjectSection(
    in_register=_NONE.in_register,
    by_stage={stage.value: number for stage, number in _NONE.by_stage.items()},
    by_confidence={str(rating): number for rating, number in _NONE.by_confidence.items()},
    key_decided_on=None,
    key=(),
    exceptions=(),
    register=(),
)
"""Projects stand in the report; an addendum says nothing of them."""


def read_addendum(
    contract: Contract,
    meeting: Meeting,
    report: FrozenPaper,
    months: Sequence[Month],
    *,
    on: date,
    number: int,
    revision: int = 1,
    status: str = "draft",
) -> Reading[snapshot.BoardPaper]:
    """
    The addendum to a report that went to the clerk, of the months given, as things are known on the day ``on``.

    The report comes with its text. The history is the report's, and goes on to the last of the months. In two steps
    beside whatever else is read, and more only where there are errata to tell. Who reads it in a transaction of
    :func:`reports.build.paper.one_reading` reads one state of the database.
    """
    paper, printed = report.paper, snapshot.from_json(report.snapshot.text)
    begins = min(months[0], printed.history.from_)
    review = Review(months[0], months[-1], is_repeat=False, history_from=begins)
    own = replace(review, history_from=review.first)
    register, before, checked, corrected, told, calendar, (published,) = yield from beside(
        read_register(contract, first_month_read(review), review.last),
        read_earlier_meetings(contract, meeting.meeting_on),
        read_how_checked(contract, review.first, review.last),
        read_corrected_months(contract),
        read_errata_for_addendum(contract, meeting, number),
        read_calendar(),
        ask(publications(paper.pk)),
    )
    earlier = _earlier(before, meeting, paper, add_months(review.first, -1))
    known = Known(
        review=review,
        earlier=earlier,
        meeting=meeting_head(meeting.board.name, dates_for(contract, meeting, review, calendar)),
        register=register,
        corrected=corrected,
        projects=NO_PROJECTS,
        requests=(),
        areas=kpi_half.area_lines(register, own, contract.commences_on, checked),
        has_illustrative_projects=False,
    )
    built = assemble(contract, known, on=on, kind=Kind.ADDENDUM.value, revision=revision, status=status)
    return replace(
        built,
        number=number,
        of=_apart(bound_to(report, printed.meeting.meeting_on or meeting.meeting_on, published), paper, review),
        headline=_headline(register, review),
        earlier_failures=_earlier_failures(register, review, earlier, report, corrected),
        provisional_areas=kpi_half.provisional_areas(register, own),
        errata=told.public,
        exempt_errata=told.exempt,
        since_last=replace(built.since_last, last_meeting_on=printed.meeting.meeting_on),
    )


def publications(paper: int) -> QuerySet[Any, Any]:
    """When a paper, given by primary key, was published: the latest time alone."""
    acts: QuerySet[Any, Any] = PaperAct.objects.filter(paper=paper, kind=PaperAct.Kind.PUBLISHED)
    return acts.order_by("-at", "-pk").values_list("published_at", flat=True)[:1]


def bound_to(frozen: FrozenPaper, meeting_on: date, published: Sequence[datetime]) -> snapshot.BoundTo:
    """
    What a paper says of the one it adds to: issued when it was published, of :func:`publications`, or else when the
    clerk got it.
    """
    return snapshot.BoundTo(
        kind=frozen.paper.kind,
        title=frozen.title,
        meeting_on=meeting_on,
        revision=frozen.paper.revision,
        issued_on=timezone.localdate(next(iter(published), None) or frozen.frozen_at),
        address=f"{settings.SITE_URL}{reverse('public_paper', args=[frozen.address])}",
    )


def _apart(of: snapshot.BoundTo, report: Paper, review: Review) -> snapshot.BoundTo:
    """Months that a cancelled meeting left come before the report's, and their table ends with them."""
    first, last = Month(report.review_from), Month(report.review_to)
    return replace(of, later_from=first, later_to=last) if first > review.last else of


def _earlier(before: Earlier, meeting: Meeting, report: Paper, told_to: Month) -> Earlier:
    """What the Board was told before these months: at earlier meetings, then in the report and addenda before this."""
    if told_to < Month(report.review_from):
        return before
    own = EarlierMeeting(meeting.meeting_on, False, Month(report.review_from), told_to)
    return Earlier((*before.meetings, own))


def _headline(register: Register, review: Review) -> str:
    return headline(register.histories, review.first, review.last, register.area_names, begins_with_months=True)


def _earlier_failures(
    register: Register, review: Review, earlier: Earlier, report: FrozenPaper, corrected: Mapping[Month, date]
) -> tuple[snapshot.EarlierFailure, ...]:
    """The notes under the table: what the report told, what earlier meetings were told, what was corrected since."""
    first, last = Month(report.paper.review_from), Month(report.paper.review_to)
    found = []
    for each in earlier_failures(register.histories, review.history_from, review.first, earlier.reported):
        told_on = each.reported_on if each.month < first else timezone.localdate(report.frozen_at)
        corrected_on = corrected.get(each.month)
        is_corrected = corrected_on is not None and told_on is not None and corrected_on > told_on
        sentence = told_in_words(each, first, last, is_corrected=is_corrected)
        found.append(snapshot.EarlierFailure(each.month, len(each.below_minimum), each.reported_on, sentence))
    return tuple(found)
