"""Load the demonstration as a whole: everything or nothing, once."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from apps.core import events
from apps.core.findings import Refused, error
from apps.core.models import Event
from apps.core.planning import refresh_statistics
from apps.desk.demo import (
    actions,
    associations,
    campaigns,
    context,
    counting,
    cycle,
    decisions,
    definitions,
    designed,
    effects,
    example,
    exams,
    inbox,
    library,
    marking,
    meetings,
    network,
    noko,
    objectivity,
    observers,
    olympiads,
    papers,
    people,
    plans,
    preparation,
    projects,
    recommending,
    registers,
    reports,
    results,
    roadmaps,
    schedule,
    school_data,
    selfexams,
    series,
    signs,
    studies,
    surveys,
)
from apps.desk.demo.world import SEED, World
from apps.organizations.models import Organization

LOADED = "desk.demo_loaded"

# In this order: each part stands on the ones before it.
PARTS: tuple[tuple[str, Callable[[World], None]], ...] = (
    ("организации", network.load),
    ("учётные записи", people.load),
    ("сбор данных", campaigns.load),
    ("формы управления", designed.load),
    ("мониторинг планов", plans.load),
    ("похожие организации", context.load_clusters),
    ("социальные паспорта", context.load_passports),
    ("история сети", network.load_history),
    ("показатели", counting.load),
    ("социальный индекс", context.load_index),
    ("самообследование", selfexams.load),
    ("цели и ряды сравнения", series.load),
    ("данные школ", school_data.load),
    ("предложения и сверки", definitions.load),
    ("результаты ВПР", results.load),
    ("экзамены", exams.load),
    ("методические объединения", associations.load),
    ("объективность", objectivity.load),
    ("пример файла результатов", example.load),
    ("график работ", schedule.load),
    ("подготовка процедур", preparation.load),
    ("рекомендации", actions.load),
    ("признаки и выводы", signs.load),
    ("дорожные карты", roadmaps.load),
    ("рекомендации многим и адресная помощь", recommending.load),
    ("работа системы", series.load_system),
    ("годовые отчёты", reports.load),
    ("опросы", surveys.load),
    ("независимая оценка", noko.load),
    ("исследования", studies.load),
    ("олимпиады и внешние маркеры", olympiads.load),
    ("наблюдатели и эксперты", observers.load),
    ("культура оценивания", marking.load),
    ("реестры и запросы", registers.load),
    ("библиотека", library.load),
    ("совещания", meetings.load),
    ("эффект мер", effects.load),
    ("проекты и площадки", projects.load),
    ("решения и приказы", decisions.load),
    ("отчёты в PDF", papers.finish),
    ("управленческий цикл", cycle.load),
    ("входящие", inbox.load),  # last: it dates what all parts have told
)

# After these parts the counts of the planner are far from the tables.
LARGE = {
    "организации", "сбор данных", "мониторинг планов", "показатели", "самообследование", "результаты ВПР",
    "объективность", "работа системы",
}  # fmt: skip


@dataclass(frozen=True)
class Loading:
    """What a loading came to: seconds by part on the clock, and seconds of work of this process.

    Nothing when the demonstration was there already.
    """

    was_loaded: bool
    seconds: dict[str, float]
    work_seconds: float = 0

    @property
    def total_seconds(self) -> float:
        return round(sum(self.seconds.values()), 1)


def is_loaded() -> bool:
    return Event.objects.filter(kind=LOADED).exists()


@transaction.atomic
def load_demo(*, today: date, seed: int = SEED, say: Callable[[str], None] = lambda _: None) -> Loading:
    """Fill an empty database with the invented municipality. A second call changes nothing.

    Raises Refused when the database holds organisations that are not the demonstration's.
    """
    if is_loaded():
        if not people.accounts_file().exists():
            people.renew_password()
        return Loading(was_loaded=True, seconds={})
    if Organization.objects.exists():
        raise Refused(
            [
                error(
                    "demo.foreign_data",
                    "В базе данных уже есть организации, поэтому демонстрация не загружена.",
                    action="Загрузите демонстрацию в пустую базу данных.",
                )
            ]
        )
    world = World.begin(today=today, seed=seed)
    seconds, work = {}, time.process_time()
    for title, part in PARTS:
        started = time.perf_counter()
        part(world)
        if title in LARGE:
            refresh_statistics()
        seconds[title] = round(time.perf_counter() - started, 2)
        say(f"{title}: {seconds[title]:.1f} с")
    events.record(
        kind=LOADED, subject=world.authority, by=None, text="Загружена демонстрация", seed=seed, today=today.isoformat()
    )
    return Loading(was_loaded=False, seconds=seconds, work_seconds=round(time.process_time() - work, 1))
