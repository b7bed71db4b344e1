"""First migrations make whole tables at once: what stands in the database is what the models say."""

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from apps.core.migrating import TablesMigration

TABLE, OTHER = "rooms_door", "rooms_key"


def migration(*operations: migrations.operations.base.Operation) -> TablesMigration:
    made = TablesMigration("0001_tables", "rooms")
    made.operations = list(operations)
    return made


DOOR = migrations.CreateModel(
    "Door", [("id", models.BigAutoField(primary_key=True)), ("number", models.IntegerField())]
)
KEY = migrations.CreateModel("Key", [("id", models.BigAutoField(primary_key=True))])
LATER = (
    DOOR,
    KEY,
    migrations.AddField("Door", "key", models.ForeignKey("rooms.Key", models.PROTECT)),
    migrations.AddIndex("Door", models.Index(fields=["number"], name="rooms_door_number")),
    migrations.AddConstraint("Door", models.CheckConstraint(condition=models.Q(number__gt=0), name="number_positive")),
)


@pytest.fixture
def made(db: None) -> ProjectState:
    with connection.schema_editor(atomic=False) as editor:
        return migration(*LATER).apply(ProjectState(), editor)


def test_later_operations_stand_in_the_tables(made: ProjectState) -> None:
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, TABLE)}
        constraints = connection.introspection.get_constraints(cursor, TABLE)
    assert columns == {"id", "number", "key_id"}
    assert constraints["number_positive"]["check"]
    assert constraints["rooms_door_number"]["index"]
    assert {row["foreign_key"] for row in constraints.values()} >= {(OTHER, "id")}


def test_the_state_is_what_django_would_have(made: ProjectState) -> None:
    plain = ProjectState()
    for operation in LATER:
        operation.state_forwards("rooms", plain)
    assert made == plain


def test_an_operation_that_does_more_is_refused(db: None) -> None:
    with connection.schema_editor(atomic=False) as editor, pytest.raises(TypeError, match="RunSQL"):
        migration(DOOR, migrations.RunSQL("select 1")).apply(ProjectState(), editor)
    assert TABLE not in connection.introspection.table_names()


def test_no_model_waits_for_a_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
