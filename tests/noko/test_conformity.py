"""Requirements met beside satisfaction: each from its own source."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.noko import services
from apps.noko.selectors.conformity import conformity
from apps.surveys.models import Question, Questionnaire
from apps.surveys.services import load_templates
from tests.factories.noko import operator_file
from tests.factories.organizations import SchoolFactory
from tests.factories.surveys import PlaceFactory, SurveyFactory, answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]


@pytest.fixture
def both(school: Any, other_school: Any, calendar_year: Any, of_school: Any, specialist: Any) -> Any:
    """School 1: 14 of 22 conditions, 8 of 20 satisfied. School 2: satisfied only. School 3: three answers."""
    report = services.upload_report(
        stream=operator_file(calendar_year, {school.code: of_school}),
        name="f.xlsx",
        period=calendar_year,
        operator="О",
        by=specialist,
    )
    services.accept_report(report=report, by=specialist)
    load_templates()
    survey = SurveyFactory(
        questionnaire=Questionnaire.objects.get(code="noko-114"),
        opens_on=timezone.localdate() - timedelta(days=9),
        closes_on=timezone.localdate() - timedelta(days=1),
    )
    overall = Question.objects.get(symbol="noko.5.3.u")
    for organization, yes, no in ((school, 8, 12), (other_school, 9, 1), (SchoolFactory(number=3), 30, 0)):
        place = PlaceFactory(survey=survey, organization=organization)
        answer(place, {overall: 1}, yes)
        answer(place, {overall: 2}, no)
    tiny = PlaceFactory(survey=survey, organization=SchoolFactory(number=4))
    answer(tiny, {overall: 1}, 3)
    return survey


@pytest.mark.capability("S-019")
def test_the_share_of_requirements_stands_beside_the_survey(both, client_of, specialist, school, director) -> None:
    lines = {line.organization.number: line for line in conformity().lines}
    # 3 of 6 ways of contact, 4 of 5 comforts, 2 of 5 and 5 of 6 conditions of access: 14 of 22.
    assert (lines[1].met.yes, lines[1].met.asked) == (14, 22)
    assert lines[1].met.share == Decimal(1400) / 22
    assert lines[1].satisfied == Decimal(40)
    assert lines[1].text == "условия есть, а довольны немногие"
    assert lines[2].met is None
    assert lines[4].is_hidden
    html = client_of(specialist).get(reverse("noko:conformity")).content.decode()
    for text in ("63,6", "40,0", "14 из 22", "скрыто", "внутреннее анкетирование"):
        assert text in html
    assert client_of(director).get(reverse("noko:conformity")).status_code == 404


def test_nothing_to_compare_says_so(client_of, specialist) -> None:
    assert "Сравнивать пока нечего" in client_of(specialist).get(reverse("noko:conformity")).content.decode()
