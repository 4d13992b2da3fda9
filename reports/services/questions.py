"""
What a meeting makes of a question: its minutes turn it into a request of the Board, which heads the next paper.

Only what is minuted heads a paper. The answer of a minuted question answers its request in the same transaction.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from contracts.models import Person, Question
from contracts.rules.months import day_long
from contracts.services import questions
from contracts.services.history import save_with_history
from contracts.services.questions import NothingAsked, QuestionRefused
from reports.models import BoardRequest, Meeting
from reports.services.requests import free_reference


class NotAMeetingOfItsBoard(QuestionRefused):
    field = "meeting"

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"{meeting.board} does not watch this contract, or the meeting was cancelled.")


class DueBeforeItWasAsked(QuestionRefused):
    field = "due"

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"Choose a meeting after that of {day_long(meeting.meeting_on)}.")


@transaction.atomic
def minute_question(
    *,
    question: Question,
    by: Person,
    at: datetime,
    meeting: Meeting,
    text: str,
    owner: str,
    due: Meeting | None,
    version: int,
) -> BoardRequest:
    """Writes the request that the meeting's minutes make of the question, under the contract's next reference."""
    if not text.strip():
        raise NothingAsked("text", "what the minutes say was asked")
    watches = meeting.board.contracts.filter(pk=question.contract_id).exists()
    if not watches or meeting.status == Meeting.Status.CANCELLED:
        raise NotAMeetingOfItsBoard(meeting)
    if due is not None and due.meeting_on <= meeting.meeting_on:
        raise DueBeforeItWasAsked(meeting)
    row = questions.note_minuted(
        question=question, by=by, board=meeting.board.name, meeting_on=meeting.meeting_on, version=version
    )
    request = BoardRequest(
        contract=row.contract,
        reference=_reference_of(row),
        kind=BoardRequest.Kind.QUESTION,
        raised_on=meeting.meeting_on,
        raised_by=str(row.asked_by),
        text=text.strip(),
        owner=owner.strip(),
        assigned_to=row.owner,
        meeting=meeting,
        due_meeting_on=due.meeting_on if due else None,
        question=row,
    )
    _take_answer(request, row)
    save_with_history(request, by=by, why=f"minuted: {row.reference}", at=at)
    return request


@transaction.atomic
def answer_question(*, question: Question, by: Person, at: datetime, answer: str, version: int) -> Question:
    """Answers the question, and the request of the Board that was made of it, unless that is closed."""
    row = questions.answer_question(question=question, by=by, at=at, answer=answer, version=version)
    request = BoardRequest.objects.select_for_update().filter(question=row).first()
    if request is not None and request.status != BoardRequest.Status.CLOSED:
        _take_answer(request, row)
        request.version += 1
        save_with_history(request, by=by, why=f"answered: {row.reference}", at=at)
    return row


def _take_answer(request: BoardRequest, question: Question) -> None:
    if question.answered_at:
        request.status = BoardRequest.Status.ANSWERED
        request.answer = question.answer
        request.answered_on = timezone.localdate(question.answered_at)


def _reference_of(question: Question) -> str:
    """The contract's row is held: two minuted at once are numbered one after the other."""
    return free_reference(type(question.contract).objects.select_for_update(no_key=True).get(pk=question.contract_id))
