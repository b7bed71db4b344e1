"""Migrations that make many tables of an empty database."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class TablesMigration(migrations.Migration):
    """The first migration of a room: makes its tables as they stand when all its operations are done.

    Django applies operations one by one and builds all models that hang together anew after each of them; here nearly
    all of them do, and two hundred tables take minutes. The operations of a first migration only add to tables that
    it makes itself, so the models are built once, and each table is made whole, with its later fields, constraints
    and indexes. Foreign keys are added by the schema editor after the last table.

    Raises TypeError for an operation that does more than describe tables (SQL, Python): it belongs to a migration of
    its own.
    """

    DESCRIBING = (migrations.CreateModel, migrations.AddField, migrations.AddConstraint, migrations.AddIndex)

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        for operation in self.operations:
            if not isinstance(operation, self.DESCRIBING):
                raise TypeError(f"{self}: {operation.__class__.__name__} cannot stand in a first migration")
        project_state.__dict__.pop("apps", None)  # as ProjectState.clear_delayed_apps_cache does
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if isinstance(operation, migrations.CreateModel):
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
