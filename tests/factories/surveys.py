"""Factories of surveys: repeatable, invented."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from apps.surveys.models import FreeText, Question, Questionnaire, Response, Section, Survey, SurveyPlace
from tests.factories.organizations import SchoolFactory


class QuestionnaireFactory(factory.django.DjangoModelFactory[Questionnaire]):
    class Meta:
        model = Questionnaire

    code = factory.Sequence(lambda n: f"own-{n + 1}")
    title = factory.Sequence(lambda n: f"Анкета {n + 1}")
    introduction = "Ответьте, пожалуйста."


class SectionFactory(factory.django.DjangoModelFactory[Section]):
    class Meta:
        model = Section

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Раздел {n + 1}")


class QuestionFactory(factory.django.DjangoModelFactory[Question]):
    """A yes/no question; `QuestionFactory(kind="single", options=["А", "Б"])`."""

    class Meta:
        model = Question

    section = factory.SubFactory(SectionFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = Question.Kind.YES_NO
    text = factory.Sequence(lambda n: f"Вопрос {n + 1}?")


class SurveyFactory(factory.django.DjangoModelFactory[Survey]):
    """Open since yesterday, for a week more."""

    class Meta:
        model = Survey

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    title = factory.Sequence(lambda n: f"Опрос {n + 1}")
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class PlaceFactory(factory.django.DjangoModelFactory[SurveyPlace]):
    class Meta:
        model = SurveyPlace

    survey = factory.SubFactory(SurveyFactory)
    organization = factory.SubFactory(SchoolFactory)


class FreeTextFactory(factory.django.DjangoModelFactory[FreeText]):
    class Meta:
        model = FreeText

    place = factory.SubFactory(PlaceFactory)
    question = factory.SubFactory(QuestionFactory, kind=Question.Kind.TEXT)
    text = "Поставьте лавочку."


def answer(place: SurveyPlace, answers: dict[Question, Any], times: int = 1) -> None:
    """So many equal filled questionnaires."""
    kept = {str(question.pk): value for question, value in answers.items()}
    Response.objects.bulk_create(
        Response(place=place, day=place.survey.opens_on, answers=dict(kept)) for _ in range(times)
    )
