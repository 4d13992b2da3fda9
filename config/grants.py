"""
What the application may do in its database, and what it may not: change or delete what the audit stands on.

The tables belong to another role, which runs the migrations. The application's own role is granted what it needs, model
by model, so that whoever takes over the application, or its password for the database, can add to the audit and not
take away from it. What two people may remove of a paper together stays removable: triggers see to it that they are two.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from simple_history.models import HistoricalChanges

from contracts.models import Access
from kpis.models import Correction
from reports.models import (
    ActOrigin,
    CheckedCorrection,
    Erratum,
    FrozenFile,
    FrozenPaper,
    FrozenSnapshot,
    PaperAct,
    UploadedEdition,
)

READ: Final = "SELECT"
ADD: Final = "SELECT, INSERT"
ALL: Final = "SELECT, INSERT, UPDATE, DELETE"
ADDED_TO: Final[frozenset[type[models.Model]]] = frozenset(
    {Access, PaperAct, ActOrigin, FrozenPaper, FrozenFile, Correction, Erratum, CheckedCorrection}
)
"""Beside every history: rows that say what happened, and are never anything else."""
REMOVABLE: Final[Mapping[type[models.Model], str]] = {
    FrozenSnapshot: "SELECT, INSERT, DELETE",
    UploadedEdition: f"SELECT, INSERT, UPDATE ({UploadedEdition._meta.get_field('content').column})",
}
"""The text of a frozen paper and of an edited file: they go once two people have removed the paper, not before."""


class RoleUnfit(ValueError):
    """Granting something to this role, or not, would make no difference; the text says why."""


def statements(role: str) -> Iterator[str]:
    """What to execute, in this order, as the owner of the tables. Executed twice it is the same as once."""
    named = connection.ops.quote_name(role)
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {named}"
    yield f"REVOKE ALL ON SCHEMA public FROM {named}"
    yield f"GRANT USAGE ON SCHEMA public TO {named}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {named}"
    for table, privileges in sorted(privileges_by_table().items()):
        yield f"GRANT {privileges} ON TABLE {connection.ops.quote_name(table)} TO {named}"


def privileges_by_table() -> dict[str, str]:
    """What the application needs of each of its tables; of any other it needs nothing."""
    found = {model._meta.db_table: privileges(model) for model in _tables()}
    found[MigrationRecorder.Migration._meta.db_table] = READ
    return found | {cache["LOCATION"]: ALL for cache in settings.CACHES.values() if "LOCATION" in cache}


def privileges(model: type[models.Model]) -> str:
    if is_added_to(model):
        return ADD
    return REMOVABLE.get(model, ALL)


def is_added_to(model: type[models.Model]) -> bool:
    """Whether rows are added to it, and none is ever changed or deleted."""
    return issubclass(model, HistoricalChanges) or model in ADDED_TO


def refuse_unfit(role: str) -> None:
    """Raises :class:`RoleUnfit` for a role that is not there, or to which no grant means anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None:
            raise RoleUnfit(f"There is no role {role}. Create it first: CREATE ROLE {role} LOGIN PASSWORD '…'")
        if found[0]:
            raise RoleUnfit(f"{role} is a superuser: nothing can be kept from it.")
        cursor.execute(
            "SELECT DISTINCT tableowner FROM pg_tables"
            " WHERE schemaname = 'public' AND pg_has_role(%s, tableowner, 'MEMBER')",
            [role],
        )
        if owners := [owner for (owner,) in cursor.fetchall()]:
            raise RoleUnfit(f"{role} is, or is a member of, {', '.join(owners)}, to whom the tables belong.")


def apply(role: str) -> None:
    """Grants it all at once, or nothing."""
    refuse_unfit(role)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements(role):
            cursor.execute(statement)


def _tables() -> Iterable[type[Any]]:
    return (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.abstract
    )
