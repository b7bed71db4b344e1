"""Registers of organisations, requests of external users, what was given to them, decisions about indicators."""

from datetime import timedelta
from random import Random
from typing import Any

from apps.core.models import Job
from apps.desk.demo import dating
from apps.desk.demo.names import Names
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.models import DataDispatch, DataSource, InformationRequest
from apps.indicators.selectors.exporting import TOTALS, Selection
from apps.indicators.services import exports, sources, switching, twins
from apps.indicators.services.aggregates import KIND
from apps.indicators.services.requests import Asked, answer_request, save_request
from apps.registers.catalogue import BY_CODE
from apps.registers.forms import entry_form
from apps.registers.models import Entry, UpbringingPractice
from apps.registers.services import archive_entry, review_practice, save_entry

PROGRAMMES = (
    # organisation, name, level, demand, technologies, expertise, expertise (days ago), materials, what is missing
    ("school-01", "Основная образовательная программа ООО", "basic", "full", "проектная деятельность", "approved", 420,
     "full", ""),
    ("school-01", "Программа углублённого изучения математики", "secondary", "full", "исследовательские задачи",
     "approved", 200, "full", ""),
    ("school-04", "Инженерный класс: программа внеурочной деятельности", "secondary", "full",
     "3D-моделирование, робототехника", "remarks", 90, "partly", "наборы по робототехнике"),
    (HOME_SCHOOL, "Основная образовательная программа НОО", "primary", "full", "смешанное обучение", "approved", 390,
     "full", ""),
    (HOME_SCHOOL, "Адаптированная программа для детей с ЗПР", "primary", "partly", "", "not_yet", None, "partly",
     "рабочие тетради 2–4 классов"),
    ("school-12", "Агрокласс: программа курса по выбору", "secondary", "full", "полевые практикумы", "not_yet", None,
     "partly", "лабораторное оборудование"),
    ("school-15", "Основная образовательная программа СОО", "secondary", "partly", "", "remarks", 310, "full", ""),
    ("kindergarten-01", "Образовательная программа дошкольного образования", "preschool", "full", "развивающие игры",
     "approved", 260, "full", ""),
    ("kindergarten-07", "Программа раннего развития «Ступеньки»", "preschool", "unknown", "", "not_yet", None,
     "none", "методические пособия"),
    ("additional-01", "Юные экологи", "additional", "full", "экспедиции", "approved", 150, "full", ""),
)  # fmt: skip

AGREEMENTS = (
    # partner, kind, subject, signed (days ago), ends (days ahead, None without a term), schools
    ("Заречный политехнический колледж", "college", "профессиональные пробы и экскурсии", 700, 400,
     ("school-01", "school-04", "school-05", "school-07")),
    ("Завод «Заречный прибор»", "enterprise", "инженерные классы, наставники с завода", 300, 800,
     ("school-01", "school-04", "school-02")),
    ("Агрофирма «Луговая»", "enterprise", "агрокласс, практика на полях", 500, None,
     ("school-12", "school-15", "school-17", "school-19")),
    ("Областной педагогический университет", "university", "психолого-педагогические классы", 250, 850,
     ("school-02", "school-03", "school-06", "school-08", "school-09")),
    ("Медицинский колледж", "college", "волонтёры-медики, дни открытых дверей", 900, -30, ("school-10", "school-11")),
)  # fmt: skip

ACTIONS = (
    ("Отдел физической культуры и спорта", "sport", "Спартакиада школьников округа", 55,
     "Приняли участие 18 школ, 640 школьников; сборная округа вышла в областной финал."),
    ("Отдел культуры", "culture", "Фестиваль школьных театров «Рампа»", 120,
     "Показано 14 постановок, 5 коллективов приняты в студию Дома культуры."),
    ("Отдел молодёжной политики", "youth", "Школа проектов старшеклассников", 30,
     "Подготовлено 9 проектов, два получили грант округа."),
    ("Центральная районная больница", "health", "Профилактические осмотры и беседы о здоровье", 200, ""),
)  # fmt: skip

