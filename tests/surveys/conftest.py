"""A survey with a question of each kind and a filter, at two schools."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from apps.surveys.models import Question
from tests.factories.surveys import PlaceFactory, QuestionFactory, QuestionnaireFactory, SectionFactory, SurveyFactory


@pytest.fixture
def asked(school: Any, other_school: Any) -> SimpleNamespace:
    questionnaire = QuestionnaireFactory(title="Анкета")
    section = SectionFactory(questionnaire=questionnaire)
    kinds = Question.Kind
    used = QuestionFactory(section=section, text="Пользовались сайтом?")
    pleased = QuestionFactory(section=section, text="Довольны сайтом?", depends_on=used, depends_options=[1])
    several = QuestionFactory(section=section, kind=kinds.MULTIPLE, options=["чат", "сайт", "стенд"])
    scale = QuestionFactory(section=section, kind=kinds.SCALE, minimum=1, maximum=5)
    number = QuestionFactory(section=section, kind=kinds.NUMBER, minimum=0, maximum=40, is_required=False)
    words = QuestionFactory(section=section, kind=kinds.TEXT, is_required=False, text="Что улучшить?")
    survey = SurveyFactory(questionnaire=questionnaire, title="Мнение родителей")
    return SimpleNamespace(
        survey=survey,
        place=PlaceFactory(survey=survey, organization=school),
        other=PlaceFactory(survey=survey, organization=other_school),
        used=used,
        pleased=pleased,
        several=several,
        scale=scale,
        number=number,
        words=words,
    )


@pytest.fixture
def good(asked: SimpleNamespace) -> dict[str, Any]:
    """What a browser sends for a fully answered questionnaire."""
    return {
        f"q{asked.used.pk}": "1",
        f"q{asked.pleased.pk}": "2",
        f"q{asked.several.pk}": ["1", "3"],
        f"q{asked.scale.pk}": "4",
        f"q{asked.number.pk}": "2,5",
        f"q{asked.words.pk}": "Спасибо Марии Ивановне, пишите на mama@example.org",
    }


@pytest.fixture
def send(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`send(client, place.token, data)`: open the page, wait as a person does, send; returns the answer."""
    from apps.surveys import devices

    def go(client: Client, token: str, data: dict[str, Any], *, patiently: bool = True, **extra: Any) -> Any:
        opened = client.get(f"/s/{token}/")
        ticket = opened.context["ticket"] if opened.context and "ticket" in opened.context else ""
        if patiently:
            monkeypatch.setattr(devices, "FASTEST", timedelta(0))
        return client.post(f"/s/{token}/", {"ticket": ticket, **data}, **extra)

    return go


@pytest.fixture
def over(asked: SimpleNamespace) -> Any:
    """End the survey yesterday."""

    def end() -> Any:
        asked.survey.opens_on = timezone.localdate() - timedelta(days=9)
        asked.survey.closes_on = timezone.localdate() - timedelta(days=1)
        asked.survey.save()
        return asked.survey

    return end
