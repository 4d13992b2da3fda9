"""
Searching what the kernel holds, and how every app asks its tables: the best rows first, with the number of all of them.

Contracts, service areas, months and questions come in one statement. Nothing is found that the person may not see.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any, Final, NamedTuple

from django.db.models import Case, Count, DateField, F, IntegerField, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse

from contracts.models import Contract, Person, Question, ServiceArea
from contracts.rules.months import Month, day_short, month_end, month_key, month_long, month_of
from contracts.rules.search import Found, Hit, Slice, Sought, Weight, snippet

MONTHS, QUESTIONS, AREAS, CONTRACTS = "months", "questions", "areas", "contracts"
KINDS: Final = (MONTHS, QUESTIONS, AREAS, CONTRACTS)

Rows = QuerySet[Any]


def holds(words: Iterable[str], *fields: str) -> Q:
    """Every word in one of the fields; every row where there is no word."""
    each = (reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields)) for word in words)
    return reduce(and_, each, Q())


def rank_of(sought: Sought, code: str, title: str, also: Q | None = None) -> Case:
    """The weight of a row as the database works it out; ``also`` is another way of being exactly what was typed."""
    phrase = sought.phrase
    exact = Q(**{f"{code}__iexact": phrase}) | Q(**{f"{title}__iexact": phrase})
    return Case(
        When(exact | also if also is not None else exact, then=Value(Weight.EXACT.value)),
        When(
            Q(**{f"{code}__istartswith": phrase}) | Q(**{f"{title}__istartswith": phrase}),
            then=Value(Weight.BEGINS.value),
        ),
        When(holds(sought.terms, code, title), then=Value(Weight.IN_TITLE.value)),
        default=Value(Weight.IN_TEXT.value),
        output_field=IntegerField(),
    )


def best(found: Rows, rank: Any, part: Slice, *order: str) -> Rows:
    """The rows of this part, with ``rank`` and the ``total`` of all; what is added to them is read for these alone."""
    ordered = found.annotate(rank=rank).order_by("rank", *order, "pk")
    total = found.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk")).values("number")
    rows: Rows = found.model._default_manager.filter(
        pk__in=ordered.values("pk")[part.offset : part.offset + part.limit]
    )
    shown: Rows = rows.annotate(rank=rank, total=Subquery(total)).order_by("rank", *order, "pk")
    return shown


def found_of(kind: str, rows: Sequence[Any], hit: Callable[[Any], Hit]) -> Found:
    """The rows of :func:`best` as hits."""
    return Found(kind, rows[0].total if rows else 0, tuple(hit(row) for row in rows))


def search_kernel(
    person: Person, sought: Sought, part: Slice, on: date, kinds: Collection[str] = KINDS
) -> tuple[Found, ...]:
    """What there is of these kinds. One query."""
    asked = [kind for kind in KINDS if kind in kinds and (kind != MONTHS or sought.month)]
    if not asked:
        return ()
    first, *others = (ARMS[kind](person, sought, part, on) for kind in asked)
    rows = [Row(*row) for row in first.union(*others, all=True)]
    rows.sort(key=lambda row: (row.rank, -row.day.toordinal() if row.day else 0, row.title, row.code))
    return tuple(_found(kind, [row for row in rows if row.kind == kind], sought) for kind in asked)


class Row(NamedTuple):
    """A row of the statement: the same columns for every kind, blank where a kind has nothing to say."""

    kind: str
    rank: int
    total: int
    contract: str
    contract_title: str
    code: str
    title: str
    text: str
    about: str
    month: date | None
    day: date | None


def _arm(kind: str, rows: Rows, **columns: Any) -> Rows:
    """These rows as a part of the statement: every column of :class:`Row`, in its order."""
    said = {
        "kind": _text(kind), "rank": F("rank"), "total": F("total"), "contract": F("contract__reference"),
        "contract_title": F("contract__title"), "code": _text(), "title": _text(), "text": _text(), "about": _text(),
        "month": Cast(Value(None), DateField()), "day": Cast(Value(None), DateField()), **columns,
    }  # fmt: skip
    named = {f"as_{name}": said[name] for name in Row._fields}
    arm: Rows = rows.order_by().annotate(**named).values_list(*named)
    return arm


def _text(text: str = "") -> Cast:
    return Cast(Value(text), TextField())


def _contracts(person: Person, sought: Sought, part: Slice, on: date) -> Rows:
    found = Contract.objects.visible_to(person).filter(
        holds(sought.terms, "reference", "title", "authority", "supplier")
    )
    rows = best(found, rank_of(sought, "reference", "title"), part, "title")
    return _arm(
        CONTRACTS, rows, **_OWN, code=F("reference"), title=F("title"), text=F("supplier"), about=F("authority")
    )


def _months(person: Person, sought: Sought, part: Slice, on: date) -> Rows:
    """The month that was typed, for every contract that was running then; one that has not ended is not there yet."""
    month = sought.month or month_of(on)
    running = Contract.objects.visible_to(person).filter(commences_on__lte=month_end(month))
    found = running.filter(holds(sought.rest, "reference", "title")) if month < month_of(on) else running.none()
    rows = best(found, Value(Weight.EXACT.value, output_field=IntegerField()), part, "title")
    return _arm(MONTHS, rows, **_OWN, month=Cast(Value(month), DateField()))


def _areas(person: Person, sought: Sought, part: Slice, on: date) -> Rows:
    found = ServiceArea.objects.filter(contract__in=Contract.objects.visible_to(person)).filter(
        holds(sought.terms, "code", "name")
    )
    return _arm(AREAS, best(found, rank_of(sought, "code", "name"), part, "name"), code=F("code"), title=F("name"))


def _questions(person: Person, sought: Sought, part: Slice, on: date) -> Rows:
    found = Question.objects.visible_to(person).filter(
        holds(sought.terms, "reference", "text", "answer", "kpi", "project")
    )
    rows = best(found, rank_of(sought, "reference", "text"), part, "-asked_at")
    subject = {"about": Concat("kpi", "project", output_field=TextField()), "month": F("month")}
    return _arm(
        QUESTIONS, rows, code=F("reference"), title=F("text"), text=F("answer"), day=TruncDate("asked_at"), **subject
    )


_OWN: Final[dict[str, Any]] = {"contract": F("reference"), "contract_title": F("title")}
ARMS: Final[Mapping[str, Callable[[Person, Sought, Slice, date], Rows]]] = {
    MONTHS: _months,
    QUESTIONS: _questions,
    AREAS: _areas,
    CONTRACTS: _contracts,
}


def _found(kind: str, rows: Sequence[Row], sought: Sought) -> Found:
    return Found(kind, rows[0].total if rows else 0, tuple(HITS[kind](row, sought) for row in rows))


def _contract_hit(row: Row, sought: Sought) -> Hit:
    return Hit(
        title=row.title,
        href=reverse("reports:exceptions", args=[row.contract]),
        where=f"{row.about}, supplied by {row.text}",
        code=row.code,
        weight=Weight(row.rank),
    )


def _month_hit(row: Row, sought: Sought) -> Hit:
    key = month_key(Month(row.month)) if row.month else ""
    return Hit(
        title=f"{month_long(Month(row.month))}: exceptions" if row.month else "",
        href=f"{reverse('reports:exceptions', args=[row.contract])}?from={key}&to={key}",
        where=row.contract_title,
        more=(("KPIs by month", f"{reverse('kpis:matrix', args=[row.contract])}?to={key}"),),
        weight=Weight(row.rank),
    )


def _area_hit(row: Row, sought: Sought) -> Hit:
    return Hit(
        title=row.title,
        href=reverse("kpis:area", args=[row.contract, row.code]),
        where=row.contract_title,
        code=row.code,
        weight=Weight(row.rank),
    )


def _question_hit(row: Row, sought: Sought) -> Hit:
    asked = f"asked {day_short(row.day)}" if row.day else ""
    month = f", {month_long(Month(row.month))}" if row.month else ""
    return Hit(
        title=snippet(row.title, sought.terms),
        href=reverse("reports:question", args=[row.contract, row.code]),
        where=f"{row.contract_title}; about {row.about}{month}; {asked}",
        text=snippet(row.text, sought.terms) or "Not answered",
        code=row.code,
        weight=Weight(row.rank),
    )


HITS: Final[Mapping[str, Callable[[Row, Sought], Hit]]] = {
    MONTHS: _month_hit,
    QUESTIONS: _question_hit,
    AREAS: _area_hit,
    CONTRACTS: _contract_hit,
}
