"""An inbox that has been lived in: lines of past weeks are read, the newest are not; no letter waits for the past."""

from collections import Counter
from datetime import datetime, timedelta

from django.utils import timezone

from apps.core.models import Notice
from apps.desk.demo import dating
from apps.desk.demo.world import World
from apps.roadmaps.models import RecommendationAddressee

UNREAD = 4  # the newest lines of a person
APART = timedelta(days=1, minutes=-23)  # between lines whose own moment is not known: within working hours
_BY_KEY = {
    "roadmaps.issued": "recommendation__issued_at",
    "roadmaps.reported": "reported_at",
    "roadmaps.reviewed": "reviewed_at",
}


def load(world: World) -> None:
    """Give each line the moment of what it tells. Runs last: every part has told by now."""
    known = _moments()
    morning = dating.at(world.timeline.today, 8, 30)
    seen: Counter[int] = Counter()
    lines = list(Notice.objects.order_by("user", "-pk"))
    for line in lines:
        moment = known.get((line.key.split(":")[0], line.key.split(":")[1] if ":" in line.key else ""))
        line.created_at = min(moment or morning - seen[line.user_id] * APART, timezone.now())
        seen[line.user_id] += 1
    newest: Counter[int] = Counter()
    for line in sorted(lines, key=lambda one: one.created_at, reverse=True):
        newest[line.user_id] += 1
        if newest[line.user_id] > UNREAD or line.read_at:
            line.read_at = line.created_at + timedelta(hours=3)
        line.mailed_at = line.created_at + timedelta(minutes=40)
    Notice.objects.bulk_update(lines, ["created_at", "read_at", "mailed_at"], batch_size=500)


def _moments() -> dict[tuple[str, str], datetime]:
    """When recommendations were sent, reported on and reviewed, by the keys of their lines."""
    rows = RecommendationAddressee.objects.values("pk", *_BY_KEY.values())
    return {
        (key, str(row["pk"])): row[field] for row in rows for key, field in _BY_KEY.items() if row[field] is not None
    }
