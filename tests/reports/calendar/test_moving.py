"""A meeting on another day: what hangs on it goes with it, and what was signed off says that it names the old day."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from contracts.models import Message
from contracts.services.refusals import NothingTyped
from reports.models import Meeting, Paper, PaperRun, ReviewPeriod
from reports.queries.calendar import settled_papers
from reports.services import claims, editions, papers
from reports.services.calendar_follows import Followed
from reports.services.meetings import (
    AlreadyMeets,
    DayHasPassed,
    Details,
    NoLongerSo,
    NotYours,
    Stale,
    change_meeting,
    plan_meeting,
    plan_series,
)
from reports.services.papers import AttemptFailed
from reports.snapshot import from_json
from tests import builders
from tests.reports.calendar.conftest import MARCH_1, MARCH_29, ON, Calendar, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print", "sent")]

APRIL_5 = date(2018, 4, 5)
REASON = "The Chair is ill."


def now() -> datetime:
    return timezone.now()


def move(calendar: Calendar, day: date = APRIL_5, **changes: object) -> Followed:
    row = Meeting.objects.get(pk=calendar.second.pk)
    given: dict[str, object] = {
        "meeting": row,
        "by": calendar.clerk,
        "on": ON,
        "now": now(),
        "version": row.version,
        "day": day,
        "details": Details(),
        "reason": REASON,
    }
    return change_meeting(**{**given, **changes})  # type: ignore[arg-type]


def draft(calendar: Calendar, kind: str = "report") -> Paper:
    run = papers.run_for(calendar.contract, calendar.second, kind, on=ON, now=now())
    return written(run.pk, ON)


def test_it_keeps_the_day_it_was_first_planned_for_and_the_reason(calendar: Calendar) -> None:
    move(calendar)
    move(calendar, date(2018, 4, 12), reason="The room is taken.")
    calendar.second.refresh_from_db()
    assert (calendar.second.meeting_on, calendar.second.moved_from, calendar.second.reason) == (
        date(2018, 4, 12),
        MARCH_29,
        "The room is taken.",
    )
    move(calendar, MARCH_29)
    calendar.second.refresh_from_db()
    assert (calendar.second.moved_from, calendar.second.version) == (None, 4)


def test_requests_and_the_key_list_go_with_it_and_the_months_stay(calendar: Calendar) -> None:
    due = builders.request(calendar.contract, due_meeting_on=MARCH_29)
    other = builders.request(calendar.contract, "B2", due_meeting_on=MARCH_1)
    elsewhere = builders.request(builders.contract("OTHER"), "B1", due_meeting_on=MARCH_29)
    proposal = builders.key_list(
        calendar.contract, builders.project(calendar.contract), put_to_board_on=MARCH_29, board=calendar.board.name
    )
    builders.review_period(calendar.contract, calendar.second, "2017-11", "2018-01")
    followed = move(calendar)
    for row in (due, other, elsewhere, proposal):
        row.refresh_from_db()
    assert (due.due_meeting_on, other.due_meeting_on, elsewhere.due_meeting_on) == (APRIL_5, MARCH_1, MARCH_29)
    assert proposal.put_to_board_on == APRIL_5
    assert followed.in_words == "1 request of the Board is now due on Thursday 5 April 2018."
    period = ReviewPeriod.objects.get(meeting=calendar.second)
    assert (period.review_from, period.review_to) == (date(2017, 11, 1), date(2018, 1, 1))


def test_its_drafts_are_built_again_and_name_the_new_day(calendar: Calendar) -> None:
    first = draft(calendar)
    assert from_json(first.snapshot).meeting.meeting_on == MARCH_29
    assert move(calendar).drafts == 1
    (run,) = PaperRun.objects.filter(state="queued")
    assert (run.revision, run.asked_by) == (2, calendar.clerk)
    assert run.reason == "The meeting of Thursday 29 March 2018 was moved to Thursday 5 April 2018."
    head = from_json(written(run.pk, ON).snapshot).meeting
    assert (head.meeting_on, head.publish_by) == (APRIL_5, date(2018, 3, 26))


def test_without_a_draft_nothing_is_written_before_its_time(calendar: Calendar) -> None:
    assert move(calendar).drafts == 0
    assert not PaperRun.objects.exists()


@pytest.mark.parametrize("status", ["signed off", "with the clerk", "published"])
def test_what_is_past_being_a_draft_stays_and_is_said_to_name_the_old_day(calendar: Calendar, status: str) -> None:
    paper = draft(calendar)
    Paper.objects.filter(pk=paper.pk).update(status=status)
    assert settled_papers(calendar.contract, calendar.second) == ()
    assert move(calendar).drafts == 0
    (settled,) = settled_papers(calendar.contract, Meeting.objects.get(pk=calendar.second.pk))
    assert settled.words == f"Exception report, revision 1, is {status}. It says Thursday 29 March 2018."
    assert settled.advice


def test_a_draft_that_was_being_built_meanwhile_is_not_stored_with_the_old_day(
    calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = papers.run_for(calendar.contract, calendar.second, "report", on=ON, now=now())
    prepare = editions.prepare

    def slowly(of: PaperRun, *, on: date) -> object:
        halves = prepare(of, on=on)
        Meeting.objects.filter(pk=calendar.second.pk).update(meeting_on=APRIL_5)
        return halves

    monkeypatch.setattr(editions, "prepare", slowly)
    with pytest.raises(AttemptFailed, match="moved to 2018-04-05 while it was written"):
        papers.write_paper(run.pk, on=ON)
    assert not Paper.objects.exists()
    claims.bring_forward(run.pk, now=now())
    assert from_json(written(run.pk, ON).snapshot).meeting.meeting_on == APRIL_5


def test_only_the_time_or_place_needs_no_reason_and_moves_nothing_else(calendar: Calendar) -> None:
    draft(calendar)
    followed = move(calendar, MARCH_29, details=Details(time(10, 30), "County Hall"), reason="")
    calendar.second.refresh_from_db()
    assert (calendar.second.starts_at, calendar.second.place, calendar.second.version) == (
        time(10, 30),
        "County Hall",
        2,
    )
    assert followed == Followed()
    assert not Message.objects.exists()


def test_asked_twice_it_is_moved_once(calendar: Calendar) -> None:
    move(calendar)
    assert move(calendar, version=1) == Followed()
    calendar.second.refresh_from_db()
    assert calendar.second.version == 2
    assert Message.objects.count() == 2


def test_a_stale_page_moves_nothing(calendar: Calendar) -> None:
    move(calendar)
    with pytest.raises(Stale) as refusal:
        move(calendar, date(2018, 4, 12), version=1)
    assert refusal.value.now.meeting_on == APRIL_5


@pytest.mark.parametrize(
    ("day", "why"),
    [(MARCH_1, AlreadyMeets), (date(2018, 2, 19), DayHasPassed)],
)
def test_it_is_not_moved_to_a_day_that_is_taken_or_past(calendar: Calendar, day: date, why: type[Exception]) -> None:
    with pytest.raises(why):
        move(calendar, day)


def test_another_day_needs_its_reason(calendar: Calendar) -> None:
    with pytest.raises(NothingTyped):
        move(calendar, reason=" ")


def test_a_held_meeting_stays_where_it_was(calendar: Calendar) -> None:
    with pytest.raises(NoLongerSo):
        move(calendar, meeting=calendar.december, version=1)


def test_only_who_keeps_the_calendar_moves_and_plans(calendar: Calendar) -> None:
    for who in (calendar.manager, calendar.officer, calendar.member):
        with pytest.raises(NotYours):
            move(calendar, by=who)
        with pytest.raises(NotYours):
            plan_meeting(board=calendar.board, by=who, on=ON, day=APRIL_5)


def test_those_who_work_for_it_are_told_with_the_new_day_of_publication(calendar: Calendar) -> None:
    move(calendar)
    told = Message.objects.filter(person=calendar.officer).get()
    assert told.subject == "Meeting moved: 29 Mar 2018 to 5 Apr 2018"
    assert "It is now on Thursday 5 April 2018." in told.body
    assert "published by Monday 26 March 2018" in told.body


class TestASeries:
    def test_is_planned_whole_and_passes_over_days_that_are_taken(self, calendar: Calendar) -> None:
        days = [MARCH_29, date(2018, 4, 26), date(2018, 5, 31)]
        made = plan_series(
            board=calendar.board,
            by=calendar.clerk,
            on=ON,
            days=days,
            why="Last Thursday",
            details=Details(place="Hall"),
        )
        assert [(each.meeting_on, each.place, each.status) for each in made] == [
            (date(2018, 4, 26), "Hall", "planned"),
            (date(2018, 5, 31), "Hall", "planned"),
        ]
        assert plan_series(board=calendar.board, by=calendar.clerk, on=ON, days=days, why="Last Thursday") == ()
        assert made[0].history.get().history_change_reason == "Last Thursday"
