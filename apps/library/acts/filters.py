"""What the register of acts can be narrowed by."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django.db.models import Q

from apps.library.acts.models import Act, NormativeActQuerySet


class ActFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Название, номер или кем принят", method="by_text")
    level = django_filters.ChoiceFilter(label="Уровень", choices=Act.Level.choices, empty_label="все")
    kind = django_filters.ChoiceFilter(label="Вид", choices=Act.Kind.choices, empty_label="все")
    state = django_filters.ChoiceFilter(label="Состояние", choices=Act.State.choices, empty_label="любое")

    class Meta:
        model = Act
        fields: list[str] = []

    def by_text(self, found: NormativeActQuerySet, name: str, value: str) -> NormativeActQuerySet:
        for word in value.replace("\x00", "").replace("№", " ").split():
            matching = Q(title__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word)
            found = found.filter(matching)
        return found

    @property
    def form(self) -> Any:
        form = super().form
        form.helper = FormHelper()
        form.helper.form_method = "get"
        form.helper.form_class = "filters"
        form.helper.disable_csrf = True
        buttons = Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons")
        form.helper.layout = Layout("q", "level", "kind", "state", buttons)
        return form
