"""Narrowing of the bank of instruments."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout

from apps.procedures.instruments.forms import GRADES
from apps.procedures.instruments.models import Instrument
from apps.procedures.models import Subject


class InstrumentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="skill", lookup_expr="icontains", label="Умение")
    subject = django_filters.ModelChoiceFilter(queryset=Subject.objects.none(), label="Предмет", empty_label="Все")
    grade = django_filters.ChoiceFilter(choices=GRADES, label="Класс", empty_label="Все")
    kind = django_filters.ChoiceFilter(choices=Instrument.Kind.choices, label="Для чего", empty_label="Все")
    state = django_filters.ChoiceFilter(choices=Instrument.State.choices, label="Состояние", empty_label="Все")

    class Meta:
        model = Instrument
        fields: list[str] = []

    def __init__(self, *args: Any, with_state: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_state:
            del self.filters["state"]
        self.filters["subject"].queryset = Subject.objects.filter(pk__in=self.queryset.values("subject"))
        self.form.helper = FormHelper()
        self.form.helper.form_method = "get"
        self.form.helper.form_class = "filters"
        self.form.helper.disable_csrf = True
        buttons = Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons")
        names = ["q", "subject", "grade", "kind", *(["state"] if with_state else [])]
        self.form.helper.layout = Layout(*names, buttons)
