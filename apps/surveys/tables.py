"""Lists of surveys as tables."""

import django_tables2 as tables
from django.urls import reverse

from apps.surveys.models import Survey

STATE = '{% include "components/status.html" with text=record.state_text tone=record.tone only %}'
NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}


class SurveyTable(tables.Table):
    title = tables.Column(verbose_name="Опрос", linkify=lambda record: record.get_absolute_url())
    questionnaire = tables.Column(verbose_name="Анкета", orderable=False)
    opens_on = tables.DateColumn(verbose_name="Открыт с", format="d.m.Y")
    closes_on = tables.DateColumn(verbose_name="по", format="d.m.Y")
    place_count = tables.Column(verbose_name="Организаций", attrs=NUMBER)
    answered = tables.Column(verbose_name="Ответили", attrs=NUMBER)
    state = tables.TemplateColumn(STATE, verbose_name="Состояние", orderable=False)

    class Meta:
        model = Survey
        fields = ("title", "questionnaire", "opens_on", "closes_on", "place_count", "answered", "state")
        attrs = {"aria-label": "Опросы"}


class OwnSurveyTable(tables.Table):
    """The same for an organisation: its link and its own count."""

    title = tables.Column(verbose_name="Опрос", linkify=lambda record: reverse("surveys:own_survey", args=[record.pk]))
    opens_on = tables.DateColumn(verbose_name="Открыт с", format="d.m.Y")
    closes_on = tables.DateColumn(verbose_name="по", format="d.m.Y")
    answered = tables.Column(verbose_name="Ответили у вас", attrs=NUMBER)
    state = tables.TemplateColumn(STATE, verbose_name="Состояние", orderable=False)

    class Meta:
        model = Survey
        fields = ("title", "opens_on", "closes_on", "answered", "state")
        attrs = {"aria-label": "Опросы вашей организации"}
