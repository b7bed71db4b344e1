from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

OLD, NEW = "roadmaps.SupportAction", "roadmaps.SupportCase"


def keep_history(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Event").objects.filter(subject=OLD).update(subject=NEW)


def back(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("core", "Event").objects.filter(subject=NEW).update(subject=OLD)


class Migration(migrations.Migration):
    """What was one action of support becomes a case that holds several; its history follows the name."""

    dependencies = [("core", "0001_initial"), ("roadmaps", "0007_cycle")]

    operations = [migrations.RenameModel("SupportAction", "SupportCase"), migrations.RunPython(keep_history, back)]
