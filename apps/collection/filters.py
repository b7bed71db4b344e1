"""Narrowing the board of a campaign. Unknown keys of the address are ignored by django-filter."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.db.models import Q

from apps.collection.models import Submission
from apps.collection.querysets import SubmissionQuerySet
from apps.collection.selfexam.steps import Step
from apps.collection.states import State
from apps.organizations.models import Kind


class BoardFilter(django_filters.FilterSet):
    query = django_filters.CharFilter(label="Организация", method="search", max_length=100)
    state = django_filters.ChoiceFilter(label="Состояние", choices=State.choices, empty_label="любое")
    kind = django_filters.ChoiceFilter(
        label="Вид организации",
        field_name="organization__kind",
        choices=[choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY],
        empty_label="любой",
    )
    late = django_filters.BooleanFilter(label="Только просроченные", method="only_late", widget=forms.CheckboxInput)

    class Meta:
        model = Submission
        fields = ("query", "state", "kind", "late")

    def search(self, queryset: SubmissionQuerySet, _: str, value: str) -> SubmissionQuerySet:
        """By part of the name, «ё» as «е», by code or by the number of the receipt."""
        words = value.lower().replace("ё", "е").replace("\x00", "")
        found = Q(organization__name_key__contains=words) | Q(organization__code__icontains=words)
        return queryset.filter(found | Q(number__icontains=words))

    def only_late(self, queryset: SubmissionQuerySet, _: str, value: bool) -> SubmissionQuerySet:
        return queryset.late() if value else queryset

    @property
    def form(self) -> Any:
        form = super().form
        form.helper = FormHelper()
        form.helper.form_method = "get"
        form.helper.layout = Layout(
            "query", "state", "kind", "late", Submit("", "Показать", css_class="btn btn-outline-primary")
        )
        return form


class SelfExamFilterForm(forms.Form):
    """Narrowing the board of reports on self-examination. What is unknown is ignored."""

    query = forms.CharField(label="Организация", required=False, max_length=100)
    step = forms.ChoiceField(
        label="Состояние", required=False, choices=[("", "любое"), ("not_started", "не начат"), *Step.choices]
    )
    kind = forms.ChoiceField(
        label="Вид организации",
        required=False,
        choices=[("", "любой"), *(choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY)],
    )
    late = forms.BooleanField(label="Только просроченные", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.layout = Layout(
            "query", "step", "kind", "late", Submit("", "Показать", css_class="btn btn-outline-primary")
        )

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or ("" if name != "late" else False) for name in self.fields}
