"""What somebody still has in hand: what nobody will do once they are gone, and what lies with them though they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from contracts.models import Assignment, Person, Question
from contracts.queries.people import Holding
from contracts.rules.months import month_long, parse_month
from contracts.rules.questions import Standing
from contracts.rules.roles import SUBMITS, VERIFIES, Role
from contracts.services.people.leaving import LEFT
from kpis.models import Return
from projects.models import Project
from reports.models import BoardRequest

MOST_WORDS: Final = 120
UNDER_WAY: Final = (Return.State.OPEN, Return.State.RETURNED)


@dataclass(frozen=True, slots=True)
class LeftWork:
    """One thing that lies with somebody: what it is, its words, and where somebody else takes it on."""

    kind: str
    contract: str
    text: str
    href: str


def load_work(person: Person) -> tuple[LeftWork, ...]:
    """The questions, requests and projects that are theirs, and the returns begun in their areas. One query."""
    text: CharField[str, str] = CharField()
    returns = Return.objects.filter(state__in=UNDER_WAY).filter(Exists(_posts(person)))
    questions = Question.objects.filter(owner=person, state=Standing.ASKED.value)
    requests = BoardRequest.objects.filter(assigned_to=person).exclude(status=BoardRequest.Status.CLOSED)
    projects = Project.objects.filter(manager_person=person, archived_on=None).under_way()
    rows = returns.order_by().values_list(
        Value("return", output_field=text), "service_area__contract__reference", "service_area__code",
        Cast("service_area__name", text), Cast("month", text),
    ).union(
        _rows("question", questions, "text"),
        _rows("request", requests, "text"),
        _rows("project", projects, "title"),
        all=True,
    )  # fmt: skip
    return tuple(sorted(map(_line, rows), key=lambda each: (each.contract, each.kind, each.text)))


def _rows(kind: str, found: QuerySet[Any], words: str) -> QuerySet[Any]:
    text: CharField[str, str] = CharField()
    return found.order_by().values_list(
        Value(kind, output_field=text),
        "contract__reference",
        "reference",
        Cast(words, text),
        Cast("pk", text),
    )


def _posts(person: Person) -> QuerySet[Assignment]:
    own = Assignment.objects.filter(person=person, role__name__in=SUBMITS, contract=OuterRef("service_area__contract"))
    return own.filter(Q(service_area=None) | Q(service_area=OuterRef("service_area")))


def _line(row: tuple[str, str, str, str, str]) -> LeftWork:
    """The last of a row is the month of a return, and of everything else its key."""
    kind, contract, reference, words, last = row
    if kind == "return":
        told = f"{words} ({reference}), {month_long(parse_month(last[:7]))}: not submitted yet"
        return LeftWork(kind, contract, told, reverse("kpis:return_form", args=[contract, reference, last[:7]]))
    short = words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1].rstrip()}…"
    address = {"question": "reports:question", "request": "reports:request", "project": "projects:project"}[kind]
    of = last if kind == "request" else reference
    return LeftWork(kind, contract, f"{reference}: {short}", reverse(address, args=[contract, of]))


def sole_posts(own: tuple[Holding, ...]) -> tuple[str, ...]:
    """What nobody else does: contracts with no other contract manager, areas with no other officer."""
    return tuple(_alone(each.role, each.where) for each in own if each.contract and not each.has_other)


def vacant_posts(person: Person) -> tuple[str, ...]:
    """The same once they have left, from their history: where still nobody does it. One query."""
    now = Assignment.objects.filter(
        Q(service_area=None) | Q(service_area=OuterRef("service_area_id")),
        contract=OuterRef("contract_id"),
        role=OuterRef("role_id"),
        person__is_active=True,
        person__groups=F("role"),
    )
    gone = Assignment.history.filter(person_id=person.pk, history_type="-", history_change_reason__startswith=LEFT)
    rows = gone.filter(~Exists(now)).values_list(
        "role__name", "contract__reference", "contract__title", "service_area__code", "service_area__name"
    )
    return tuple(dict.fromkeys(_told(*row) for row in rows.order_by("contract__reference", "role__name")))


def _told(role: str, contract: str, title: str, code: str | None, name: str | None) -> str:
    return _alone(Role(role), f"{name} ({code}) of {contract}" if code else f"{contract}: {title}")


def _alone(role: Role, where: str) -> str:
    if role in VERIFIES:
        return f"{where}: no other contract manager verifies, decides and signs off"
    if role in SUBMITS:
        return f"{where}: no other officer submits its months"
    return f"{where}: nobody else is {role}"


def told(work: tuple[LeftWork, ...]) -> Iterator[tuple[str, tuple[LeftWork, ...]]]:
    """The work under a heading for each kind."""
    for kind, heading in HEADINGS:
        found = tuple(each for each in work if each.kind == kind)
        if found:
            yield heading, found


HEADINGS: Final = (
    ("return", "Returns begun in their areas"),
    ("question", "Questions they are to answer"),
    ("request", "Requests of the Board that are theirs"),
    ("project", "Projects they manage"),
)
