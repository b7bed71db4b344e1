"""Screens of the cycle: seen by the office, a school sees its own; tracks, terms, marks, publication."""

from datetime import date

import pytest
from django.urls import reverse

from apps.accounts.roles import Role
from apps.analysis.models import Conclusion
from apps.core.models import Period
from apps.core.periods import parse_period
from apps.roadmaps.cycle.models import Criterion, CyclePublication, PositionMark, PositionTerm, Track, TrackObject
from apps.roadmaps.models import Measure
from tests.factories.cycle import moment, whole_cycle
from tests.factories.series import DirectionFactory, GoalFactory, report, share_version

pytestmark = pytest.mark.django_db
YEAR = {"year": "2025-26"}


@pytest.fixture
def scene(specialist, head, school, other_school):
    return whole_cycle(by=specialist, head=head, schools=[school, other_school])


def text(response):
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


@pytest.mark.capability("S-023")
def test_the_matrix_has_two_blocks_with_nine_positions_of_each_direction(client_of, scene):
    DirectionFactory(code="2.1", name="Эффективность руководителей", block="II. Качество деятельности")
    scene.direction.block = "I. Качество результатов"
    scene.direction.save()
    page = text(client_of(Role.SPECIALIST).get(reverse("roadmaps:cycle"), YEAR))
    assert page.index("I. Качество результатов") < page.index("II. Качество деятельности")
    assert page.count('class="cycle-cell') == 18
    assert "<span>есть</span>" in page
    assert "нет, срок прошёл" in page  # by a word, not by colour alone
    assert "Заполняет: руководитель управления, до 05.09.2025" in page


def test_the_page_of_a_direction_names_objects_bases_and_who_fills_what_is_empty(client_of, scene):
    Measure.objects.filter(pk=scene.measure.pk).update(starts_on=date(2025, 11, 1))
    page = text(client_of(Role.HEAD).get(reverse("roadmaps:cycle_direction", args=["1.3"]), YEAR))
    assert scene.decision.title in page
    assert "Основание: вывод" in page
    assert "Разрыв: документ старше своего основания" in page
    DirectionFactory(code="2.4")
    empty = text(client_of(Role.HEAD).get(reverse("roadmaps:cycle_direction", args=["2.4"]), YEAR))
    assert empty.count("Подтверждают позицию:") == 9


def test_what_the_school_and_the_observer_reach(client_of, scene, school, other_school, director, other_director):
    GoalFactory(
        direction=scene.direction, level="organization", organization=school, title="Три кружка", author=director,
        created_at=moment(date(2025, 10, 1)),
    )  # fmt: skip
    mine = text(client_of(director).get(reverse("roadmaps:own_cycle_direction", args=["1.3"]), YEAR))
    assert "Три кружка" in mine
    assert "Три кружка" not in text(
        client_of(other_director).get(reverse("roadmaps:own_cycle_direction", args=["1.3"]), YEAR)
    )
    assert text(client_of(director).get(reverse("roadmaps:own_cycle"), YEAR)).count('class="cycle-cell') == 9
    office = client_of(Role.SPECIALIST)
    assert "Три кружка" in text(office.get(reverse("roadmaps:school_cycle_direction", args=[school.code, "1.3"]), YEAR))
    assert office.get(reverse("roadmaps:own_cycle")).status_code == 404
    assert office.get(reverse("roadmaps:school_cycle", args=["no-such"])).status_code == 404
    for name, args in (("cycle", []), ("cycle_direction", ["1.3"]), ("school_cycle", [other_school.code]),
                       ("cycle_assessment", []), ("cycle_summary", []), ("cycle_analysis", ["1.3"]),
                       ("cycle_publication", []), ("cycle_terms", [])):  # fmt: skip
        for role in (Role.DIRECTOR, Role.OBSERVER, Role.ASSOCIATION_LEADER):
            assert client_of(role).get(reverse(f"roadmaps:{name}", args=args)).status_code == 404, (name, role)


def test_a_track_is_begun_filled_and_closed(client_of, scene):
    client = client_of(Role.SPECIALIST)
    answer = client.post(reverse("roadmaps:track_new", args=["1.3"]), {"title": "<b>Одарённые</b> 🙂", "is_full": "no"})
    track = Track.objects.get()
    assert answer.url == reverse("roadmaps:track", args=[track.pk])
    page = text(client.get(answer.url, YEAR))
    assert "&lt;b&gt;Одарённые" in page
    key = f"{Measure._meta.label}|{scene.measure.pk}"
    assert key in page
    posted = {"title": track.title, "is_full": "no", "objects": [key, "roadmaps.Measure|999", "мусор"]}
    client.post(f"{answer.url}?year=2025-26", posted)
    assert TrackObject.objects.values_list("subject_id", flat=True).get() == str(scene.measure.pk)
    shown = text(client.get(reverse("roadmaps:cycle_direction", args=["1.3"]), YEAR))
    assert "Неполный цикл: меры, решения, эффект; заполнено 1 из 3" in shown
    assert client_of(Role.METHODOLOGIST).get(answer.url).status_code == 404
    assert client_of(Role.DIRECTOR).get(answer.url).status_code == 404
    client.post(reverse("roadmaps:track_end", args=[track.pk]), {"reason": ""})
    assert Track.objects.current().count() == 1
    client.post(reverse("roadmaps:track_end", args=[track.pk]), {"reason": "Объединён"})
    assert Track.objects.current().count() == 0


