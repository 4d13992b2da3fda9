"""
What the Board asked for: minuted at a meeting, answered, handed on, put off, closed and, where it must be, reopened.

Nothing is dropped: a wrong entry is closed with an answer that says so. A write names the version it read and holds the
row; what it was refused for is in :class:`RequestRefused`. A request made of a member's question answers that as well.
"""

from datetime import date
from typing import Final

from django.db import transaction

from contracts.models import Contract, Person, Question
from contracts.queries import instant_on, load_ground, load_holders
from contracts.queries.questions import may_own
from contracts.rules.months import day_long
from contracts.rules.references import next_reference
from contracts.rules.roles import ANSWERS_QUESTIONS
from contracts.services import questions
from contracts.services.history import save_with_history
from contracts.services.refusals import NothingTyped, Refused
from reports.models import BoardRequest, Meeting
from reports.services.asking import NotYours
from reports.services.request_notices import tell_assigned

NUMBERED: Final = "B"
Status = BoardRequest.Status


class RequestRefused(Refused):
    """Something about a request of the Board that cannot be done."""


class RequestChanged(RequestRefused):
    """A stale page: somebody was quicker."""

    def __init__(self, request: BoardRequest) -> None:
        super().__init__(
            f"{request.reference} was changed by somebody else while you were looking at it. It is now"
            f" {request.status}, as shown above. Look at it again; what you typed is still here."
        )


class NothingSaid(NothingTyped, RequestRefused):
    """What has to be said was left blank."""


class ReferenceTaken(RequestRefused):
    field = "reference"

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is a request {reference} already: give another reference, or leave it blank.")


class NotMinutedThere(RequestRefused):
    field = "meeting"

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"{meeting.board} of {day_long(meeting.meeting_on)} cannot have minuted it: choose another.")


class NotDueThere(RequestRefused):
    field = "due"

    def __init__(self, after: date) -> None:
        super().__init__(f"Choose a planned meeting after {day_long(after)}.")


class NoBusinessOfTheirs(RequestRefused):
    field = "assigned_to"

    def __init__(self, contract: Contract) -> None:
        super().__init__(f"Choose somebody who works on {contract.reference}.")


class IsClosed(RequestRefused):
    def __init__(self, request: BoardRequest) -> None:
        super().__init__(f"{request.reference} is closed: reopen it first.")


class NotClosed(RequestRefused):
    def __init__(self, request: BoardRequest) -> None:
        super().__init__(f"{request.reference} is not closed: it is {request.status}.")


@transaction.atomic
def minute_request(
    *,
    contract: Contract,
    meeting: Meeting,
    kind: str,
    text: str,
    raised_by: str,
    owner: str,
    by: Person,
    on: date,
    assigned_to: Person | None = None,
    due: Meeting | None = None,
    reference: str = "",
) -> BoardRequest:
    """
    Writes what a meeting resolved, asked or requested, under the reference given or the next free one.

    The same words minuted twice at one meeting are a form sent twice: one request.
    """
    must_minute(by, contract)
    held: Contract = Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    said, named = text.strip(), reference.strip()
    if not said:
        raise NothingSaid("text", "what the minutes say")
    if not _watches(meeting, held) or meeting.status == Meeting.Status.CANCELLED or meeting.meeting_on > on:
        raise NotMinutedThere(meeting)
    known: BoardRequest | None = held.board_requests.filter(meeting=meeting, kind=kind, text=said).first()
    if known is not None and named in ("", known.reference):
        return known
    if named and held.board_requests.filter(reference=named).exists():
        raise ReferenceTaken(named)
    _refuse_due(held, due, meeting.meeting_on)
    _refuse_stranger(held, assigned_to)
    request = BoardRequest(
        contract=held,
        reference=named or free_reference(held),
        kind=kind,
        raised_on=meeting.meeting_on,
        raised_by=raised_by.strip(),
        text=said,
        owner=owner.strip(),
        assigned_to=assigned_to,
        meeting=meeting,
        due_meeting_on=due.meeting_on if due else None,
    )
    save_with_history(request, by=by, why="minuted", at=instant_on(on))
    tell_assigned(request, by=by)
    return request


@transaction.atomic
def answer_request(*, request: BoardRequest, by: Person, on: date, answer: str, version: int) -> BoardRequest:
    """Answers it, or answers again: what stood before stays in its history. It heads the papers until it is closed."""
    row = _locked(request, version)
    must_answer(by, row)
    _refuse_closed(row)
    _take_answer(row, answer, by=by, on=on)
    row.status = Status.ANSWERED
    return _saved(row, by=by, on=on, why="answered")


@transaction.atomic
def close_request(*, request: BoardRequest, by: Person, on: date, answer: str, version: int) -> BoardRequest:
    """Closes it with its answer: it heads no paper from then on."""
    row = _locked(request, version)
    must_minute(by, row.contract)
    _refuse_closed(row)
    if answer.strip() != row.answer:
        _take_answer(row, answer, by=by, on=on)
    elif not row.answer:
        raise NothingSaid("answer", "what the answer is: nothing is closed without one")
    row.status, row.closed_on = Status.CLOSED, on
    row.answered_on = row.answered_on or on
    return _saved(row, by=by, on=on, why="closed")


