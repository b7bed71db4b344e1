"""Lists of the accounts."""

import django_tables2 as tables

from apps.accounts.models import Membership


class PeopleTable(tables.Table):
    """One line a role of a person."""

    name = tables.Column(
        "Имя",
        accessor="user__get_full_name",
        order_by=("user__last_name", "user__first_name"),
        linkify=("accounts:person", [tables.A("user_id")]),
    )
    email = tables.Column("Почта", accessor="user__email")
    role = tables.Column("Роль")
    organization = tables.Column("Организация", order_by=("organization__kind", "organization__number"))
    created_at = tables.DateColumn("d.m.Y", verbose_name="С какого дня")

    caption = "Пользователи и их роли"

    class Meta:
        model = Membership
        fields = ("name", "email", "role", "organization", "created_at")
        order_by = "name"
        empty_text = "Никого не найдено. Измените условия поиска."

    def render_name(self, record: Membership) -> str:
        return str(record.user)

    def render_role(self, record: Membership) -> str:
        return record.get_role_display().capitalize()
