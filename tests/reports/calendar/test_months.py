"""The months that a meeting judges are set by who manages the contract, with a reason, and the draft follows."""

from datetime import date

import pytest
from django.utils import timezone

from contracts.rules.months import Month
from contracts.services.refusals import NothingTyped
from reports.models import Paper, PaperRun, ReviewPeriod
from reports.services import papers
from reports.services.meetings import NotYours
from reports.services.review_periods import Months, MonthsMovedOn, MonthsRefused, set_months
from tests.people import Cast
from tests.reading import facts_of, links_of, text_of
from tests.reports.calendar.conftest import ON, Calendar, written
from tests.reports.calendar.desk import Desk

NOVEMBER, DECEMBER = Month(date(2017, 11, 1)), Month(date(2017, 12, 1))
JANUARY = Month(date(2018, 1, 1))
MARCH = Month(date(2018, 3, 1))
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print", "sent")]


def given(calendar: Calendar, first: Month = DECEMBER, last: Month = JANUARY, **changes: object) -> bool:
    asked: dict[str, object] = {
        "contract": calendar.contract,
        "meeting": calendar.second,
        "by": calendar.manager,
        "on": ON,
        "now": timezone.now(),
        "seen": None,
        "first": first,
        "last": last,
        "reason": "The Board asked for it.",
    }
    return set_months(**{**asked, **changes})  # type: ignore[arg-type]


def kept(calendar: Calendar) -> Months:
    row = ReviewPeriod.objects.get(meeting=calendar.second)
    return Month(row.review_from), Month(row.review_to)


def test_they_are_kept_with_who_and_why_and_the_draft_is_built_again(calendar: Calendar) -> None:
    run = papers.run_for(calendar.contract, calendar.second, "report", on=ON, now=timezone.now())
    assert written(run.pk, ON).review_from == NOVEMBER
    assert given(calendar, seen=(NOVEMBER, JANUARY))
    assert kept(calendar) == (DECEMBER, JANUARY)
    line = ReviewPeriod.objects.get(meeting=calendar.second).history.first()
    assert (line.history_user, line.history_change_reason) == (calendar.manager, "The Board asked for it.")
    again = PaperRun.objects.get(state="queued")
    assert again.reason == "The months of the report were set to December 2017 to January 2018."
    assert written(again.pk, ON).review_from == DECEMBER


def test_set_before_anything_is_written_they_are_what_the_draft_judges(calendar: Calendar) -> None:
    assert given(calendar)
    assert not given(calendar), "asked twice, done once"
    assert not PaperRun.objects.exists()
    run = papers.run_for(calendar.contract, calendar.second, "report", on=ON, now=timezone.now())
    paper = written(run.pk, ON)
    assert (paper.review_from, paper.review_to) == (DECEMBER, JANUARY)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(JANUARY, DECEMBER, "last"), (JANUARY, MARCH, "last"), (Month(date(2014, 1, 1)), JANUARY, "first")],
)
def test_months_that_cannot_be_judged_are_refused_beside_the_field(
    calendar: Calendar, first: Month, last: Month, field: str
) -> None:
    with pytest.raises(MonthsRefused) as refusal:
        given(calendar, first, last)
    assert refusal.value.field == field


def test_a_report_that_is_signed_off_keeps_its_months(calendar: Calendar) -> None:
    run = papers.run_for(calendar.contract, calendar.second, "report", on=ON, now=timezone.now())
    Paper.objects.filter(pk=written(run.pk, ON).pk).update(status="signed off")
    with pytest.raises(MonthsRefused, match="take its sign-off back first"):
        given(calendar, seen=(NOVEMBER, JANUARY))
    assert kept(calendar) == (NOVEMBER, JANUARY)


def test_other_months_than_those_seen_are_not_overwritten(calendar: Calendar) -> None:
    given(calendar)
    with pytest.raises(MonthsMovedOn, match="December 2017 to January 2018 stand there now"):
        given(calendar, JANUARY, JANUARY)


def test_without_a_reason_and_by_others_nothing_is_set(calendar: Calendar) -> None:
    with pytest.raises(NothingTyped):
        given(calendar, reason=" ")
    for who in (calendar.clerk, calendar.officer, calendar.member):
        with pytest.raises(NotYours):
            given(calendar, by=who)


def test_they_are_set_from_the_page_of_the_meeting(desk: Desk, cast: Cast) -> None:
    client = desk.seen_by(cast.contract_manager)
    assert "November 2017 to January 2018" in facts_of(client.get(desk.page))["Review period"]
    address = links_of(client.get(desk.page))["(Review period)"]
    form = {"first_month": "12", "first_year": "2017", "last_month": "1", "last_year": "2018", "seen": ""}
    refused = client.post(address, form)
    assert refused.status_code == 422
    done = client.post(address, {**form, "reason": "The Board asked for it."}, follow=True)
    assert "The report judges December 2017 to January 2018." in text_of(done)
    assert "December 2017 to January 2018" in facts_of(done)["Review period"]
    stale = client.post(address, {**form, "first_month": "11", "reason": "A slip."})
    assert stale.status_code == 409
    assert "December 2017 to January 2018 stand there now" in text_of(stale)
