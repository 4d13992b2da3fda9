"""Where a paper stands: what is done, what comes next and by when, and whether the clear days hold."""

from datetime import UTC, date, datetime

import pytest

from contracts.calendars import england
from contracts.rules.calendar import WorkingCalendar
from reports.rules.life import Act, Life, life
from reports.rules.standing import Due, Standing, standing_of

CALENDAR: WorkingCalendar = england((), 2010, 2028)
DUE = Due(date(2018, 3, 19), date(2018, 3, 20), date(2018, 3, 21), date(2018, 3, 29))
DRAFTED_ON = date(2018, 3, 14)


def act(kind: str, day: int, pk: int = 0) -> Act:
    at = datetime(2018, 3, day, 10, tzinfo=UTC)
    return Act(pk or day, kind, kind, "Contract manager", 1, at, published_at=at if kind == "published" else None)


def stands(status: str, told: Life, day: int, due: Due = DUE, *, freezes: bool = False) -> Standing:
    return standing_of(status, DRAFTED_ON, told, due, date(2018, 3, day), 5, CALENDAR, is_being_frozen=freezes)


@pytest.mark.parametrize(
    ("status", "acts", "standings"),
    [
        ("draft", (), "past next to-come to-come"),
        ("draft", (act("signed off", 19),), "past next to-come to-come"),
        ("signed off", (act("signed off", 19),), "past past next to-come"),
        ("with the clerk", (act("signed off", 19), act("handed over", 20)), "past past past next"),
        ("published", (act("signed off", 19), act("handed over", 20), act("published", 21)), "past past past past"),
    ],
)
def test_the_first_step_that_is_not_done_comes_next(status: str, acts: tuple[Act, ...], standings: str) -> None:
    steps = stands(status, life(acts), 15).steps
    assert " ".join(step.standing.replace(" ", "-") for step in steps) == standings


def test_a_signature_that_was_taken_back_does_not_count() -> None:
    told = life((act("signed off", 19), act("taken back", 20)))
    assert told.signed is None
    assert not stands("draft", told, 20).waits_for_second


def test_a_draft_that_was_signed_waits_for_a_second_person() -> None:
    standing = stands("draft", life((act("signed off", 19),)), 19)
    assert standing.waits_for_second
    assert standing.next.startswith("A second person signs it off as well")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (15, "The contract manager signs it off, by Monday 19 March 2018."),
        (19, "The contract manager signs it off today, Monday 19 March 2018."),
        (20, "The contract manager signs it off; that was due by Monday 19 March 2018."),
    ],
)
def test_what_is_next_says_by_when(day: int, words: str) -> None:
    assert stands("draft", life(()), day).next == words


@pytest.mark.parametrize(("day", "is_late"), [(21, False), (22, True)])
def test_what_is_not_published_is_late_after_the_last_good_day(day: int, is_late: bool) -> None:
    standing = stands("with the clerk", life((act("signed off", 19), act("handed over", 20))), day)
    assert standing.is_late is is_late
    assert standing.timing.startswith("Late: ") is is_late
    assert standing.steps[-1].is_late is is_late


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (21, "In time: 5 clear days before the meeting."),
        (22, "Late by 1 working day: 4 clear days instead of 5 before the meeting."),
    ],
)
def test_what_is_published_is_held_against_the_clear_days(day: int, words: str) -> None:
    told = life((act("signed off", 19), act("handed over", 20), act("published", day)))
    assert stands("published", told, 28).timing == words


def test_a_publication_recorded_again_counts_as_it_was_recorded_last() -> None:
    told = life((act("published", 22), act("published", 21, pk=30)))
    assert stands("published", told, 28).is_late is False


def test_an_addendum_is_late_whenever_it_comes_and_none_of_its_steps_is() -> None:
    due = Due(publish_by=DUE.publish_by, meeting_on=DUE.meeting_on, is_after_agenda=True)
    standing = stands("with the clerk", life((act("signed off", 23), act("handed over", 26))), 26, due)
    assert standing.is_late
    assert standing.timing.startswith("An addendum comes after the agenda")
    assert not any(step.is_late for step in standing.steps)


def test_while_it_is_frozen_nobody_is_asked_for_anything() -> None:
    assert stands("signed off", life((act("signed off", 19),)), 20, freezes=True).next.startswith("It is being printed")


def test_what_was_withdrawn_has_no_next_step() -> None:
    told = life((act("signed off", 19), act("handed over", 20), act("withdrawn", 21)))
    standing = stands("withdrawn", told, 22)
    assert [step.name for step in standing.steps] == ["Draft", "Signed off", "With the clerk", "Withdrawn"]
    assert (standing.next, standing.timing, standing.is_late) == ("", "", False)


def test_without_a_calendar_nothing_is_late() -> None:
    standing = stands("draft", life(()), 28, Due(meeting_on=DUE.meeting_on))
    assert (standing.timing, standing.is_late) == ("", False)
