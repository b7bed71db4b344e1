"""Forms of the objectivity pages."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms

from apps.analysis.objectivity.models import ObjectivityRule, PreventiveCase


class _DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _area(label: str, length: int, help_text: str, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, widget=widget, help_text=help_text)


class ExplanationForm(forms.Form):
    text = _area(
        "Что стоит за этими результатами",
        3000,
        "Как проводили и проверяли работу, чем занимались с классом, кто пришёл и ушёл. Без фамилий: пояснение видят "
        "сотрудники управления.",
        5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("text", Submit("send", "Отправить пояснение"))


class CaseForm(forms.Form):
    reason = _area("Почему нужна работа со школой", 2000, "Что отмечено и что ещё об этом известно.")
    plan = _area("Что сделать", 2000, "Перепроверка, наблюдатели, семинар о критериях, беседа. Без фамилий.")
    due_on = forms.DateField(label="Срок", widget=_DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "reason", "plan", Row(Column("due_on", css_class="col-md-4")), Submit("send", "Открыть случай")
        )


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label="Итог", choices=[("", "—"), *PreventiveCase.Outcome.choices])
    result = _area("Результат", 3000, "Что сделано, что изменилось, чем это подтверждено.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(Column("outcome", css_class="col-md-6")), "result", Submit("send", "Завершить случай")
        )


class RuleForm(forms.ModelForm):
    """A new version of the limits."""

    reason = forms.CharField(label="Почему меняется", max_length=300)

    class Meta:
        model = ObjectivityRule
        fields = ("participants", "schools", "reference", "items", "q", "whole_region", "reason")
        localized_fields = ("q",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        third = "col-md-4"
        self.helper.layout = Layout(
            Row(
                Column("participants", css_class=third),
                Column("schools", css_class=third),
                Column("reference", css_class=third),
            ),
            Row(Column("items", css_class=third), Column("q", css_class=third)),
            "whole_region",
            "reason",
            Submit("send", "Ввести новую версию"),
        )
