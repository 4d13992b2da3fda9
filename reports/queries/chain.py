"""
What was done of each step before a meeting, read for any number of meetings of a contract in the same few queries, and
held against the dates by :mod:`reports.rules.chain`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from contracts.models import Contract
from contracts.readings import Reading, beside, read_now
from contracts.rules.calendar import MeetingDates, WorkingCalendar, YearNotKnown, meeting_dates
from contracts.rules.months import Month, add_months, last_ended, month_of
from reports.build.periods import offsets_of
from reports.models import Meeting, Paper, PaperAct, ReviewPeriod
from reports.models.paper import Kind
from reports.queries.reported_months import ReportedMonth, read_reported, reported_months
from reports.rules.chain import Done, Link, Standing, Step, chain_of, what_matters
from reports.rules.late_months import MonthFact, Warned, expected_month, warnings_of

Status = Paper.Status
RANK: Final = {Status.DRAFT: 0, Status.SIGNED_OFF: 1, Status.WITH_CLERK: 2, Status.PUBLISHED: 3}
"""How far a paper is; withdrawn and removed ones are nowhere."""
STEPS: Final = (
    (1, Step.SIGN_OFF, PaperAct.Kind.SIGNED_OFF),
    (2, Step.WITH_CLERK, PaperAct.Kind.HANDED_OVER),
    (3, Step.PUBLISH, PaperAct.Kind.PUBLISHED),
)


NEAR: Final = 20
"""Working days."""


@dataclass(frozen=True, slots=True)
class MeetingChain:
    """A meeting's dates with what was done of each, and the months whose figures will not be there in time."""

    links: tuple[Link, ...]
    warnings: tuple[Warned, ...]
    report: int | None = None
    """The report that an addendum would add to, once it is with the clerk."""

    @property
    def matters(self) -> Link | None:
        return what_matters(self.links)

    @property
    def in_short(self) -> Link | None:
        """The same for a list of meetings: only what is late, or due within a working month."""
        link = self.matters
        is_near = link is not None and (link.working_days or 0) <= NEAR
        return link if link is not None and (is_near or link.standing is Standing.LATE) else None

    @property
    def publication(self) -> Link | None:
        """The step of publication, as long as it is not done and not what matters most anyway."""
        link = next((link for link in self.links if link.step is Step.PUBLISH), None)
        is_open = link is not None and link.standing in (Standing.NEXT, Standing.TO_COME)
        return link if is_open and link != self.matters else None


@dataclass(frozen=True, slots=True)
class _Papers:
    """The papers of one meeting, and when what was done with them."""

    papers: Sequence[Paper]
    acts: dict[int, list[PaperAct]]

    def of(self, kind: Kind) -> list[Paper]:
        return [paper for paper in self.papers if paper.kind == kind and paper.status in RANK]

    @property
    def furthest(self) -> Paper | None:
        """The revision of the report that is furthest on its way."""
        return max(self.of(Kind.REPORT), key=lambda paper: (RANK[Status(paper.status)], paper.revision), default=None)

    @property
    def is_frozen(self) -> bool:
        return self.furthest is not None and RANK[Status(self.furthest.status)] >= RANK[Status.WITH_CLERK]

    @property
    def told_by_addenda(self) -> Month | None:
        went_out = [each for each in self.of(Kind.ADDENDUM) if RANK[Status(each.status)] >= RANK[Status.WITH_CLERK]]
        return max((Month(each.review_to) for each in went_out), default=None)

    def days(self) -> dict[Step, date]:
        """When each step was done; by what the paper has become, where no act is on record."""
        found: dict[Step, date] = {}
        reports = self.of(Kind.REPORT)
        if reports:
            found[Step.DRAFT] = min(paper.made_on for paper in reports)
        paper = self.furthest
        for rank, step, kind in STEPS:
            if paper is not None and RANK[Status(paper.status)] >= rank:
                found[step] = self._last(paper, kind)
        addenda = [each for each in self.of(Kind.ADDENDUM) if each.status == Status.PUBLISHED]
        if addenda:
            found[Step.ADDENDUM] = max(self._last(each, PaperAct.Kind.PUBLISHED) for each in addenda)
        return found

    def _last(self, paper: Paper, kind: PaperAct.Kind) -> date:
        instants = [act.published_at or act.at for act in self.acts.get(paper.pk, ()) if act.kind == kind]
        return timezone.localdate(max(instants)) if instants else paper.made_on


def load_chains(
    contract: Contract, meetings: Sequence[Meeting], calendar: WorkingCalendar, on: date
) -> dict[int, MeetingChain]:
    """
    The chains of meetings by primary key; of those beyond the calendar, and of cancelled ones, there is none.

    One query, however many there are.
    """
    return read_now(read_chains(contract, meetings, calendar, on))


