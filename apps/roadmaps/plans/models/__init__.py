"""Roadmaps with stages, measures and approved versions."""

from apps.roadmaps.plans.models.measures import Measure, MeasureMove, MeasureProof, MeasureResource
from apps.roadmaps.plans.models.parts import Part
from apps.roadmaps.plans.models.roadmaps import Roadmap, RoadmapVersion, Stage

__all__ = [
    "Measure",
    "MeasureMove",
    "MeasureProof",
    "MeasureResource",
    "Part",
    "Roadmap",
    "RoadmapVersion",
    "Stage",
]
