"""The register of people as a table."""

import django_tables2 as tables

from apps.procedures.people.models import Person

STATE = '{% include "components/status.html" with text=record.get_state_display tone=record.tone only %}'
ACCREDITATION = '{% include "procedures/people/accreditation.html" with state=record.accreditation_state only %}'


class PersonTable(tables.Table):
    name = tables.Column(
        accessor="last_name", verbose_name="Кто", linkify=True, order_by=("last_name", "first_name", "patronymic")
    )
    capacities_text = tables.Column(verbose_name="Кем участвует", orderable=False)
    subjects = tables.ManyToManyColumn(verbose_name="Предметы", orderable=False, default="—")
    works_at = tables.Column(verbose_name="Место работы", orderable=False, default="—")
    accreditation = tables.TemplateColumn(ACCREDITATION, verbose_name="Аккредитация", orderable=False)
    state = tables.TemplateColumn(STATE, verbose_name="Состояние")

    class Meta:
        model = Person
        fields = ("name", "capacities_text", "subjects", "works_at", "accreditation", "state")

    def render_name(self, record: Person) -> str:
        return str(record)

    caption = "Реестр участников процедур"
