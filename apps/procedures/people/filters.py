"""Narrowing of the register of people."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django.db.models import Q
from django.utils import timezone

from apps.procedures.models import Subject
from apps.procedures.people.models import Accreditation, Capacity, Person
from apps.procedures.people.querysets import PersonQuerySet

ACCREDITATION = (
    ("valid", "действует"),
    ("soon", "истекает за 30 дней"),
    ("expired", "истекла"),
    ("none", "не внесена"),
)


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Фамилия или имя", method="by_text")
    capacity = django_filters.ChoiceFilter(
        label="Кем", choices=Capacity.choices, empty_label="Все", method="by_capacity"
    )
    subject = django_filters.ModelChoiceFilter(
        field_name="subjects", queryset=Subject.objects.all(), label="Предмет", empty_label="Все"
    )
    accreditation = django_filters.ChoiceFilter(
        label="Аккредитация", choices=ACCREDITATION, empty_label="Все", method="by_accreditation"
    )
    state = django_filters.ChoiceFilter(label="Состояние", choices=Person.State.choices, empty_label="Кроме архива")

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.helper = FormHelper()
        self.form.helper.form_method = "get"
        self.form.helper.form_class = "filters"
        self.form.helper.disable_csrf = True
        buttons = Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons")
        self.form.helper.layout = Layout("q", "capacity", "subject", "accreditation", "state", buttons)

    @property
    def qs(self) -> Any:
        found = super().qs
        return found if self.form.is_valid() and self.form.cleaned_data["state"] else found.exclude(state="archived")

    def by_text(self, found: PersonQuerySet, name: str, value: str) -> PersonQuerySet:
        for word in value.replace("\x00", "").split():
            named = Q(last_name__icontains=word) | Q(first_name__icontains=word) | Q(patronymic__icontains=word)
            found = found.filter(named)
        return found

    def by_capacity(self, found: PersonQuerySet, name: str, value: str) -> PersonQuerySet:
        return found.with_capacity(value)

    def by_accreditation(self, found: PersonQuerySet, name: str, value: str) -> PersonQuerySet:
        people, today = Person.objects.all(), timezone.localdate()
        later = people.accredited(today + Accreditation.SOON).values("pk")
        chosen = {
            "valid": people.accredited(),
            "soon": people.accredited().exclude(pk__in=later),
            "expired": people.lapsed(),
            "none": people.filter(accreditations__isnull=True),
        }[value]
        return found.filter(pk__in=chosen.values("pk"))
