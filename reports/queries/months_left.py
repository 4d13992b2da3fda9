"""
Months of cancelled meetings that no paper judges: the report of the next meeting was final before it could take them.

Told on the pages of both meetings and of the calendar for as long as it is so, not only at the moment of cancelling.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from contracts.models import Contract
from contracts.readings import Reading, read_now
from contracts.rules.months import Month, day_long, month_range
from reports.build.told_errata import ISSUED
from reports.models import Meeting, Paper, ReviewPeriod
from reports.models.paper import Kind
from reports.render.words.phrases import months_in_words

CANCELLED = Meeting.Status.CANCELLED


@dataclass(frozen=True, slots=True)
class MonthsLeft:
    """A cancelled meeting, the next one, whose report is final, and the months that stand in no paper."""

    cancelled: Meeting
    heir: Meeting
    report: Paper
    months: tuple[Month, ...]

    @property
    def words(self) -> str:
        told = months_in_words(self.months)
        verb = "is" if len(self.months) == 1 else "are"
        return (
            f"{told} {verb} judged by no paper: the meeting of {day_long(self.cancelled.meeting_on)} was cancelled when"
            f" the report of {day_long(self.heir.meeting_on)} was {self.report.status} already."
        )


def months_left(contract: Contract, board: int) -> tuple[MonthsLeft, ...]:
    """For the meetings of a board, the earliest first. One query."""
    return read_now(read_months_left(contract, {board}))


def read_months_left(contract: Contract, boards: Collection[int]) -> Reading[tuple[MonthsLeft, ...]]:
    """The same of some boards, one after another, in one step beside whatever else is read."""
    held = Meeting.objects.filter(board__in=boards).exclude(status=CANCELLED)
    kept, papers, meetings = yield (
        ReviewPeriod.objects.filter(contract=contract, meeting__board__in=boards)
        .select_related("meeting")
        .order_by("pk"),
        Paper.objects.filter(contract=contract, kind__in=(Kind.REPORT, Kind.ADDENDUM), status__in=ISSUED)
        .light()
        .order_by("frozen__frozen_at")
        .distinct(),
        held.order_by("meeting_on").select_related("board"),
    )
    return tuple(
        left
        for board in sorted(boards)
        for left in _left(
            [each for each in kept if each.meeting.board_id == board],
            papers,
            [each for each in meetings if each.board_id == board],
        )
    )


def _left(kept: list[ReviewPeriod], papers: list[Paper], meetings: list[Meeting]) -> Iterator[MonthsLeft]:
    """What cancelled meetings of a board kept, and nobody judged."""
    judged = _months((paper.review_from, paper.review_to) for paper in papers)
    judged |= _months((each.review_from, each.review_to) for each in kept if each.meeting.status != CANCELLED)
    reports = {paper.meeting_id: paper for paper in papers if paper.kind == Kind.REPORT}
    dropped = [each for each in kept if each.meeting.status == CANCELLED]
    for each in sorted(dropped, key=lambda row: row.meeting.meeting_on):
        heir = next((row for row in meetings if row.meeting_on > each.meeting.meeting_on), None)
        months = tuple(sorted(_months([(each.review_from, each.review_to)]) - judged))
        if heir is not None and months and heir.pk in reports:
            yield MonthsLeft(each.meeting, heir, reports[heir.pk], months)


def _months(spans: Iterable[tuple[object, object]]) -> set[Month]:
    return {month for first, last in spans for month in month_range(Month(first), Month(last))}  # type: ignore[arg-type]


def left_to(left: Iterable[MonthsLeft], heir: Meeting) -> tuple[MonthsLeft, ...]:
    """What an addendum to the report of this meeting has to tell first."""
    return tuple(each for each in left if each.heir.pk == heir.pk)
