"""A meeting that does not take place: its months, requests and key list go to the next one by themselves."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from contracts.models import Message
from contracts.services.history import save_with_history
from contracts.services.refusals import NothingTyped
from kpis.models import Return
from reports.build.periods import review_for
from reports.models import Meeting, Paper, PaperRun, ReviewPeriod
from reports.services import papers
from reports.services.calendar_follows import Followed
from reports.services.meetings import (
    AlreadyMeets,
    DayHasPassed,
    NoLongerSo,
    NotHeldYet,
    NotYours,
    Stale,
    cancel_meeting,
    hold_meeting,
    plan_again,
    plan_meeting,
)
from reports.snapshot import from_json
from tests import builders
from tests.reports.calendar.conftest import MARCH_1, MARCH_29, ON, Calendar, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print", "sent")]

NOVEMBER, DECEMBER, JANUARY = date(2017, 11, 1), date(2017, 12, 1), date(2018, 1, 1)
REASON = "Snow has closed County Hall."


def now() -> datetime:
    return timezone.now()


def cancel(calendar: Calendar, meeting: Meeting | None = None, on: date = ON) -> Followed:
    row = Meeting.objects.get(pk=(meeting or calendar.first).pk)
    return cancel_meeting(meeting=row, by=calendar.clerk, on=on, now=now(), version=row.version, reason=REASON)


def again(calendar: Calendar, day: date = MARCH_1, on: date = ON) -> Followed:
    row = Meeting.objects.get(pk=calendar.first.pk)
    return plan_again(meeting=row, by=calendar.clerk, on=on, now=now(), version=row.version, day=day)


def draft(calendar: Calendar, meeting: Meeting, on: date) -> Paper:
    run = papers.run_for(calendar.contract, meeting, "report", on=on, now=now())
    return written(run.pk, on)


def months(paper: Paper) -> tuple[date, date]:
    return paper.review_from, paper.review_to


def verified_to_december(calendar: Calendar) -> None:
    """As things stood when the draft for 1 March was written."""
    Return.objects.filter(month=JANUARY).update(state="open")


def verified_to_january() -> None:
    Return.objects.filter(month=JANUARY).update(state="verified")


def test_cancelled_before_anything_was_written_the_29_march_report_covers_november_to_january(
    calendar: Calendar,
) -> None:
    cancel(calendar)
    assert months(draft(calendar, calendar.second, MARCH_29)) == (NOVEMBER, JANUARY)


def test_cancelled_after_its_draft_was_written_the_29_march_report_covers_november_to_january(
    calendar: Calendar,
) -> None:
    verified_to_december(calendar)
    assert months(draft(calendar, calendar.first, ON)) == (NOVEMBER, DECEMBER)
    verified_to_january()
    cancel(calendar)
    review = review_for(calendar.contract, calendar.second)
    assert (review.first, review.last, review.is_repeat) == (NOVEMBER, JANUARY, False)
    assert months(draft(calendar, calendar.second, MARCH_29)) == (NOVEMBER, JANUARY)


def test_cancelled_after_both_drafts_were_written_the_second_is_built_again_with_november_to_january(
    calendar: Calendar, sent: list[int], django_capture_on_commit_callbacks: object
) -> None:
    verified_to_december(calendar)
    draft(calendar, calendar.first, ON)
    verified_to_january()
    assert months(draft(calendar, calendar.second, ON)) == (JANUARY, JANUARY)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        followed = cancel(calendar)
    assert followed.periods == ("The report of Thursday 29 March 2018 now judges from November 2017.",)
    (run,) = PaperRun.objects.filter(state="queued")
    assert (run.meeting, run.revision, run.reason) == (
        calendar.second,
        2,
        "The meeting of Thursday 1 March 2018 was cancelled.",
    )
    assert sent == [run.pk]
    paper = written(run.pk, ON)
    assert months(paper) == (NOVEMBER, JANUARY)
    stored = from_json(paper.snapshot)
    assert (stored.review.from_, stored.review.to) == (NOVEMBER, JANUARY)


def test_planned_again_it_has_its_months_back_and_the_next_meeting_the_rest(calendar: Calendar) -> None:
    verified_to_december(calendar)
    draft(calendar, calendar.first, ON)
    verified_to_january()
    draft(calendar, calendar.second, ON)
    cancel(calendar)
    again(calendar)
    kept = {
        period.meeting_id: (period.review_from, period.review_to)
        for period in ReviewPeriod.objects.filter(meeting__meeting_on__gte=ON)
    }
    assert kept == {calendar.first.pk: (NOVEMBER, DECEMBER), calendar.second.pk: (JANUARY, JANUARY)}


def test_planned_again_for_a_later_day_it_judges_what_is_left(calendar: Calendar) -> None:
    verified_to_december(calendar)
    draft(calendar, calendar.first, ON)
    verified_to_january()
    cancel(calendar)
    draft(calendar, calendar.second, ON)
    again(calendar, day=date(2018, 4, 26))
    assert not ReviewPeriod.objects.filter(meeting=calendar.first).exists()
    assert review_for(calendar.contract, Meeting.objects.get(pk=calendar.first.pk)).is_repeat


def test_a_frozen_report_is_not_given_other_months_and_that_is_said(calendar: Calendar) -> None:
    verified_to_december(calendar)
    draft(calendar, calendar.first, ON)
    verified_to_january()
    frozen = draft(calendar, calendar.second, ON)
    Paper.objects.filter(pk=frozen.pk).update(status="with the clerk")
    followed = cancel(calendar)
    assert "is final and does not judge the months of this meeting" in followed.in_words
    assert ReviewPeriod.objects.get(meeting=calendar.second).review_from == JANUARY
    assert not PaperRun.objects.filter(state="queued").exists()


class TestRequestsDueAtIt:
    def test_go_to_the_next_planned_meeting_and_come_back_when_it_is_planned_again(self, calendar: Calendar) -> None:
        due = builders.request(calendar.contract, "B1", due_meeting_on=MARCH_1)
        answered = builders.request(
            calendar.contract, "B2", due_meeting_on=MARCH_1, status="answered", answer="Done.", answered_on=ON
        )
        closed = builders.request(
            calendar.contract, "B3", due_meeting_on=MARCH_1, status="closed", answer="Done.", answered_on=ON
        )
        later = builders.request(calendar.contract, "B4", due_meeting_on=MARCH_29)
        followed = cancel(calendar)
        assert (followed.requests, followed.requests_to) == (2, MARCH_29)
        assert self.days(due, answered, closed, later) == [MARCH_29, MARCH_29, MARCH_1, MARCH_29]
        again(calendar)
        assert self.days(due, answered, closed, later) == [MARCH_1, MARCH_1, MARCH_1, MARCH_29]

    def test_that_were_moved_since_stay_where_people_put_them(self, calendar: Calendar) -> None:
        due = builders.request(calendar.contract, "B1", due_meeting_on=MARCH_1)
        cancel(calendar)
        due.refresh_from_db()
        save_with_history(due, by=calendar.clerk, why="put off")
        again(calendar)
        assert self.days(due) == [MARCH_29]

    def test_find_a_meeting_as_soon_as_one_is_planned(self, calendar: Calendar) -> None:
        due = builders.request(calendar.contract, "B1", due_meeting_on=MARCH_29)
        cancel(calendar, calendar.second)
        assert self.days(due) == [MARCH_29]
        plan_meeting(board=calendar.board, by=calendar.clerk, on=ON, day=date(2018, 4, 26))
        assert self.days(due) == [date(2018, 4, 26)]
        due.refresh_from_db()
        assert due.version == 2

    @staticmethod
    def days(*rows: object) -> list[date]:
        for row in rows:
            row.refresh_from_db()  # type: ignore[attr-defined]
        return [row.due_meeting_on for row in rows]  # type: ignore[attr-defined]


def test_a_proposed_key_list_is_decided_at_the_next_meeting(calendar: Calendar) -> None:
    project = builders.project(calendar.contract)
    proposal = builders.key_list(calendar.contract, project, put_to_board_on=MARCH_1, board=calendar.board.name)
    cancel(calendar)
    proposal.refresh_from_db()
    assert proposal.put_to_board_on == MARCH_29


def test_officers_the_contract_manager_and_other_clerks_are_told_once_and_the_member_not(calendar: Calendar) -> None:
    cancel(calendar)
    cancel(calendar)
    told = Message.objects.filter(kind="meeting changed").order_by("pk")
    assert [message.person for message in told] == [calendar.manager, calendar.officer]
    assert told[0].subject == "Meeting cancelled: 1 Mar 2018"
    assert f"Reason: {REASON}" in told[0].body


def test_only_who_keeps_the_calendar_cancels(calendar: Calendar) -> None:
    for who in (calendar.manager, calendar.officer, calendar.member):
        with pytest.raises(NotYours):
            cancel_meeting(meeting=calendar.first, by=who, on=ON, now=now(), version=1, reason=REASON)
    calendar.first.refresh_from_db()
    assert calendar.first.status == "planned"


def test_a_stale_page_cancels_nothing_and_is_shown_what_stands(calendar: Calendar) -> None:
    with pytest.raises(Stale) as refusal:
        cancel_meeting(meeting=calendar.first, by=calendar.clerk, on=ON, now=now(), version=7, reason=REASON)
    assert refusal.value.now.version == 1


def test_without_a_reason_nothing_is_cancelled(calendar: Calendar) -> None:
    with pytest.raises(NothingTyped):
        cancel_meeting(meeting=calendar.first, by=calendar.clerk, on=ON, now=now(), version=1, reason="  ")


def test_a_day_that_has_passed_is_not_planned_again(calendar: Calendar) -> None:
    cancel(calendar)
    with pytest.raises(DayHasPassed):
        again(calendar, on=date(2018, 3, 14))
    again(calendar, day=date(2018, 4, 12), on=date(2018, 3, 14))
    calendar.first.refresh_from_db()
    assert (calendar.first.meeting_on, calendar.first.moved_from, calendar.first.reason) == (
        date(2018, 4, 12),
        MARCH_1,
        "",
    )


def test_a_day_that_is_cancelled_is_planned_again_and_not_a_second_time(calendar: Calendar) -> None:
    cancel(calendar)
    with pytest.raises(AlreadyMeets, match="plan that one again"):
        plan_meeting(board=calendar.board, by=calendar.clerk, on=ON, day=MARCH_1)


class TestHolding:
    def test_it_is_marked_on_its_day_once(self, calendar: Calendar) -> None:
        for _ in range(2):
            hold_meeting(meeting=calendar.first, by=calendar.clerk, on=MARCH_1, version=1)
        calendar.first.refresh_from_db()
        assert (calendar.first.status, calendar.first.version) == ("held", 2)

    def test_it_is_not_marked_before_its_day_nor_when_it_was_cancelled(self, calendar: Calendar) -> None:
        with pytest.raises(NotHeldYet):
            hold_meeting(meeting=calendar.first, by=calendar.clerk, on=ON, version=1)
        cancel(calendar)
        with pytest.raises(NoLongerSo):
            hold_meeting(meeting=calendar.first, by=calendar.clerk, on=MARCH_1, version=2)

    def test_by_mistake_it_is_cancelled_unless_something_was_minuted(self, calendar: Calendar) -> None:
        cancel(calendar, calendar.december)
        again_held = Meeting.objects.get(pk=calendar.december.pk)
        assert again_held.status == "cancelled"
        hold_meeting(meeting=calendar.first, by=calendar.clerk, on=MARCH_1, version=1)
        builders.request(calendar.contract, "B1", meeting=calendar.first)
        with pytest.raises(NoLongerSo, match="minuted"):
            cancel(calendar, on=MARCH_1)
