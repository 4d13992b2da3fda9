"""Beat counts in UTC, what is due goes by the day in London: where they part, nothing comes early or twice."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from celery.schedules import schedule
from django.utils import timezone

from config.celery import app
from contracts.queries import today, working_calendar
from contracts.rules.calendar import draft_on
from reports.build.periods import offsets_of
from reports.models import Meeting, PaperRun
from reports.services import news
from reports.tasks import start_due_papers
from tests.reports.cases import a_contract, a_meeting

SECOND = timedelta(seconds=1)


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def set_clock(monkeypatch: pytest.MonkeyPatch, instant: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: instant)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("instant", "local", "day"),
    [
        # Clocks go forward on 29 March 2026 at 01:00: there is no 01:30.
        (at(2026, 3, 28, 23, 30), "23:30 GMT", date(2026, 3, 28)),
        (at(2026, 3, 29, 0, 30), "00:30 GMT", date(2026, 3, 29)),
        (at(2026, 3, 29, 1, 30), "02:30 BST", date(2026, 3, 29)),
        (at(2026, 3, 29, 22, 59), "23:59 BST", date(2026, 3, 29)),
        (at(2026, 3, 29, 23, 30), "00:30 BST", date(2026, 3, 30)),
        (at(2026, 3, 30, 0, 30), "01:30 BST", date(2026, 3, 30)),
        # They go back on 25 October 2026 at 02:00: there are two 01:30s.
        (at(2026, 10, 24, 23, 30), "00:30 BST", date(2026, 10, 25)),
        (at(2026, 10, 25, 0, 30), "01:30 BST", date(2026, 10, 25)),
        (at(2026, 10, 25, 1, 30), "01:30 GMT", date(2026, 10, 25)),
        (at(2026, 10, 25, 23, 30), "23:30 GMT", date(2026, 10, 25)),
        (at(2026, 10, 26, 0, 30), "00:30 GMT", date(2026, 10, 26)),
        # Year end, and the day that is not in every year.
        (at(2026, 12, 31, 23, 59), "23:59 GMT", date(2026, 12, 31)),
        (at(2027, 1, 1, 0), "00:00 GMT", date(2027, 1, 1)),
        (at(2027, 3, 1, 0), "00:00 GMT", date(2027, 3, 1)),
        (at(2028, 2, 29, 0, 30), "00:30 GMT", date(2028, 2, 29)),
        (at(2028, 2, 29, 23, 59), "23:59 GMT", date(2028, 2, 29)),
    ],
    ids=lambda given: given.isoformat() if isinstance(given, datetime) else None,
)
def test_the_day_is_londons(instant: datetime, local: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, instant)
    assert f"{timezone.localtime(instant):%H:%M %Z}" == local
    assert today() == day


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2026, 3, 30), at(2026, 3, 29, 23)),
        (date(2026, 10, 26), at(2026, 10, 26, 0)),
        (date(2026, 10, 23), at(2026, 10, 22, 23)),
        (date(2026, 12, 31), at(2026, 12, 31, 0)),
        (date(2028, 2, 29), at(2028, 2, 29, 0)),
        (date(2028, 3, 1), at(2028, 3, 1, 0)),
    ],
    ids=str,
)
def test_a_paper_falls_due_with_londons_midnight_and_once(
    day: date, begins: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked at every quarter of an hour from three hours before to a day after, as beat does more often."""
    monkeypatch.setattr(news, "_send", lambda run_id: None)
    meeting = a_meeting(a_contract())
    meeting.meeting_on = meeting_with_draft_on(day, meeting)
    meeting.save(update_fields=["meeting_on"])
    first = begins - timedelta(hours=3)
    for quarter in range(4 * 27):
        instant = first + quarter * timedelta(minutes=15)
        set_clock(monkeypatch, instant)
        start_due_papers.apply(throw=True)
        assert PaperRun.objects.filter(kind="report").count() == (1 if instant >= begins else 0), instant
    assert PaperRun.objects.get(kind="report").due_on == day
    set_clock(monkeypatch, begins - SECOND)
    assert today() == day - timedelta(days=1)


def meeting_with_draft_on(day: date, meeting: Meeting) -> date:
    """The first meeting day whose papers are drafted on that day."""
    offsets, calendar = offsets_of(meeting.board, meeting.board.contracts.get()), working_calendar()
    days = (day + timedelta(days=ahead) for ahead in range(60))
    return next(each for each in days if draft_on(each, calendar, offsets) == day)


def identity(instant: datetime) -> datetime:
    return instant


def test_beat_counts_seconds_in_utc_so_that_no_hour_is_left_out_or_asked_twice() -> None:
    assert app.conf.enable_utc
    assert str(app.timezone) == "UTC"
    for name, entry in app.conf.beat_schedule.items():
        every = timedelta(seconds=entry["schedule"])
        for change in (at(2026, 3, 29, 1), at(2026, 10, 25, 1)):
            now = change + timedelta(minutes=1)
            asked = schedule(every, app=app, nowfun=partial(identity, now))
            last = now - every
            assert asked.is_due(last).is_due, name
            assert not asked.is_due(last + timedelta(seconds=1)).is_due, name