TEACHERS = (
    # organisation, post, work, awards, practices, training, days ago
    ("school-01", "учитель математики", "математический кружок, подготовка к олимпиадам", "Почётная грамота области",
     "«Задача месяца», сборник округа", "Подготовка к олимпиадам по математике, 72 часа", 210),
    ("school-02", "учитель русского языка", "литературная студия", "", "«Читаем вместе», сайт гимназии",
     "Работа с одарёнными детьми, 36 часов", 480),
    ("school-04", "учитель информатики", "робототехника", "Благодарность министерства образования", "",
     "Олимпиадное программирование, 72 часа", 1400),
    (HOME_SCHOOL, "учитель биологии", "научное общество учащихся", "", "", "", None),
    ("school-12", "учитель географии", "экспедиционный отряд", "Грамота управления образования",
     "«Карта родного края», областной журнал", "", None),
    ("additional-01", "педагог дополнительного образования", "юные экологи", "",
     "«Экологическая тропа», портал дополнительного образования", "Технологии развития одарённости, 36 часов", 95),
)  # fmt: skip

PRACTICES = (
    ("school-03", "Сад памяти", "patriotic", "Каждый выпуск сажает деревья и собирает истории семей. За пять лет — "
     "аллея из 140 деревьев и книга памяти.", "accepted", ""),
    ("school-08", "Совет старших", "civic", "Старшеклассники ведут классные часы у младших; правила класс принимает "
     "сам. Ссор на переменах стало меньше, это видно по журналу службы примирения.", "accepted", ""),
    ("kindergarten-01", "Огород на окне", "labour", "Дети выращивают зелень для салата и ведут дневник наблюдений в "
     "рисунках.", "accepted", ""),
    (HOME_SCHOOL, "Чистый берег", "ecological", "Дважды в год школа убирает берег реки и измеряет, чего больше в "
     "мусоре.", "proposed", ""),
    ("school-17", "Зарядка с чемпионом", "physical", "Выпускники-спортсмены проводят зарядку.", "returned",
     "Напишите, как часто проводится и что изменилось."),
)  # fmt: skip

NEEDS = (
    ("engineering", 60), ("building", 35), ("transport", 40), ("computing", 15), ("agriculture", 45), ("health", 55),
    ("teaching", 38), ("services", 20),
)  # fmt: skip
LEANINGS = (
    ("engineering", 3), ("transport", 2), ("computing", 6), ("agriculture", 1), ("health", 3), ("teaching", 2),
    ("economics", 5), ("law", 5), ("services", 3), ("culture", 2),
)  # fmt: skip


def load(world: World) -> None:
    _entries(world)
    _professions(world)
    _decisions(world)
    _requests(world)


def _day(world: World, ago: int | None) -> str:
    return "" if ago is None else f"{world.timeline.today - timedelta(days=ago):%Y-%m-%d}"


def _save(world: World, code: str, by: Any = None, **data: Any) -> Entry:
    """An entry as the page takes it."""
    register, person = BY_CODE[code], by or world.people["specialist"]
    form = entry_form(register, person)(data)
    if not form.is_valid():
        raise ValueError(f"{code}: {form.errors.as_json()}")
    return save_entry(register=register, form=form, by=person)


def _entries(world: World) -> None:
    for place, name, level, demand, technologies, expertise, ago, materials, missing in PROGRAMMES:
        _save(
            world, "programmes", organization=place, name=name, level=level, demand=demand, technologies=technologies,
            expertise=expertise, expertise_on=_day(world, ago), materials=materials, materials_note=missing,
        )  # fmt: skip
    for partner, kind, subject, ago, ahead, schools in AGREEMENTS:
        _save(
            world, "agreements", organization=world.authority.code, partner=partner, kind=kind, subject=subject,
            signed_on=_day(world, ago), ends_on="" if ahead is None else _day(world, -ahead), schools=list(schools),
        )  # fmt: skip
    for partner, direction, title, ago, result in ACTIONS:
        _save(
            world, "joint-actions", partner=partner, direction=direction, title=title, held_on=_day(world, ago),
            result=result,
        )  # fmt: skip
    names = Names(Random(world.seed))  # noqa: S311 - invented data
    for place, post, work, awards, practices, training, ago in TEACHERS:
        _save(
            world, "talent-teachers", by=world.people["methodologist"], organization=place, person=names.next().full,
            post=post, work=work, awards=awards, practices=practices, training=training, trained_on=_day(world, ago),
        )  # fmt: skip
    for place, title, direction, text, verdict, remark in PRACTICES:
        person = director_of(world, HOME_SCHOOL) if place == HOME_SCHOOL else world.people["specialist"]
        practice = _save(
            world, "practices", by=person, organization=place, title=title, direction=direction, text=text, link=""
        )
        if verdict != "proposed" and isinstance(practice, UpbringingPractice):
            review_practice(practice=practice, verdict=verdict, remark=remark, by=world.people["methodologist"])


