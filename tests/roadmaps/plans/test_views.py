"""Pages of roadmaps: who sees what, from composing to files."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.indicators.models import Aggregate
from apps.organizations.models import Feature
from apps.roadmaps.plans.models import Measure, Roadmap
from apps.roadmaps.plans.models.parts import PARTS_OF_DIRECTIONS, parts_of
from apps.roadmaps.plans.todo import todo_for
from tests.factories.core import PeriodFactory
from tests.factories.indicators import IndicatorFactory, PackFactory, VersionFactory
from tests.factories.organizations import SchoolFactory
from tests.factories.plans import MeasureFactory, RoadmapFactory, day
from tests.factories.series import DirectionFactory

PLANS = {
    "1.1": "S-171", "1.2": "S-175", "1.3": "S-180", "1.4": "S-185", "ОБ": "S-190", "2.1": "S-195", "2.2": "S-200",
    "2.3": "S-204",
}  # fmt: skip


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def url(name, *parts):
    return reverse(f"roadmaps:{name}", args=parts)


def compose(client, **fields):
    typed = {"kind": "direction", "title": "План", "starts_on": day(-90), "ends_on": day(270), "begin": "proposed"}
    return client.post(url("roadmap_new"), {**typed, **fields})


def approve(client, roadmap):
    return client.post(url("roadmap_approve", roadmap.pk), {"act_text": "приказ № 7", "act_on": day(-1)})


@pytest.mark.parametrize("code", [pytest.param(code, marks=pytest.mark.capability(row)) for code, row in PLANS.items()])
def test_a_plan_of_the_concept_as_a_roadmap_of_its_direction(client_of, specialist, code):
    direction = DirectionFactory(code=code, name=f"Направление {code}")
    client = client_of(specialist)
    assert compose(client, direction=direction.pk, person=specialist.pk, title="").status_code == 302
    roadmap = Roadmap.objects.get()
    assert roadmap.title == f"План мероприятий: Направление {code}"
    measures = list(roadmap.measures.in_plan_order())
    assert {one.part for one in measures} == {part.value for part in PARTS_OF_DIRECTIONS[code]}
    assert approve(client, roadmap).status_code == 302
    first, second, last = measures[0], measures[1], measures[-1]
    Measure.objects.filter(pk=second.pk).update(starts_on=day(-80), due_on=day(-5))
    mark = {"mark": "finish", "done_on": day(-1), "result": "Итог 27 школ"}
    assert client.post(url("measure", first.pk), mark).status_code == 302
    move = {"mark": "move", "to": day(268), "reason": "Перенос региона"}
    assert client.post(url("measure", last.pk), move).status_code == 302
    seen = text(client.get(url("roadmap", roadmap.pk)))
    share = f"{100 / len(measures):.1f}".replace(".", ",")
    for words in (*(str(part.label).capitalize() for part in parts_of(code)), f"{share} %", "просрочено", "перенесено"):
        assert words in seen
    book = openpyxl.load_workbook(BytesIO(client.get(url("roadmap_file", roadmap.pk, "xlsx")).content))
    titles = [row[3].value for row in book.active.iter_rows(min_row=2)]
    assert sorted(titles) == sorted(one.title for one in measures)


@pytest.mark.capability("S-044")
def test_a_programme_of_support_with_versions_that_are_compared(client_of, specialist, methodologist, director):
    client = client_of(specialist)
    assert "Назовите дорожную карту" in text(compose(client, kind="support", title=""))
    compose(client, kind="support", title="Программа поддержки школ", begin="empty")
    roadmap = Roadmap.objects.get()
    refused = text(approve(client, roadmap))
    assert "нет мероприятий" in refused
    typed = {
        "title": "Посещение уроков", "part": "support", "starts_on": day(-9), "due_on": day(30),
        "expected": "12 уроков", "person": methodologist.pk, "executors": "методисты предметов",
    }  # fmt: skip
    assert "Срок раньше начала" in text(client.post(url("measure_new", roadmap.pk), {**typed, "due_on": day(-20)}))
    client.post(url("measure_new", roadmap.pk), typed)
    approve(client, roadmap)
    measure = Measure.objects.get()
    client.post(url("measure", measure.pk), {"mark": "move", "to": day(60), "reason": "Карантин"})
    client.post(url("measure_new", roadmap.pk), {**typed, "title": "Новая мера"})
    seen = text(client.get(url("roadmap_versions", roadmap.pk)))
    for words in ("Новая мера", "добавлено", f"{day(30):%d.%m.%Y}", f"{day(60):%d.%m.%Y}", "приказ № 7"):
        assert words in seen
    approve(client, roadmap)
    compared = text(client.get(url("roadmap_versions", roadmap.pk), {"before": 1, "after": 2}))
    assert "Новая мера" in compared
    assert "Различий нет" in text(client.get(url("roadmap_versions", roadmap.pk), {"before": 2, "after": 2}))
    assert "методисты предметов" in text(client.get(roadmap.get_absolute_url()))
    # it names no school: a director finds neither it nor its versions
    for name in ("roadmap", "roadmap_versions", "roadmap_means"):
        assert client_of(director).get(url(name, roadmap.pk)).status_code == 404


@pytest.mark.capability("S-045")
def test_kinds_of_support_with_sums_for_each_school(client_of, specialist, school, other_school, director):
    roadmap = RoadmapFactory(author=specialist)
    measure = MeasureFactory(roadmap=roadmap, title="Средства")
    measure.organizations.set([school, other_school])
    client = client_of(specialist)
    page = url("measure_means", measure.pk)
    assert "Укажите сумму" in text(client.post(page, {"kind": "financial", "organizations": [school.pk]}))
    both = [school.pk, other_school.pk]
    client.post(page, {"kind": "financial", "amount": "1250,50", "organizations": both})
    client.post(page, {"kind": "staff", "amount": "300", "organizations": [school.pk]})
    client.post(page, {"kind": "methodical", "note": "занятия", "organizations": [other_school.pk]})
    seen = text(client.get(url("roadmap_means", roadmap.pk)))
    for words in ("1 250,50", "300,00", "1 550,50", "2 801,00", "без суммы: 1", "Финансовая", "Кадровая"):
        assert words in seen
    own = text(client_of(director).get(url("roadmap_means", roadmap.pk)))
    assert "1 550,50" in own
    assert "Школа № 2" not in own
    assert "2 801,00" not in own


@pytest.fixture
def scored(db):
    """An indicator of heads with two years of figures at schools."""
    direction = DirectionFactory(code="2.1", name="Эффективность руководителей")
    PackFactory(code="own")
    indicator = IndicatorFactory(code="own.1", pack="own", number="1", direction=direction)
    version = VersionFactory(indicator=indicator, name="Балл эффективности", polarity="higher", aggregation="mean")
    years = [PeriodFactory(code=code) for code in ("2024/25", "2026/27")]

    def give(organization, *values):
        for period, value in zip(years, values, strict=False):
            Aggregate.objects.create(
                version=version, period=period, scope="organization", scope_key=str(organization.pk),
                numerator=value, denominator=1, value=value, reported=1, expected=1,
            )  # fmt: skip

    return indicator, give


@pytest.mark.capability("S-046")
def test_a_school_keeps_its_programme_and_the_specialist_sees_share_and_change(
    client_of, specialist, school, other_school, director, other_director, scored
):
    indicator, give = scored
    give(school, 40, 55)
    mine, stranger, office = client_of(director), client_of(other_director), client_of(specialist)
    assert "Программы ещё нет" in text(mine.get(url("own_programme")))
    typed = {"title": "Программа улучшений", "starts_on": day(-400), "ends_on": day(300), "indicators": ["own.1"]}
    assert mine.post(url("roadmap_new"), typed).status_code == 302
    roadmap = Roadmap.objects.get()
    assert (roadmap.kind, roadmap.organization) == ("school", school)
    for title in ("Кружок чтения", "Разбор заданий"):
        fields = {"title": title, "starts_on": day(-50), "due_on": day(50), "responsible": "Иванова И. И., учитель"}
        assert mine.post(url("measure_new", roadmap.pk), fields).status_code == 302
    approve(mine, roadmap)
    measure = Measure.objects.get(title="Кружок чтения")
    proof = SimpleUploadedFile("отчёт.pdf", b"%PDF-1.4 invented")
    done = {"mark": "finish", "done_on": day(0), "result": "Ходят 40 детей", "proof": proof}
    assert mine.post(measure.get_absolute_url(), done).status_code == 302
    seen = text(office.get(url("programmes")))
    for words in ("Школа № 1", "50,0 %", "1 из 2", "Балл эффективности", "+15"):
        assert words in seen
    kept = url("measure_proof", measure.proofs.get().pk)
    answer = office.get(kept)
    assert answer["Content-Disposition"].startswith("attachment")
    assert mine.get(kept).status_code == 200
    for page in (kept, roadmap.get_absolute_url(), measure.get_absolute_url(), url("measure_edit", measure.pk)):
        assert stranger.get(page).status_code == 404
    assert "Программы ещё нет" in text(stranger.get(url("own_programme")))
    assert office.get(url("measure_new", roadmap.pk)).status_code == 404  # the authority reads it, the school keeps it
    assert client_of(specialist).get(url("own_programme")).status_code == 404


@pytest.mark.capability("S-107")
def test_each_measure_has_one_responsible_person_and_those_without_are_listed(client_of, specialist, methodologist):
    roadmap = RoadmapFactory(author=specialist)
    kept = MeasureFactory(roadmap=roadmap, title="Есть кому", person=specialist)
    gone = MeasureFactory(roadmap=roadmap, title="Некому", person=methodologist)
    Membership.objects.filter(user=methodologist).update(ended_at=timezone.now())
    client = client_of(specialist)
    everything = text(client.get(url("measures")))
    assert "Есть кому" in everything
    assert "Некому" in everything
    orphaned = text(client.get(url("measures"), {"orphaned": "on"}))
    assert "Некому" in orphaned
    assert "Есть кому" not in orphaned
    for page in (roadmap.get_absolute_url(), gone.get_absolute_url()):
        assert "больше не работает" in text(client.get(page))
    assert "больше не работает" not in text(client.get(kept.get_absolute_url()))
    assert any("без действующего ответственного" in one.title for one in todo_for(specialist))
    client.post(url("roadmap_people", roadmap.pk), {"common": specialist.pk})
    gone.refresh_from_db()
    assert gone.person == specialist
    assert gone.responsible.startswith(specialist.get_short_name())
    assert "Некому" not in text(client.get(url("measures"), {"orphaned": "on"}))


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("2.1", marks=pytest.mark.capability("S-196")),
        pytest.param("2.2", marks=pytest.mark.capability("S-201")),
        pytest.param("2.3", marks=pytest.mark.capability("S-205")),
    ],
)
def test_own_measures_for_a_kind_or_a_feature_of_organisations(
    client_of, specialist, school, other_school, director, other_director, kindergarten, code
):
    school.features = [Feature.SMALL]
    school.save()
    roadmap = RoadmapFactory(kind="direction", direction=DirectionFactory(code=code, name=code), author=specialist)
    client = client_of(specialist)
    fields = {"part": "specifics", "starts_on": day(-5), "due_on": day(10), "person": specialist.pk}
    client.post(url("measure_new", roadmap.pk), {**fields, "title": "Малым школам", "features": ["small"]})
    client.post(url("measure_new", roadmap.pk), {**fields, "title": "Детским садам", "kinds": ["kindergarten"]})
    assert Measure.objects.count() == 2
    small = Measure.objects.get(title="Малым школам")
    proof = SimpleUploadedFile("итог.pdf", b"%PDF-1.4 invented")
    done = {"mark": "finish", "done_on": day(0), "result": "Охвачены все", "proof": proof}
    client.post(small.get_absolute_url(), done)
    seen = text(client.get(small.get_absolute_url()))
    for words in ("малокомплектная", "Охвачены все", "итог.pdf"):
        assert words in seen
    page = roadmap.get_absolute_url()
    assert "Малым школам" in text(client_of(director).get(page))
    assert "Детским садам" not in text(client_of(director).get(page))
    assert "Малым школам" not in text(client_of(other_director).get(page))
    assert "Детским садам" in text(client_of(Role.DIRECTOR, kindergarten).get(page))
    # the proof is not the other school's to read
    assert client_of(director).get(url("measure_proof", small.proofs.get().pk)).status_code == 404


@pytest.mark.capability("S-191")
def test_explanatory_actions_with_coverage_beside_the_attitude(client_of, specialist):
    roadmap = RoadmapFactory(
        kind="direction", direction=DirectionFactory(code="ОБ", name="Объективность"), author=specialist
    )
    client = client_of(specialist)
    fields = {"part": "attitude", "starts_on": day(-5), "due_on": day(10), "person": specialist.pk}
    client.post(url("measure_new", roadmap.pk), {**fields, "title": "Собрание родителей"})
    measure = Measure.objects.get()
    done = {"mark": "finish", "done_on": day(0), "result": "Провели", "covered": 340}
    client.post(measure.get_absolute_url(), done)
    assert "Охват: 340 человек" in text(client.get(measure.get_absolute_url()))
    seen = text(client.get(roadmap.get_absolute_url()))
    assert "Охват разъяснительных мероприятий: 340 человек" in seen
    assert reverse("procedures:explanatory") in seen
    assert reverse("surveys:surveys") in seen  # nobody was asked yet


@pytest.mark.capability("S-199")
def test_development_measures_by_score_and_the_change_of_the_next_year(
    client_of, specialist, school, other_school, director, scored
):
    indicator, give = scored
    give(school, 40, 55)
    give(other_school, 80, 80)
    roadmap = RoadmapFactory(kind="direction", direction=indicator.direction, author=specialist, starts_on=day(-500))
    client = client_of(specialist)
    page = url("roadmap_by_indicator", roadmap.pk)
    rows = text(client.get(page, {"indicator": "own.1"}))
    assert rows.index("Школа № 1") < rows.index("Школа № 2")  # 55 stands above 80: the lowest score first
    asked = {"organization": school.pk, "indicator": "own.1", "part": "heads"}
    form = client.get(url("measure_new", roadmap.pk), asked)
    ticked = [one for one in text(form).split("<input") if f'value="{school.pk}"' in one and "checked" in one]
    assert len(ticked) == 1
    fields = {
        "title": "Стажировка руководителя", "part": "heads", "starts_on": day(-450), "due_on": day(10),
        "person": specialist.pk, "organizations": [school.pk], "indicator": "own.1",
    }  # fmt: skip
    assert client.post(url("measure_new", roadmap.pk), fields).status_code == 302
    seen = text(client.get(Measure.objects.get().get_absolute_url()))
    for words in ("Балл эффективности", "2024/25", "2026/27", "+15"):
        assert words in seen
    assert client_of(director).get(page).status_code == 404


@pytest.mark.capability("S-220")
def test_a_two_year_roadmap_of_a_platform_with_a_report_on_each_stage(
    client_of, specialist, school, director, other_director
):
    client = client_of(specialist)
    span = {"starts_on": day(-400), "ends_on": day(330)}
    compose(client, kind="platform", title="Площадка", begin="empty", organization=school.pk, **span)
    roadmap = Roadmap.objects.get()
    page = url("roadmap_stages", roadmap.pk)
    for title, first, last in (("Начальный", -400, -40), ("Основной", -39, 330)):
        assert client.post(page, {"title": title, "starts_on": day(first), "ends_on": day(last)}).status_code == 302
    first, second = roadmap.stages.all()
    fields = {"title": "Описать опыт", "part": "other", "stage": first.pk, "person": specialist.pk}
    client.post(url("measure_new", roadmap.pk), {**fields, "starts_on": day(-300), "due_on": day(-50)})
    assert client_of(director).get(page).status_code == 404  # a draft
    approve(client, roadmap)
    assert "этап завершён, отчёта нет" in text(client.get(page))
    for person in (specialist, director):
        assert "Этапы дорожных карт без отчёта" in [one.title for one in todo_for(person)]
    assert todo_for(other_director) == []
    report = {"text": "Описаны две системы", "report": SimpleUploadedFile("отчёт.pdf", b"%PDF-1.4 invented")}
    assert client_of(director).post(url("stage_report", first.pk), report).status_code == 302
    assert client.post(url("stage_report", second.pk), {"text": "Идёт внедрение"}).status_code == 302
    seen = text(client.get(page))
    for words in ("Описаны две системы", "Идёт внедрение", "отчёт.pdf", "Описать опыт"):
        assert words in seen
    assert client.get(url("stage_file", first.pk))["Content-Disposition"].startswith("attachment")
    for name in ("stage_report", "stage_file"):
        assert client_of(other_director).get(url(name, first.pk)).status_code == 404


def test_programmes_of_many_schools_ask_the_database_as_often_as_one(
    client_of, specialist, scored, django_assert_num_queries
):
    indicator, give = scored
    office = client_of(specialist)

    def programme():
        made = RoadmapFactory(kind="school", organization=SchoolFactory())
        made.indicators.add(indicator)
        give(made.organization, 40, 55)

    programme()
    office.get(url("programmes"))
    with CaptureQueriesContext(connection) as one:
        assert "+15" in text(office.get(url("programmes")))
    for _ in range(4):
        programme()
    with django_assert_num_queries(len(one)):
        assert text(office.get(url("programmes"))).count("+15") == 5
