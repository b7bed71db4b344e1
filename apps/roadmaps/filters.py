"""Narrowing the board of recommendations. Unknown keys of the address are ignored by django-filter."""

from collections.abc import Collection
from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms

from apps.accounts.models import User
from apps.core.models import Period
from apps.indicators.models import Direction
from apps.organizations.models import Kind, Organization
from apps.roadmaps.models import Recommendation, RecommendationAddressee
from apps.roadmaps.querysets import AddresseeQuerySet

OWN, ABSENT = "own", "none"


def _direction_choices() -> list[tuple[str, str]]:
    named = [(one.code, f"{one.code} {one.name}") for one in Direction.objects.all()]
    return [(OWN, "мои направления"), *named, (ABSENT, "не указано")]


class AddresseeFilter(django_filters.FilterSet):
    """`own_directions` are the codes of the directions that the reader answers for."""

    own_directions: Collection[str] = ()

    direction = django_filters.ChoiceFilter(
        label="Направление", method="of_direction", choices=_direction_choices, empty_label="все"
    )
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=RecommendationAddressee.State.choices, empty_label="любое"
    )
    # Hundreds of options would be drawn with every page: the name is typed.
    organization = django_filters.CharFilter(label="Организация", method="of_organization")
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
    author = django_filters.ModelChoiceFilter(
        label="Автор",
        field_name="recommendation__author",
        queryset=lambda request: User.objects.filter(pk__in=Recommendation.objects.values("author")),
        empty_label="все",
    )
    overdue = django_filters.BooleanFilter(
        label="Только просроченные", method="only_overdue", widget=forms.CheckboxInput
    )

    class Meta:
        model = RecommendationAddressee
        fields = ("direction", "state", "organization", "kind", "period", "author", "overdue")

    def of_direction(self, queryset: AddresseeQuerySet, _: str, value: str) -> AddresseeQuerySet:
        return queryset.of_directions(value, self.own_directions)

    def of_organization(self, queryset: AddresseeQuerySet, _: str, value: str) -> AddresseeQuerySet:
        return queryset.filter(organization__in=Organization.objects.named(value))

    def only_overdue(self, queryset: AddresseeQuerySet, _: str, value: bool) -> AddresseeQuerySet:
        return queryset.overdue() if value else queryset

    @property
    def form(self) -> Any:
        form = super().form
        if not self.own_directions:
            field = form.fields["direction"]
            field.choices = [choice for choice in field.choices if choice[0] != OWN]
        form.helper = FormHelper()
        form.helper.form_method = "get"
        form.helper.form_class = "filters"
        form.helper.disable_csrf = True
        form.helper.layout = Layout(
            "direction",
            "state",
            "organization",
            "kind",
            "period",
            "author",
            "overdue",
            Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons"),
        )
        return form
