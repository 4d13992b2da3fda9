"""
Readings that go to the database together: each says what it asks for, and all that is asked at once is one statement.

A reading is a generator. It yields querysets, or rows :mod:`contracts.rows` asks for, gets the rows of each as a list,
and returns its value in the end; where it needs what it read to ask for more, it yields again. Readings
:func:`beside` one another go step by step, so that a page of ten of them costs as many statements as the longest has
steps. What comes back is what the querysets themselves would have given: Django's own iterators make it.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Prefetch, QuerySet

from contracts.prepared import Filled, Made
from contracts.rows import AGGREGATES, Wanted, rows_of

T = TypeVar("T")
Asked = QuerySet[Any] | Wanted | Filled
Reading = Generator[Sequence[Asked], Sequence[list[Any]], T]


def read_now(reading: Reading[T]) -> T:
    """The value of a reading, in as many statements as it has steps."""
    try:
        asked = next(reading)
        while True:
            asked = reading.send(answer(asked))
    except StopIteration as end:
        value: T = end.value
        return value


def beside(*readings: Reading[Any]) -> Reading[tuple[Any, ...]]:
    """These readings step by step together; their values in the order given."""
    values: list[Any] = [None] * len(readings)
    waiting: dict[int, Sequence[Asked]] = {}

    def go_on(place: int, answers: Sequence[list[Any]] | None) -> None:
        try:
            waiting[place] = readings[place].send(answers)  # type: ignore[arg-type]  # None begins a generator
        except StopIteration as end:
            values[place] = end.value

    for place in range(len(readings)):
        go_on(place, None)
    while waiting:
        asked, waiting = waiting, {}
        answers = iter((yield [each for of_one in asked.values() for each in of_one]))
        for place, of_one in asked.items():
            go_on(place, [next(answers) for _ in of_one])
    return tuple(values)


def ask(*asked: Asked) -> Reading[Sequence[list[Any]]]:
    """The plainest of readings: the rows of each as they are, in one step."""
    return (yield asked)


def together(*asked: Asked) -> Sequence[list[Any]]:
    """The rows of each, in one statement."""
    return answer(asked)


def answer(asked: Sequence[Asked]) -> Sequence[list[Any]]:
    """The rows of each, in one statement; what is asked for twice is read once, and one queryset alone as ever."""
    if len(asked) == 1 and isinstance(asked[0], QuerySet) and not prefetched(asked[0]):
        return [list(asked[0])]
    branches = [list(_branches(each)) if isinstance(each, QuerySet) else [] for each in asked]
    stems = [_Wanted(each) if isinstance(each, Wanted) else _Queried(each) for each in asked]
    parts = [*stems, *(_Queried(branch.queryset) for of_one in branches for branch in of_one)]
    distinct = {part.key: part for part in parts if part.sql}
    found: dict[Any, str] = {}
    if distinct:
        with connection.cursor() as cursor:
            columns = ", ".join(f"({part.sql})" for part in distinct.values())
            cursor.execute(f"SELECT {columns}", [each for part in distinct.values() for each in part.parameters])
            found = dict(zip(distinct, cursor.fetchone(), strict=True))
    rows = iter([part.rows(found.get(part.key) or "[]") for part in parts])
    answers = [next(rows) for _ in stems]
    for stem, of_one in zip(answers, branches, strict=True):
        grown = {"": stem}
        for branch in of_one:
            grown[branch.path] = branch.attach(grown[branch.stem], next(rows))
    return answers


def prefetched(queryset: QuerySet[Any]) -> "tuple[str | Prefetch[Any], ...]":
    lookups: tuple[str | Prefetch[Any], ...] = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
    return lookups


@dataclass(frozen=True, slots=True)
class _Branch:
    """What hangs on the rows of a queryset by a foreign key: read beside them, and put where a prefetch puts it."""

    path: str
    stem: str
    name: str
    queryset: QuerySet[Any]
    key: Any

    def attach(self, owners: Sequence[Any], rows: list[Any]) -> list[Any]:
        """Gives each of its rows to its owner."""
        by_owner: dict[Any, list[Any]] = {owner.pk: [] for owner in owners}
        owner_of = {owner.pk: owner for owner in owners}
        for row in rows:
            owner = getattr(row, self.key.attname)
            by_owner[owner].append(row)
            setattr(row, self.key.name, owner_of[owner])
        for owner in owners:
            own: Any = getattr(owner, self.name).all()
            own._result_cache, own._prefetch_done = by_owner[owner.pk], True
            owner.__dict__.setdefault("_prefetched_objects_cache", {})[self.key.remote_field.cache_name] = own
        return rows


def _branches(queryset: QuerySet[Any]) -> Iterator[_Branch]:
    """Of each lookup such as ``frozen__files`` every step: rows that name those of the step before it."""
    if not prefetched(queryset):
        return
    stems: dict[str, QuerySet[Any]] = {"": queryset.prefetch_related(None)}
    for lookup in prefetched(queryset):
        given = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
        steps = given.prefetch_through.split("__")
        stem = ""
        for place, name in enumerate(steps):
            path = f"{stem}__{name}" if stem else name
            if path not in stems:
                relation: Any = stems[stem].model._meta.get_field(name)
                if not relation.one_to_many:
                    raise TypeError(f"{path}: only what names its owner is read beside it.")
                owners = stems[stem] if stems[stem].query.is_sliced else stems[stem].order_by()
                is_last = place + 1 == len(steps)
                model: Any = relation.related_model
                rows = given.queryset if is_last and given.queryset is not None else model._default_manager.all()
                stems[path] = rows.filter(**{f"{relation.field.name}__in": owners.values("pk")})
                yield _Branch(path, stem, name, stems[path], relation.field)
            stem = path


class _Wanted:
    """Rows of a table as ISO text and numbers."""

    def __init__(self, wanted: Wanted) -> None:
        opening, closing = AGGREGATES[connection.vendor]
        self.sql = f"SELECT {opening}{wanted.columns}{closing} {wanted.source}"
        self.parameters: Sequence[Any] = wanted.parameters
        self.key = (self.sql, tuple(wanted.parameters))

    def rows(self, text: str) -> list[Any]:
        return rows_of(text, connection.vendor)


class _Queried:
    """Rows as a queryset gives them, of a statement made for it alone or beforehand."""

    def __init__(self, asked: QuerySet[Any] | Filled) -> None:
        self._made = asked.made if isinstance(asked, Filled) else Made(asked)
        self.sql = self._made.sql
        self.parameters = self._made.with_values(asked.given if isinstance(asked, Filled) else {})
        self.key = (self.sql, tuple(map(repr, self.parameters)))

    def rows(self, text: str) -> list[Any]:
        return self._made.rows(text)
