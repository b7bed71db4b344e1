"""The board of measures."""

import django_tables2 as tables

from apps.noko.models import Measure

STATE = '{% include "components/status.html" with text=record.state_text tone=record.tone only %}'


class MeasureTable(tables.Table):
    organization = tables.Column(
        accessor="shortcoming__assessment__organization",
        verbose_name="Организация",
        order_by=("shortcoming__assessment__organization__kind", "shortcoming__assessment__organization__number"),
    )
    shortcoming = tables.Column(verbose_name="Недостаток", orderable=False)
    text = tables.Column(verbose_name="Мера", linkify=lambda record: record.get_absolute_url(), orderable=False)
    responsible = tables.Column(verbose_name="Отвечает", orderable=False)
    due_on = tables.DateColumn(verbose_name="Срок", format="d.m.Y")
    state = tables.TemplateColumn(STATE, verbose_name="Состояние")

    class Meta:
        model = Measure
        fields = ("organization", "shortcoming", "text", "responsible", "due_on", "state")
        attrs = {"aria-label": "Устранение недостатков"}
