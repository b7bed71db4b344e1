"""Forms of the signs: a rule's settings, a decision, an answer, the order."""

from decimal import Decimal, InvalidOperation
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.analysis.models import Sign, SignRule
from apps.analysis.signs.kinds import Parameter, SignKind
from apps.core.models import Period

DECISIONS = ((Sign.Decision.CONFIRMED, "Подтвердить признак"), (Sign.Decision.REJECTED, "Отклонить признак"))


class RuleForm(forms.ModelForm):
    """A new version of a sign's rule. Fields of its further settings come from the kind."""

    reason = forms.CharField(label="Почему меняется", max_length=300, widget=forms.TextInput())

    class Meta:
        model = SignRule
        fields = ("threshold", "minimum_participants", "source_state", "act", "reason")
        widgets = {"act": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, kind: SignKind, parameters: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        unit = f", {kind.threshold_unit}" if kind.threshold_unit else ""
        self.fields["threshold"].label = f"{kind.threshold_label}{unit}"
        self.fields["minimum_participants"].label = kind.minimum_label
        for parameter in kind.parameters:
            self.fields[f"p_{parameter.key}"] = _parameter_field(parameter)
            self.initial[f"p_{parameter.key}"] = parameters.get(parameter.key, parameter.default)
        further = [Column(f"p_{parameter.key}", css_class="col-md-4") for parameter in kind.parameters]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(
                Column("threshold", css_class="col-md-4"),
                Column("minimum_participants", css_class="col-md-4"),
                Column("source_state", css_class="col-md-4"),
            ),
            Row(*further),
            "act",
            "reason",
            Submit("send", "Ввести новую версию"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for parameter in self.kind.parameters:
            name = f"p_{parameter.key}"
            if parameter.is_number and name in cleaned:
                cleaned[name] = self._number(parameter, str(cleaned[name]))
        return cleaned

    def _number(self, parameter: Parameter, text: str) -> str:
        try:
            number = Decimal(text.replace(",", ".").strip())
        except InvalidOperation:
            self.add_error(f"p_{parameter.key}", f"«{text}» — не число.")
            return text
        least, most = parameter.least or Decimal(0), parameter.most or Decimal(100)
        if not (number.is_finite() and least <= number <= most):
            self.add_error(f"p_{parameter.key}", f"Введите число от {least} до {most}.")
        return f"{number.normalize():f}" if number.is_finite() else text

    @property
    def parameters(self) -> dict[str, str]:
        """The further settings as the rule keeps them."""
        return {parameter.key: str(self.cleaned_data[f"p_{parameter.key}"]) for parameter in self.kind.parameters}


def _parameter_field(parameter: Parameter) -> forms.CharField:
    return forms.CharField(label=parameter.label, help_text=parameter.help, max_length=300)


class BeginForm(forms.Form):
    """For which school year a list is counted."""

    period = forms.ModelChoiceField(
        Period.objects.none(),
        label="Учебный год",
        empty_label=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begun = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR, starts_on__lte=timezone.localdate())
        self.fields["period"].queryset = begun.order_by("-starts_on")  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """Confirm or reject, with the ground."""

    decision = forms.ChoiceField(
        label="Решение",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Выберите: подтвердить или отклонить."},
    )
    reason = forms.CharField(
        label="Основание",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Что проверено и почему решено так. Школа увидит этот текст.",
        error_messages={"required": "Напишите основание решения."},
    )


class AnswerForm(forms.Form):
    """What the school says."""

    text = forms.CharField(
        label="Пояснение школы",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Чем объясняются результаты и что уже делается. Не указывайте фамилий.",
        error_messages={"required": "Напишите пояснение."},
    )


class OrderForm(forms.Form):
    """The order that approves the list."""

    number = forms.CharField(
        label="Номер приказа", max_length=40, error_messages={"required": "Укажите номер приказа."}
    )
    on = forms.DateField(
        label="Дата приказа",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Укажите дату приказа."},
    )
