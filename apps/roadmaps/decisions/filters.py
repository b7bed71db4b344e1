"""Narrowing registers and boards. Unknown keys of the address are ignored by django-filter."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.db.models import Q

from apps.indicators.models import Direction
from apps.organizations.models import Group, Kind, Organization
from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem
from apps.roadmaps.decisions.querysets import DecisionQuerySet, ExecutionQuerySet


def _helper(*fields: str) -> FormHelper:
    made = FormHelper()
    made.form_method = "get"
    made.form_class = "filters"
    made.disable_csrf = True
    buttons = Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons")
    made.layout = Layout(*fields, buttons)
    return made


class DecisionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Номер или слова", method="by_text")
    kind = django_filters.ChoiceFilter(label="Вид", choices=Decision.Kind.choices, empty_label="все")
    state = django_filters.ChoiceFilter(label="Состояние", choices=Decision.State.choices, empty_label="любое")
    year = django_filters.NumberFilter(label="Год", field_name="signed_on__year", min_value=1990, max_value=2100)
    direction = django_filters.ModelChoiceFilter(
        label="Направление", field_name="directions", queryset=Direction.objects.filter(is_active=True),
        to_field_name="code", empty_label="все",
    )  # fmt: skip
    overdue = django_filters.BooleanFilter(label="Есть просроченное", method="by_overdue", widget=forms.CheckboxInput)

    class Meta:
        model = Decision
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.helper = _helper("q", "kind", "state", "year", "direction", "overdue")

    def by_text(self, found: DecisionQuerySet, name: str, value: str) -> DecisionQuerySet:
        for word in value.replace("\x00", "").replace("№", " ").split():
            found = found.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(signer__icontains=word))
        return found

    def by_overdue(self, found: DecisionQuerySet, name: str, value: bool) -> DecisionQuerySet:
        late = Assignment.objects.overdue().values("item__decision")
        return found.filter(pk__in=late) if value else found


class AssignmentFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label="Состояние", choices=Assignment.State.choices, empty_label="любое")
    item_kind = django_filters.ChoiceFilter(
        label="Вид пункта", field_name="item__kind", choices=DecisionItem.Kind.choices, empty_label="все"
    )
    # Hundreds of options would be drawn with every page: the name is typed.
    organization = django_filters.CharFilter(label="Организация", method="by_organization")
    kind = django_filters.ChoiceFilter(
        label="Вид организаций", field_name="organization__kind", choices=Kind.choices, empty_label="все"
    )
    group = django_filters.ModelChoiceFilter(
        label="Группа", field_name="organization__groups", queryset=Group.objects.all(), to_field_name="code",
        empty_label="все",
    )  # fmt: skip
    due_before = django_filters.DateFilter(
        label="Срок до", field_name="due_on", lookup_expr="lte",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    overdue = django_filters.BooleanFilter(label="Срок прошёл", method="by_overdue", widget=forms.CheckboxInput)
    late = django_filters.BooleanFilter(label="Исполнено поздно", method="by_late", widget=forms.CheckboxInput)

    class Meta:
        model = Assignment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.helper = _helper(
            "state", "item_kind", "organization", "kind", "group", "due_before", "overdue", "late"
        )

    def by_organization(self, found: ExecutionQuerySet, name: str, value: str) -> ExecutionQuerySet:
        return found.filter(organization__in=Organization.objects.named(value))

    def by_overdue(self, found: ExecutionQuerySet, name: str, value: bool) -> ExecutionQuerySet:
        return found.overdue() if value else found

    def by_late(self, found: ExecutionQuerySet, name: str, value: bool) -> ExecutionQuerySet:
        return found.closed_late() if value else found
