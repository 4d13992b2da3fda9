"""
Asking, handing over, answering, withdrawing, and noting that a meeting minuted it.

A write names the version it read and holds the question's row; what it was refused for is in :class:`QuestionRefused`.
Whoever may not do it at all is told so by :class:`NotYours`, whatever page or task they came from.
"""

from datetime import date, datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from contracts.models import Contract, Person, Question
from contracts.queries import load_ground, load_holders
from contracts.queries.questions import is_asked_by, is_theirs, may_ask, may_be_handed_to, may_minute, subject_of
from contracts.rules.months import day_short
from contracts.rules.questions import Standing, Subject
from contracts.rules.references import next_reference
from contracts.rules.roles import Role
from contracts.services.history import save_with_history
from contracts.services.question_notices import tell_answered, tell_minuted, tell_put, tell_withdrawn
from contracts.services.refusals import NothingTyped, Refused

NUMBERED: Final = "Q"


class NotYours(PermissionDenied):
    """Somebody tried what the table of roles does not give them."""


class QuestionRefused(Refused):
    """Something about a question that cannot be done."""


class QuestionChanged(QuestionRefused):
    """A stale page: somebody was quicker."""

    def __init__(self, question: Question) -> None:
        super().__init__(
            f"{question.reference} was changed by somebody else while you were looking at it."
            f" It is now {question.state}. Look at it again; what you typed is still here."
        )


class NothingAsked(NothingTyped, QuestionRefused):
    """The question, its answer or the words of the minutes were left blank."""


class NotWaiting(QuestionRefused):
    def __init__(self, question: Question) -> None:
        super().__init__(f"{question.reference} does not wait for an answer: it was {question.state}.")


class NotYourQuestion(QuestionRefused):
    def __init__(self, question: Question) -> None:
        super().__init__(f"{question.reference} was asked by somebody else: only they withdraw it.")


class NoBusinessOfTheirs(QuestionRefused):
    field = "to"

    def __init__(self, contract: Contract) -> None:
        super().__init__(f"Choose somebody who works on {contract.reference}: an officer, its supplier or a manager.")


class MinutedAlready(QuestionRefused):
    def __init__(self, question: Question) -> None:
        super().__init__(f"{question.reference} was minuted by {question.minuted_by}: the Board’s paper carries it.")


class WasWithdrawn(QuestionRefused):
    def __init__(self, question: Question) -> None:
        super().__init__(f"{question.reference} was withdrawn: nothing can be done with it any more.")


@transaction.atomic
def ask_question(
    *, contract: Contract, by: Person, at: datetime, subject: Subject, text: str, follows: Question | None = None
) -> Question:
    """
    Puts the question on record under the contract's next reference.

    The contract manager owns it, or nobody where the contract has none. One that follows another is about the same.
    The same words about the same thing from the same person, while they wait, are a form sent twice: one question.
    """
    if not may_ask(contract, load_ground(by).held):
        raise NotYours("Members of the contract’s Board ask questions.")
    held: Contract = Contract.objects.select_for_update(no_key=True).get(pk=contract.pk)
    if not text.strip():
        raise NothingAsked("text", "what you want to know")
    waiting = held.questions.filter(asked_by=by, state=Standing.ASKED.value, text=text.strip(), follows=follows)
    earlier: Question
    for earlier in waiting:
        if subject_of(earlier) == subject:
            return earlier
    managers = load_holders(held).of(Role.CONTRACT_MANAGER)
    question = Question(
        contract=held,
        reference=next_reference(held.questions.values_list("reference", flat=True), NUMBERED),
        about=subject.about.value,
        kpi=subject.kpi,
        project=subject.project,
        month=subject.month,
        rule=subject.rule,
        text=text.strip(),
        asked_by=by,
        asked_at=at,
        owner=managers[0] if managers else None,
        follows=follows,
    )
    save_with_history(question, by=by, why="asked")
    tell_put(question, subject, by=by)
    return question


@transaction.atomic
def hand_over(*, question: Question, by: Person, to: Person, version: int) -> Question:
    """Makes somebody else of the contract the one who is to answer."""
    row, held = _locked(question, version), load_ground(by).held
    if not is_theirs(row, by, held):
        raise NotYours("A question is handed on by who is to answer it, or by the contract manager.")
    if row.state != Standing.ASKED:
        raise NotWaiting(row)
    if to not in may_be_handed_to(row, held):
        raise NoBusinessOfTheirs(row.contract)
    row.owner = to
    row = _saved(row, by=by, why=f"handed to {to}")
    tell_put(row, subject_of(row), by=by)
    return row


@transaction.atomic
def answer_question(*, question: Question, by: Person, at: datetime, answer: str, version: int) -> Question:
    """Answers it, or answers again: what stood before stays in its history."""
    if not is_theirs(_locked(question, version), by, load_ground(by).held):
        raise NotYours("A question is answered by who it was handed to, or by the contract manager.")
    return take_answer(question=question, by=by, at=at, answer=answer, version=version)


@transaction.atomic
def take_answer(*, question: Question, by: Person, at: datetime, answer: str, version: int) -> Question:
    """Writes the answer of whoever may give it here, as :func:`answer_question` and the Board's requests have found."""
    row = _locked(question, version)
    if row.state == Standing.WITHDRAWN:
        raise WasWithdrawn(row)
    if not answer.strip():
        raise NothingAsked("answer", "what the answer is, in words that the Board may read")
    why = "answered" if row.state == Standing.ASKED else "answered again"
    row.state = Standing.ANSWERED.value
    row.answer, row.answered_by, row.answered_at = answer.strip(), by, at
    row = _saved(row, by=by, why=why)
    tell_answered(row, subject_of(row), by=by)
    return row


@transaction.atomic
def withdraw_question(*, question: Question, by: Person, version: int) -> Question:
    """Takes a question back before it is answered or minuted: only who asked it does."""
    row = _locked(question, version)
    if row.asked_by_id != by.pk:
        raise NotYourQuestion(row)
    if not is_asked_by(row, by, load_ground(by).held):
        raise NotYours("Members of the contract’s Board withdraw what they asked.")
    if row.state != Standing.ASKED:
        raise NotWaiting(row)
    if row.minuted_on:
        raise MinutedAlready(row)
    row.state = Standing.WITHDRAWN.value
    row = _saved(row, by=by, why="withdrawn")
    tell_withdrawn(row, subject_of(row), by=by)
    return row


@transaction.atomic
def note_minuted(*, question: Question, by: Person, board: str, meeting_on: date, version: int) -> Question:
    """Notes which meeting minuted it; the request of the Board is written by whoever knows meetings."""
    row = _locked(question, version)
    if not may_minute(row.contract, load_ground(by).held):
        raise NotYours("The clerk and the contract manager minute questions.")
    if row.state == Standing.WITHDRAWN:
        raise WasWithdrawn(row)
    if row.minuted_on:
        raise MinutedAlready(row)
    row.minuted_by, row.minuted_on = board, meeting_on
    row = _saved(row, by=by, why=f"minuted by {board} at its meeting of {day_short(meeting_on)}")
    tell_minuted(row, subject_of(row), by=by)
    return row


def _locked(question: Question, version: int) -> Question:
    held = Question.objects.select_for_update(of=("self",), no_key=True).select_related("contract", "asked_by", "owner")
    row: Question = held.get(pk=question.pk)
    if row.version != version:
        raise QuestionChanged(row)
    return row


def _saved(row: Question, *, by: Person, why: str) -> Question:
    row.version += 1
    save_with_history(row, by=by, why=why)
    return row
