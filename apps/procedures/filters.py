"""Narrowing of the list of procedures."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit

from apps.core.models import Period
from apps.procedures.models import Procedure, Subject


class ProcedureFilter(django_filters.FilterSet):
    period = django_filters.ModelChoiceFilter(queryset=Period.objects.none(), label="Учебный год", empty_label="Все")
    kind = django_filters.ChoiceFilter(choices=Procedure.Kind.choices, label="Вид", empty_label="Все")
    level = django_filters.ChoiceFilter(choices=Procedure.Level.choices, label="Уровень", empty_label="Все")
    subject = django_filters.ModelChoiceFilter(queryset=Subject.objects.none(), label="Предмет", empty_label="Все")
    grade = django_filters.ChoiceFilter(
        choices=[(grade, f"{grade} класс") for grade in range(1, 12)], label="Класс", empty_label="Все"
    )

    class Meta:
        model = Procedure
        fields = ("period", "kind", "level", "subject", "grade")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        readable = Procedure.objects.filter(pk__in=self.queryset.values("pk"))
        self.filters["period"].queryset = Period.objects.filter(pk__in=readable.values("period"))
        self.filters["subject"].queryset = Subject.objects.filter(pk__in=readable.values("subject"))

    @property
    def form(self) -> Any:
        form = super().form
        form.helper = FormHelper()
        form.helper.form_method = "get"
        form.helper.form_class = "filters"
        form.helper.layout = Layout(
            "period",
            "kind",
            "level",
            "subject",
            "grade",
            Div(
                Submit("", "Показать", css_class="btn btn-primary"),
                HTML('<a class="btn btn-link" href="{% url \'procedures:list\' %}">Сбросить</a>'),
                css_class="filters-buttons",
            ),
        )
        return form
