"""Saving and deleting rows that keep a history: what is written to it says who did it, when, and why."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from contracts.models import Person


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