def test_only_the_head_sets_terms(client_of, scene):
    posted = {"scope": "office", "position": 5, "day": 31, "month": 6, "role": "аналитик"}
    url = reverse("roadmaps:cycle_terms")
    client_of(Role.SPECIALIST).post(url, posted)
    assert not PositionTerm.objects.exists()
    assert "Такого дня в году нет" in text(client_of(Role.HEAD).post(url, posted))
    client_of(Role.HEAD).post(url, {**posted, "day": 20})
    term = PositionTerm.objects.get()
    assert (term.day, term.month, term.role) == (20, 6, "аналитик")
    assert client_of(Role.SPECIALIST).post(reverse("roadmaps:cycle_term_drop", args=[term.pk])).status_code == 404


def test_marks_differ_from_the_proposal_only_with_words(client_of, scene):
    client, url = client_of(Role.SPECIALIST), reverse("roadmaps:cycle_assessment")
    page = text(client.get(url, YEAR))
    assert "Критериев не подтверждено: 23" in page
    assert "18 из 18" in page
    name = f"{scene.direction.pk}-6"
    faulty = text(client.post(url, {**YEAR, f"level-{name}": "0", f"words-{name}": ""}))
    assert "отличается от предложенного" in faulty
    assert not PositionMark.objects.exists()
    client.post(url, {**YEAR, f"level-{name}": "1", f"words-{name}": "Адресаты не разделены по группам."})
    assert PositionMark.objects.get().level == 1
    assert "17 из 18" in text(client.get(url, YEAR))
    assert "не подтверждено" in docx_text(client.get(reverse("roadmaps:cycle_assessment_docx"), YEAR))
    client_of(Role.METHODOLOGIST).post(url, {**YEAR, f"level-{name}": "0", f"words-{name}": "нет"})
    assert PositionMark.objects.get().level == 1


def docx_text(response):
    from io import BytesIO

    from docx import Document

    book = Document(BytesIO(b"".join(response.streaming_content)))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in book.paragraphs] + cells)


def test_a_criterion_is_confirmed_by_its_act(client_of, specialist):
    criterion = Criterion.objects.filter(position=1).first()
    url = reverse("roadmaps:cycle_criterion", args=[criterion.pk])
    posted = {"position": 1, "text": criterion.text, "source_state": "official", "act": "", "is_active": "on"}
    assert "называет акт" in text(client_of(Role.SPECIALIST).post(url, posted))
    client_of(Role.SPECIALIST).post(url, {**posted, "act": "Письмо от 20.04.2021 № 08-70, приложение 1"})
    criterion.refresh_from_db()
    assert criterion.source_state == "official"
    assert client_of(Role.DIRECTOR).get(url).status_code == 404


