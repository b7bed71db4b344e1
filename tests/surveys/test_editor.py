"""Building questionnaires and starting surveys, through the pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.surveys import services
from apps.surveys.models import Question, Questionnaire, Survey
from tests.factories.surveys import QuestionFactory, QuestionnaireFactory, SectionFactory, SurveyFactory

pytestmark = pytest.mark.django_db


def test_templates_load_once_and_carry_their_source(db) -> None:
    assert services.load_templates() == 4
    assert services.load_templates() == 0
    noko = Questionnaire.objects.get(code="noko-114")
    questions = Question.objects.filter(section__questionnaire=noko, kind="yes_no")
    assert questions.count() == 14
    assert noko.source_state == "official"
    assert "Формулировки пересказаны" in noko.source
    assert set(Questionnaire.objects.exclude(code="noko-114").values_list("source_state", flat=True)) == {"proposal"}
    assert questions.get(symbol="noko.3.3.u").depends_on.symbol == "noko.3.3.n"


def test_a_methodologist_builds_a_questionnaire_and_runs_it(client_of, methodologist, school) -> None:
    client = client_of(methodologist)
    made = client.post(
        reverse("surveys:questionnaire_create"), {"title": "Питание", "introduction": "", "audience": "parents"}
    )
    row = Questionnaire.objects.get(title="Питание")
    assert made.url == row.get_absolute_url()
    client.post(reverse("surveys:section_create", args=[row.pk]), {"title": "Столовая"})
    section = row.sections.get()
    create = reverse("surveys:question_create", args=[row.pk, section.pk])
    client.post(create, {"kind": "yes_no", "text": "Ест ли ребёнок в столовой?", "is_required": "on"})
    first = section.questions.get()
    client.post(
        create,
        {
            "kind": "single",
            "text": "Как кормят?",
            "options": "Хорошо\nПлохо",
            "depends_on": first.pk,
            "depends_options": "1",
        },
    )
    second = section.questions.get(text="Как кормят?")
    assert (second.options, second.depends_on, second.depends_options) == (["Хорошо", "Плохо"], first, [1])
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Как кормят?" in page
    preview = client.get(reverse("surveys:preview", args=[row.pk])).content.decode()
    assert "если на вопрос 1 вы ответили «Да»" in preview
    assert 'type="submit" class="btn btn-primary">Отправить' not in preview
    today = timezone.localdate()
    data = {
        "questionnaire": row.pk,
        "title": "Питание осенью",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=5)).isoformat(),
        "organizations": [school.pk],
    }
    client.post(reverse("surveys:survey_create"), data)
    survey = Survey.objects.get()
    assert [place.organization for place in survey.places.all()] == [school]
    row.refresh_from_db()
    assert row.frozen_at is not None
    refused = client.post(create, {"kind": "yes_no", "text": "Поздно"})
    assert "уже спрашивают" in refused.content.decode()
    client.post(reverse("surveys:questionnaire_copy", args=[row.pk]))
    newer = Questionnaire.objects.get(code=row.code, version=2)
    twin = Question.objects.get(section__questionnaire=newer, text="Как кормят?")
    assert twin.depends_on.section.questionnaire == newer


def test_faults_of_a_question_are_told_at_once(client_of, specialist) -> None:
    section = SectionFactory()
    url = reverse("surveys:question_create", args=[section.questionnaire_id, section.pk])
    html = client_of(specialist).post(url, {"kind": "single", "text": "", "options": "Одно"}).content.decode()
    assert "от двух до двадцати" in html
    assert not section.questions.exists()


def test_a_question_never_stands_above_its_filter(client_of, specialist) -> None:
    section = SectionFactory()
    first = QuestionFactory(section=section, position=1)
    second = QuestionFactory(section=section, position=2, depends_on=first, depends_options=[1])
    client = client_of(specialist)
    move = reverse("surveys:part_move", args=[section.questionnaire_id, "question", second.pk])
    client.post(move, {"up": "1"})
    assert list(section.questions.all()) == [first, second]
    delete = reverse("surveys:part_delete", args=[section.questionnaire_id, "question", first.pk])
    assert "Удалить вопрос?" in client.get(delete).content.decode()
    client.post(delete)
    assert section.questions.count() == 2
    client.post(reverse("surveys:part_delete", args=[section.questionnaire_id, "question", second.pk]))
    client.post(delete)
    assert section.questions.count() == 0


def test_schools_do_not_reach_the_editor(client_of, director) -> None:
    row = QuestionnaireFactory()
    client = client_of(director)
    for url in (reverse("surveys:questionnaires"), row.get_absolute_url(), reverse("surveys:survey_create")):
        assert client.get(url).status_code == 404
    assert client_of(Role.ADMIN).get(reverse("surveys:survey_create")).status_code == 404
    assert client_of(Role.ADMIN).get(reverse("surveys:surveys")).status_code == 200


def test_a_template_is_copied_never_changed(client_of, specialist) -> None:
    template = QuestionnaireFactory(is_template=True)
    url = reverse("surveys:section_create", args=[template.pk])
    assert client_of(specialist).post(url, {"title": "Чужой"}).status_code == 404


def test_the_list_and_the_code_open(client_of, specialist, asked) -> None:
    SurveyFactory()
    client = client_of(specialist)
    assert "Мнение родителей" in client.get(reverse("surveys:surveys")).content.decode()
    code = client.get(reverse("surveys:qr", args=[asked.place.pk]))
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<?xml")
    saved = client.post(reverse("surveys:invited", args=[asked.survey.pk]), {str(asked.place.pk): "40"})
    assert saved.status_code == 302
    asked.place.refresh_from_db()
    assert asked.place.invited == 40
