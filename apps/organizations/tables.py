"""Lists of the register."""

import django_tables2 as tables

from apps.organizations.models import Organization


class OrganizationTable(tables.Table):
    """One line an organisation, sorted as people count: number 2 before number 10."""

    name = tables.Column("Название", linkify=True, order_by=("-kind", "number", "name_key"))
    kind = tables.Column("Вид", order_by=("-kind", "number"))
    locality = tables.Column("Местность")
    settlement = tables.Column("Населённый пункт")
    head_name = tables.Column("Руководитель")
    phone = tables.Column("Телефон", orderable=False)

    caption = "Организации"

    class Meta:
        model = Organization
        fields = ("name", "kind", "locality", "settlement", "head_name", "phone")
        empty_text = "Ничего не найдено. Измените условия поиска."

    def render_name(self, record: Organization) -> str:
        return f"{record.name} (закрыта)" if record.is_closed else record.name

    def render_kind(self, record: Organization) -> str:
        return record.get_kind_display().capitalize()

    def render_locality(self, record: Organization) -> str:
        return record.get_locality_display().capitalize()
