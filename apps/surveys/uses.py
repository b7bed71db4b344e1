"""Which indicators questionnaires collect: a question stands for the code in its `symbol`."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from apps.indicators.models import Indicator
from apps.indicators.uses import Use, UseKind, told_by
from apps.surveys.models import Question


@told_by
def of_questions(codes: Collection[str] | None) -> Iterator[Use]:
    asked = Question.objects.exclude(symbol="").filter(symbol__in=Indicator.objects.values("code"))
    if codes is not None:
        asked = asked.filter(symbol__in=codes)
    for question in asked.select_related("section__questionnaire"):
        own = question.section.questionnaire
        yield Use(question.symbol, UseKind.FORM, f"Анкета: {own}", reverse("surveys:questionnaire", args=[own.pk]))
