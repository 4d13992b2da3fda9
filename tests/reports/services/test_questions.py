"""Minuting a question: only that makes it a request of the Board, which heads the next paper until it is closed."""

from datetime import UTC, date, datetime

import pytest

from contracts.models import Contract, Message, Question, ServiceArea
from contracts.services.questions import MinutedAlready, NothingAsked, WasWithdrawn
from reports.build import build_paper
from reports.models import BoardRequest, Meeting
from reports.services import questions as services
from tests import builders
from tests.people import Cast

THEN = datetime(2018, 3, 9, 16, 30, tzinfo=UTC)
TODAY = date(2018, 3, 14)


@pytest.fixture
def meeting(contract: Contract) -> Meeting:
    return builders.meeting(builders.board(contract), date(2018, 3, 1), "held")


@pytest.fixture
def coming(meeting: Meeting) -> Meeting:
    return builders.meeting(meeting.board, date(2018, 3, 29))


@pytest.fixture
def asked(cast: Cast, contract: Contract) -> Question:
    return builders.question(contract, cast.board_member, owner=cast.contract_manager)


def minute(
    question: Question, cast: Cast, meeting: Meeting, due: Meeting | None = None, text: str = "Why?"
) -> BoardRequest:
    return services.minute_question(
        question=question, by=cast.clerk, at=THEN, meeting=meeting, text=text, owner="Contract manager", due=due,
        version=question.version,
    )  # fmt: skip


def test_a_minuted_question_becomes_a_request_of_the_board(
    asked: Question, cast: Cast, meeting: Meeting, coming: Meeting
) -> None:
    builders.request(asked.contract, "B007")
    request = minute(asked, cast, meeting, coming)
    asked.refresh_from_db()
    assert (asked.minuted_by, asked.minuted_on) == ("Scrutiny Board", date(2018, 3, 1))
    assert (request.reference, request.kind, request.status) == ("B008", "question", "open")
    assert (request.raised_on, request.raised_by) == (date(2018, 3, 1), "Board member")
    assert (request.owner, request.due_meeting_on, request.question) == ("Contract manager", date(2018, 3, 29), asked)
    assert list(Message.objects.values_list("person__email", "kind")) == [
        ("contract_manager@example.org", "question minuted")
    ]


def test_only_what_was_minuted_heads_the_next_paper(
    asked: Question, cast: Cast, area: ServiceArea, meeting: Meeting, coming: Meeting
) -> None:
    builders.results(builders.kpi(area), "2017-11", ["95", "94", "93"])
    builders.returns(area, "2017-11", "2018-01")
    assert build_paper(asked.contract, coming, on=TODAY).requests == ()
    minute(asked, cast, meeting, coming, "Why did calls go unanswered?")
    (line,) = build_paper(asked.contract, coming, on=TODAY).requests
    assert (line.text, line.owner, line.status) == ("Why did calls go unanswered?", "Contract manager", "open")


def test_what_was_answered_before_is_minuted_with_its_answer(asked: Question, cast: Cast, meeting: Meeting) -> None:
    answered = services.answer_question(question=asked, by=cast.contract_manager, at=THEN, answer="A fault.", version=1)
    request = minute(answered, cast, meeting)
    assert (request.status, request.answer, request.answered_on) == ("answered", "A fault.", date(2018, 3, 9))


def test_the_answer_of_a_minuted_question_answers_its_request(asked: Question, cast: Cast, meeting: Meeting) -> None:
    minute(asked, cast, meeting)
    asked.refresh_from_db()
    services.answer_question(
        question=asked, by=cast.contract_manager, at=THEN, answer="A fault.", version=asked.version
    )
    request = BoardRequest.objects.get()
    assert (request.status, request.answer) == ("answered", "A fault.")
    assert request.history.latest().history_user == cast.contract_manager


def test_a_closed_request_is_not_opened_by_another_answer(asked: Question, cast: Cast, meeting: Meeting) -> None:
    request = minute(asked, cast, meeting)
    request.status, request.answer = "closed", "Settled at the meeting."
    request.save()
    asked.refresh_from_db()
    services.answer_question(
        question=asked, by=cast.contract_manager, at=THEN, answer="A fault.", version=asked.version
    )
    request.refresh_from_db()
    assert (request.status, request.answer) == ("closed", "Settled at the meeting.")


def test_a_question_is_minuted_once(asked: Question, cast: Cast, meeting: Meeting) -> None:
    minute(asked, cast, meeting)
    asked.refresh_from_db()
    with pytest.raises(MinutedAlready):
        minute(asked, cast, meeting)
    assert BoardRequest.objects.count() == 1


def test_a_withdrawn_question_is_not_minuted(asked: Question, cast: Cast, meeting: Meeting) -> None:
    asked.state = "withdrawn"
    asked.save()
    with pytest.raises(WasWithdrawn):
        minute(asked, cast, meeting)


def test_a_board_that_does_not_watch_the_contract_minutes_nothing(asked: Question, cast: Cast) -> None:
    elsewhere = builders.meeting(builders.board(name="Planning Board"), date(2018, 3, 1), "held")
    with pytest.raises(services.NotAMeetingOfItsBoard):
        minute(asked, cast, elsewhere)


def test_a_cancelled_meeting_minutes_nothing(asked: Question, cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(services.NotAMeetingOfItsBoard):
        minute(asked, cast, builders.meeting(meeting.board, date(2018, 3, 8), "cancelled"))


def test_the_answer_is_due_after_the_meeting_that_asked(asked: Question, cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(services.DueBeforeItWasAsked):
        minute(asked, cast, meeting, meeting)
    asked.refresh_from_db()
    assert asked.minuted_on is None


def test_the_minutes_say_something(asked: Question, cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(NothingAsked):
        minute(asked, cast, meeting, text=" ")
