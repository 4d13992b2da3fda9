"""Indexes that are added while people work: PostgreSQL builds them without holding up who writes to the table."""

from typing import Any

from django.db import migrations


class AddIndexWithoutLocking(migrations.AddIndex):
    """
    Django's own, but concurrently on PostgreSQL. Its migration must not be atomic.

    One that was broken off leaves an index behind that counts for nothing: it is dropped first, so that the migration
    can simply be run again.
    """

    atomic = False

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        schema_editor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index.name}"')
        schema_editor.add_index(model, self.index, concurrently=True)
