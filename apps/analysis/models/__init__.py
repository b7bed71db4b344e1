"""Rules and findings about organisations."""

from apps.analysis.models.signs import SignRule, SignRuleQuerySet

__all__ = ["SignRule", "SignRuleQuerySet"]
