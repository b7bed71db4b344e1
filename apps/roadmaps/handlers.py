"""Work of the room that a worker does; each subject has its own."""

from apps.roadmaps.effect import handlers as effect
from apps.roadmaps.projects import handlers as projects

__all__ = ["effect", "projects"]