def _professions(world: World) -> None:
    """Needs of the year and what five schools say of their graduates; one need was typed twice and archived."""
    year = str(world.timeline.today.year)
    source = f"Прогноз службы занятости на {year} год"
    for group, count in NEEDS:
        _save(world, "labour-needs", group=group, year=year, count=str(count), source=source)
    slip = _save(world, "labour-needs", group="law", year=year, count="100", source="внесено по ошибке")
    archive_entry(
        register=BY_CODE["labour-needs"], entry=slip, reason="Число из другой строки прогноза",
        by=world.people["specialist"],
    )  # fmt: skip
    lots = Random(world.seed + 1)  # noqa: S311 - invented data
    for number in range(1, 6):
        for group, usual in LEANINGS:
            for after in ("9", "11") if number % 2 else ("9",):
                count = max(0, usual + lots.randint(-1, 2))
                _save(
                    world, "graduate-choices", organization=f"school-{number:02d}", group=group, year=year,
                    after=after, count=str(count),
                )  # fmt: skip


def _decisions(world: World) -> None:
    specialist = world.people["specialist"]
    same = "Общая численность педагогов по трём приложениям приказа: формы разные, организации разные."
    twins.judge(codes=["so_oo.1.24", "so_doo.1.7", "so_dod.1.12"], verdict="different", note=same, by=specialist)
    note = "Одна формула под двумя номерами плана."
    twins.judge(codes=["msoko.2.1.3.2", "msoko.2.2.2.4"], verdict="same", note=note, by=specialist)
    reason = "Точные данные ведёт региональный центр; в решениях управления показатель не применялся."
    switching.switch_off(codes=["msoko.1.4.2.1"], reason=reason, by=specialist)
    Job.objects.filter(kind=KIND, state=Job.State.QUEUED).delete()  # nothing was counted by it
    source = DataSource.objects.filter(code="ris-gia").first()
    if source:
        why = "Нужны до выгрузки из РИС: школа вносит по своим протоколам, портал сверяет с файлом."
        sources.keep_collecting(source=source, codes=["so_oo.1.6", "so_oo.1.7"], reason=why, by=specialist)


def _requests(world: World) -> None:
    """One answered with a data set, one in work, one late."""
    specialist, today = world.people["specialist"], world.timeline.today
    pupils = ("so_oo.1.1", "so_oo.1.2", "so_oo.1.3", "so_oo.1.4")
    region = save_request(
        asked=Asked(
            asker="Министерство образования области", asker_kind="region", need="regular", indicators=pupils,
            subject="Численность учащихся по уровням образования за два последних года",
            purpose="Планирование сети и мест в школах", received_on=today - timedelta(days=40),
            due_on=today - timedelta(days=26),
        ),
        by=specialist,
    )  # fmt: skip
    periods = tuple(span.code for span in world.timeline.calendar_years[-2:])
    export = exports.make_export(
        selection=Selection(indicators=pupils, periods=periods, content=TOTALS), kind="xlsx", by=specialist
    )
    dispatch = exports.record_dispatch(
        export=export, addressee="Министерство образования области", by=specialist, request=region,
        ground=f"Запрос от {region.received_on:%d.%m.%Y}", sent_on=today - timedelta(days=30),
        note="Отправлено через систему электронного документооборота.",
    )  # fmt: skip
    answer_request(request=region, state="answered", answer="Направлена таблица сводных значений.", by=specialist)
    moment = dating.at(today - timedelta(days=30), 15)
    DataDispatch.objects.filter(pk=dispatch.pk).update(recorded_at=moment)
    InformationRequest.objects.filter(pk=region.pk).update(answered_at=moment)
    rest = (
        ("Совет отцов округа", "public", "future", 12, 9, ("so_oo.2.4",),
         "В скольких школах есть читальный зал библиотеки", "Общественное обсуждение школьных библиотек"),
        ("Отдел экономики администрации округа", "municipal", "regular", 25, -4, ("so_doo.1.1", "so_doo.1.7"),
         "Численность воспитанников и педагогов детских садов", "Прогноз социально-экономического развития"),
    )  # fmt: skip
    for asker, kind, need, ago, ahead, codes, subject, purpose in rest:
        asked = Asked(
            asker=asker, asker_kind=kind, need=need, subject=subject, purpose=purpose, indicators=codes,
            received_on=today - timedelta(days=ago), due_on=today + timedelta(days=ahead),
        )  # fmt: skip
        save_request(asked=asked, by=specialist)
