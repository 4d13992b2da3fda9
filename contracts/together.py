"""
Migrations of many tables, without rendering every model anew for each of them.

Django keeps all models of a migration's state as classes, and makes those related to a changed one anew after every
operation. Everything here is related to people, so that a hundred operations on empty tables took half a minute.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import AddField, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED


class Together(Operation):
    """
    Operations that do not build on each other's outcome: tables to create, columns that may be null, indexes.

    Each sees the tables as they were before the first and as they will be after the last. So a table that is made here
    comes with every column, constraint and index that is added to it here.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        return all(operation.reversible for operation in self.operations)

    @property
    def atomic(self) -> bool:  # type: ignore[override]
        return all(operation.atomic for operation in self.operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # all of them are rendered once, when somebody asks for one
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self._to_carry_out():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self._to_carry_out()):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def _to_carry_out(self) -> list[Operation]:
        made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}
        return [
            operation
            for operation in self.operations
            if isinstance(operation, CreateModel) or str(getattr(operation, "model_name", "")).lower() not in made
        ]

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)


class AddEmptyColumn(AddField):
    """A column that may be null, and is in every row there is, whatever its default gives to rows to come."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        field = to_state.apps.get_model(app_label, self.model_name)._meta.get_field(self.name)
        given, field.default = field.default, NOT_PROVIDED
        field.__dict__.pop("_get_default", None)
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        field.default = given
        field.__dict__.pop("_get_default", None)
