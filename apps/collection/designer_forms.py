"""What is typed in the form designer, turned into domain values."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Fieldset, Layout, Row, Submit
from django import forms

from apps.collection import preparing
from apps.collection.forms import KINDS
from apps.collection.models import Form, FormField, FormRule
from apps.core.models import Period
from apps.indicators.models import Direction, IndicatorVersion, Pack
from apps.organizations.models import Feature, Programme

PERIODS = [(Period.Kind.CALENDAR_YEAR, "календарный год"), (Period.Kind.SCHOOL_YEAR, "учебный год"),
           (Period.Kind.HALF_YEAR, "полугодие"), (Period.Kind.QUARTER, "квартал")]  # fmt: skip


def _ticks(label: str, choices: Any, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class PassportForm(forms.Form):
    """What a form is, on which ground it is asked, of whom, and who prepares it."""

    title = forms.CharField(label="Название", max_length=300, error_messages={"required": "Напишите название формы."})
    short_title = forms.CharField(
        label="Краткое название", max_length=80, required=False, help_text="Так форма называется в списках."
    )
    legal_basis = forms.CharField(
        label="Основание: акт",
        max_length=600,
        help_text="Закон, приказ или постановление с датой и номером. Без основания форму составить нельзя.",
        error_messages={"required": "Назовите акт, на основании которого собираются данные."},
    )
    basis_point = forms.CharField(label="Пункт, часть, приложение", max_length=200, required=False)
    basis_url = forms.URLField(label="Ссылка на текст акта", max_length=500, required=False, assume_scheme="https")
    source_state = forms.ChoiceField(
        label="Состояние источника",
        choices=IndicatorVersion.Source.choices,
        initial=IndicatorVersion.Source.UNCONFIRMED,
        help_text="«Не подтверждено» — официальный текст не сверен. Так и будет сказано в форме.",
    )
    period_kind = forms.ChoiceField(label="За какой период", choices=PERIODS)
    prepared_by = forms.ChoiceField(
        label="Кто готовит", choices=preparing.Preparer.choices, initial=preparing.Preparer.DEPUTY
    )
    teacher_document = forms.ChoiceField(
        label="Если готовит педагог: документ перечня",
        choices=[("", "нет в перечне"), *((item.code, item.name) for item in preparing.DOCUMENTS)],
        required=False,
        help_text="Педагогу можно поручить только документы из перечня приказа № 779 от 06.11.2024.",
    )
    kinds = _ticks("Только для видов организаций", KINDS, "Ничего не отмечено — для всех.")
    programmes = _ticks("Для организаций с программами", Programme.choices, "Хотя бы с одной из отмеченных.")
    instructions = forms.CharField(
        label="Как заполнять",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Организация увидит этот текст на странице формы и в книге Excel.",
    )

    def __init__(self, *args: Any, button: str = "Сохранить", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("Форма", "title", Row(Column("short_title"), Column("period_kind"))),
            Fieldset(
                "Правовое основание",
                "legal_basis",
                Row(Column("basis_point"), Column("basis_url")),
                "source_state",
            ),
            Fieldset("Кто готовит", Row(Column("prepared_by"), Column("teacher_document"))),
            Fieldset("Кому", Row(Column("kinds"), Column("programmes"))),
            Fieldset("Пояснения", "instructions"),
            Submit("save", button),
        )

    @classmethod
    def of(cls, form: Form, *args: Any, **kwargs: Any) -> "PassportForm":
        initial = {name: getattr(form, name) for name in cls.base_fields}
        return cls(*args, initial=initial, **kwargs)


class RowForm(forms.Form):
    """What the form says of one row."""

    section = forms.CharField(label="Раздел", max_length=300)
    place = forms.IntegerField(label="Место в форме", min_value=1, max_value=500, help_text="Номер по порядку.")
    is_required = forms.BooleanField(label="Обязательно заполнить", required=False)
    help = forms.CharField(
        label="Подсказка", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Что именно считать и откуда взять.",
    )  # fmt: skip
    example = forms.CharField(label="Пример", max_length=120, required=False)
    minutes_own = forms.DecimalField(
        label="Минут на строку", localize=True, required=False, min_value=0, max_value=600, decimal_places=1,
        help_text="Пусто — наша оценка по виду строки.",
    )  # fmt: skip
    kinds = _ticks("Только для видов организаций", KINDS, "Ничего не отмечено — для всех, кто получает форму.")
    programmes = _ticks("Только при программах", Programme.choices)
    features = _ticks("Только при особенностях", Feature.choices, "Хотя бы одна из отмеченных.")
    reuse = forms.ChoiceField(
        label="Если это уже собрано другой формой за тот же период",
        choices=FormField.Reuse.choices,
        widget=forms.RadioSelect,
        help_text="Взятое число показывается с источником; не собранное ещё организация вносит сама.",
    )
    duplicate_reason = forms.CharField(
        label="Почему спрашиваем ещё раз",
        max_length=300,
        required=False,
        help_text="Нужно, только если показатель уже спрашивает другая форма, а вы выбрали «спросить».",
    )

    def __init__(self, *args: Any, field: FormField, **kwargs: Any) -> None:
        initial = {name: getattr(field, name) for name in self.base_fields if name != "place"}
        kwargs.setdefault("initial", initial | {"place": field.order})
        super().__init__(*args, **kwargs)
        if field.version.is_derived:
            for name in ("is_required", "example", "minutes_own", "reuse", "duplicate_reason"):
                del self.fields[name]
        names = [name for name in ("minutes_own", "example") if name in self.fields]
        asked = [name for name in ("reuse", "duplicate_reason") if name in self.fields]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("Место", Row(Column("section", css_class="col-lg-8"), Column("place"))),
            Fieldset(
                "Что видит организация",
                "help",
                Row(*(Column(name) for name in names)) if names else HTML(""),
                *(["is_required"] if "is_required" in self.fields else []),
            ),
            Fieldset("Кого касается", Row(Column("kinds"), Column("programmes"), Column("features"))),
            Fieldset("Уже собрано?", *asked) if asked else HTML(""),
            Submit("save", "Сохранить строку"),
        )


class RuleForm(forms.Form):
    """A rule between rows, in the formula language."""

    rule = forms.CharField(
        label="Что должно выполняться",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=(
            "Например: [so_oo.1.2] <= [so_oo.1.1]. Прошлый год: abs([код] - previous([код])) <= 0.3 * previous([код]). "
            "Код показателя не из формы — его число за тот же период из другого источника портала."
        ),
        error_messages={"required": "Напишите условие."},
    )
    severity = forms.ChoiceField(
        label="Если не выполняется",
        choices=[
            (FormRule.Severity.ERROR, "ошибка: отправить нельзя"),
            (FormRule.Severity.QUERY, "вопрос: нужно исправить или пояснить"),
            (FormRule.Severity.NOTICE, "к сведению: отправить можно"),
        ],
        widget=forms.RadioSelect,
        initial=FormRule.Severity.QUERY,
    )
    message = forms.CharField(
        label="Что увидит организация", max_length=500, help_text="Что не так, без обвинений.",
        error_messages={"required": "Напишите, что увидит организация."},
    )  # fmt: skip
    place = forms.ChoiceField(label="У какой строки показать", required=False)

    def __init__(self, *args: Any, draft: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = draft.fields.select_related("version__indicator").order_by("order")
        names = [
            (item.version.indicator.code, f"{item.version.indicator.number} {item.version.name}"[:100]) for item in rows
        ]
        self.fields["place"].choices = [("", "у первой строки правила"), *names]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "rule", "severity", "message", "place",
            Div(
                Submit("try", "Попробовать на собранных данных", css_class="btn btn-outline-primary"),
                HTML(" "),
                Submit("save", "Сохранить правило"),
                css_class="d-flex flex-wrap gap-2",
            ),
        )  # fmt: skip
        self.helper.attrs = {"data-many": ""}


class IndicatorSearch(forms.Form):
    """Narrowing the indicators that may be added."""

    q = forms.CharField(label="Код или слова названия", required=False, max_length=100)
    pack = forms.ChoiceField(label="Набор", required=False)
    direction = forms.ChoiceField(label="Направление", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        packs = [(pack.code, pack.short_title) for pack in Pack.objects.all()]
        directions = [(item.code, f"{item.code} {item.name}") for item in Direction.objects.filter(is_active=True)]
        self.fields["pack"].choices = [("", "любой"), *packs]  # type: ignore[attr-defined]
        self.fields["direction"].choices = [("", "любое"), *directions]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.layout = Layout(
            "q",
            "pack",
            "direction",
            Div(Submit("", "Найти", css_class="btn btn-outline-primary"), css_class="filters-buttons"),
        )
