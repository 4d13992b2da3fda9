"""Months of a cancelled meeting that the next report could not take are told until some paper judges them."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts.readings import read_now
from contracts.rules.months import parse_month
from reports.build.addendum import read_addendum
from reports.models import FrozenPaper, Meeting, Paper
from reports.queries.addendum_why import read_why
from reports.queries.months_left import months_left
from reports.queries.new_months import new_months
from reports.render.document import Paragraph
from reports.render.words import document
from reports.services.meetings import cancel_meeting
from reports.snapshot import from_json, to_json
from tests import builders
from tests.builders import issued
from tests.reading import text_of
from tests.reports.calendar.desk import APRIL_26, MARCH_1, Desk

pytestmark = pytest.mark.django_db
WORDS = (
    "November 2017 is judged by no paper: the meeting of Thursday 1 March 2018 was cancelled when the report of"
    " Thursday 29 March 2018 was with the clerk already."
)
TOLD = "An addendum to that report tells it."


@pytest.fixture
def left(desk: Desk) -> Paper:
    """The report of 29 March went out while the meeting before it was to judge November; then that was cancelled."""
    contract, first = desk.contract, builders.meeting(desk.board, MARCH_1)
    builders.review_period(contract, first, "2017-11", "2017-11")
    builders.review_period(contract, desk.meeting, "2017-12", "2018-01")
    Paper.objects.filter(pk=desk.paper.pk).update(review_from=parse_month("2017-12"))
    draft = Paper.objects.get(pk=desk.paper.pk)
    paper = issued.with_the_clerk(draft, desk.cast.contract_manager, timezone.now())
    cancel_meeting(
        meeting=first,
        by=desk.cast.clerk,
        on=date(2018, 2, 26),
        now=timezone.now(),
        version=1,
        reason="Snow.",
    )
    return Paper.objects.get(pk=paper.pk)


def test_they_stand_on_both_meetings_and_the_calendar_with_what_to_do(left: Paper, desk: Desk) -> None:
    first = Meeting.objects.get(meeting_on=MARCH_1)
    pages = [desk.page, desk.at(f"{first.pk}/"), desk.at(f"boards/{desk.board.pk}/")]
    for page in pages:
        shown = text_of(desk.client.get(page))
        assert WORDS in shown, page
        assert TOLD in shown, page
    cancelled = text_of(desk.client.get(pages[1]))
    assert "Its months are judged at the next one." not in cancelled


def test_who_may_ask_is_led_to_the_addendum(left: Paper, desk: Desk) -> None:
    link = reverse("reports:addendum", args=[left.contract.reference, left.pk])
    assert link in desk.seen_by(desk.cast.contract_manager).get(desk.page).content.decode()
    assert TOLD not in text_of(desk.seen_by(desk.cast.board_member).get(desk.page))


def test_the_addendum_tells_them_and_says_why(left: Paper) -> None:
    report = FrozenPaper.objects.get(paper=left, audience="public")
    months = new_months(report, 1)
    assert [each.month for each in months] == [parse_month("2017-11")]
    why = read_now(read_why(report, months, number=1, revision=1))
    assert "November 2017 was to be judged at the meeting of 1 March 2018, which was cancelled when" in why
    assert left.meeting is not None
    built = read_now(
        read_addendum(left.contract, left.meeting, report, [parse_month("2017-11")], on=date(2018, 3, 20), number=1)
    )
    assert (built.review.from_, built.review.to) == (parse_month("2017-11"), parse_month("2017-11"))
    assert [line.month for line in built.months] == [parse_month("2017-11")]


def test_the_addendum_does_not_say_that_the_reports_months_stand_beside_its_own(left: Paper) -> None:
    """Its table ends with November: December and January, which the report judged, are not in it."""
    report = FrozenPaper.objects.get(paper=left, audience="public")
    assert left.meeting is not None
    built = read_now(
        read_addendum(left.contract, left.meeting, report, [parse_month("2017-11")], on=date(2018, 3, 20), number=1)
    )
    shown = document(from_json(to_json(built)))
    said = " ".join(block.text for block in shown.sections[0].blocks if isinstance(block, Paragraph))
    assert "which told the months after these, December 2017 to January 2018" in said
    assert "stand beside" not in said
    assert shown.since_last.startswith("Against October 2017: ")
    assert "What changed in November 2017" in " ".join(section.title for section in shown.sections)


def test_once_another_meeting_is_set_to_judge_them_nothing_is_left(left: Paper, desk: Desk) -> None:
    contract = left.contract
    assert len(months_left(contract, desk.board.pk)) == 1
    builders.review_period(contract, builders.meeting(desk.board, APRIL_26), "2017-11", "2018-02")
    assert months_left(contract, desk.board.pk) == ()


def test_where_the_next_report_is_a_draft_its_months_follow_and_nothing_is_left(desk: Desk) -> None:
    contract = desk.contract
    first = builders.meeting(desk.board, MARCH_1)
    builders.review_period(contract, first, "2017-11", "2017-11")
    builders.review_period(contract, desk.meeting, "2017-12", "2018-01")
    at = datetime.now(tz=timezone.get_current_timezone())
    cancel_meeting(meeting=first, by=desk.cast.clerk, on=date(2018, 2, 26), now=at, version=1, reason="Snow.")
    assert months_left(contract, desk.board.pk) == ()
