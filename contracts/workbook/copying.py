"""Many new rows of one table, with their history: by PostgreSQL's `COPY`, elsewhere by the library's bulk helper.

An import of ten years may bring half a million rows. Made into instances and statements one by one, with an instance
for each line of history, they take minutes and most of the memory; as text they go into both tables as fast as the
database takes them. All of its constraints and triggers hold for `COPY` as for any statement.

This is the one place from which rows go into a tracked table by `COPY`. What the library would have said in the
history is asked of the library's own model, once for all rows; a test compares the two field by field.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from operator import getitem
from typing import Any, Final, Self

from django.db import connection, models
from simple_history.utils import bulk_create_with_history

from contracts.models import Person

BATCH: Final = 1000
NULL: Final = "\\N"
KEPT: Final = 16_384
LONGEST_KEPT: Final = 200
ESCAPED: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
KEYS: Final = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"


@dataclass(frozen=True, slots=True)
class Told:
    """What the history says of every row: who wrote it, why, and when."""

    by: Person | None
    why: str
    at: datetime


class NewRows:
    """
    Writes rows that are new, and a line of history for each.

    ``names`` are the fields, by the names of their columns, of which a row holds the values; ``alike`` are those that
    are the same in each. Every other field is what the model says where nothing is said.

    PostgreSQL takes the rows in while the next ones are understood: whoever asks it anything meanwhile waits first.
    """

    def __init__(self, model: type[models.Model], names: Sequence[str], alike: Mapping[str, Any], told: Told) -> None:
        self._model, self._names, self._alike, self._told = model, names, alike, told
        self._copy = _Copy(model, names, alike, told) if connection.vendor == "postgresql" else None

    def add(self, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """The keys of the rows, in their order."""
        if not rows:
            return []
        if self._copy:
            return self._copy.add(rows)
        instances = [self._model(**self._alike, **dict(zip(self._names, row, strict=True))) for row in rows]
        return [instance.pk for instance in create_with_history(self._model, instances, self._told)]

    def wait(self) -> None:
        """Until all rows are written. Raises what the database said against any of them."""
        if self._copy:
            self._copy.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if self._copy:
            self._copy.end(is_failed=failed is not None)


def create_with_history(model: type[models.Model], rows: Sequence[Any], told: Told) -> list[Any]:
    """Writes new instances with their history, in a few statements."""
    written: list[Any] = bulk_create_with_history(
        rows,
        model,
        batch_size=BATCH,
        default_user=told.by,
        default_change_reason=told.why,
        default_date=told.at,
    )
    return written


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


class _Copy:
    """The two statements, and how the values of each field are written in them."""

    def __init__(self, model: type[models.Model], names: Sequence[str], alike: Mapping[str, Any], told: Told) -> None:
        example = model(**alike)
        key: Any = model._meta.pk
        own = {field.attname: field for field in model._meta.concrete_fields}
        given = [own[name] for name in names]
        rest = {field: getattr(example, field.attname) for field in own.values() if field not in (key, *given)}
        line, said = _line_of_history(model, example, told)
        columns = [field.column for field in (key, *given, *rest)]
        self._row = _statement(model, columns)
        self._line = _statement(line, [*columns, *(field.column for field in said)])
        self._written = [_Written(field) for field in given]
        self._rest = "\t".join(["", *_constants(rest)])
        self._said = "\t".join(["", *_constants(said)]) + "\n"
        self._keys = [model._meta.db_table, key.column]
        self._thread = ThreadPoolExecutor(1, "copy")
        self._sending: Future[None] | None = None

    def add(self, rows: Sequence[Sequence[Any]]) -> list[int]:
        self.wait()
        with connection.cursor() as cursor:
            # The history wants the keys before there is anything to read them from; nobody else gets these.
            cursor.execute(KEYS, [*self._keys, len(rows)])
            keys = [key for (key,) in cursor.fetchall()]
        written = [
            "\t".join([str(key), *map(getitem, self._written, row)]) for key, row in zip(keys, rows, strict=True)
        ]
        # The connection is this thread's own, and is lent to the other for as long as this one does not ask for it.
        lent, errors = connection.cursor(), connection.wrap_database_errors
        self._sending = self._thread.submit(self._send, lent, errors, written)
        return keys

    def _send(self, lent: Any, errors: Any, written: list[str]) -> None:
        with lent, errors:
            for statement, ends in ((self._row, self._rest + "\n"), (self._line, self._rest + self._said)):
                lent.cursor.copy_expert(statement, BytesIO(ends.join([*written, ""]).encode()))

    def wait(self) -> None:
        sending, self._sending = self._sending, None
        if sending:
            sending.result()

    def end(self, *, is_failed: bool) -> None:
        self._thread.shutdown()
        if not is_failed:  # else what went wrong first is said
            self.wait()


def _statement(model: type[models.Model], columns: Sequence[str]) -> str:
    name = connection.ops.quote_name
    return f"COPY {name(model._meta.db_table)} ({', '.join(map(name, columns))}) FROM STDIN"


def _line_of_history(
    model: type[models.Model], example: models.Model, told: Told
) -> tuple[type[models.Model], dict[Any, Any]]:
    """The table of the history, and what stands in it beside the row itself: the same for every row."""
    line = model.history.model  # type: ignore[attr-defined]
    made = line(
        history_date=told.at,
        history_user=told.by or line.get_default_history_user(example),
        history_change_reason=told.why,
        history_type="+",
    )
    tracked = {field.attname for field in line.tracked_fields}
    if tracked != {field.attname for field in model._meta.concrete_fields}:
        raise TypeError(f"the history of {model.__name__} does not keep every column, so it is no copy of the row")
    beside = (field for field in line._meta.concrete_fields if field.attname not in tracked)
    return line, {field: getattr(made, field.attname) for field in beside if not field.primary_key}


def _constants(values: Mapping[Any, Any]) -> list[str]:
    return [_Written(field)[value] for field, value in values.items()]


class _Written(dict[Any, str]):
    """The values of a field as `COPY` reads them; those that come again are looked up."""

    def __init__(self, field: Any) -> None:
        super().__init__({None: NULL})
        self._field = field

    def __missing__(self, value: Any) -> str:
        prepared = self._field.get_prep_value(value)
        written = NULL if prepared is None else WRITERS.get(type(prepared), _text)(prepared)
        if len(self) < KEPT and len(written) <= LONGEST_KEPT:
            self[value] = written
        return written


def _text(value: Any) -> str:
    """Words, and whatever else PostgreSQL reads as it prints."""
    return str(value).translate(ESCAPED)


WRITERS: Final[Mapping[type, Callable[[Any], str]]] = {
    bool: lambda value: "t" if value else "f",
    date: date.isoformat,
    datetime: datetime.isoformat,
    Decimal: str,
    int: str,
}
