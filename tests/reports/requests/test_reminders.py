"""Reminders of what the Board waits for: three occasions, each told once, to whom it is assigned."""

from datetime import date

import pytest

from contracts.models import Contract, Message
from contracts.queries import working_calendar
from reports.models import BoardRequest
from reports.rules.requests import Occasion, RequestFacts, age_in_meetings, known_on, occasion
from reports.services.request_reminders import write_reminders
from tests import builders
from tests.people import Cast

DUE = date(2018, 3, 29)
DRAFTED, SOON, LATER = date(2018, 3, 14), date(2018, 3, 7), date(2018, 4, 5)


@pytest.fixture
def waiting(contract: Contract, cast: Cast) -> BoardRequest:
    builders.meeting(builders.board(contract), DUE)
    return builders.request(contract, due_meeting_on=DUE)


def told() -> list[tuple[str, str]]:
    return [
        (each.person.email.partition("@")[0], each.subject.partition(":")[0]) for each in Message.objects.order_by("pk")
    ]


@pytest.mark.parametrize(
    ("on", "reached"),
    [
        (date(2018, 3, 6), None),
        (SOON, Occasion.SOON),
        (date(2018, 3, 13), Occasion.SOON),
        (DRAFTED, Occasion.DRAFT),
        (DUE, Occasion.DRAFT),
        (date(2018, 3, 30), Occasion.OVERDUE),
    ],
)
def test_the_occasion_is_reached_on_its_day(on: date, reached: Occasion | None, db: None) -> None:
    assert occasion(DUE, DRAFTED, on, working_calendar()) == reached


def test_each_occasion_is_told_once(waiting: BoardRequest) -> None:
    for day in (date(2018, 3, 6), SOON, SOON, date(2018, 3, 13), DRAFTED, DRAFTED, DUE, LATER, LATER, date(2018, 6, 1)):
        write_reminders(on=day)
    assert told() == [("contract_manager", each) for each in ("Due soon", "Due now", "Overdue")]


def test_the_one_it_is_assigned_to_is_reminded_and_a_leaver_is_not(waiting: BoardRequest, cast: Cast) -> None:
    waiting.assigned_to = cast.officer
    waiting.save()
    assert write_reminders(on=DRAFTED) == 1
    waiting.assigned_to = cast.leaver
    waiting.save()
    assert write_reminders(on=LATER) == 1
    assert told() == [("officer", "Due now"), ("contract_manager", "Overdue")]


def test_put_off_to_another_meeting_it_is_due_anew(waiting: BoardRequest) -> None:
    assert write_reminders(on=LATER) == 1
    waiting.due_meeting_on = date(2018, 4, 26)
    waiting.save()
    assert write_reminders(on=LATER) == 1
    assert [subject for _, subject in told()] == ["Overdue", "Due soon"]


@pytest.mark.parametrize("status", ["answered", "closed"])
def test_nobody_is_reminded_of_what_is_answered(status: str, waiting: BoardRequest) -> None:
    waiting.status, waiting.answer = status, "Yes."
    waiting.save()
    assert write_reminders(on=LATER) == 0


def test_a_request_without_a_meeting_or_beyond_the_calendar_is_passed_over(
    contract: Contract, waiting: BoardRequest
) -> None:
    builders.request(contract, "B002")
    builders.request(contract, "B003", due_meeting_on=date(2031, 1, 2))
    assert write_reminders(on=DRAFTED) == 1


KNOWN = RequestFacts("closed", "Yes.", date(2018, 3, 16), date(2018, 3, 20))


@pytest.mark.parametrize(
    ("known", "on", "expected"),
    [
        (KNOWN, date(2018, 3, 15), ("open", "")),
        (KNOWN, date(2018, 3, 16), ("answered", "Yes.")),
        (KNOWN, date(2018, 3, 20), ("closed", "Yes.")),
        (RequestFacts("closed", "Yes.", date(2018, 3, 16), None), date(2018, 3, 15), ("open", "")),
        (RequestFacts("closed", "Yes.", date(2018, 3, 16), None), date(2018, 3, 16), ("closed", "Yes.")),
        (RequestFacts("closed", "Yes.", None, None), date(2018, 3, 1), ("closed", "Yes.")),
        (RequestFacts("answered", "Yes.", None, None), date(2018, 3, 1), ("answered", "Yes.")),
        (RequestFacts("open", "Yes.", date(2018, 3, 16), None), date(2018, 3, 16), ("open", "Yes.")),
        (RequestFacts("open", "", None, None), date(2018, 3, 16), ("open", "")),
    ],
)
def test_a_request_stood_as_its_days_tell(known: RequestFacts, on: date, expected: tuple[str, str]) -> None:
    assert known_on(known, on) == expected


def test_its_age_counts_the_meetings_after_the_one_that_raised_it() -> None:
    meetings = [date(2018, 1, 1), date(2018, 2, 1), date(2018, 3, 1), date(2018, 4, 1)]
    assert age_in_meetings(date(2018, 1, 1), date(2018, 3, 1), meetings) == 2
