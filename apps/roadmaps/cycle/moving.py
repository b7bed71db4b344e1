"""An organisation is joined to another one: its open tracks go on there, with what stands in them."""

from typing import Any

from django.utils import timezone

from apps.core import events
from apps.organizations.models import Organization
from apps.roadmaps.cycle.models import Track, TrackObject


def move_tracks(*, old: Organization, new: Organization, by: Any, **_: Any) -> None:
    """Receiver of `organizations.signals.merged`. A track of the same name at the successor takes the objects.

    What was closed stays where it was.
    """
    there = {(track.direction_id, track.title): track for track in Track.objects.current().filter(organization=new)}
    for track in Track.objects.select_for_update(of=("self",)).current().filter(organization=old):
        text = f"Трек перешёл от «{old}» к «{new}»: организация присоединена."
        same = there.get((track.direction_id, track.title))
        if same:
            _join(track, same)
            text = f"Объекты перешли в трек «{new}» с тем же названием: «{old}» присоединена."
        else:
            track.organization = new
            track.save(update_fields=["organization"])
        for subject in filter(None, (track, same)):
            events.record(
                kind="roadmaps.track_moved", subject=subject, by=by, text=text[:500], old=old.code, new=new.code
            )


def _join(track: Track, same: Track) -> None:
    """The objects go over, and the track of the organisation that is no more is closed."""
    known = set(TrackObject.objects.filter(track=same).values_list("subject", "subject_id"))
    for one in TrackObject.objects.filter(track=track):
        if (one.subject, one.subject_id) not in known:
            one.track = same
            one.save(update_fields=["track"])
    track.ended_at, track.end_reason = timezone.now(), "Организация присоединена, трек продолжается у неё."
    track.save(update_fields=["ended_at", "end_reason"])
