"""What pages show of the Board's questions: all of them, those about one thing, those since a meeting, and one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from contracts.models import Contract, Person, Question
from contracts.queries import NAMED, Holders, load_holders
from contracts.readings import Reading
from contracts.rows import Row, Wanted, day, local_day, month_or_none
from contracts.rules.held import Held
from contracts.rules.months import Month
from contracts.rules.questions import About, QuestionLine, Standing, Subject, asked_in_words, open_first
from contracts.rules.roles import ANSWERS_QUESTIONS, ASKS_QUESTIONS, HANDS_QUESTIONS, MINUTES_QUESTIONS, Role

OFFERED: Final = sorted(ANSWERS_QUESTIONS, key=lambda role: (role not in HANDS_QUESTIONS, [*Role].index(role)))
"""The roles a question can be handed to, in the order in which they are offered."""
QUESTION: Final = (
    "q.reference, q.about, q.kpi, q.project, q.month, q.rule, q.text,"
    f" {NAMED.format('asker')}, q.asked_at, {NAMED.format('owner')}, q.state, q.answer,"
    f" {NAMED.format('answerer')}, q.answered_at, q.minuted_on"
)
QUESTIONS: Final = (
    "FROM contracts_question q JOIN contracts_person asker ON asker.id = q.asked_by_id"
    " LEFT JOIN contracts_person owner ON owner.id = q.owner_id"
    " LEFT JOIN contracts_person answerer ON answerer.id = q.answered_by_id WHERE q.contract_id = %s"
)


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
    source, parameters = _heard_at(contract, held)
    about = "q.kpi" if kpi else "q.project"
    (rows,) = yield (Wanted(QUESTION, f"{source} AND {about} = %s", (*parameters, kpi or project)),)
    return AskedAbout(open_first(_line_of(row, on) for row in rows), may_ask(contract, held))


def wanted_asked_since(contract: Contract, held: Held, since: date | None) -> Wanted:
    """The questions asked since the meeting of that day, it included, and older ones that still wait."""
    source, parameters = _heard_at(contract, held)
    if since is None:
        return Wanted(QUESTION, source, parameters)
    # Without a zone: PostgreSQL is asked in UTC, and SQLite keeps it as the text of that.
    begins = timezone.make_aware(datetime.combine(since, time.min)).astimezone(UTC)
    return Wanted(
        QUESTION, f"{source} AND (q.state = 'asked' OR q.asked_at >= %s)", (*parameters, f"{begins:%Y-%m-%d %H:%M:%S}")
    )


def _heard_at(contract: Contract, held: Held) -> tuple[str, tuple[int | str, ...]]:
    """
    For the pages that are opened all day, beside whatever else they read.

    Who hears every question needs no more asked than that; of others the rule of the queryset is asked.
    """
    if held.hears_every_question(contract.reference):
        return QUESTIONS, (contract.pk,)
    heard, parameters = Question.objects.heard_at(contract, held).order_by().values("pk").query.sql_with_params()
    return f"{QUESTIONS} AND q.id IN ({heard})", (contract.pk, *parameters)


def asked_since(contract: Contract, held: Held, since: date | None, on: date, found: Iterable[Row]) -> AskedSince:
    """What :func:`wanted_asked_since` found."""
    lines = open_first(_line_of(row, on) for row in found)
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
    contract = question.contract
    answers = is_theirs(question, person, held)
    is_open, is_withdrawn = question.state == Standing.ASKED, question.state == Standing.WITHDRAWN
    return QuestionDuties(
        may_answer=answers and not is_withdrawn,
        may_withdraw=is_open and is_asked_by(question, person, held) and question.minuted_on is None,
        may_minute=may_minute(contract, held) and not is_withdrawn and question.minuted_on is None,
        may_follow=question.state == Standing.ANSWERED and may_ask(contract, held),
        owners=may_be_handed_to(question, held) if is_open and answers else (),
    )


def is_theirs(question: Question, person: Person, held: Held) -> bool:
    """
    Whether it is theirs to answer and to hand on: any is, to who hands them out; to others what was handed to them, as
    long as they work on the contract.
    """
    here = question.contract.reference
    is_own = question.owner_id == person.pk and held.holds(ANSWERS_QUESTIONS, here)
    return is_own or held.holds(HANDS_QUESTIONS, here)


def is_asked_by(question: Question, person: Person, held: Held) -> bool:
    """Whether they asked it, and sit on the contract's Board still."""
    return question.asked_by_id == person.pk and may_ask(question.contract, held)


def may_minute(contract: Contract, held: Held) -> bool:
    return held.holds(MINUTES_QUESTIONS, contract.reference)


def may_be_handed_to(question: Question, held: Held) -> tuple[Person, ...]:
    """By whom holds this: a manager chooses among all who work on the contract, another owner hands it back."""
    holders = load_holders(question.contract)
    is_managing = held.holds(HANDS_QUESTIONS, question.contract.reference)
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


def _line_of(row: Row, on: date) -> QuestionLine:
    (
        reference, about, kpi, project, at, rule, text, asked_by, asked_at, owner, state, answer, answered_by,
        answered_at, minuted_on,
    ) = row  # fmt: skip
    asked_on = local_day(asked_at)
    return QuestionLine(
        reference=reference,
        subject=Subject(About(about), kpi, project, month_or_none(at), rule),
        text=text,
        asked_by=asked_by,
        asked_on=asked_on,
        age_days=max((on - asked_on).days, 0),
        owner=owner,
        standing=Standing(state),
        answer=answer,
        answered_by=answered_by,
        answered_on=local_day(answered_at) if answered_at else None,
        minuted_on=day(minuted_on),
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
