"""The rules that a new installation starts with; all are proposals until the authority confirms them."""

from apps.analysis.models import ObjectivityRule, SignRule
from apps.analysis.signs.kinds import KINDS, defaults_of


def create_missing_rules(**_: object) -> None:
    """Give each sign its first version. Runs after every migration and changes nothing that exists."""
    known = set(SignRule.objects.values_list("code", flat=True))
    missing = [
        SignRule(
            code=kind.code,
            title=kind.title,
            threshold=kind.threshold,
            minimum_participants=kind.minimum,
            parameters=defaults_of(kind),
            source_state=kind.source_state,
            act=kind.act,
        )
        for kind in KINDS
        if kind.code not in known
    ]
    SignRule.objects.bulk_create(missing, ignore_conflicts=True)
    ObjectivityRule.objects.get_or_create(version=1)
