"""Form of an expected effect: what was typed becomes domain values."""

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms

from apps.organizations.models import Organization
from apps.organizations.picking import pick
from apps.roadmaps.effect import figures
from apps.roadmaps.effect.subjects import Subject
from apps.roadmaps.forms import DateInput

YEARS = ((1, "через год"), (2, "через два года"), (3, "через три года"))


class SignedNumber(forms.DecimalField):
    """A number with any of the minus signs that people type and copy."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        return super().to_python(value.replace("\u2212", "-").replace("–", "-") if isinstance(value, str) else value)


class ExpectationForm(forms.Form):
    """In which figure, in which organisations, from when and by how much."""

    figure = forms.ChoiceField(
        label="По какому числу будет видно",
        help_text="Результат оценочной процедуры или показатель. Суммы здесь не предлагаются: они растут с размером "
        "организации.",
        error_messages={"required": "Выберите, по какому числу будет виден эффект."},
    )
    expected_change = SignedNumber(
        label="На сколько изменится",
        max_digits=12,
        decimal_places=4,
        localize=True,
        help_text="Со знаком: «5» — вырастет на 5, «−3» — снизится на 3. Для долей — в процентных пунктах.",
        error_messages={"required": "Напишите, на сколько должно измениться число.", "invalid": "Введите число."},
    )
    starts_on = forms.DateField(
        label="Начало меры",
        widget=DateInput(),
        help_text="Значение «до» — за последний период перед ним.",
        error_messages={"required": "Укажите день начала."},
    )
    years = forms.TypedChoiceField(label="Когда измерить", choices=YEARS, coerce=int, initial=1)
    rationale = forms.CharField(
        label="Почему ждём этого",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="На чём основано ожидание: что и как изменит мера.",
        error_messages={"required": "Напишите, почему ждёте такого изменения."},
    )
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Каким организациям адресована мера",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте организации, которым адресована мера."},
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        initial = {"starts_on": subject.starts_on, "organizations": sorted(subject.organizations)}
        kwargs["initial"] = initial | kwargs.pop("initial", {})
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["figure"].choices = [("", "выберите"), *figures.choices()]
        fields["organizations"].queryset = Organization.objects.educational().active()
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "figure",
            Row(Column("expected_change"), Column("starts_on"), Column("years")),
            "rationale",
            pick(),
            Submit("save", "Посмотреть, какой эффект можно увидеть"),
        )

    def clean_expected_change(self) -> Decimal:
        return Decimal(self.cleaned_data["expected_change"])

    def clean_figure(self) -> figures.Figure:
        found = figures.named(self.cleaned_data["figure"])
        if found is None:
            raise forms.ValidationError("Такого числа больше нет. Выберите другое.")
        return found


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Почему ожидание снимается", error_messages={"required": "Напишите, почему ожидание снимается."}
    )
