"""Measures that were kept by direction get a roadmap of it, which is in force without approval."""

from django.db import migrations
from django.db.models import Max, Min
from django.db.models.functions import TruncDate


def give_roadmaps(apps, schema_editor):
    Roadmap, Measure = apps.get_model("roadmaps", "Roadmap"), apps.get_model("roadmaps", "Measure")
    for direction in apps.get_model("indicators", "Direction").objects.filter(measures__isnull=False).distinct():
        measures = Measure.objects.filter(direction=direction, roadmap=None)
        first = measures.order_by("created_at", "pk").first()
        if first is None:
            continue
        days = measures.annotate(written=TruncDate("created_at")).aggregate(
            begun=Min("written"), first=Min("due_on"), last=Max("due_on")
        )
        roadmap = Roadmap.objects.create(
            kind="direction",
            direction=direction,
            title=f"План мероприятий: {direction.name}"[:300],
            starts_on=min(days["begun"], days["first"]),
            ends_on=max(days["begun"], days["last"]),
            state="in_force",
            author_id=first.author_id,
            created_at=first.created_at,
        )
        for measure in measures.annotate(written=TruncDate("created_at")):
            measure.roadmap = roadmap
            measure.starts_on = min(measure.written, measure.due_on)
            measure.percent = 100 if measure.done_on else 0
            measure.save(update_fields=["roadmap", "starts_on", "percent"])


class Migration(migrations.Migration):
    dependencies = [("roadmaps", "0011_plans")]

    operations = [migrations.RunPython(give_roadmaps, migrations.RunPython.noop)]
