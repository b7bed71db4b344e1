"""Organisations in projects: applications, key results, products with opinions, stages, summaries."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core import events
from apps.core.findings import Refused
from apps.core.models import Notice
from apps.roadmaps.projects.deadlines import deadlines_for
from apps.roadmaps.projects.models import Member, Monitoring, Opinion, Product, ProjectStage, StageReport
from apps.roadmaps.projects.services import members as services
from apps.roadmaps.projects.todo import todo_for
from tests.factories.projects import MemberFactory, ProductFactory, ProjectFactory

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 16


def text(client, url):
    return client.get(url).content.decode()


@pytest.fixture
def project(specialist):
    return ProjectFactory(title="Внутренняя система оценки", author=specialist, state="running")


@pytest.fixture
def member(project, school):
    school.programmes = ["primary", "basic"]
    school.save()
    return MemberFactory(project=project, organization=school)


@pytest.mark.capability("S-247")
def test_a_director_applies_and_a_specialist_decides(
    client_of, project, specialist, director, coordinator, other_director
):
    apply = reverse("roadmaps:project_apply", args=[project.pk])
    assert client_of(coordinator).get(apply).status_code == 404  # the coordinator fills, the director asks
    for person in (director, other_director):
        page = client_of(person).post(apply, {"motive": "Хотим 😀", "contact": "Примерова О. И."}, follow=True)
        assert "заявка на рассмотрении" in page.content.decode()
    mine, theirs = Member.objects.order_by("pk")
    again = client_of(director).post(apply, {"motive": "Ещё раз", "contact": "Она же"}).content.decode()
    assert "уже подала заявку" in again
    client = client_of(specialist)
    assert [line.count for line in todo_for(specialist)] == [2]
    decide = reverse("roadmaps:project_decide", args=[mine.pk])
    refused = client.post(reverse("roadmaps:project_decide", args=[theirs.pk]), {"decision": "decline"}, follow=True)
    assert "Заполните «Почему»" in refused.content.decode()
    client.post(reverse("roadmaps:project_decide", args=[theirs.pk]), {"decision": "decline", "reason": "Мест нет"})
    client.post(decide, {"decision": "accept"})
    assert "Состояние заявки изменилось" in client.post(decide, {"decision": "decline"}, follow=True).content.decode()
    states = set(Member.objects.values_list("organization__code", "state"))
    assert states == {("school-01", "accepted"), ("school-02", "declined")}
    assert "Мест нет" in text(client_of(other_director), theirs.get_absolute_url())
    assert client_of(other_director).get(mine.get_absolute_url()).status_code == 404
    assert client_of(director).post(decide, {"decision": "accept"}).status_code == 404
    listed = text(client_of(other_director), project.get_absolute_url())
    assert "Школа № 1" in listed
    assert "Примерова" not in listed
    told = Notice.objects.filter(user__in=[director, coordinator], key__startswith="roadmaps.project_accepted")
    assert told.count() == 2


def test_applications_end_with_their_day(project, director):
    project.applications_until = timezone.localdate()
    project.save()
    assert project.takes_applications
    project.applications_until -= timedelta(days=1)
    project.save()
    with pytest.raises(Refused) as caught:
        services.apply(project=project, motive="Хотим", contact="Она", by=director)
    assert [finding.code for finding in caught.value.findings] == ["closed"]


@pytest.mark.capability("S-258")
def test_which_levels_have_key_results(client_of, project, member, specialist, coordinator, other_coordinator):
    address = reverse("roadmaps:project_results", args=[member.pk])
    client = client_of(coordinator)
    client.post(address, {"level": "primary", "text": "Читает с пониманием."})
    page = client.post(address, {"level": "secondary", "text": "Нет такого."}).content.decode()
    assert "Такого уровня образования у вашей организации нет" in page
    assert client_of(other_coordinator).post(address, {"level": "basic", "text": "Чужое"}).status_code == 404
    table = text(client_of(specialist), reverse("roadmaps:project_levels", args=[project.pk]))
    row = table[table.index("Школа № 1") :]
    found = re.findall(r"</svg> ([а-я ]+)</span>", row)
    assert found == ["нет уровня", "определены", "не определены", "нет уровня"]
    assert "1 из 2" in row
    assert client.get(reverse("roadmaps:project_levels", args=[project.pk])).status_code == 404


@pytest.mark.capability("S-260")
def test_a_model_is_attached_and_judged(client_of, member, specialist, coordinator, other_coordinator, methodologist):
    client = client_of(coordinator)
    new = reverse("roadmaps:project_product_new", args=[member.pk])
    scheme = SimpleUploadedFile("схема.png", PNG)
    client.post(new, {"kind": "model", "title": "Модель управления", "text": "Совет по качеству.", "file": scheme})
    product = Product.objects.get()
    url = product.get_absolute_url()
    assert client_of(other_coordinator).get(url).status_code == 404
    opened = client.get(reverse("roadmaps:project_product_file", args=[product.pk]))
    assert opened["Content-Disposition"].startswith("attachment")
    expert = client_of(methodologist)
    assert "ждёт экспертного мнения" in text(expert, url)
    seen = expert.get(url).context["form"].initial["seen_at"]
    expert.post(url, {"verdict": "mend", "text": "Опишите сроки.", "seen_at": seen})
    assert "Опишите сроки." in text(client, url)
    assert client.post(url, {"verdict": "good", "text": "Сами себе"}).status_code == 404
    edit = reverse("roadmaps:project_product_edit", args=[product.pk])
    client.post(edit, {"kind": "model", "title": "Модель управления", "text": "Со сроками."})
    product.refresh_from_db()
    assert product.file is not None  # the scheme stays
    assert product.state_text == "ждёт экспертного мнения"
    stale = expert.post(url, {"verdict": "good", "text": "Хорошо", "seen_at": seen}).content.decode()
    assert "организация изменила продукт" in stale
    assert "Хорошо" in stale
    client_of(specialist).post(url, {"verdict": "good", "text": "Можно распространять."})
    assert Product.objects.get().state_text == "рекомендуется к распространению"
    assert Opinion.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("вирус.exe", b"MZ", "Такие файлы не принимаются"),
        ("схема.png", b"<svg>", "не соответствует окончанию"),
        ("пусто.pdf", b"", "пуст"),
    ],
)
def test_files_of_any_kind_are_refused_politely(client_of, member, coordinator, name, data, words):
    new = reverse("roadmaps:project_product_new", args=[member.pk])
    sent = {"kind": "model", "title": "Модель", "text": "Описание", "file": SimpleUploadedFile(name, data)}
    page = client_of(coordinator).post(new, sent).content.decode()
    assert words in page
    assert "Описание" in page
    assert not Product.objects.exists()


def test_nobody_works_in_a_finished_project(member, coordinator, project):
    project.state = "done"
    project.save()
    with pytest.raises(Refused):
        services.define_results(member=member, level="basic", text="Поздно", by=coordinator)
    with pytest.raises(Refused):
        services.hand_in(member=member, kind="model", title="Поздно", text="Поздно", by=coordinator)


@pytest.mark.capability("S-230")
def test_a_municipal_project_has_stages_indicators_and_reports(
    client_of, project, member, specialist, coordinator, other_coordinator
):
    client = client_of(specialist)
    day = timezone.localdate()
    add = reverse("roadmaps:project_stage_add", args=[project.pk])
    stage = {"title": "Локальные акты", "starts_on": day.isoformat(), "ends_on": (day + timedelta(days=7)).isoformat()}
    outside = client.post(add, {**stage, "ends_on": "2099-01-01"}).content.decode()
    assert "Этап выходит за сроки проекта" in outside
    client.post(add, stage)
    indicator = {"title": "Доля организаций с ВСОКО", "target": "100 %", "reached": "80 %"}
    client.post(reverse("roadmaps:project_indicator_add", args=[project.pk]), indicator)
    found = ProjectStage.objects.get()
    report = reverse("roadmaps:project_stage_report", args=[found.pk])
    assert [line.title for line in todo_for(coordinator)] == ["Отчитаться по этапу: Локальные акты"]
    assert [line.is_done for line in deadlines_for(coordinator, day, day + timedelta(days=30))] == [False]
    client_of(coordinator).post(report, {"text": "Перечень составлен."})
    assert client_of(other_coordinator).get(report).status_code == 404
    assert todo_for(coordinator) == []
    assert [line.is_done for line in deadlines_for(coordinator, day, day + timedelta(days=30))] == [True]
    page = text(client, project.get_absolute_url())
    for words in ("Перечень составлен.", "Отчитались: 1 из 1", "Доля организаций с ВСОКО", "80 %", project.aim):
        assert words in page
    assert "Перечень составлен." not in text(client_of(other_coordinator), project.get_absolute_url())
    finish = reverse("roadmaps:project_stage_finish", args=[found.pk])
    client.post(finish, {"result": "Акты есть у всех."})
    assert "Этап уже завершён" in client.post(finish, {"result": "Ещё раз"}).content.decode()
    late = client_of(coordinator).post(report, {"text": "Дополнение"}).content.decode()
    assert "отчёты больше не принимаются" in late
    assert StageReport.objects.get().text == "Перечень составлен."
    client.post(reverse("roadmaps:project_monitoring_new", args=[project.pk]), {
        "title": "Итог", "on": day.isoformat(), "results": "Есть акты", "problems": "Нет опыта", "solutions": "Учёба",
    })  # fmt: skip
    assert {name: points for name, _, points in Monitoring.objects.get().parts} == {
        "results": ["Есть акты"], "problems": ["Нет опыта"], "solutions": ["Учёба"],
    }  # fmt: skip


@pytest.mark.capability("S-231")
def test_the_summary_is_shown_in_three_parts(client_of, project, member, specialist, coordinator, other_coordinator):
    client = client_of(specialist)
    new = reverse("roadmaps:project_monitoring_new", args=[project.pk])
    parts = {"results": "- Разработан инструментарий\n- <i>Обучены</i> команды", "problems": "Нет опыта анализа"}
    day = timezone.localdate().isoformat()
    page = client.post(new, {"title": "О результатах", "on": day, "is_ready": "on", **parts}).content.decode()
    assert "Заполните «Пути решения»" in page
    client.post(new, {"title": "О результатах", "on": day, **parts})
    found = Monitoring.objects.get()
    school = client_of(coordinator)
    assert school.get(found.get_absolute_url()).status_code == 404  # a draft
    edit = reverse("roadmaps:project_monitoring_edit", args=[found.pk])
    client.post(edit, {"title": "О результатах", "on": day, "is_ready": "on", **parts, "solutions": "Семинары"})
    whole = text(school, found.get_absolute_url())
    for words in ("Результаты", "Проблемы", "Пути решения", "&lt;i&gt;Обучены&lt;/i&gt; команды", "Семинары"):
        assert words in whole
    show = reverse("roadmaps:project_monitoring_show", args=[found.pk])
    screen = text(client, f"{show}?part=problems")
    assert "Нет опыта анализа" in screen
    assert "Семинары" not in screen
    assert "Разработан инструментарий" not in screen
    assert client.get(f"{show}?part=nothing").status_code == 404
    assert client_of(other_coordinator).get(show).status_code == 404


def test_two_people_cannot_decide_one_application(member, specialist, head):
    member.state, member.decided_at, member.decided_by = Member.State.APPLIED, None, None
    member.save()
    services.accept(member=member, by=specialist)
    with pytest.raises(Refused) as caught:
        services.decline(member=member, reason="Нет", by=head)
    assert [finding.code for finding in caught.value.findings] == ["wrong_state"]
    assert [event.kind for event in events.history(member)] == ["roadmaps.project_accepted"]


def test_a_member_leaves_with_a_reason_and_may_come_back(member, director, specialist, other_director):
    with pytest.raises(Refused):
        services.leave(member=member, reason="Чужие", by=other_director)
    ProductFactory(member=member)
    services.leave(member=member, reason="Нет кадров", by=director)
    again = services.apply(project=member.project, motive="Кадры есть", contact="Она", by=director)
    assert (again.pk, again.state, again.reason, again.products.count()) == (member.pk, "applied", "", 1)


def test_the_association_leader_and_the_observer_see_no_projects(client_of, project):
    for role in (Role.ASSOCIATION_LEADER, Role.OBSERVER, Role.EXPERT, Role.PUBLIC_REPRESENTATIVE):
        assert client_of(role).get(reverse("roadmaps:projects")).status_code == 404
        assert client_of(role).get(project.get_absolute_url()).status_code == 404
