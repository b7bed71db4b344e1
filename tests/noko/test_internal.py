"""The internal survey beside the official figures: the same shares, never the same place."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.indicators.models import Value
from apps.noko.selectors.internal import internal
from apps.surveys.models import Question, Questionnaire
from apps.surveys.services import load_templates
from tests.factories.organizations import SchoolFactory
from tests.factories.surveys import PlaceFactory, SurveyFactory, answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]


@pytest.fixture
def survey(school):
    load_templates()
    questionnaire = Questionnaire.objects.get(code="noko-114")
    found = SurveyFactory(
        questionnaire=questionnaire,
        opens_on=timezone.localdate() - timedelta(days=9),
        closes_on=timezone.localdate() - timedelta(days=1),
    )
    asked = {row.symbol.removeprefix("noko."): row for row in Question.objects.exclude(symbol="")}
    every = {asked[key]: 1 for key in ("2.3.u", "4.1.u", "4.2.u", "5.1.u", "5.2.u", "5.3.u")}
    content = {**every, asked["1.3.1n"]: 1, asked["1.3.1"]: 1, asked["1.3.2n"]: 1, asked["1.3.2"]: 1}
    other = {**every, asked["1.3.1n"]: 1, asked["1.3.1"]: 2, asked["1.3.2n"]: 2, asked["2.3.u"]: 2}
    no = {asked["3.3.n"]: 2, asked["4.3.n"]: 2}
    for organization in (school, SchoolFactory(number=8), SchoolFactory(number=9)):
        place = PlaceFactory(survey=found, organization=organization)
        answer(place, {**content, **no}, 12)
        answer(place, {**other, **no}, 8)
    return found


def test_shares_are_those_of_the_formulas(survey, school) -> None:
    found = internal(survey)
    own = dict(zip([row.number for row in found.indicators], found.rows[0].shares, strict=True))
    # Stands: 12 of 20 satisfied; site: 12 of 12. (60 + 100) / 2 = 80. Comfort: 12 of 20.
    assert own["1.3"] == Decimal(80)
    assert own["2.3"] == Decimal(60)
    assert own["5.3"] == Decimal(100)
    assert own["3.3"] is None  # nobody with a disability answered
    total = dict(zip([row.number for row in found.indicators], found.total.shares, strict=True))
    assert total["2.3"] == Decimal(60)


def test_a_survey_never_becomes_an_official_figure(survey, client_of, specialist, director) -> None:
    html = client_of(specialist).get(reverse("noko:internal", args=[survey.pk])).content.decode()
    assert "Это не независимая оценка" in html
    assert "60,0" in html
    assert not Value.objects.exists()
    assert client_of(director).get(reverse("noko:internal", args=[survey.pk])).status_code == 404


def test_other_surveys_are_no_internal_survey(client_of, specialist) -> None:
    assert client_of(specialist).get(reverse("noko:internal", args=[SurveyFactory().pk])).status_code == 404


def test_a_small_school_is_hidden_here_too(survey) -> None:
    tiny = PlaceFactory(survey=survey, organization=SchoolFactory(number=11))
    question = Question.objects.get(symbol="noko.5.3.u")
    answer(tiny, {question: 1}, 3)
    found = internal(survey)
    row = next(row for row in found.rows if row.group.place == tiny)
    assert set(row.shares) == {None}
    assert all(row.hidden)