def read_chains(
    contract: Contract, meetings: Sequence[Meeting], calendar: WorkingCalendar, on: date
) -> Reading[dict[int, MeetingChain]]:
    """The same in one step beside whatever else is read."""
    shown = [meeting for meeting in meetings if meeting.status != Meeting.Status.CANCELLED]
    if not shown:
        return {}
    first, until = min(meeting.meeting_on for meeting in shown), max(meeting.meeting_on for meeting in shown)
    periods, papers, reported = yield from beside(
        _read_periods(contract), _read_papers(contract, shown), read_reported(contract, first)
    )
    begins = min(_begins(contract, meeting, periods) for meeting in shown)
    months = reported_months(contract, reported, begins, last_ended(until), calendar)
    found: dict[int, MeetingChain] = {}
    for meeting in shown:
        try:
            found[meeting.pk] = _chain(contract, meeting, periods, papers[meeting.pk], months, calendar, on)
        except YearNotKnown:
            continue
    return found


def _chain(
    contract: Contract,
    meeting: Meeting,
    periods: Sequence[tuple[int, date, Month, Month]],
    papers: _Papers,
    months: Sequence[ReportedMonth],
    calendar: WorkingCalendar,
    on: date,
) -> MeetingChain:
    begins = _begins(contract, meeting, periods)
    own = [each for each in months if begins <= each.month and each.month < month_of(meeting.meeting_on)]
    facts = [each.fact for each in own]
    dates = meeting_dates(meeting.meeting_on, begins, calendar, offsets_of(meeting.board, contract))
    kept = next((last for pk, _, _, last in periods if pk == meeting.pk), None)
    judged = kept or expected_month(facts, dates.draft_on)
    told = max(filter(None, (judged, papers.told_by_addenda)), default=None)
    is_over = meeting.status == Meeting.Status.HELD or meeting.meeting_on < on
    warnings = () if is_over else warnings_of(facts, told, dates, on, is_frozen=papers.is_frozen)
    if judged is not None:
        dates = meeting_dates(meeting.meeting_on, judged, calendar, offsets_of(meeting.board, contract))
    last = next((each for each in own if each.month == judged), None)
    links = chain_of(
        dates,
        _done(meeting, papers, last.fact if last else None, warnings, dates, on),
        on,
        calendar,
        month=judged if last else None,
        details=last.words if last and last.month <= last_ended(on) else (),
    )
    report = papers.furthest.pk if papers.furthest is not None and papers.is_frozen else None
    return MeetingChain(links, warnings, report)


def _done(
    meeting: Meeting,
    papers: _Papers,
    figures: MonthFact | None,
    warnings: Iterable[Warned],
    dates: MeetingDates,
    on: date,
) -> Done:
    days = papers.days()
    if figures is not None and figures.is_verified:
        days[Step.DATA] = figures.verified_on or figures.due_on
    is_held = meeting.status == Meeting.Status.HELD
    if is_held:
        days[Step.MEETING] = meeting.meeting_on
    needs = any(warned.addendum_tells for warned in warnings) and on <= dates.addendum_cut_off_on
    return Done(days, needs_addendum=needs, is_over=is_held)


def _begins(contract: Contract, meeting: Meeting, periods: Iterable[tuple[int, date, Month, Month]]) -> Month:
    """The first month that concerns a meeting: of the period kept for it, or after what was judged before."""
    earlier = [last for pk, day, _, last in periods if day < meeting.meeting_on and pk != meeting.pk]
    kept = [first for pk, _, first, _ in periods if pk == meeting.pk]
    if kept:
        return kept[0]
    if earlier:
        return add_months(earlier[-1], 1)
    return max(month_of(contract.commences_on), add_months(month_of(meeting.meeting_on), -contract.history_months))


def _read_periods(contract: Contract) -> Reading[tuple[tuple[int, date, Month, Month], ...]]:
    (rows,) = yield (
        ReviewPeriod.objects.filter(contract=contract)
        .exclude(meeting__status=Meeting.Status.CANCELLED)
        .order_by("meeting__meeting_on")
        .values_list("meeting", "meeting__meeting_on", "review_from", "review_to"),
    )
    return tuple((pk, on, Month(first), Month(last)) for pk, on, first, last in rows)


def _read_papers(contract: Contract, meetings: Sequence[Meeting]) -> Reading[dict[int, _Papers]]:
    kinds = (Kind.REPORT, Kind.ADDENDUM)
    rows = Paper.objects.filter(contract=contract, meeting__in=[each.pk for each in meetings], kind__in=kinds)
    lean = rows.only("meeting", "kind", "number", "revision", "status", "made_on", "review_to")
    found, acted = yield lean, PaperAct.objects.filter(paper__in=rows.order_by()).order_by("at")
    by_meeting: defaultdict[int | None, list[Paper]] = defaultdict(list)
    for paper in found:
        by_meeting[paper.meeting_id].append(paper)
    acts: defaultdict[int, list[PaperAct]] = defaultdict(list)
    for act in acted:
        acts[act.paper_id].append(act)
    return {each.pk: _Papers(by_meeting[each.pk], acts) for each in meetings}
