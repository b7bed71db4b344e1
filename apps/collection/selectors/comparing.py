"""Two campaigns side by side: the rows that both ask, over the organisations that answered them both times."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from apps.collection.compiled import formula
from apps.collection.models import Answer, Campaign, Form, FormField
from apps.collection.states import State
from apps.core import figures
from apps.indicators import formulas
from apps.indicators.models import IndicatorVersion
from apps.workbooks.writing import export_table

HANDED_IN = (State.SUBMITTED, State.ACCEPTED)
Aggregation = IndicatorVersion.Aggregation


@dataclass(frozen=True)
class ComparedRow:
    """A row common to both: `before` and `now` are sums, means or shares of «да» over the same organisations."""

    section: str
    version: IndicatorVersion
    how: str
    before: Decimal | None
    now: Decimal | None
    organizations: int

    @property
    def decimals(self) -> int:
        return 0 if self.how == "сумма" and self.version.value_type == "int" else max(1, self.version.decimals)

    @property
    def change(self) -> str:
        if self.before is None or self.now is None:
            return ""
        text = figures.figure(self.now - self.before, self.decimals)
        return f"+{text}" if self.now > self.before else text

    @property
    def before_text(self) -> str:
        return figures.figure(self.before, self.decimals)

    @property
    def now_text(self) -> str:
        return figures.figure(self.now, self.decimals)


@dataclass
class ComparedForm:
    """A form of both campaigns. Of different versions only common rows are compared, and it is said so."""

    before: Form
    now: Form
    rows: list[ComparedRow] = field(default_factory=list)
    only_before: list[FormField] = field(default_factory=list)
    only_now: list[FormField] = field(default_factory=list)

    @property
    def is_other_version(self) -> bool:
        return self.before.pk != self.now.pk

    @property
    def sections(self) -> list[tuple[str, list[ComparedRow]]]:
        grouped: dict[str, list[ComparedRow]] = {}
        for row in self.rows:
            grouped.setdefault(row.section, []).append(row)
        return list(grouped.items())


def comparable(campaign: Campaign) -> list[Campaign]:
    """Other campaigns that asked one of its forms, newest first; the one that it repeats comes first."""
    codes = campaign.forms.values("code")
    found = Campaign.objects.filter(forms__code__in=codes).exclude(pk=campaign.pk).select_related("period").distinct()
    rows = list(found.order_by("-period__ends_on", "-pk"))
    earlier = [item for item in rows if item.period.ends_on < campaign.period.ends_on]
    return sorted(rows, key=lambda item: (item.pk != campaign.repeats_id, item not in earlier))


def compare(before: Campaign, now: Campaign) -> list[ComparedForm]:
    """A form of each code that both campaigns ask. Three queries a form."""
    earlier = {form.code: form for form in before.forms.all()}
    pairs = [(earlier[form.code], form) for form in now.forms.order_by("code") if form.code in earlier]
    return [_compare(before, now, old, new) for old, new in pairs]


def _compare(before: Campaign, now: Campaign, old: Form, new: Form) -> ComparedForm:
    made = ComparedForm(old, new)
    fields = {
        form.pk: {
            item.version.indicator_id: item
            for item in form.fields.select_related("version__indicator").order_by("order")
        }
        for form in {old, new}
    }
    common = [item for key, item in fields[new.pk].items() if key in fields[old.pk]]
    if made.is_other_version:
        made.only_before = [item for key, item in fields[old.pk].items() if key not in fields[new.pk]]
        made.only_now = [item for key, item in fields[new.pk].items() if key not in fields[old.pk]]
    numbers = {campaign.pk: _numbers(campaign, old if campaign == before else new) for campaign in (before, now)}
    for item in common:
        made.rows.append(_row(item, numbers[before.pk], numbers[now.pk]))
    return made


Numbers = dict[str, dict[int, Decimal]]  # by code, of organisations


def _numbers(campaign: Campaign, form: Form) -> Numbers:
    found: Numbers = defaultdict(dict)
    answers = Answer.objects.filter(
        submission__campaign=campaign, submission__form=form, submission__state__in=HANDED_IN, number__isnull=False
    )
    for code, organization, number in answers.values_list(
        "field__version__indicator__code", "submission__organization", "number"
    ):
        if number is not None:
            found[code][organization] = number
    return found


def _row(item: FormField, before: Numbers, now: Numbers) -> ComparedRow:
    version, code = item.version, item.version.indicator.code
    if version.is_derived:
        old, new, count = _ratio(version, before, now)
        return ComparedRow(item.section, version, "доля от сумм", old, new, count)
    both = set(before.get(code, {})) & set(now.get(code, {}))
    if not both:
        return ComparedRow(item.section, version, "нет данных", None, None, 0)
    totals = [sum((numbers[code][pk] for pk in both), Decimal(0)) for numbers in (before, now)]
    if version.value_type == "bool":
        old, new = (100 * total / len(both) for total in totals)
        return ComparedRow(item.section, version, "доля «да», %", old, new, len(both))
    if version.aggregation == Aggregation.SUM:
        return ComparedRow(item.section, version, "сумма", totals[0], totals[1], len(both))
    old, new = (total / len(both) for total in totals)
    return ComparedRow(item.section, version, "среднее", old, new, len(both))


def _ratio(version: IndicatorVersion, before: Numbers, now: Numbers) -> tuple[Decimal | None, Decimal | None, int]:
    """Of a share: sum of numerators over sum of denominators, of organisations that gave every input both times."""
    if version.aggregation != Aggregation.RATIO:
        return None, None, 0
    tree = formula(version.formula)
    codes = formulas.references(tree)
    sets = [set(numbers.get(code, {})) for code in codes for numbers in (before, now)]
    both = set.intersection(*sets) if sets else set()
    if not both:
        return None, None, 0
    values = [
        formulas.evaluate(tree, {code: sum((numbers[code][pk] for pk in both), Decimal(0)) for code in codes}).number
        for numbers in (before, now)
    ]
    return values[0], values[1], len(both)


HEADERS = (
    "Форма",
    "Раздел",
    "Код",
    "Показатель",
    "Единица",
    "Как сложено",
    "Было",
    "Стало",
    "Изменение",
    "Организаций",
)


def workbook(found: list[ComparedForm]) -> bytes:
    """The comparison as an xlsx."""
    rows = (
        (
            form.now.short_title, row.section, row.version.indicator.code, row.version.name, row.version.unit, row.how,
            row.before, row.now, row.now - row.before if row.now is not None and row.before is not None else None,
            row.organizations,
        )
        for form in found
        for row in form.rows
    )  # fmt: skip
    return export_table(HEADERS, rows, title="Сравнение периодов")
