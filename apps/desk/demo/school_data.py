"""What schools bring beside forms: statistics of the year, achievements, links to documents of their sites."""

from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from openpyxl import Workbook

from apps.collection.achievements.kinds import AchievementKind, AchievementLevel, Counts
from apps.collection.models import AchievementReport, SiteLink
from apps.collection.selectors.achievements import current_year
from apps.collection.services import achievements, sites, statistics
from apps.collection.services.statistics import Incoming
from apps.collection.site_documents import site_documents
from apps.core.models import Job
from apps.desk.demo.chance import generator
from apps.desk.demo.people import HOME_KINDERGARTEN, HOME_SCHOOL, SECOND_SCHOOL, director_of
from apps.desk.demo.world import World

WITH_ACHIEVEMENTS = ("school-01", "school-02", "school-03", "school-04", "school-08", SECOND_SCHOOL)
CHANCE = {AchievementLevel.MUNICIPAL: 4, AchievementLevel.REGIONAL: 2, AchievementLevel.FEDERAL: 1}


def load(world: World) -> None:
    _statistics(world)
    for code in WITH_ACHIEVEMENTS:
        _achievements(world, code)
    for code in [HOME_SCHOOL, HOME_KINDERGARTEN, *WITH_ACHIEVEMENTS]:
        _links(world, code)


# --- statistics: the home school's numbers, one of which differs from what it will answer


def _statistics(world: World) -> None:
    year = int(world.timeline.calendar_years[2].code)
    director = director_of(world, HOME_SCHOOL)
    kept, job = statistics.upload_statistics(
        incoming=[Incoming(f"ОО-1 {year}.xlsx", BytesIO(_school_form(year)))],
        by=director,
        organization=world.organizations[HOME_SCHOOL],
    )
    statistics.read_batch(batch=str(kept[0].batch))
    Job.objects.filter(pk=job.pk).delete()


def _school_form(year: int) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    pupils = (58, 55, 57, 58, 64, 66, 62, 60, 66, 32, 31)
    rows: list[list[object]] = [
        ["Форма № ОО-1"],
        [f"на начало {year}/{year + 1} учебного года"],
        ["2.1.1. Число классов и численность обучающихся"],
        ["Наименование показателя", "№ строки", "Всего", "По классам"],
        [*range(1, 15)],
        ["Число классов", "01", 24],
        ["В них обучающихся", "02", sum(pupils), *pupils],
        ["3.1. Распределение персонала по уровню образования и полу"],
        [*range(1, 13)],
        ["Численность работников - всего", "01", 60, 41],
        ["педагогические работники - всего", "06", 43, 32, 31, 0, 0, 0, 0, 0, 11, 10],
    ]
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _achievements(world: World, code: str) -> None:
    lots = generator(world.seed, code, "achievements")
    counts: Counts = {
        (grade, kind.value, level.value): number
        for grade in range(3, 12)
        for kind in AchievementKind
        for level, most in CHANCE.items()
        if (number := int(lots.integers(0, most + 1)))
    }
    director = director_of(world, code)
    made = achievements.save_counts(
        organization=world.organizations[code], period=current_year(), counts=counts, revision=0, by=director
    )
    AchievementReport.objects.filter(pk=made.pk).update(changed_at=timezone.now() - timedelta(days=4))


def _links(world: World, code: str) -> None:
    """Most documents are marked; one link is known as broken."""
    organization = world.organizations[code]
    documents = site_documents().of(organization.programmes)
    left_out = {"vacancies", "prescriptions"} if code == HOME_SCHOOL else {"paid"}
    marked = [item for item in documents if item.code not in left_out]
    urls = {item.code: f"https://{code}.demo.invalid{item.path}/{item.code}" for item in marked}
    sites.save_links(organization=organization, urls=urls, by=director_of(world, code))
    links = SiteLink.objects.filter(organization=organization)
    checked = timezone.now() - timedelta(days=2)
    links.update(state=SiteLink.State.THERE, checked_at=checked)
    broken = {HOME_SCHOOL: "food", SECOND_SCHOOL: "schedule", "school-03": "vsoko"}.get(code, "")
    links.filter(code=broken).update(state=SiteLink.State.BROKEN, problem="страницы по этому адресу нет")
