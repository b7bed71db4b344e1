"""Forms of the cycle."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from apps.accounts.models import User
from apps.accounts.roles import AUTHORITY
from apps.indicators.models import Direction, IndicatorVersion
from apps.roadmaps.cycle.models import NUMBERS, PositionTerm

MONTHS = (
    "сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август",
)  # fmt: skip
MONTH_CHOICES = [((at + 8) % 12 + 1, name) for at, name in enumerate(MONTHS)]


class TrackForm(forms.Form):
    """A track of a direction."""

    title = forms.CharField(
        label="Название трека", max_length=250, error_messages={"required": "Назовите трек."},
        help_text="Например: «Развитие способностей обучающихся в соответствии с их потребностями».",
    )  # fmt: skip
    is_full = forms.TypedChoiceField(
        label="Цикл",
        choices=[("yes", "полный: все девять позиций"), ("no", "неполный: меры, решения, эффект (7, 8, 9)")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("title", "is_full", Submit("save", "Сохранить трек"))


class TermForm(forms.Form):
    """Who fills a position and by which day of the school year."""

    scope = forms.ChoiceField(label="Чей цикл", choices=PositionTerm.Scope.choices)
    direction = forms.ModelChoiceField(
        Direction.objects.none(), label="Направление", required=False, empty_label="все направления"
    )
    position = forms.TypedChoiceField(label="Позиция", choices=NUMBERS, coerce=int)
    day = forms.IntegerField(label="День", min_value=1, max_value=31)
    month = forms.TypedChoiceField(label="Месяц учебного года", choices=MONTH_CHOICES, coerce=int)
    role = forms.CharField(
        label="Кто заполняет", max_length=200, help_text="Должность.",
        error_messages={"required": "Укажите должность того, кто заполняет позицию."},
    )  # fmt: skip
    user = forms.ModelChoiceField(
        User.objects.none(), label="Сотрудник", required=False, empty_label="по должности",
        help_text="Можно не выбирать: тогда это ответственный за направление.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["direction"].queryset = Direction.objects.in_use()
        fields["direction"].label_from_instance = lambda one: f"{one.code} {one}"[:100]
        people = User.objects.filter(is_active=True, memberships__role__in=AUTHORITY).distinct()
        fields["user"].queryset = people.order_by("last_name", "first_name")
        self.helper = FormHelper()
        self.helper.layout = Layout(*fields, Submit("save", "Сохранить срок"))


class CriterionForm(forms.Form):
    """A criterion of the self-assessment."""

    position = forms.TypedChoiceField(label="Позиция", choices=NUMBERS, coerce=int)
    text = forms.CharField(label="Критерий", max_length=400, error_messages={"required": "Напишите критерий."})
    source_state = forms.ChoiceField(label="Состояние источника", choices=IndicatorVersion.Source.choices)
    act = forms.CharField(label="Откуда взят", max_length=600, required=False, help_text="Акт с датой и номером.")
    is_active = forms.BooleanField(label="применяется", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(*self.fields, Submit("save", "Сохранить критерий"))
