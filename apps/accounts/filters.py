"""What a list of people can be narrowed by."""

from typing import Any

import django_filters
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout

from apps.accounts.models import Membership, MembershipQuerySet
from apps.accounts.roles import Role
from apps.organizations.models import Organization


class PeopleFilter(django_filters.FilterSet):
    """A name or a mail address; a role; an organisation. Only narrows what the person may see."""

    q = django_filters.CharFilter(label="Имя или почта", method="by_text")
    role = django_filters.ChoiceFilter(
        label="Роль", choices=[(role.value, role.label.capitalize()) for role in Role], empty_label="Все роли"
    )
    organization = django_filters.ModelChoiceFilter(
        label="Организация",
        queryset=Organization.objects.all(),
        to_field_name="code",
        empty_label="Все организации",
    )

    class Meta:
        model = Membership
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.helper = FormHelper()
        self.form.helper.form_method = "get"
        self.form.helper.disable_csrf = True
        buttons = Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons")
        self.form.helper.layout = Layout("q", "role", "organization", buttons)

    def by_text(self, people: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return people.matching(value)
