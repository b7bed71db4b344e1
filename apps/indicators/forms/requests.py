"""What is typed about a request for information and about its answer."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms

from apps.indicators.forms.picking import IndicatorsField, picker
from apps.indicators.models import InformationRequest
from apps.indicators.services.requests import Asked


def day_input() -> forms.DateInput:
    """The browser's own calendar; it wants ISO dates."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RequestForm(forms.ModelForm):  # type: ignore[type-arg]
    indicators = IndicatorsField(
        label="О каких показателях",
        required=False,
        help_text="Отмеченные показатели будут считаться нужными: «Где используется» на паспорте.",
    )

    class Meta:
        model = InformationRequest
        fields = ("asker", "asker_kind", "subject", "purpose", "need", "received_on", "due_on")
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 3}),
            "received_on": day_input(),
            "due_on": day_input(),
        }
        help_texts = {
            "asker": "Орган или организация. Имена и адреса частных лиц не вносите.",
            "purpose": "Какое решение будет принято по этим данным.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["indicators"] = list(self.instance.indicators.values_list("code", flat=True))
        half = "col-md-6"
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(Column("asker", css_class=half), Column("asker_kind", css_class=half)),
            "subject",
            Row(Column("purpose", css_class=half), Column("need", css_class=half)),
            Row(Column("received_on", css_class=half), Column("due_on", css_class=half)),
            picker("indicators"),
            Submit("save", "Сохранить"),
        )

    def asked(self) -> Asked:
        return Asked(**{name: self.cleaned_data[name] for name in (*self.Meta.fields, "indicators")})


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label="Что сделано",
        choices=[("answered", "отвечено"), ("declined", "отказано")],
        widget=forms.RadioSelect,
        initial="answered",
    )
    answer = forms.CharField(
        label="Ответ",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Что и каким письмом отвечено или почему отказано.",
        error_messages={"required": "Напишите, что отвечено или почему отказано."},
    )


class RequestFilter(forms.Form):
    """What the list is narrowed by."""

    STATES = [("", "любое"), ("overdue", "срок прошёл"), *InformationRequest.State.choices]
    state = forms.ChoiceField(label="Состояние", choices=STATES, required=False)
    kind = forms.ChoiceField(
        label="Кто запрашивает", choices=[("", "все"), *InformationRequest.Asker.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.form_class = "filters"
        self.helper.add_input(Submit("", "Показать", css_class="btn btn-outline-primary"))
