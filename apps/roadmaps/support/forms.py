"""Forms of help cases."""

from collections.abc import Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.analysis.models import Conclusion
from apps.organizations.models import Organization
from apps.roadmaps.forms import DateInput, DirectionField, TeachersField
from apps.roadmaps.support.services import NewStep

STEPS_HEADING = (
    '<h2 class="h4 mt-3">Действия</h2><p class="form-text">Не обязательно: действия можно добавить потом.</p>'
)
STEPS = 3  # asked for when a case is opened; more are added on its page


class SupportForm(forms.Form):
    """What is done for whom. A conclusion about one organisation leaves no choice."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label="Организация", empty_label="выберите")
    teachers = TeachersField()
    reason = forms.CharField(
        label="Основание",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Почему нужна помощь. Обязательно, если помощь не по выводу.",
    )
    direction = DirectionField()
    title = forms.CharField(label="Что делается", max_length=200)
    plan = forms.CharField(label="Как", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    responsible = forms.CharField(
        label="Кто отвечает", max_length=200, help_text="Должность, отдел или методическое объединение."
    )
    starts_on = forms.DateField(label="Начало", widget=DateInput(), initial=timezone.localdate)
    due_on = forms.DateField(label="Окончание", widget=DateInput())

    def __init__(self, *args: Any, conclusion: Conclusion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organization"]
        field.queryset = Organization.objects.educational().active()
        if conclusion and conclusion.organization_id:
            field.queryset = Organization.objects.filter(pk=conclusion.organization_id)
            field.empty_label = None
            field.initial = conclusion.organization_id
        self.fields["reason"].required = conclusion is None
        self.fields["reason"].error_messages["required"] = "Напишите, почему нужна помощь."
        for number in range(1, STEPS + 1):
            self.fields[f"step_{number}"] = forms.CharField(label=f"Действие {number}", max_length=300, required=False)
            self.fields[f"step_{number}_on"] = forms.DateField(
                label=f"Срок действия {number}", required=False, widget=DateInput()
            )
        steps = [f"step_{number}" for number in range(1, STEPS + 1)]
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "organization", "teachers", "reason", "direction", "title", "plan", "responsible",
            Row(Column("starts_on", css_class="col-md-4"), Column("due_on", css_class="col-md-4")),
            HTML(STEPS_HEADING),
            *(Row(Column(step, css_class="col-md-8"), Column(f"{step}_on", css_class="col-md-4")) for step in steps),
            Submit("save", "Открыть случай"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for number in range(1, STEPS + 1):
            if data.get(f"step_{number}") and not data.get(f"step_{number}_on"):
                self.add_error(f"step_{number}_on", "Укажите срок этого действия.")
        return data

    def steps(self) -> Iterator[NewStep]:
        for number in range(1, STEPS + 1):
            if title := self.cleaned_data.pop(f"step_{number}"):
                yield NewStep(title, self.cleaned_data[f"step_{number}_on"])
            self.cleaned_data.pop(f"step_{number}_on")


class StepForm(forms.Form):
    """One more action of a case."""

    title = forms.CharField(label="Что делается", max_length=300)
    responsible = forms.CharField(label="Кто делает", max_length=200, required=False)
    due_on = forms.DateField(label="Срок", widget=DateInput())


class StepDoneForm(forms.Form):
    on = forms.DateField(label="Когда", widget=DateInput(), initial=timezone.localdate)
    result = forms.CharField(label="Что получилось или почему не делается", max_length=500)


class FinishForm(forms.Form):
    on = forms.DateField(label="Когда завершено", widget=DateInput(), initial=timezone.localdate)
    result = forms.CharField(
        label="Что сделано",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Напишите, что сделано."},
    )
