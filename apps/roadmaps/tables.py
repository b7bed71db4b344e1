"""The board of recommendations as a table."""

import django_tables2 as tables

from apps.roadmaps.models import RecommendationAddressee

STATE = '{% include "components/status.html" with text=record.state_text tone=record.tone only %}'


class AddresseeTable(tables.Table):
    organization = tables.Column(
        accessor="receiver", verbose_name="Кому", order_by=("organization__kind", "organization__number")
    )
    recommendation = tables.Column(
        verbose_name="Рекомендация",
        linkify=lambda record: record.recommendation.get_absolute_url(),
        attrs={"th": {"class": "w-25"}},
    )
    direction = tables.Column(
        accessor="recommendation__direction__code",
        verbose_name="Направление",
        default="не указано",
        order_by="recommendation__direction__order",
    )
    due_on = tables.DateColumn(
        accessor="recommendation__due_on", verbose_name="Срок", format="d.m.Y", order_by="recommendation__due_on"
    )
    state = tables.TemplateColumn(STATE, verbose_name="Состояние")
    reported_at = tables.DateColumn(verbose_name="Отчёт", format="d.m.Y", default="ещё нет")

    class Meta:
        model = RecommendationAddressee
        fields = ("organization", "recommendation", "direction", "due_on", "state", "reported_at")

    caption = "Адресные рекомендации"


class OwnTable(tables.Table):
    """The same for the organisation they are addressed to."""

    recommendation = tables.Column(verbose_name="Рекомендация", linkify=lambda record: record.get_absolute_url())
    period = tables.Column(accessor="recommendation__period", verbose_name="Период", orderable=False)
    due_on = tables.DateColumn(
        accessor="recommendation__due_on", verbose_name="Срок", format="d.m.Y", order_by="recommendation__due_on"
    )
    state = tables.TemplateColumn(STATE, verbose_name="Состояние")

    class Meta:
        model = RecommendationAddressee
        fields = ("recommendation", "period", "due_on", "state")

    caption = "Рекомендации управления"
    is_titled = True
