"""Measures of all roadmaps as a table."""

import django_tables2 as tables

from apps.roadmaps.plans.models import Measure

STATE = '{% include "components/status.html" with text=record.state_text tone=record.tone only %}'
TITLE = (
    '<a href="{{ record.get_absolute_url }}">{{ record.title }}</a><br>'
    '<small class="text-muted">{{ record.roadmap.title|truncatechars:90 }}</small>'
)


class MeasureTable(tables.Table):
    title = tables.TemplateColumn(TITLE, verbose_name="Мероприятие", attrs={"td": {"class": "head"}})
    responsible = tables.Column(verbose_name="Ответственный", default="не назначен")
    starts_on = tables.DateColumn(verbose_name="Начало", format="d.m.Y")
    due_on = tables.DateColumn(verbose_name="Срок", format="d.m.Y")
    state = tables.TemplateColumn(STATE, verbose_name="Состояние", orderable=False)

    class Meta:
        model = Measure
        fields = ("title", "responsible", "starts_on", "due_on", "state")

    caption = "Мероприятия дорожных карт"
    is_titled = True
