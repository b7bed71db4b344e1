from decimal import Decimal

import pytest

from apps.analysis import services
from apps.analysis.defaults import create_missing_rules
from apps.analysis.models import SignRule
from apps.core.findings import Refused

pytestmark = pytest.mark.django_db
CODE = SignRule.Code.FAILING_SHARE


def change(**values):
    start = {"threshold": Decimal(25), "minimum_participants": 10, "source_state": "municipal", "act": "Приказ"}
    return services.RuleChange(**{**start, "reason": "Решение совета", **values})


def test_a_change_is_a_new_version_and_the_old_stays(specialist):
    new = services.change_rule(code=CODE, change=change(), by=specialist)
    assert (new.version, new.threshold, new.author) == (2, Decimal(25), specialist)
    assert SignRule.objects.current(CODE) == new
    assert [rule.threshold for rule in SignRule.objects.history(CODE)] == [Decimal(25), Decimal(30)]


def test_nothing_changed_no_reason_or_no_right_is_refused(specialist, director, methodologist):
    old = SignRule.objects.current(CODE)
    same = change(threshold=old.threshold, source_state=old.source_state, act=old.act)
    for wrong, who, code in (
        (same, specialist, "no_change"),
        (change(reason=" "), specialist, "no_reason"),
        (change(), director, "not_allowed"),
        (change(), methodologist, "not_allowed"),
    ):
        with pytest.raises(Refused) as error:
            services.change_rule(code=CODE, change=wrong, by=who)
        assert error.value.findings[0].code == code
    assert SignRule.objects.history(CODE).count() == 1


def test_the_first_rule_is_a_proposal_and_made_once():
    create_missing_rules()
    assert SignRule.objects.count() == len(SignRule.Code.values)
    rule = SignRule.objects.get(code=CODE)
    assert (rule.threshold, rule.minimum_participants, rule.is_confirmed) == (Decimal(30), 10, False)
