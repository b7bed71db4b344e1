"""A row that a new version of a form asks in other words breaks the series of its indicator."""

import pytest

from apps.collection.models import Form
from apps.indicators.breaks import told
from tests.factories.collection import CampaignFactory, FieldFactory, FormFactory
from tests.factories.core import PeriodFactory
from tests.factories.indicators import VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Two versions of a form, of 2024 and of 2025: «1» with another help, «2» as before."""
    changed, same = VersionFactory(indicator__number="1"), VersionFactory(indicator__number="2")
    for number, year in ((1, "2024"), (2, "2025")):
        Form.objects.update(is_active=False)
        form = FormFactory(version=number)
        FieldFactory(form=form, version=changed, order=1, help=f"Подсказка {number}")
        FieldFactory(form=form, version=same, order=2)
        CampaignFactory(period=PeriodFactory(code=year)).forms.add(form)
    return changed.indicator, same.indicator


def test_only_the_row_that_changed_breaks_and_from_its_first_period(asked):
    changed, same = asked
    assert [(found.period.code, found.text) for found in told(changed)] == [
        ("2025", "Изменилась форма сбора: версия 2 (подсказка)")
    ]
    assert told(same) == []
