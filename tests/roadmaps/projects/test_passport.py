"""Platforms, projects and numbered tasks: passport, regulation, indicators, states, paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document as Docx

from apps.accounts.roles import Role
from apps.core.models import Job, Notice
from apps.library.documents.models import DocumentVersion
from apps.roadmaps.projects.models import Programme, Project
from apps.roadmaps.projects.models.projects import PASSPORT
from tests.factories.projects import MemberFactory, ProjectFactory

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("roadmaps:projects"), reverse("roadmaps:project_new")
PDF = b"%PDF-1.7\nx"


def typed(**changes):
    day = timezone.localdate()
    values = {
        "kind": "platform",
        "title": "Совершенствование управления муниципальной системой оценки качества",
        "head": "Образцова Мария Петровна, директор центра развития образования",
        "for_whom": "инициативные образовательные организации",
        "starts_on": day.isoformat(),
        "ends_on": (day + timedelta(days=365)).isoformat(),
        **{name: f"{title}: как она есть." for name, title in PASSPORT},
    }
    return {**values, **changes}


def text(client, url):
    return client.get(url).content.decode()


@pytest.mark.capability("S-218")
def test_a_platform_is_registered_announced_and_read_by_schools(client_of, specialist, director, other_director):
    client, school = client_of(specialist), client_of(director)
    page = client.post(NEW, typed(programme_text="Программа на два года."), follow=True).content.decode()
    project = Project.objects.get()
    for words in ("Совершенствование управления", "Образцова Мария Петровна", "готовится", "Программа на два года"):
        assert words in page
    url = project.get_absolute_url()
    assert school.get(url).status_code == 404
    assert "Совершенствование" not in text(school, LIST)
    client.post(reverse("roadmaps:project_move", args=[project.pk]), {"to": "open"})
    assert "Подать заявку" in text(school, url)
    assert "идёт приём заявок" in text(school, LIST)
    assert Notice.objects.filter(key=f"roadmaps.project_open:{project.pk}").count() == 2
    MemberFactory(project=project, organization=director.organization)
    assert director.organization.name in text(client, url)
    assert client_of(Role.OBSERVER).get(LIST).status_code == 404
    assert client_of(Role.OBSERVER).get(url).status_code == 404


@pytest.mark.capability("S-219")
def test_the_regulation_has_versions_that_an_act_puts_into_force(client_of, specialist, director):
    project = ProjectFactory(curator=specialist)
    client, school = client_of(specialist), client_of(director)
    url, add = project.get_absolute_url(), reverse("roadmaps:project_regulation_add", args=[project.pk])
    approve = reverse("roadmaps:project_regulation_approve", args=[project.pk])
    client.post(add, {"file": SimpleUploadedFile("положение.pdf", PDF)})
    assert "Утверждённого положения пока нет" in text(school, url)
    client.post(approve, {"act_text": "решение коллегии от 12.04.2019", "on": "2019-04-12"})
    client.post(add, {"text": "Положение в новой редакции.", "changes": "Уточнены сроки."})
    client.post(approve, {"act_text": "приказ № 12", "on": timezone.localdate().isoformat()})
    first, second = DocumentVersion.objects.order_by("number")
    assert (first.state, second.state, second.number) == ("void", "approved", 2)
    page = text(school, url)
    assert "приказ № 12" in page
    assert "Уточнены сроки" in page
    page = client.post(add, {"text": "", "changes": "Пусто"}).content.decode()
    assert "Вставьте текст или приложите файл" in page
    assert "Пусто" in page
    assert DocumentVersion.objects.count() == 2
    assert school.post(add, {"text": "Чужое"}).status_code == 404


@pytest.mark.capability("S-246")
def test_tasks_are_numbered_within_their_programme(client_of, specialist):
    client = client_of(specialist)
    task = {"kind": "task", "programme": "Развитие образования", "number": "12", "title": "Внутренняя система оценки"}
    client.post(NEW, typed(**task))
    project = Project.objects.get()
    assert str(project) == "Проектная задача 12. «Внутренняя система оценки»"
    page = client.post(NEW, typed(**{**task, "programme": "развитие ОБРАЗОВАНИЯ"})).content.decode()
    assert "Проектная задача 12 в этой программе уже есть" in page
    assert "развитие ОБРАЗОВАНИЯ" in page  # what was typed stays
    client.post(NEW, typed(**{**task, "number": "13"}))
    assert (Project.objects.count(), Programme.objects.count()) == (2, 1)
    page = client.post(NEW, typed(kind="task", number="", head=" ")).content.decode()
    for words in ("Обязательное поле",):
        assert words in page
    page = client.post(NEW, typed(kind="task", number="")).content.decode()
    for words in ("Укажите номер проектной задачи", "Программа проектных задач"):
        assert words in page


@pytest.mark.capability("S-248")
def test_seven_fields_are_filled_and_printed(client_of, specialist, run_jobs):
    project = ProjectFactory(curator=specialist, aim="")
    client = client_of(specialist)
    texts = {name: f"<b>{title}</b> 😀\n1. Первое.\n2. Второе." for name, title in PASSPORT}
    client.post(reverse("roadmaps:project_edit", args=[project.pk]), typed(**texts))
    page = text(client, project.get_absolute_url())
    assert "&lt;b&gt;Идея&lt;/b&gt; 😀" in page
    docx = b"".join(client.get(reverse("roadmaps:project_passport_docx", args=[project.pk])).streaming_content)
    paragraphs = [one.text for one in Docx(BytesIO(docx)).paragraphs]
    headings = [one for one in paragraphs if one in {title for _, title in PASSPORT}]
    assert headings == [title for _, title in PASSPORT]
    assert "<b>Идея</b> 😀" in paragraphs
    assert paragraphs.count("2. Второе.") == 7
    client.post(reverse("roadmaps:project_passport_pdf", args=[project.pk]))
    (job,) = run_jobs()
    assert job.state == Job.State.DONE
    assert b"".join(client.get(job.url).streaming_content).startswith(b"%PDF-")
    assert client_of(Role.HEAD).get(job.url).status_code == 404  # made for another person


def test_a_text_of_twenty_thousand_letters_is_kept_and_a_longer_one_refused(client_of, specialist):
    project = ProjectFactory(curator=specialist)
    client, edit = client_of(specialist), reverse("roadmaps:project_edit", args=[project.pk])
    assert client.post(edit, typed(idea="я" * 20_000)).status_code == 302
    page = client.post(edit, typed(idea="я" * 20_001, starts_on="2026-01-01", ends_on="2025-01-01")).content.decode()
    assert "«Идея»: знаков больше, чем помещается (20001 из 20000)" in page
    assert "Окончание раньше начала" in page
    assert "я" * 20_001 in page
    assert len(Project.objects.get(pk=project.pk).idea) == 20_000


@pytest.mark.parametrize(
    ("state", "to", "reason", "stays"),
    [
        ("open", "stopped", "", True),
        ("open", "stopped", "Нет участников", False),
        ("open", "done", "", True),
        ("done", "running", "", False),
        ("stopped", "running", "", True),
    ],
)
def test_states_follow_each_other(client_of, specialist, state, to, reason, stays):
    project = ProjectFactory(state=state, end_reason="Нет средств" if state == "stopped" else "")
    move = reverse("roadmaps:project_move", args=[project.pk])
    client_of(specialist).post(move, {"to": to, "reason": reason})
    assert Project.objects.get(pk=project.pk).state == (state if stays else to)


def test_indicators_say_what_is_expected_and_what_is_reached(client_of, specialist, director):
    project = ProjectFactory()
    client = client_of(specialist)
    add = reverse("roadmaps:project_indicator_add", args=[project.pk])
    client.post(add, {"title": "Доля садов с перечнем локальных актов", "target": "100 % к 01.09.2020"})
    assert "пока нет данных" in text(client, project.get_absolute_url())
    indicator = project.indicators.get()
    edit = reverse("roadmaps:project_indicator", args=[indicator.pk])
    client.post(edit, {"title": indicator.title, "target": indicator.target, "reached": "64 %"})
    assert "64 %" in text(client_of(director), project.get_absolute_url())
    page = client.post(add, {"title": "Другой", "target": "10", "code": "no.such"}).content.decode()
    assert "Показателя с таким кодом на портале нет" in page
    client.post(reverse("roadmaps:project_indicator_remove", args=[indicator.pk]))
    assert not project.indicators.exists()
    assert "Убран показатель" in text(client, project.get_absolute_url())
