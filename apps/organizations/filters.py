"""What the register can be narrowed by."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django.utils import timezone

from apps.organizations.models import Group, Kind, Locality, Organization, Programme
from apps.organizations.querysets import OrganizationQuerySet

STATES = (("open", "Действующие"), ("closed", "Закрытые"), ("all", "Все"))


def groups_for(request: Any) -> Any:
    """Clusters tell of other organisations' conditions: only the authority narrows the register by them."""
    groups = Group.objects.filter(organizations__isnull=False).distinct()
    if request is None or getattr(request.user, "is_authority", False):
        return groups
    return groups.exclude(kind=Group.Kind.CLUSTER)


def _labels(choices: Any) -> list[tuple[str, str]]:
    return [(choice.value, str(choice.label).capitalize()) for choice in choices]


class OrganizationFilter(django_filters.FilterSet):
    """Name or code, kind, programme, locality, group, state; open organisations unless asked otherwise."""

    q = django_filters.CharFilter(label="Название, номер или код", method="by_text")
    kind = django_filters.ChoiceFilter(label="Вид", choices=_labels(Kind)[:-1], empty_label="Все виды")
    programme = django_filters.ChoiceFilter(
        label="Программа", choices=_labels(Programme), method="by_programme", empty_label="Все программы"
    )
    locality = django_filters.ChoiceFilter(label="Местность", choices=_labels(Locality), empty_label="Вся")
    group = django_filters.ModelChoiceFilter(
        label="Группа",
        queryset=groups_for,
        field_name="groups",
        to_field_name="code",
        empty_label="Все группы",
    )
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=STATES, method="by_state", empty_label=None, initial="open"
    )

    class Meta:
        model = Organization
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = data.copy() if data is not None else {}
        data.setdefault("state", "open")
        super().__init__(data, *args, **kwargs)
        helper = self.form.helper = FormHelper()
        helper.form_method = "get"
        helper.disable_csrf = True
        buttons = Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons")
        helper.layout = Layout(Field("q"), "kind", "programme", "locality", "group", "state", buttons)

    def by_text(self, found: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
        return found.named(value)

    def by_programme(self, found: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
        return found.delivering([value])

    def by_state(self, found: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
        if value == "open":
            return found.active(timezone.localdate())
        return found.filter(closed_on__lte=timezone.localdate()) if value == "closed" else found
