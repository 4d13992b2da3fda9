"""One import in progress: what it found, what it wrote, and how rows are written with their history.

Nothing is saved row by row: a sheet's new and changed rows go out in a few statements, each with its history row that
says who imported it and why. As soon as there is a problem nothing more is written, and the orchestrator rolls back.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from django.db import models
from simple_history.utils import bulk_update_with_history

from contracts.models import Contract, Person, ServiceArea
from contracts.workbook.cells import MAX_TEXT, nearest, quoted, text, tidy
from contracts.workbook.copying import BATCH, NewRows, Told, create_with_history
from contracts.workbook.numbers import written
from contracts.workbook.problems import Problems
from contracts.workbook.sheets import Column, Row, required

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Change:
    """A row that the import changes: which one, and each field before and after."""

    sheet: str
    row: int
    named: str
    fields: Mapping[str, tuple[Any, Any]]

    @property
    def moves(self) -> tuple[tuple[str, str, str], ...]:
        """Each field with what it was and what it becomes, in words."""
        return tuple((name, _told(before), _told(after)) for name, (before, after) in self.fields.items())

    def __str__(self) -> str:
        told = "; ".join(f"{name} {before} → {after}" for name, before, after in self.moves)
        return f"{self.sheet}, row {self.row}, {self.named}: {told}"


@dataclass(slots=True)
class Tally:
    """Rows of one sheet: how many are new, changed, and as they were."""

    created: int = 0
    changed: int = 0
    left_alone: int = 0

    @property
    def moved(self) -> int:
        """Rows that are not as they were."""
        return self.created + self.changed


@dataclass(slots=True)
class Import:
    """One import of one contract's workbook: who does it, when, why, and what came of it so far.

    `at` is the instant it is written; `on` the business day, which dates what the workbook leaves undated. Who does not
    `sets_up` contracts imports into one as it stands.
    """

    contract: Contract
    problems: Problems
    at: datetime
    on: date
    reason: str = ""
    by: Person | None = None
    sets_up: bool = True
    areas: dict[str, ServiceArea] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    @property
    def change_reason(self) -> str:
        """What the history says of every row written."""
        return self.reason or "imported"

    @property
    def may_write(self) -> bool:
        return not self.problems

    @property
    def _told(self) -> Told:
        return Told(self.by, self.change_reason, self.at)

    def tally(self, sheet: str) -> Tally:
        return self.tallies.setdefault(sheet, Tally())

    def refuse_to_set_up(self, row: Row, instance: models.Model, values: Mapping[str, Any]) -> bool:
        """Reports what the row would change of a contract or its areas, where that is not theirs who import."""
        differing = [name for name, value in values.items() if not is_same(getattr(instance, name), value)]
        wrong = [] if self.sets_up else [name for name in differing if row.is_sound(name)]
        for name in wrong:
            right = f"{_told(getattr(instance, name))}, as it stands" if instance.pk else "one that is on record"
            row.problem(name, "administrators set up contracts and their service areas", f"expected {right}")
        return bool(wrong)

    def area(self, row: Row, column: str) -> ServiceArea | None:
        """The service area that a cell names; an unknown one is reported."""
        code = row[column]
        if not code or not row.is_sound(column):
            return None
        area = self.areas.get(code.lower())
        if area is None:
            known = [each.code for each in self.areas.values()]
            close = nearest(code, known)
            right = (
                f"did you mean {close}?" if close else f"expected one of {', '.join(known) or 'those in service_areas'}"
            )
            row.problem(column, f"there is no service area {quoted(code)}", right)
        return area

    def create(self, model: type[M], rows: list[M]) -> None:
        """Writes new rows with their history, unless something is wrong."""
        if rows and self.may_write:
            create_with_history(model, rows, self._told)

    def new_rows(self, model: type[models.Model], names: Sequence[str], alike: Mapping[str, Any]) -> NewRows:
        """Writes new rows that are many; who calls it asks whether it may."""
        return NewRows(model, names, alike, self._told)

    def update(self, model: type[M], rows: list[M], fields: Iterable[str]) -> None:
        """Writes changed rows with their history, unless something is wrong."""
        if rows and self.may_write:
            bulk_update_with_history(
                rows,
                model,
                sorted(fields),
                batch_size=BATCH,
                default_user=self.by,
                default_change_reason=self.change_reason,
                default_date=self.at,
            )


class Upsert(Generic[M]):
    """The rows of a sheet against those of a table, by key: new ones are created, different ones changed."""

    def __init__(self, importing: Import, sheet: str, model: type[M], existing: dict[Any, M]) -> None:
        self._importing = importing
        self._sheet = sheet
        self._model = model
        self.rows = existing
        self._new: list[M] = []
        self._changed: list[M] = []
        self._fields: set[str] = set()

    def put(
        self,
        key: Hashable,
        named: str,
        row: Row,
        identity: Mapping[str, Any],
        values: Mapping[str, Any],
        beside: Mapping[str, tuple[Any, Any]] = MappingProxyType({}),
    ) -> M:
        """The table's row of this key, new or as it was, with these values from now on.

        `beside` are differences that the caller writes itself, such as the KPIs a relief names.
        """
        tally = self._importing.tally(self._sheet)
        instance = self.rows.get(key)
        if instance is None:
            instance = self.rows[key] = self._model(**identity, **values)
            self._new.append(instance)
            tally.created += 1
            return instance
        differences = assign(instance, values)
        self._fields.update(differences)
        if not (differences or beside):
            tally.left_alone += 1
            return instance
        tally.changed += 1
        self._importing.changes.append(Change(row.sheet, row.number, named, {**differences, **beside}))
        self._changed.append(instance)
        if hasattr(instance, "version"):
            instance.version += 1
            self._fields.add("version")
        return instance

    def save(self) -> None:
        self._importing.create(self._model, self._new)
        self._importing.update(self._model, self._changed, self._fields)
        self._new, self._changed, self._fields = [], [], set()


def assign(instance: models.Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Sets what differs and returns it as before and after. Text does not differ by its line ends alone."""
    differences = {}
    for name, after in values.items():
        before = getattr(instance, name)
        if not is_same(before, after):
            differences[name] = (before, after)
            setattr(instance, name, after)
    return differences


def is_same(before: Any, after: Any) -> bool:
    return bool(before == after or (isinstance(before, str) and isinstance(after, str) and tidy(before) == after))


def text_for(model: type[models.Model], name: str, *, hint: str = "", column: str = "") -> Column:
    """A column of words for a model's field, as long as the field takes them."""
    limit = model._meta.get_field(name).max_length  # type: ignore[union-attr]
    read = partial(text, limit=limit or MAX_TEXT)
    return required(column or name, read, hint) if hint else Column(column or name, read, default="")


def _told(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    return quoted(str(value))
