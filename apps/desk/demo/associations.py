"""The association of the teachers of mathematics, led by the demonstration's leader of an association."""

from apps.desk.demo.world import World
from apps.procedures.models import Subject
from apps.procedures.people.models import Association


def load(world: World) -> None:
    association, _ = Association.objects.get_or_create(
        name="Объединение учителей математики", defaults={"leader": world.people["association_leader"]}
    )
    association.subjects.add(Subject.objects.get(name="Математика"))
