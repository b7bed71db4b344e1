"""Breaks of series that forms make: a row asked in other words is not answered as before."""

from itertools import pairwise

from django.db.models import Min

from apps.collection.models import FormField
from apps.core.models import Period
from apps.indicators.breaks import Break, reader
from apps.indicators.models import Indicator

_WORDS = (
    ("section", "раздел"),
    ("context", "к чему относится строка"),
    ("help", "подсказка"),
    ("is_required", "обязательность"),
)


@reader
def rewritten_forms(indicator: Indicator) -> list[Break]:
    """Versions of forms in which the row of the indicator differs from the version before, from their first period."""
    rows = (
        FormField.objects.filter(version__indicator=indicator)
        .select_related("form")
        .annotate(begins=Min("form__campaigns__period__starts_on"))
        .order_by("form__code", "form__version")
    )
    asked = [row for row in rows if row.begins is not None]
    found = []
    for before, after in pairwise(asked):
        changed = [words for name, words in _WORDS if getattr(before, name) != getattr(after, name)]
        if before.form.code != after.form.code or not changed or after.begins <= before.begins:
            continue
        period = Period.objects.filter(campaigns__forms=after.form, starts_on=after.begins).first()
        if period is not None:
            text = f"Изменилась форма сбора: версия {after.form.version} ({', '.join(changed)})"
            found.append(Break(period, text))
    return found
