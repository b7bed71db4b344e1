"""Narrowing the board of measures."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms

from apps.noko.models import Measure
from apps.noko.querysets import MeasureQuerySet
from apps.organizations.models import Organization


class MeasureFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="Состояние", choices=Measure.State.choices, empty_label="любое")
    organization = django_filters.ModelChoiceFilter(
        label="Организация",
        field_name="shortcoming__assessment__organization",
        queryset=Organization.objects.filter(noko_assessments__isnull=False).distinct(),
        to_field_name="code",
        empty_label="все",
    )
    overdue = django_filters.BooleanFilter(
        label="Только просроченные", method="only_overdue", widget=forms.CheckboxInput
    )

    class Meta:
        model = Measure
        fields = ("state", "organization", "overdue")

    def only_overdue(self, queryset: MeasureQuerySet, _: str, value: bool) -> MeasureQuerySet:
        return queryset.overdue() if value else queryset

    @property
    def form(self) -> Any:
        form = super().form
        form.helper = FormHelper()
        form.helper.form_method = "get"
        form.helper.form_class = "filters"
        form.helper.layout = Layout(
            "state",
            "organization",
            "overdue",
            Div(Submit("", "Показать", css_class="btn btn-outline-primary"), css_class="filters-buttons"),
        )
        return form
