"""The rules that a new installation starts with; all are proposals until the authority confirms them."""

from decimal import Decimal
from typing import Any

from apps.analysis.models import SignRule
from apps.indicators.models import IndicatorVersion

FAILING_SHARE: dict[str, Any] = {
    "title": "Доля отметок «2» не ниже порога",
    "threshold": Decimal(30),
    "minimum_participants": 10,
    "source_state": IndicatorVersion.Source.UNCONFIRMED,
    "act": (
        "Порог 30 % известен из практики выявления школ с низкими результатами; "
        "текст федерального акта не найден. Значение — предложение разработчиков."
    ),
}


def create_missing_rules(**_: object) -> None:
    """Give each sign its first version. Runs after every migration and changes nothing that exists."""
    SignRule.objects.get_or_create(code=SignRule.Code.FAILING_SHARE, version=1, defaults=FAILING_SHARE)
