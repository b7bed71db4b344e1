"""Indicators that only the analysis, questionnaires or the independent assessment read are not «unused»."""

import pytest

from apps.analysis.context.models import IndexPart, SocialIndex
from apps.indicators.uses import uses_by_code
from apps.surveys.models import Question, Questionnaire, Section
from tests.factories.indicators import IndicatorFactory

pytestmark = pytest.mark.django_db


def titles(code: str) -> list[str]:
    return [use.title for use in uses_by_code([code]).get(code, [])]


def test_signs_say_which_indicators_they_read():
    assert any(title.startswith("Признак 1") for title in titles("so_oo.1.10%"))
    assert any(title.startswith("ШНОР") for title in titles("so_oo.1.10%"))
    assert titles("so_oo.9.9%") == []


def test_parts_of_the_index_in_force_are_used_and_those_of_an_older_one_are_not(specialist):
    for version, code in ((1, "social.1.8%"), (2, "social.1.9%")):
        index = SocialIndex.objects.create(version=version, reason="Проба", author=specialist)
        IndexPart.objects.create(index=index, indicator=IndicatorFactory(code=code, pack="social", number=code))
    assert titles("social.1.8%") == []
    assert any("версия 2" in title for title in titles("social.1.9%"))


def test_a_row_of_the_independent_assessment_and_a_question_that_stands_for_it(specialist):
    IndicatorFactory(code="noko.2.3.u", pack="noko", number="2.3.u")
    assert titles("noko.2.3.u") == ["Независимая оценка: расчёт и итоги года"]
    questionnaire = Questionnaire.objects.create(title="Условия", created_by=specialist)
    section = Section.objects.create(questionnaire=questionnaire, position=1, title="Раздел")
    Question.objects.create(section=section, position=1, kind="yes_no", text="Удобно?", symbol="noko.2.3.u")
    assert any(title.startswith("Анкета: ") for title in titles("noko.2.3.u"))
