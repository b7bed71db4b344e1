"""Rules and findings about organisations, clusters and context."""

from apps.analysis.clusters.models import Cluster, Clustering, ClusterMember
from apps.analysis.context.models import IndexPart, MethodSettings, SocialIndex
from apps.analysis.interpretation.models import Conclusion
from apps.analysis.models.signs import SignRule, SignRuleQuerySet
from apps.analysis.objectivity.models import Evidence, Explanation, ObjectivityRule, ObjectivityRun, PreventiveCase
from apps.analysis.signs.models import Sign, SignAnswer, SignList

__all__ = [
    "Conclusion",
    "Cluster",
    "ClusterMember",
    "Clustering",
    "Evidence",
    "Explanation",
    "IndexPart",
    "MethodSettings",
    "ObjectivityRule",
    "ObjectivityRun",
    "PreventiveCase",
    "Sign",
    "SignAnswer",
    "SignList",
    "SignRule",
    "SignRuleQuerySet",
    "SocialIndex",
]
