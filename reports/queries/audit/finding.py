"""Which lines of the audit are asked for, newest first, over all its tables in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from contracts.models import Access, Contract, Person
from kpis.models import Entry
from reports.queries.audit.sources import SOURCES, Source
from reports.rules.audit import ACT, ADDED, IN_WORDS, AuditQuestion, Position

NAMES: Final = ("reference", "code", "email", "name", "subject", "title")
"""Fields that people call a thing by, of which some are unique in their contract only."""
FAR: Final = 3
"""How many relations away from a row its contract, or what it belongs to, may be."""
HELD_BY: Final = ("person", "deputy")
"""What is somebody's own: in every other column a person has done something to a row of others."""
PRIVATE: Final = (Entry,)
"""What is being typed is the service area's alone until it is submitted."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose lines: of all, or of what belongs to these contracts alone."""

    contracts: tuple[int, ...] | None = None

    @property
    def is_everything(self) -> bool:
        return self.contracts is None


def find(question: AuditQuestion, scope: Scope, *, after: Position | None, limit: int) -> tuple[Position, ...]:
    """Where the lines stand, the newest first and at most so many. One query."""
    branches: list[str] = []
    values: list[Any] = []
    for number, source in enumerate(SOURCES):
        rows = _rows(source, question, scope)
        if rows is None:
            continue
        rows = _behind(rows, source, number, after).order_by(f"-{source.at}", "-pk")[:limit]
        try:
            statement, given = rows.values_list(
                F(source.at), Value(number, output_field=IntegerField()), F(source.pk)
            ).query.sql_with_params()
        except EmptyResultSet:
            continue
        # A name for each: PostgreSQL wants one, and what it is does not matter.
        branches.append(f"SELECT * FROM ({statement}) AS branch_{number}")  # noqa: S608 # the ORM's own
        values += given
    if not branches:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(branches)} ORDER BY 1 DESC, 2, 3 DESC LIMIT {int(limit)}", values)
        return tuple(Position(_instant(at), source, key) for at, source, key in cursor.fetchall())


def _rows(source: Source, question: AuditQuestion, scope: Scope) -> QuerySet[Any] | None:
    """The lines of one table that are asked for; nothing where none of them can be."""
    rows = _done(source, question.done)
    if rows is None or question.kind not in ("", source.key):
        return None
    for wanted in _contracts(question, scope):
        within = _within(source.thing, Contract, wanted, FAR)
        if within is None or (not scope.is_everything and source.thing in PRIVATE):
            return None
        rows = rows.filter(_on_line(within, source))
    if question.of is not None:
        target: type[models.Model] = apps.get_model(question.of.table)
        within = _within(source.thing, target, Q(id=question.of.key), FAR)
        if within is None:
            return None
        rows = rows.filter(_on_line(within, source))
    if question.reference:
        named = _named(source.thing, question.reference, FAR)
        if named is None:
            return None
        rows = rows.filter(_on_line(named, source))
    if question.first:
        rows = rows.filter(**{f"{source.at}__gte": _midnight(question.first)})
    if question.last:
        rows = rows.filter(**{f"{source.at}__lt": _midnight(question.last + timedelta(days=1))})
    if question.person:
        known = Q(email__icontains=question.person) | Q(job_title__icontains=question.person)
        rows = rows.filter(**{f"{source.person}__in": Person.objects.filter(known).values("pk")})
    if question.words:
        rows = rows.filter(**{f"{source.why}__icontains": question.words})
    if question.address:
        rows = rows.filter(**{source.address: question.address})
    if question.request:
        rows = rows.filter(**{source.request: question.request})
    return rows


def _done(source: Source, done: str) -> QuerySet[Any] | None:
    """The lines of a table that tell of something done so; nothing where it never is."""
    rows = source.rows
    if not done:
        return rows
    if source.is_history:
        return rows.filter(**{source.done: done}) if done in IN_WORDS else None
    if source.thing is Access:
        return rows.filter(kind=done) if done in Access.Kind.values else None
    if not source.done:
        return rows if done == ADDED else None
    return rows if done == ACT else None


def _contracts(question: AuditQuestion, scope: Scope) -> Iterator[Q]:
    if question.contract:
        yield Q(reference=question.contract)
    if scope.contracts is not None:
        yield Q(pk__in=scope.contracts)


def _within(model: type[models.Model], target: type[models.Model], wanted: Q, far: int) -> Q | None:
    """Rows that belong to such contracts or things, by the shortest ways there are; nothing where none leads there."""
    if model is target:
        return wanted
    up = [field for field in _relations(model) if field.related_model is target]
    direct = up or [field for field in model._meta.concrete_fields if target is Person and field.name in HELD_BY]
    if direct:
        ways: list[Q | None] = [
            Q(**{f"{field.name}__in": target._base_manager.filter(wanted).values("pk")}) for field in direct
        ]
    elif far:
        ways = [_way(field, _within(field.related_model, target, wanted, far - 1)) for field in _relations(model)]
    else:
        ways = []
    return _either(ways)


def _named(model: type[models.Model], name: str, far: int) -> Q | None:
    """Rows that are called so, or belong to what is."""
    own = {field.name for field in model._meta.concrete_fields} & set(NAMES)
    ways: list[Q | None] = [Q(**{f"{field}__iexact": name}) for field in sorted(own)]
    if model is Access:
        ways.append(Q(subject__icontains=name))
    if far:
        up = [field for field in _relations(model) if field.related_model is not Contract]
        ways += [_way(field, _named(field.related_model, name, far - 1)) for field in up]
    return _either(ways)


def _way(field: Any, there: Q | None) -> Q | None:
    if there is None:
        return None
    return Q(**{f"{field.name}__in": field.related_model._base_manager.filter(there).values("pk")})


def _either(ways: "list[Q | None]") -> Q | None:
    found = None
    for way in ways:
        if way is not None:
            found = way if found is None else found | way
    return found


def _relations(model: type[models.Model]) -> list[Any]:
    """What a row belongs to: not who did something to it, and not another row of its own kind."""
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [field for field in fields if field.is_relation and field.related_model not in (Person, Group, model)]


def _on_line(wanted: Q, source: Source) -> Q:
    """A condition on the thing, as one on the lines of its history: by its key where they do not have the fields."""
    if not source.is_history:
        return wanted
    kept = {field.name for field in source.fields}
    if all(_first(child) in kept for child in _conditions(wanted)):
        return wanted
    return Q(id__in=source.thing._base_manager.filter(wanted).values("pk"))


def _conditions(wanted: Q) -> Iterator[str]:
    for child in wanted.children:
        if isinstance(child, Q):
            yield from _conditions(child)
        elif isinstance(child, tuple):
            yield child[0]


def _first(lookup: str) -> str:
    return lookup.partition("__")[0]


def _behind(rows: QuerySet[Any], source: Source, number: int, after: Position | None) -> QuerySet[Any]:
    if after is None:
        return rows
    if number > after.source:
        return rows.filter(**{f"{source.at}__lte": after.at})
    if number < after.source:
        return rows.filter(**{f"{source.at}__lt": after.at})
    # The first condition says nothing new, but is one that an index answers.
    there = Q(**{f"{source.at}__lt": after.at}) | Q(**{source.at: after.at, "pk__lt": after.key})
    return rows.filter(there, **{f"{source.at}__lte": after.at})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _instant(found: datetime | str) -> datetime:
    """SQLite gives a text, in UTC."""
    read = parse_datetime(found) if isinstance(found, str) else found
    if read is None:
        raise ValueError(f"{found!r} is no instant.")
    return read if read.tzinfo else read.replace(tzinfo=UTC)
