"""Narrowing the register of measures."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms

from apps.accounts.models import User
from apps.indicators.models import Direction
from apps.organizations.models import Organization
from apps.roadmaps.plans.models import Measure, MeasureResource, Roadmap
from apps.roadmaps.plans.querysets import RoadmapMeasureQuerySet


class MeasureFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=Measure.State.choices, method="of_state", empty_label="любое"
    )
    kind = django_filters.ChoiceFilter(
        label="Вид плана", field_name="roadmap__kind", choices=Roadmap.Kind.choices, empty_label="любой"
    )
    direction = django_filters.ModelChoiceFilter(
        label="Направление", queryset=Direction.objects.all(), to_field_name="code", empty_label="любое"
    )
    person = django_filters.ModelChoiceFilter(
        label="Ответственный",
        queryset=User.objects.filter(measures__isnull=False).distinct(),
        empty_label="любой",
    )
    # Hundreds of options would be drawn with every page: the name is typed.
    organization = django_filters.CharFilter(label="Организация", method="of_organization")
    support = django_filters.ChoiceFilter(
        label="Вид поддержки",
        choices=MeasureResource.Kind.choices,
        empty_label="любой",
        method="of_support",
    )
    orphaned = django_filters.BooleanFilter(
        label="Ответственного нет", method="only_orphaned", widget=forms.CheckboxInput
    )

    class Meta:
        model = Measure
        fields = ("state", "kind", "direction", "person", "organization", "support", "orphaned")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = User.objects.filter(pk__in=self.queryset.order_by().values("person"))
        self.filters["person"].queryset = shown  # who answers for what the reader does not see stays unnamed

    def of_state(self, found: RoadmapMeasureQuerySet, _: str, value: str) -> RoadmapMeasureQuerySet:
        return found.in_state(value)

    def of_organization(self, found: RoadmapMeasureQuerySet, _: str, value: str) -> RoadmapMeasureQuerySet:
        places = Organization.objects.named(value)
        named = Measure.objects.filter(organizations__in=places).values("pk")
        own = Measure.objects.filter(roadmap__organization__in=places).values("pk")
        return found.filter(pk__in=named) | found.filter(pk__in=own)

    def of_support(self, found: RoadmapMeasureQuerySet, _: str, value: str) -> RoadmapMeasureQuerySet:
        return found.filter(pk__in=MeasureResource.objects.filter(kind=value).values("measure"))

    def only_orphaned(self, found: RoadmapMeasureQuerySet, _: str, value: bool) -> RoadmapMeasureQuerySet:
        return found.without_person() if value else found

    @property
    def form(self) -> Any:
        form = super().form
        form.fields["direction"].label_from_instance = lambda one: one.code
        form.helper = FormHelper()
        form.helper.form_method = "get"
        form.helper.form_class = "filters"
        buttons = Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons")
        form.helper.disable_csrf = True
        form.helper.layout = Layout(*self.filters, buttons)
        return form
