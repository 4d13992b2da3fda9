"""What the pages of questions need beside the questions: what they are about, and the meetings that can minute them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse

from contracts.models import Contract, Question
from contracts.queries.questions import subject_of
from contracts.rules.held import Held
from contracts.rules.months import Month, MonthNotUnderstood, day_long, month_key, month_of, parse_month
from contracts.rules.questions import About, Subject
from kpis.models import Kpi
from kpis.rules.codes import CodeNotUnderstood, normalise_code
from projects.models import Project
from reports.models import Meeting
from reports.rules.exceptions import Rule

RULES = frozenset(rule.value.replace("_", " ") for rule in Rule)
LONGEST = 60
"""No code, reference, month or rule is longer."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a question is about, by its name, and the page where it is looked at."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class MinutesChoice:
    """The meetings that can have minuted a question, latest first, and those at which its answer can be due."""

    held: Sequence[tuple[int, str]]
    coming: Sequence[tuple[int, str]]


def find_subject(contract: Contract, query: QueryDict, on: date) -> Subject | None:
    """What an address asks about: ``kpi``, with ``month`` and ``rule`` or without, or ``project``; else nothing."""
    code, reference = given(query, "kpi"), given(query, "project")
    if code and not reference:
        return _figure(contract, code, given(query, "month"), given(query, "rule").replace("_", " "), on)
    if reference and not code and Project.objects.filter(contract=contract, reference=reference).exists():
        return Subject(About.PROJECT, project=reference)
    return None


def given(query: QueryDict, name: str) -> str:
    """Nothing where it is longer than it could be, or holds what no text in a database can."""
    text = query.get(name, "").strip()
    return text if len(text) <= LONGEST and text.isprintable() else ""


def place_of(contract: Contract, subject: Subject) -> Place:
    """Name and page of what one question is about."""
    return places_of(contract, [subject])[subject]


def places_of(contract: Contract, asked: Iterable[Subject]) -> dict[Subject, Place]:
    """Name and page of everything that questions are about. Two queries."""
    subjects = set(asked)
    kpis = {subject.kpi for subject in subjects if subject.kpi}
    references = {subject.project for subject in subjects if subject.project}
    names = dict(Kpi.objects.filter(contract=contract, code__in=kpis).values_list("code", "name"))
    titles = dict(Project.objects.filter(contract=contract, reference__in=references).values_list("reference", "title"))
    return {subject: _place(contract, subject, names, titles) for subject in subjects}


def minutes_choice(contract: Contract, on: date) -> MinutesChoice:
    """The meetings of the Board that were not cancelled. One query."""
    meetings = Meeting.objects.filter(board__contracts=contract).exclude(status=Meeting.Status.CANCELLED)
    rows = list(meetings.select_related("board").order_by("meeting_on", "board__name"))
    held = [meeting for meeting in rows if meeting.meeting_on <= on]
    coming = [meeting for meeting in rows if meeting.meeting_on > on]
    return MinutesChoice([_choice(meeting) for meeting in reversed(held)], [_choice(meeting) for meeting in coming])


def seen_questions(contract: Contract, held: Held) -> "QuerySet[Question]":
    """The contract's questions that its seer may see, each with the names and the request that its page shows."""
    kpis = Kpi.objects.filter(contract=OuterRef("contract"), code=OuterRef("kpi"))
    projects = Project.objects.filter(contract=OuterRef("contract"), reference=OuterRef("project"))
    rows: QuerySet[Question] = (
        Question.objects.heard_at(contract, held)
        .select_related("contract", "asked_by", "owner", "answered_by")
        .annotate(
            kpi_name=Subquery(kpis.values("name")[:1]),
            project_title=Subquery(projects.values("title")[:1]),
            request_pk=F("board_requests__pk"),
            request_reference=F("board_requests__reference"),
            request_status=F("board_requests__status"),
            request_due_on=F("board_requests__due_meeting_on"),
        )
    )
    return rows


def place_of_seen(row: Any) -> Place:
    """What a question of :func:`seen_questions` is about. No query."""
    return _place(row.contract, subject_of(row), {row.kpi: row.kpi_name or ""}, {row.project: row.project_title or ""})


def _figure(contract: Contract, typed: str, month: str, rule: str, on: date) -> Subject | None:
    try:
        code = normalise_code(typed)
    except CodeNotUnderstood:
        code = typed
    try:
        of = parse_month(month) if month else None
    except MonthNotUnderstood:
        return None
    if of is not None and not month_of(contract.commences_on) <= of < month_of(on):
        return None
    if rule and (of is None or rule not in RULES):
        return None
    if not Kpi.objects.filter(contract=contract, code=code).exists():
        return None
    return Subject(About.EXCEPTION if rule else About.FIGURE, kpi=code, month=of, rule=rule)


def _place(contract: Contract, subject: Subject, names: Mapping[str, str], titles: Mapping[str, str]) -> Place:
    if subject.about is About.PROJECT:
        href = reverse("projects:project", args=[contract.reference, subject.project])
        return Place(titles.get(subject.project, ""), href)
    if subject.about is About.EXCEPTION and subject.month:
        month = month_key(Month(subject.month))
        page = reverse("reports:exceptions", args=[contract.reference])
        return Place(names.get(subject.kpi, ""), f"{page}?from={month}&to={month}")
    return Place(names.get(subject.kpi, ""), reverse("kpis:kpi", args=[contract.reference, subject.kpi]))


def _choice(meeting: Meeting) -> tuple[int, str]:
    return meeting.pk, f"{day_long(meeting.meeting_on)}, {meeting.board.name}"
