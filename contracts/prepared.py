"""
Querysets whose statement is made once and asked often: what differs from time to time is :class:`Given` by name.

To make the statement of a queryset costs Django more than the rows of a small table. A page that asks twenty of them
about one thing says them in functions marked :func:`prepared`, with a `Given` wherever a value stands; asked for again,
only the values are new.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache, wraps
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, Field, IntegerField, QuerySet, TextField, Value

from contracts.rows import AGGREGATES

MOST_ARGUMENTS: Final = 100
"""PostgreSQL takes no more in one call, which is a column each; the widest row asked for has half as many."""


class Given(Value):
    """A value that is not known yet, by its name; of a kind of field, as which the database is told it."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def among(self, given: Mapping[str, Any]) -> Any:
        """The value as the driver takes it; nothing is ever compared with an unknown one."""
        kind: Field[Any, Any] = self.output_field
        return kind.get_db_prep_value(given[self.value], connection)


def given_key(name: str) -> Given:
    return Given(name, IntegerField())


def given_text(name: str) -> Given:
    return Given(name, TextField())


def given_day(name: str) -> Given:
    return Given(name, DateField())


class Made:
    """A queryset as one column of JSON, and its rows as the queryset's own iterator makes them of that."""

    def __init__(self, queryset: QuerySet[Any]) -> None:
        # A copy, whose query is asked for its compiler once more when the rows are there.
        self._queryset: Any = queryset._chain()  # type: ignore[attr-defined]
        self._compiler: Any = self._queryset.query.get_compiler(using=self._queryset.db)
        self.sql: str = ""
        self.parameters: tuple[Any, ...] = ()
        try:
            within, self.parameters = self._compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            self._compiler = None
        else:
            columns = [(alias, _kind(expression)) for expression, _, alias in self._compiler.select]
            self.sql = f"SELECT {self._aggregate(columns)} FROM ({within}) given"  # noqa: S608 # the ORM's own
            self._readers = _readers(columns)

    def with_values(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(each.among(given) if isinstance(each, Given) else each for each in self.parameters)

    def rows(self, text: str) -> list[Any]:
        if self._compiler is None:
            return []
        given = json.loads(text)
        for row in given if self._readers else ():
            for place, reader in self._readers:
                if row[place] is not None:
                    row[place] = reader(row[place])
        queryset, compiler = self._queryset._chain(), copy(self._compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *args, **kwargs: [given]
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        return list(queryset._iterable_class(queryset))

    def _aggregate(self, columns: Sequence[tuple[str, str]]) -> str:
        opening, closing = AGGREGATES[connection.vendor]
        names = [(connection.ops.quote_name(alias), kind) for alias, kind in columns]
        if len(names) > MOST_ARGUMENTS:
            raise TypeError(f"{self._queryset.model.__name__}: {len(names)} columns are too many to be read together.")
        exact = {} if connection.vendor == "sqlite" else AS_TEXT
        return f"{opening}{', '.join(exact.get(kind, '{}').format(name) for name, kind in names)}{closing}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A prepared queryset with the values of this time."""

    made: Made
    given: Mapping[str, Any]


def prepared(querysets: Callable[[], Sequence[QuerySet[Any]]]) -> Callable[..., tuple[Filled, ...]]:
    """From querysets with their `Given` to the same with values, by name; the statements are made at first use."""
    made = cache(lambda: tuple(map(Made, querysets())))

    @wraps(querysets)
    def filled(**given: Any) -> tuple[Filled, ...]:
        return tuple(Filled(each, given) for each in made())

    return filled


def _kind(expression: Any) -> str:
    field = expression.output_field
    kind: str = field.get_internal_type() if field is not None else ""
    return kind


def _readers(columns: Sequence[tuple[str, str]]) -> list[tuple[int, Callable[[Any], Any]]]:
    """What makes of JSON what the driver would have given; SQLite's are made by Django from text and numbers."""
    if connection.vendor == "sqlite":
        return []
    return [(place, FROM_TEXT[kind]) for place, (_, kind) in enumerate(columns) if kind in FROM_TEXT]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


AS_TEXT: Final = {
    "DecimalField": "CAST({} AS text)",
    "JSONField": "CAST({} AS text)",
    "BinaryField": "encode({}, 'hex')",
}
"""Kinds that JSON itself would not hold as they are."""
FROM_TEXT: Final[dict[str, Callable[[Any], Any]]] = {
    "DateField": date.fromisoformat,
    "DateTimeField": _instant,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "BinaryField": bytes.fromhex,
}
