"""Narrowing the board of recommendations. Unknown keys of the address are ignored by django-filter."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms

from apps.core.models import Period
from apps.organizations.models import Kind, Organization
from apps.roadmaps.models import RecommendationAddressee
from apps.roadmaps.querysets import AddresseeQuerySet


class AddresseeFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=RecommendationAddressee.State.choices, empty_label="любое"
    )
    organization = django_filters.ModelChoiceFilter(
        label="Организация",
        queryset=Organization.objects.educational(),
        to_field_name="code",
        empty_label="все",
    )
    kind = django_filters.ChoiceFilter(
        label="Вид организаций",
        field_name="organization__kind",
        choices=[choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY],
        empty_label="все",
    )
    period = django_filters.ModelChoiceFilter(
        label="Учебный год",
        field_name="recommendation__period",
        queryset=Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR),
        to_field_name="code",
        empty_label="все",
    )
    overdue = django_filters.BooleanFilter(
        label="Только просроченные", method="only_overdue", widget=forms.CheckboxInput
    )

    class Meta:
        model = RecommendationAddressee
        fields = ("state", "organization", "kind", "period", "overdue")

    def only_overdue(self, queryset: AddresseeQuerySet, _: str, value: bool) -> AddresseeQuerySet:
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
            "kind",
            "period",
            "overdue",
            Div(Submit("", "Показать", css_class="btn btn-outline-primary"), css_class="filters-buttons"),
        )
        return form
