"""Jobs of the room; each subject keeps its own."""

from apps.analysis.clusters import handlers as clusters
from apps.analysis.objectivity import handlers as objectivity
from apps.analysis.signs import handlers as signs

__all__ = ["clusters", "objectivity", "signs"]