@transaction.atomic
def reopen_request(*, request: BoardRequest, by: Person, on: date, reason: str, version: int) -> BoardRequest:
    """Opens a closed one again, with its answer; from then on it heads the papers again."""
    row = _locked(request, version)
    must_minute(by, row.contract)
    if row.status != Status.CLOSED:
        raise NotClosed(row)
    row.status, row.closed_on = Status.OPEN, None
    return _saved(row, by=by, on=on, why=f"reopened: {_said('reason', reason, 'why it is reopened')}")


@transaction.atomic
def hand_request(
    *, request: BoardRequest, by: Person, on: date, owner: str, assigned_to: Person | None, version: int
) -> BoardRequest:
    """Makes another post its owner, and another person, or nobody in particular, the one who gets mail about it."""
    row = _locked(request, version)
    must_answer(by, row)
    _refuse_closed(row)
    _refuse_stranger(row.contract, assigned_to)
    is_other = assigned_to is not None and assigned_to.pk != row.assigned_to_id
    row.owner, row.assigned_to = _said("owner", owner, "who is to answer"), assigned_to
    named = f"{row.owner} ({assigned_to})" if assigned_to and str(assigned_to) != row.owner else row.owner
    saved = _saved(row, by=by, on=on, why=f"handed to {named}")
    if is_other:
        tell_assigned(saved, by=by)
    return saved


@transaction.atomic
def move_due(*, request: BoardRequest, by: Person, on: date, due: Meeting, reason: str, version: int) -> BoardRequest:
    """Puts the answer off to another meeting that is planned."""
    row = _locked(request, version)
    must_minute(by, row.contract)
    _refuse_closed(row)
    _refuse_due(row.contract, due, max(row.raised_on, on))
    said = _said("reason", reason, "why the meeting is another one")
    before = day_long(row.due_meeting_on) if row.due_meeting_on else "no meeting"
    row.due_meeting_on = due.meeting_on
    return _saved(row, by=by, on=on, why=f"due at {day_long(due.meeting_on)} instead of {before}: {said}")


def free_reference(contract: Contract) -> str:
    """`B006` after `B005`. Whoever takes it holds the contract's row, so that two are numbered one after the other."""
    return next_reference(contract.board_requests.values_list("reference", flat=True), NUMBERED)


def must_minute(by: Person, contract: Contract) -> None:
    if not load_ground(by).held.minutes(contract.reference):
        raise NotYours("The clerk, the contract manager and administrators minute what the Board asks, and close it.")


def must_answer(by: Person, request: BoardRequest) -> None:
    """Whoever it is assigned to answers, as long as they work on the contract, or who minutes."""
    works_on_it = load_ground(by).held.holds(ANSWERS_QUESTIONS, request.contract.reference)
    if request.assigned_to_id != by.pk or not works_on_it:
        must_minute(by, request.contract)


def _take_answer(row: BoardRequest, answer: str, *, by: Person, on: date) -> None:
    said = _said("answer", answer, "what the answer is, in words that the Board may read")
    if row.question is not None and row.question.answer != said:
        questions.take_answer(
            question=row.question, by=by, at=instant_on(on), answer=said, version=row.question.version
        )
    row.answer, row.answered_on = said, on


def _locked(request: BoardRequest, version: int) -> BoardRequest:
    """The row, held; its question first, in the order in which answering a question holds them."""
    if request.question_id is not None:
        Question.objects.select_for_update(no_key=True).get(pk=request.question_id)
    held = BoardRequest.objects.select_for_update(of=("self",), no_key=True)
    row: BoardRequest = held.select_related("contract", "assigned_to", "question", "meeting").get(pk=request.pk)
    if row.version != version:
        raise RequestChanged(row)
    return row


def _saved(row: BoardRequest, *, by: Person, on: date, why: str) -> BoardRequest:
    row.version += 1
    save_with_history(row, by=by, why=why, at=instant_on(on))
    return row


def _said(field: str, typed: str, what: str) -> str:
    if not typed.strip():
        raise NothingSaid(field, what)
    return typed.strip()


def _watches(meeting: Meeting, contract: Contract) -> bool:
    return bool(meeting.board.contracts.filter(pk=contract.pk).exists())


def _refuse_closed(row: BoardRequest) -> None:
    if row.status == Status.CLOSED:
        raise IsClosed(row)


def _refuse_due(contract: Contract, due: Meeting | None, after: date) -> None:
    if due is None:
        return
    if due.status != Meeting.Status.PLANNED or due.meeting_on <= after or not _watches(due, contract):
        raise NotDueThere(after)


def _refuse_stranger(contract: Contract, person: Person | None) -> None:
    if person is not None and person not in may_own(load_holders(contract)):
        raise NoBusinessOfTheirs(contract)
