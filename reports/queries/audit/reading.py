"""The lines themselves: each as it stands, and as the thing stood before, in one statement over all their tables."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection, models
from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from reports.queries.audit.sources import SOURCES, Source
from reports.rules.audit import Position

BEFORE: Final = "_before"
LINE: Final = "_line"
"""Keys beside those of fields: of the line before it, and of the line itself."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """
    A line as the database has it. ``now`` and ``before`` hold the thing's fields by column; ``before`` is empty where
    the thing was new. ``joined`` and ``joined_before`` are the keys of what was joined to it, by field.
    """

    source: Source
    at: Position
    now: Row
    before: Row
    joined: Mapping[str, frozenset[int]]
    joined_before: Mapping[str, frozenset[int]]


def read(found: Iterable[Position]) -> tuple[Read, ...]:
    """The lines at these places, in their order. Two queries."""
    places = tuple(found)
    rows = _rows(places)
    lines = {pair: (now, now.get(BEFORE) or {}) for pair, now in rows.items()}
    wanted: dict[Source, set[int]] = defaultdict(set)
    for (number, key), (_, before) in lines.items():
        wanted[SOURCES[number]] |= {key, *([before[LINE]] if before else [])}
    joined = _joined(wanted)
    nothing: Mapping[str, frozenset[int]] = {}
    return tuple(
        Read(
            SOURCES[place.source],
            place,
            *lines[place.source, place.key],
            joined.get((place.source, place.key), nothing),
            joined.get((place.source, lines[place.source, place.key][1].get(LINE, 0)), nothing),
        )
        for place in places
        if (place.source, place.key) in lines
    )


def union(branches: Iterable[QuerySet[Any]]) -> list[Any]:
    """The rows of all of them in one query; each with its own number first, for they need not tell of one table."""
    statements: list[str] = []
    values: list[Any] = []
    for number, rows in enumerate(branches):
        statement, given = rows.order_by().query.sql_with_params()
        statements.append(f"SELECT * FROM ({statement}) AS branch_{number}")  # noqa: S608 # the ORM's own
        values += given
    if not statements:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return list(cursor.fetchall())


def number_of(number: int) -> Value:
    return Value(number, output_field=IntegerField())


def _rows(places: Iterable[Position]) -> dict[tuple[int, int], Row]:
    keys: dict[int, list[int]] = defaultdict(list)
    for place in places:
        keys[place.source].append(place.key)
    found = union(_branch(number, SOURCES[number], own) for number, own in keys.items())
    return {(number, key): json.loads(text, parse_float=Decimal) for number, key, text in found}


def _branch(number: int, source: Source, keys: list[int]) -> QuerySet[Any]:
    told: dict[str, Any] = {field.attname: F(field.attname) for field in source.fields}
    meta: dict[str, Any] = {
        "_person": F(source.person),
        "_who": F(f"{source.person}__job_title"),
        "_email": F(f"{source.person}__email"),
        "_why": F(source.why),
        "_address": F(source.address),
        "_request": F(source.request),
        "_done": F(source.done) if source.done else Value("+"),
    }
    if source.is_history:
        earlier = source.rows.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        last = earlier.order_by("-history_id").values(told=JSONObject(**told, **{LINE: F("history_id")}))[:1]
        meta[BEFORE] = Subquery(last)
    rows = source.rows.filter(pk__in=keys)
    return rows.values_list(number_of(number), F(source.pk), JSONObject(**told, **meta))


def _joined(wanted: Mapping[Source, Iterable[int]]) -> dict[tuple[int, int], dict[str, frozenset[int]]]:
    """By table and line, the keys of what was joined to the thing then, for each of its fields of that sort."""
    fields = [(source, field) for source in wanted for field in joined_fields(source)]
    found = union(
        model._base_manager.filter(history__in=wanted[source]).values_list(
            number_of(place), F("history_id"), F(f"{field.m2m_reverse_field_name()}_id")
        )
        for place, (source, field) in enumerate(fields)
        for model in [getattr(source.model, field.name).model]
    )
    joined: dict[tuple[int, int], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for place, line, key in found:
        source, field = fields[place]
        joined[SOURCES.index(source), line][field.name].add(key)
    return {at: {name: frozenset(keys) for name, keys in own.items()} for at, own in joined.items()}


def joined_fields(source: Source) -> "list[models.ManyToManyField[Any, Any]]":
    """Fields that join many things to one, of which the history keeps which."""
    return list(getattr(source.model, "_history_m2m_fields", ())) if source.is_history else []
