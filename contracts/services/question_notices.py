"""
Telling people of questions, in the transaction of the act: each occasion once to each person, never to who acted.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from contracts.models import Message, Person, Question
from contracts.rules.months import day_long
from contracts.rules.questions import Subject
from contracts.services.messages import tell

Kind = Message.Kind


def tell_put(question: Question, subject: Subject, *, by: Person) -> None:
    """To the owner: the question is theirs to answer."""
    said = f"{question.asked_by} asks about {subject.words}:\n\n{question.text}\n\nIt is yours to answer."
    _tell(_owner(question), question, Kind.QUESTION_PUT, "A question to answer", said, by=by)


def tell_answered(question: Question, subject: Subject, *, by: Person) -> None:
    """To who asked: what the answer is."""
    said = f"You asked about {subject.words}:\n\n{question.text}\n\n{by} answers:\n\n{question.answer}"
    _tell((question.asked_by,), question, Kind.QUESTION_ANSWERED, "Your question is answered", said, by=by)


def tell_withdrawn(question: Question, subject: Subject, *, by: Person) -> None:
    """To the owner: nothing is to be answered any more."""
    said = f"{by} has withdrawn the question about {subject.words}. It needs no answer:\n\n{question.text}"
    _tell(_owner(question), question, Kind.QUESTION_WITHDRAWN, "A question was withdrawn", said, by=by)


def tell_minuted(question: Question, subject: Subject, *, by: Person) -> None:
    """To the owner: it heads the next paper now, until it is closed."""
    when = day_long(question.minuted_on) if question.minuted_on else ""
    said = (
        f"The question about {subject.words} was minuted at the meeting of {question.minuted_by} on {when}."
        f" It heads the Board’s papers until it is closed:\n\n{question.text}"
    )
    _tell(_owner(question), question, Kind.QUESTION_MINUTED, "A question was minuted", said, by=by)


def _tell(
    people: Iterable[Person], question: Question, kind: Message.Kind, what: str, said: str, *, by: Person
) -> None:
    contract = question.contract
    path = reverse("reports:question", args=[contract.reference, question.reference])
    link = f"\n{settings.SITE_URL}{path}\n" if settings.SITE_URL else ""
    tell(
        people,
        contract=contract,
        kind=kind,
        key=f"{kind} {question.pk} {question.version}",
        subject=f"{what}: {question.reference}",
        body=f"{contract.title}\n\n{said}\n{link}",
        but=by,
    )


def _owner(question: Question) -> tuple[Person, ...]:
    return (question.owner,) if question.owner else ()
