"""What has been done of a meeting and what comes next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.meetings.selectors.people import People


@dataclass(frozen=True)
class Step:
    """One of the steps from the plan to the decision that was read."""

    title: str
    note: str
    url: str
    is_done: bool
    is_next: bool = False


def steps_of(meeting: Meeting, people: People) -> list[Step]:
    """Six steps; the first that is not done is the next."""
    pk = meeting.pk
    announced = meeting.state in {Meeting.State.ANNOUNCED, Meeting.State.HELD}
    held = meeting.state == Meeting.State.HELD
    marked = held and people.total > 0 and people.present + people.missing == people.total
    read = f"прочли {people.read} из {people.total}" if meeting.published_at else "участники подтвердят прочтение"
    began = meeting.starts_at <= timezone.now()
    agenda = reverse("roadmaps:meeting_agenda", args=[pk])
    protocol = reverse("roadmaps:meeting_protocol", args=[pk])
    count = meeting.items.count()
    found = [
        ("Повестка", f"вопросов: {count}" if count else "пока пуста", agenda, count > 0),
        ("Участники", f"приглашено {people.total}", reverse("roadmaps:meeting_people", args=[pk]), people.total > 0),
        ("Приглашения", "разосланы" if announced else "кнопка «Разослать»", meeting.office_url, announced),
        (
            "Участие",
            f"было {people.present} из {people.total}" if began and people.total else "отметки после начала",
            reverse("roadmaps:meeting_attendance", args=[pk]),
            marked,
        ),
        ("Протокол", meeting.protocol_text or "номер, дата, решения", protocol, meeting.protocol_on is not None),
        ("Решение доведено", read, protocol, meeting.published_at is not None),
    ]
    following = next((place for place, step in enumerate(found) if not step[3]), None)
    if meeting.state == Meeting.State.CANCELLED:
        following = None
    return [Step(*step, is_next=place == following) for place, step in enumerate(found)]
