"""Rules and findings about organisations."""

from apps.analysis.interpretation.models import Conclusion
from apps.analysis.models.signs import SignRule, SignRuleQuerySet
from apps.analysis.objectivity.models import Evidence, Explanation, ObjectivityRule, ObjectivityRun, PreventiveCase
from apps.analysis.signs.models import Sign, SignAnswer, SignList

__all__ = [
    "Conclusion",
    "Evidence",
    "Explanation",
    "ObjectivityRule",
    "ObjectivityRun",
    "PreventiveCase",
    "Sign",
    "SignAnswer",
    "SignList",
    "SignRule",
    "SignRuleQuerySet",
]
