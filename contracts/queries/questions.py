"""What pages show of the Board's questions: all of them, those about one thing, those since a meeting, and one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from contracts.models import Contract, Person, Question
from contracts.queries import Holders, load_holders
from contracts.readings import Reading
from contracts.rules.held import Held
from contracts.rules.months import Month
from contracts.rules.questions import About, QuestionLine, Standing, Subject, asked_in_words, open_first
from contracts.rules.roles import ANSWERS_QUESTIONS, ASKS_QUESTIONS, HANDS_QUESTIONS, MINUTES_QUESTIONS, Role

OFFERED: Final = sorted(ANSWERS_QUESTIONS, key=lambda role: (role not in HANDS_QUESTIONS, [*Role].index(role)))
"""The roles a question can be handed to, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """The questions about one KPI or project, and whether the person may add one."""

    lines: tuple[QuestionLine, ...]
    may_ask: bool


@dataclass(frozen=True, slots=True)
class AskedSince:
    """The questions that a meeting should hear of: asked since the last one, and older ones without an answer."""

    words: str
    lines: tuple[QuestionLine, ...]
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Event:
    """A change in the history of a question: when, by whom and what; ``answer`` where another one stood until then."""

    at: datetime
    by: str
    what: str
    answer: str


@dataclass(frozen=True, slots=True)
class QuestionDuties:
    """What a person may do with a question. ``owners`` are those they may hand it to; nobody, if they may not."""

    may_answer: bool
    may_withdraw: bool
    may_minute: bool
    may_follow: bool
    owners: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, what it follows and what followed it, and what became of it, latest first."""

    line: QuestionLine
    minuted_by: str
    follows: str
    followed_by: tuple[str, ...]
    events: tuple[Event, ...]


def load_questions(contract: Contract, held: Held, on: date) -> tuple[QuestionLine, ...]:
    """Every question of the contract that the person may see, open ones first. One query."""
    return open_first(_lines(Question.objects.heard_at(contract, held), on))


def read_asked_about(
    contract: Contract, held: Held, on: date, *, kpi: str = "", project: str = ""
) -> Reading[AskedAbout]:
    """The questions about a KPI or a project. One step."""
    heard = Question.objects.heard_at(contract, held)
    (rows,) = yield (_told(heard.filter(kpi=kpi) if kpi else heard.filter(project=project)),)
    return AskedAbout(open_first(_line(row, on) for row in rows), may_ask(contract, held))


def load_asked_since(contract: Contract, held: Held, since: date | None, on: date) -> AskedSince:
    """The questions asked since the meeting of that day, it included, and older ones that still wait."""
    instant = timezone.make_aware(datetime.combine(since, time.min)) if since else None
    found = Question.objects.heard_at(contract, held).waiting_or_since(instant)
    lines = open_first(_lines(found, on))
    return AskedSince(asked_in_words(lines, since), lines, may_ask(contract, held))


def may_ask(contract: Contract, held: Held) -> bool:
    """Whether the person sits on the contract's Board."""
    return held.holds(ASKS_QUESTIONS, contract.reference)


def load_question_page(question: Question, held: Held, on: date) -> QuestionPage:
    """One question with its history; of those it follows and that follow it only what the person may see."""
    beside = Question.objects.heard_at(question.contract, held).filter(Q(pk=question.follows_id) | Q(follows=question))
    rows = list(beside.order_by("asked_at").values_list("pk", "reference"))
    return QuestionPage(
        line=_line(question, on),
        minuted_by=question.minuted_by,
        follows=next((reference for pk, reference in rows if pk == question.follows_id), ""),
        followed_by=tuple(reference for pk, reference in rows if pk != question.follows_id),
        events=tuple(reversed([*_events(question)])),
    )


def load_question_duties(question: Question, person: Person, held: Held) -> QuestionDuties:
    """What the person may do with it: by their part in the contract, and by what has been done. One query at most."""
    roles = held.roles_at(question.contract.reference)
    manages, is_own = not roles.isdisjoint(HANDS_QUESTIONS), question.owner_id == person.pk
    is_open, is_withdrawn = question.state == Standing.ASKED, question.state == Standing.WITHDRAWN
    return QuestionDuties(
        may_answer=(manages or is_own) and not is_withdrawn,
        may_withdraw=is_open and question.asked_by_id == person.pk and question.minuted_on is None,
        may_minute=not roles.isdisjoint(MINUTES_QUESTIONS) and not is_withdrawn and question.minuted_on is None,
        may_follow=question.state == Standing.ANSWERED and not roles.isdisjoint(ASKS_QUESTIONS),
        owners=_owners(question, is_managing=manages) if is_open and (manages or is_own) else (),
    )


def _owners(question: Question, *, is_managing: bool) -> tuple[Person, ...]:
    """Whom it can be handed to: a manager chooses among all who work on the contract, another owner hands it back."""
    holders = load_holders(question.contract)
    found = may_own(holders) if is_managing else holders.of(Role.CONTRACT_MANAGER)
    return tuple(each for each in found if each.pk != question.owner_id)


def may_own(holders: Holders) -> tuple[Person, ...]:
    """Everybody of the contract who can be made to answer, each once."""
    return tuple(dict.fromkeys(person for role in OFFERED for person in holders.of(role)))


def subject_of(question: Question) -> Subject:
    month = Month(question.month) if question.month else None
    return Subject(About(question.about), question.kpi, question.project, month, question.rule)


def _told(found: "QuerySet[Question]") -> "QuerySet[Question]":
    return found.select_related("asked_by", "owner", "answered_by")


def _lines(found: "QuerySet[Question]", on: date) -> Iterator[QuestionLine]:
    for row in _told(found):
        yield _line(row, on)


def _line(row: Question, on: date) -> QuestionLine:
    asked_on = timezone.localdate(row.asked_at)
    return QuestionLine(
        reference=row.reference,
        subject=subject_of(row),
        text=row.text,
        asked_by=str(row.asked_by),
        asked_on=asked_on,
        age_days=max((on - asked_on).days, 0),
        owner=str(row.owner) if row.owner else "",
        standing=Standing(row.state),
        answer=row.answer,
        answered_by=str(row.answered_by) if row.answered_by else "",
        answered_on=timezone.localdate(row.answered_at) if row.answered_at else None,
        minuted_on=row.minuted_on,
    )


def _events(question: Question) -> Iterator[Event]:
    """Oldest first; each with the answer that stood until then and does no more."""
    rows = list(question.history.select_related("history_user").order_by("history_date", "history_id"))
    if rows:
        yield _event(rows[0], rows[0].asked_at, "")
    for before, after in pairwise(rows):
        is_answer = before.answer != after.answer
        yield _event(after, after.answered_at if is_answer else after.history_date, before.answer if is_answer else "")


def _event(row: Any, at: datetime, replaced: str) -> Event:
    return Event(at, str(row.history_user) if row.history_user else "", row.history_change_reason or "", replaced)
