"""Projects with what belongs to them."""

from apps.roadmaps.projects.models.members import LevelResults, Member, Opinion, Product
from apps.roadmaps.projects.models.projects import Programme, Project, ProjectIndicator
from apps.roadmaps.projects.models.stages import Monitoring, ProjectStage, StageReport

__all__ = [
    "LevelResults",
    "Member",
    "Monitoring",
    "Opinion",
    "Product",
    "Programme",
    "Project",
    "ProjectIndicator",
    "ProjectStage",
    "StageReport",
]
