"""What people are told of roadmaps: lines of the inbox."""

from collections import Counter

from apps.core import notices
from apps.core.figures import plural
from apps.roadmaps.plans.models import Measure, Roadmap


def tell_of_measure(measure: Measure, by: object) -> None:
    """To the one who answers for it, when it is in a roadmap in force; nobody is told of what they did themselves."""
    if measure.person is None or measure.person == by or measure.roadmap.state != Roadmap.State.IN_FORCE:
        return
    notices.tell(
        users=[measure.person],
        key=f"roadmaps.measure:{measure.pk}",
        title=f"Вы отвечаете за мероприятие: {measure.title}",
        url=measure.get_absolute_url(),
        note=measure.roadmap.title,
        due_on=measure.due_on,
    )


def tell_of_version(roadmap: Roadmap, by: object) -> None:
    """To everybody who answers for something in a roadmap that was approved, one line a version."""
    open_measures = roadmap.measures.filter(done_on=None, dropped_on=None, person__isnull=False)
    counts = Counter(open_measures.values_list("person", flat=True))
    for person, count in counts.items():
        if person == getattr(by, "pk", None):
            continue
        words = plural(count, "мероприятие", "мероприятия", "мероприятий")
        notices.tell(
            users=[person],
            key=f"roadmaps.roadmap:{roadmap.pk}:{roadmap.version}",
            title=f"Утверждена дорожная карта, вы отвечаете за {count} {words}",
            url=roadmap.get_absolute_url(),
            note=roadmap.title,
        )
