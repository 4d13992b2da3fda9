"""Saving and deleting rows that keep a history: what is written to it says who did it, when, and why."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db import connection, models

from contracts import origin
from contracts.models import Person

ADDED: Final = "+"
CHANGED: Final = "~"
REMOVED: Final = "-"


def save_with_history(
    row: Any, *, by: Person, why: str, at: datetime | None = None, fields: Collection[str] | None = None
) -> None:
    """
    Checks the row by all its constraints and saves it, whole or these fields of it, with one line of history.

    Without ``at`` the history is dated by the clock. Raises :class:`django.core.exceptions.ValidationError`.
    """
    sign_history(row, by=by, why=why, at=at)
    row.full_clean()
    row.save(update_fields=fields)


def sign_history(row: Any, *, by: Person, why: str, at: datetime | None = None) -> None:
    """Says in whose name, and why, the next line of the row's history is written."""
    row._history_user, row._change_reason = by, why
    if at is not None:
        row._history_date = at


def delete_with_history(row: Any, *, by: Person, why: str) -> None:
    """Deletes the row; what it was, who took it away and why stays in its history."""
    sign_history(row, by=by, why=why)
    row.delete()


def write_history(
    model: type[models.Model], rows: Iterable[tuple[models.Model, str]], *, by: Person, why: str, at: datetime
) -> None:
    """
    One line of history for each row that a single statement has written or taken away, in a single statement too.

    Each row comes with what became of it: :data:`ADDED`, :data:`CHANGED` or :data:`REMOVED`.
    """
    line = _line_of(model)
    line.objects.bulk_create(
        line(
            history_date=at,
            history_user=by,
            history_change_reason=why,
            history_type=done,
            **{field.attname: getattr(row, field.attname) for field in line.tracked_fields},
        )
        for row, done in rows
    )


def copy_to_history(
    model: type[models.Model], keys: Collection[int], done: str, *, by: Person, why: str, at: datetime
) -> None:
    """
    The same for rows that stand there as a statement has just written them: the database copies them by itself.

    Of forty-five rows that takes a fraction of what making their lines here and sending them would.
    """
    if not keys:
        return
    line = _line_of(model)
    name = connection.ops.quote_name
    said = {
        "history_date": at,
        "history_user": by.pk,
        "history_change_reason": why,
        "history_type": done,
        "history_address": origin.address(),
        "history_request": origin.request_if_known(),
    }
    fields = {line._meta.get_field(each): value for each, value in said.items()}
    kept = ", ".join(name(field.column) for field in line.tracked_fields)
    told = ", ".join(name(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name(line._meta.db_table)} ({kept}, {told})"  # noqa: S608 # names of tables and columns
            f" SELECT {kept}, {', '.join(['%s'] * len(fields))} FROM {name(model._meta.db_table)}"
            f" WHERE {name('id')} IN ({', '.join(['%s'] * len(keys))}) ORDER BY {name('id')}",
            [*(field.get_db_prep_save(value, connection) for field, value in fields.items()), *keys],
        )


@cache
def _line_of(model: type[models.Model]) -> Any:
    """The model of its history; asked of the library, it makes the class of a manager each time."""
    return model.history.model  # type: ignore[attr-defined]