@pytest.mark.capability("S-007")
def test_the_public_reads_the_same_cycle_as_the_head_of_the_municipality(client, client_of, scene, school):
    head, url = client_of(Role.HEAD), reverse("roadmaps:cycle_publication")
    summary = text(head.get(reverse("roadmaps:cycle_summary"), YEAR))
    assert "Заполнено 9 из 9 позиций" in summary
    assert "1 из 1" in summary  # measures done
    assert "Заполнено 9 из 9" in docx_text(head.get(reverse("roadmaps:cycle_summary_docx"), YEAR))
    assert "Пока не опубликовано" in text(client.get(reverse("portal:cycle")))
    digest = head.get(url, YEAR).context["digest"]
    client_of(Role.SPECIALIST).post(url, {**YEAR, "digest": digest})
    head.post(url, {**YEAR, "digest": "другое"})
    assert not CyclePublication.objects.exists()
    for _ in range(2):  # the button pressed twice
        head.post(url, {**YEAR, "digest": digest})
    page = text(client.get(reverse("portal:cycle")))
    assert "есть документы по 9 из 9 позиций" in page
    assert scene.decision.title in page
    for hidden in (scene.recommendation.title, scene.conclusion.text, scene.measure.title, str(school), "Заполняет"):
        assert hidden not in page, hidden
    withdraw = reverse("roadmaps:cycle_publication_withdraw", args=[CyclePublication.objects.get().pk])
    assert client_of(Role.SPECIALIST).post(withdraw, {"reason": "x"}).status_code == 404
    head.post(withdraw, {"reason": "Ы" * 301})
    assert CyclePublication.objects.get().withdrawn_at is None
    head.post(withdraw, {"reason": "Ошибка в дате"})
    assert "Пока не опубликовано" in text(client.get(reverse("portal:cycle")))


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("1.3", marks=pytest.mark.capability("S-183")),
        pytest.param("1.4", marks=pytest.mark.capability("S-188")),
        pytest.param("ОБ", marks=pytest.mark.capability("S-193")),
    ],
)
def test_the_analysis_of_a_plan_by_indicator_becomes_a_chapter(client_of, specialist, school, other_school, code):
    from apps.analysis.models import Cluster, Clustering
    from apps.organizations.models import Group
    from apps.reports.figures.base import Year
    from apps.reports.figures.directions import of_direction

    direction = DirectionFactory(code=code)
    version = share_version(indicator__direction=direction)
    group = Group.objects.create(kind=Group.Kind.CLUSTER, code="city", name="Городские")
    group.organizations.set([school, other_school])
    clustering = Clustering.objects.create(
        way="hand", kind="school", title="Школы", state="confirmed", created_by=specialist, confirmed_by=specialist,
        confirmed_at=moment(date(2025, 9, 1)),
    )  # fmt: skip
    Cluster.objects.create(clustering=clustering, order=1, name="Городские", group=group)
    for year, figures in (("2024", (40, 20)), ("2025", (40, 30))):
        report(year, specialist, {school: figures, other_school: figures})
    url = reverse("roadmaps:cycle_analysis", args=[code])
    client = client_of(Role.SPECIALIST)
    page = text(client.get(url, YEAR))
    assert "50,0 %" in page  # last year
    assert "75,0 %" in page
    assert "Кластер «Городские»" in page
    field = f"text-{version.pk}"
    assert "похоже на персональные данные" in text(
        client.post(url, {**YEAR, field: "Иванов Иван Иванович, 89001234567"})
    )
    assert "длиннее 3000" in text(client.post(url, {**YEAR, field: "а" * 20_000}))
    assert not Conclusion.objects.exists()
    client.post(url, {**YEAR, field: "Рост за счёт <b>новых</b> кружков 🙂"})
    assert Conclusion.objects.get().in_report
    period = Period.objects.named(parse_period("2025/26"))
    blocks = of_direction(code)(Year.of(period, date(2026, 8, 1))).blocks
    table = next(one for one in blocks if getattr(one, "key", "") == f"analysis.{code}")
    row = next(one for one in table.rows if "Доля занимающихся" in one[0])
    assert row[2:4] == ["50,0\u00a0%", "75,0\u00a0%"]
    assert "Рост за счёт <b>новых</b> кружков" in row[5]
    assert client_of(Role.DIRECTOR).get(url).status_code == 404


@pytest.mark.capability("S-212")
def test_the_direction_of_conditions_has_indicators_and_measures(client_of, specialist, school):
    from apps.indicators.models import Direction, Indicator
    from apps.noko.models import Measure as NokoMeasure
    from apps.noko.models import Shortcoming
    from apps.roadmaps.plans.models import Roadmap
    from tests.factories.noko import AssessmentFactory
    from tests.packs import packs_loaded

    packs_loaded()
    direction = Direction.objects.get(code="УС")
    assert Indicator.objects.filter(direction=direction, pack="noko").count() > 50
    assessment = AssessmentFactory(organization=school)
    shortcoming = Shortcoming.objects.create(assessment=assessment, text="Нет пандуса")
    NokoMeasure.objects.create(
        shortcoming=shortcoming, text="Установить пандус", responsible="завхоз", due_on=date(2099, 1, 1)
    )
    client = client_of(Role.SPECIALIST)
    page = text(client.get(reverse("roadmaps:cycle_direction", args=["УС"])))
    assert "Независимая оценка: Школа № 1" in page
    assert "Установить пандус" in page
    client.post(
        reverse("desk:measure", args=["УС"]),
        {"title": "Обучение операторов", "responsible": "отдел", "starts_on": "2099-01-01", "due_on": "2099-02-01"},
    )
    assert Measure.objects.filter(direction=direction).exists() or Roadmap.objects.filter(direction=direction).exists()


@pytest.mark.capability("S-013")
def test_goals_with_rationale_indicator_target_and_state_stand_in_the_cycle(client_of, scene, specialist):
    from tests.factories.core import PeriodFactory
    from tests.factories.series import TargetFactory

    TargetFactory(
        indicator=scene.goal.indicator, period=PeriodFactory(code="2025/26"), author=specialist,
        created_at=moment(date(2025, 9, 20)),
    )  # fmt: skip
    page = text(client_of(Role.SPECIALIST).get(reverse("roadmaps:cycle_direction", args=["1.3"]), YEAR))
    assert scene.goal.rationale in page
    assert "Целевое значение показателя 1.3.1 на 2025/26" in page
    own = text(client_of(Role.SPECIALIST).get(reverse("desk:direction", args=["1.3"])))
    assert scene.goal.title in own
