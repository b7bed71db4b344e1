"""Work of the room that a worker does; each subject has its own."""

from apps.roadmaps.effect import handlers as effect

__all__ = ["effect"]
