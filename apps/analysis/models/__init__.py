"""Rules and findings about organisations."""

from apps.analysis.models.signs import SignRule, SignRuleQuerySet
from apps.analysis.signs.models import Sign, SignAnswer, SignList

__all__ = ["Sign", "SignAnswer", "SignList", "SignRule", "SignRuleQuerySet"]
