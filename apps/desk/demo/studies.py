"""Municipal studies and requests for them: one with results, one request that waits, one answered."""

from datetime import timedelta

from apps.desk.demo import dating
from apps.desk.demo.people import HOME_SCHOOL, SECOND_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.procedures.models import Procedure
from apps.procedures.studies import services
from apps.procedures.studies.models import StudyRequest


def load(world: World) -> None:
    today, specialist = world.timeline.today, world.people["specialist"]
    new = services.NewStudy(
        title="Переход из начальной школы в основную: математика",
        aim="Узнать, какие умения 4 класса теряются к 5 классу, и решить, чему посвятить курсы учителей.",
        sample="Все школы округа, 4 и 5 классы; результаты берутся из загруженных работ.",
        instrument="Задания ВПР по математике; разбор по умениям проводит методическое объединение.",
        starts_on=today - timedelta(days=210),
        ends_on=today - timedelta(days=150),
    )
    study = services.create_study(new=new, by=specialist)
    works = Procedure.objects.with_results().filter(subject__name__icontains="математ", grade__in=(4, 5))
    newest = works.order_by("-year").first()
    if newest is not None:
        conclusion = "Сильнее всего падает выполнение заданий на рассуждение; им отведены два дня курсов."
        chosen = works.filter(year=newest.year)
        services.set_results(study=study, procedures=chosen, conclusion=conclusion, by=specialist)
    waiting = services.request_study(
        topic="Читательская грамотность, 6 класс",
        reason="Результаты ВПР по русскому языку ниже, чем по истории; причины по этим данным не видно.",
        by=director_of(world, HOME_SCHOOL),
        wanted_by=today + timedelta(days=60),
    )
    asked = dating.at(today - timedelta(days=3), 15)
    StudyRequest.objects.filter(pk=waiting.pk).update(created_at=asked)
    dating.date_events(waiting, {"procedures.study_requested": asked})
    answered = services.request_study(
        topic="Адаптация пятиклассников", reason="Много жалоб на перегрузку.", by=director_of(world, SECOND_SCHOOL)
    )
    services.decide_request(
        request=answered,
        accept=True,
        answer="Проведём анкетирование родителей и обучающихся пятых классов.",
        due_on=today + timedelta(days=45),
        by=specialist,
    )
