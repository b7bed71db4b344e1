"""Forms of proposals and comparisons: they turn what was typed into definitions, and say every fault at its field."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from apps.core.findings import Severity
from apps.core.models import Period
from apps.indicators.models import Direction, Indicator, IndicatorVersion, Proposal
from apps.indicators.services.checking import Checked, Draft, Place, check, known_packs, sentence
from apps.indicators.services.definitions import Definition
from apps.organizations.models import Organization

Version = IndicatorVersion
SAMPLES = 3

# Where a finding of the check is shown; those of a formula stand at the formula.
FIELD_OF = {
    "no_name": "name",
    "no_type": "value_type",
    "limits": "minimum",
    "attention": "attention",
    "weight": "weight",
    "no_act": "act",
    "not_compared": "source_state",
    "bad_code": "number",
    "known_code": "number",
    "unknown_pack": "pack",
    "unknown_parent": "parent",
    "unknown_direction": "direction",
    "too_early": "valid_from",
    "needs_formula": "aggregation",
    "wrong_aggregation": "aggregation",
    "not_linear": "aggregation",
    "unknown_weight": "weight_code",
    "text": "value_type",
    "no_change": None,
    "breaks_dependent": "formula",
}

_AGGREGATIONS = [
    (Version.Aggregation.SUM, "складывается: сумма или отношение сумм, как велит формула"),
    (Version.Aggregation.MEAN, "среднее по организациям"),
    (Version.Aggregation.FORMULA, "формула над сводными числами (индексы, баллы, сравнение с прошлым годом)"),
    (Version.Aggregation.WEIGHTED_MEAN, "взвешенное среднее: вносится среднее, вес — в другом показателе"),
    (Version.Aggregation.SHARE_YES, "доля ответивших «да»"),
    (Version.Aggregation.NONE, "не складывается"),
]


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NumberField(forms.DecimalField):
    """A number with a decimal comma or point."""

    def __init__(self, **fields: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, max_digits=20, decimal_places=6, widget=widget, **fields)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(",", ".").replace("\u00a0", "").replace(" ", "")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


def scale_formula(code: str, steps: str) -> str:
    """`points([code], 50: 1, 70: 2)` of a scale written line by line, «50: 1»; empty where nothing is written."""
    lines = [line.strip().replace("—", ":").replace(",", ".") for line in steps.splitlines() if line.strip()]
    return f"points([{code.strip().strip('[]')}], {', '.join(lines)})" if code.strip() and lines else ""


class ProposalForm(forms.Form):
    """A version as it should be. After `is_valid` or `look` the draft and what was found are there, also of a form
    with faults."""

    draft: Draft
    checked: Checked

    pack = forms.ChoiceField(label="Набор")
    number = forms.CharField(
        label="Номер в наборе", max_length=30, help_text="Например 1.12; вместе с набором это код."
    )
    parent = forms.CharField(
        label="Под каким показателем стоит", max_length=40, required=False,
        help_text="Код раздела или показателя того же набора, например msoko.1.1.4. Пусто — сам по себе.",
    )  # fmt: skip
    direction = forms.ChoiceField(label="Направление", required=False)
    is_group = forms.BooleanField(label="Это раздел: название без числа", required=False)

    name = forms.CharField(label="Название", max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    unit = forms.CharField(label="Единица", max_length=100, required=False)
    value_type = forms.ChoiceField(label="Тип", choices=Version.ValueType.choices, required=False)
    decimals = forms.IntegerField(label="Знаков после запятой", min_value=0, max_value=6, initial=0)
    polarity = forms.ChoiceField(label="Что лучше", choices=Version.Polarity.choices)
    minimum = NumberField(label="Наименьшее возможное")
    maximum = NumberField(label="Наибольшее возможное")
    attention = NumberField(label="Порог внимания", help_text="За ним, с худшей стороны, показатель требует внимания.")
    level = forms.ChoiceField(label="Уровень", choices=[("", "не указан"), *Version.Level.choices], required=False)
    object = forms.ChoiceField(
        label="Объект оценки", choices=[("", "не указан"), *Version.Object.choices], required=False
    )

    formula = forms.CharField(
        label="Формула", required=False, strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "class": "formula"}),
        help_text="Пусто — число вносят организации. Пример: 100 × [so_oo.1.5] ÷ [so_oo.1.1]",
    )  # fmt: skip
    aggregation = forms.ChoiceField(label="Как складывается по организациям", choices=_AGGREGATIONS)
    weight_code = forms.CharField(
        label="Вес взвешенного среднего", max_length=40, required=False, help_text="Код показателя, например so_oo.A.9"
    )
    scale_of = forms.CharField(
        label="За что баллы", max_length=40, required=False, help_text="Код показателя, по которому даются баллы."
    )
    scale_steps = forms.CharField(
        label="Шкала", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="По строке на ступень: «от скольки: сколько баллов». Формула составится сама.",
    )  # fmt: skip
    weight = NumberField(label="Вес критерия", help_text="Для балла, в который входит этот критерий.")

    source_state = forms.ChoiceField(label="Источник")
    act = forms.CharField(label="Акт", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    evidence = forms.CharField(label="Пункт, страница, ссылка", max_length=600, required=False)
    data_source = forms.CharField(label="Откуда берутся данные", max_length=300, required=False)
    note = forms.CharField(
        label="Примечание", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    review_due = forms.DateField(
        label="Проверить до", required=False, widget=DateInput(), help_text="Когда пересмотреть показатель."
    )
    valid_from = forms.DateField(
        label="Действует с", widget=DateInput(),
        help_text="Периоды, которые закончились раньше, сохранят прежние числа.",
    )  # fmt: skip
    reason = forms.CharField(label="Почему нужно изменение", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    period = forms.ChoiceField(label="Период для примера", required=False)
    sample_1 = forms.ChoiceField(label="Организация 1", required=False)
    sample_2 = forms.ChoiceField(label="Организация 2", required=False)
    sample_3 = forms.ChoiceField(label="Организация 3", required=False)

    def __init__(
        self,
        *args: Any,
        indicator: Indicator | None,
        periods: Iterable[Period] = (),
        organizations: Iterable[Organization] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.base = indicator.versions.current().first() if indicator else None
        if indicator:
            for name in ("pack", "number", "parent", "direction", "is_group"):
                del self.fields[name]
        else:
            self._choose("pack", known_packs())
            directions = Direction.objects.all()
            self._choose("direction", [("", "не указано"), *((one.code, f"{one.code} {one}") for one in directions)])
        states = [Version.Source.PROPOSAL, Version.Source.MUNICIPAL]
        if self.base and self.base.source_state not in states:
            states.append(Version.Source(self.base.source_state))
        kept = " — если название, единица и метод прежние"
        official = Version.Source.OFFICIAL
        self._choose(
            "source_state", [(state.value, state.label + (kept if state == official else "")) for state in states]
        )
        self._choose("period", [(period.slug, str(period)) for period in periods])
        choices = [("", "выбрать самим"), *((str(one.pk), one.name) for one in organizations)]
        for number in range(1, SAMPLES + 1):
            self._choose(f"sample_{number}", choices)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    def _layout(self) -> Layout:
        def row(*names: str) -> Row:
            return Row(*(Column(name, css_class=f"col-md-{12 // len(names)}") for name in names))

        place = [] if self.indicator else [
            Fieldset("Место в дереве", row("pack", "number"), row("parent", "direction"), "is_group")
        ]  # fmt: skip
        return Layout(
            *place,
            Fieldset(
                "Что измеряется",
                "name",
                row("unit", "value_type", "decimals"),
                row("polarity", "attention"),
                row("minimum", "maximum"),
                row("level", "object"),
            ),
            Fieldset(
                "Как считается",
                "formula",
                row("aggregation", "weight_code"),
                HTML('<details class="mb-3"><summary>Составить формулу: баллы по шкале</summary><div class="pt-3">'),
                row("scale_of", "scale_steps"),
                HTML("</div></details>"),
                "weight",
            ),
            Fieldset(
                "Проверка",
                HTML('{% include "indicators/proposals/check_words.html" %}'),
                row("period", "sample_1", "sample_2", "sample_3"),
                HTML('{% include "indicators/proposals/check_place.html" %}'),
            ),
            Fieldset(
                "На чём основано", row("source_state", "evidence"), "act", row("data_source", "review_due"), "note"
            ),
            Fieldset("Изменение", row("valid_from", "reason")),
        )

    # --- reading

    def look(self) -> "ProposalForm":
        """Read what is there so far, faults and all, for the check while one types."""
        self.full_clean()
        return self

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        steps = scale_formula(data.get("scale_of") or "", data.get("scale_steps") or "")
        if steps and not data.get("formula"):
            data["formula"] = steps
            if data.get("aggregation") in (Version.Aggregation.SUM, Version.Aggregation.RATIO):
                data["aggregation"] = Version.Aggregation.FORMULA
        self.draft = self._draft(data)
        self.checked = check(self.draft)
        for finding in self.checked.findings:
            if finding.severity == Severity.ERROR:
                field = FIELD_OF.get(finding.code, "formula")
                if field is None or field not in self.fields:
                    field = None
                if field is None or field in data:  # a field with a fault of its own has said so already
                    self.add_error(field, sentence(finding))
        return data

    def _draft(self, data: dict[str, Any]) -> Draft:
        place = None
        if self.indicator is None:
            place = Place(
                pack=data.get("pack") or "",
                number=data.get("number") or "",
                parent=data.get("parent") or "",
                direction=data.get("direction") or "",
                is_group=bool(data.get("is_group")),
            )
        definition = Definition(name=" ".join((data.get("name") or "").split()))
        for name in (
            "unit", "value_type", "decimals", "polarity", "aggregation", "formula", "weight_code", "minimum", "maximum",
            "attention", "weight", "level", "object", "source_state", "act", "evidence", "data_source", "note",
            "review_due",
        ):  # fmt: skip
            value = data.get(name)
            if value is not None:
                definition = replace(definition, **{name: value})
        if place and place.is_group:
            definition = replace(definition, value_type="", aggregation=Version.Aggregation.NONE, formula="")
        kind = Proposal.Kind.VERSION if self.indicator else Proposal.Kind.NEW
        day = data.get("valid_from") or date.max
        return Draft(kind=kind, definition=definition, valid_from=day, indicator=self.indicator, place=place)

    @property
    def sample_ids(self) -> list[int]:
        chosen = [self.cleaned_data.get(f"sample_{number}") or "" for number in range(1, SAMPLES + 1)]
        return [int(one) for one in chosen if one]


def initial_of(definition: Definition) -> dict[str, Any]:
    """A definition as the form shows it."""
    fields = dict(vars(definition))
    if fields["aggregation"] == Version.Aggregation.RATIO:
        fields["aggregation"] = Version.Aggregation.SUM
    return fields


class EndForm(forms.Form):
    """The end of an indicator."""

    valid_from = forms.DateField(
        label="Не используется с", widget=DateInput(),
        help_text="Периоды, которые закончились раньше, сохранят свои числа.",
    )  # fmt: skip
    reason = forms.CharField(label="Почему", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", timezone.localdate())
        self.helper = FormHelper()
        self.helper.form_tag = False
