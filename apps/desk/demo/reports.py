"""Annual reports: two published in two names, the one in work begun and partly written."""

from datetime import date, datetime, timedelta

from apps.core.models import Event, Period
from apps.desk.demo import dating, papers
from apps.desk.demo.world import World
from apps.reports import services
from apps.reports.models import AnnualReport, Release
from apps.reports.rendering.pdf import Imprint, written

CONCLUSIONS = (
    "Год показал: там, где рекомендации выполнялись вместе с методическим объединением, результаты выросли заметнее. "
    "Школам с признаками проблем нужна не проверка, а помощь: кураторы, общие занятия, обмен заданиями.\n\n"
    "Задачи на следующий год:\n\n"
    "- закрепить за каждой школой с признаками проблем методиста-куратора;\n"
    "- провести две муниципальные работы по заданиям, с которыми справились хуже всего;\n"
    "- довести долю педагогов с категорией в сельских школах до средней по округу;\n"
    "- сравнить через год показатели тех, кто получил помощь, и тех, кто её не получал."
)
INTRODUCTION_NOTE = (
    "Отчёт рассмотрен на совете руководителей. Замечания школ учтены; числа сверены с принятыми формами."
)
DRAFT_NOTE = "Черновик: раздел дополняется по мере приёма форм за год."


def load(world: World) -> None:
    for year in (0, 1):
        _publish(world, year)
    _begin(world)


def _write(report: AnnualReport, code: str, text: str, world: World, *, instead: bool = False) -> None:
    """The specialist's own words in a chapter: after the proposed text, or instead of it."""
    chapter = report.chapters.get(code=code)
    whole = text if instead else f"{chapter.text}\n\n{text}".strip()
    services.save_chapter(chapter=chapter, text=whole, revision=chapter.revision, by=world.people["specialist"])


def _publish(world: World, year: int) -> None:
    """Prepared by the specialist, approved by the head, out in the third week of October."""
    specialist, head = world.people["specialist"], world.people["head"]
    span = world.timeline.school_years[year]
    report = services.open_report(period=Period.objects.named(span), by=specialist)
    _write(report, "introduction", INTRODUCTION_NOTE, world)
    _write(report, "conclusions", CONCLUSIONS, world, instead=True)
    release = services.prepare_release(report=report, by=specialist, draft=False)
    release = services.approve_release(release=release, digest=release.digest, by=head, publish=False)
    day = date(span.ends_on.year, 10, 16 + year)
    number = services.next_number(report)

    def publish(pdf: bytes) -> None:
        services.publish_release(release=release, number=number, pdf=pdf)
        _date(report, release, dating.at(day, 12))

    source = written(release.snapshot, Imprint(release.digest, number, day))
    papers.order(world, source=source, identifier=release.digest, then=publish)


def _date(report: AnnualReport, release: Release, published: datetime) -> None:
    prepared, approved = published - timedelta(days=3), published - timedelta(hours=2)
    Release.objects.filter(pk=release.pk).update(prepared_at=prepared, approved_at=approved, published_at=published)
    begun = published - timedelta(days=30)
    AnnualReport.objects.filter(pk=report.pk).update(created_at=begun)
    report.chapters.update(changed_at=prepared - timedelta(days=2))
    moments = {
        "reports.opened": begun,
        "reports.chapter_saved": prepared - timedelta(days=2),
        "reports.prepared": prepared,
        "reports.approved": approved,
        "reports.published": published,
    }
    dating.date_events(report, moments)


def _begin(world: World) -> None:
    """The report of the year in work: drafted, one chapter touched by a person."""
    span = world.timeline.school_years[2]
    report = services.open_report(period=Period.objects.named(span), by=world.people["specialist"])
    _write(report, "introduction", DRAFT_NOTE, world)
    begun = dating.at(world.timeline.today - timedelta(days=9), 10)
    AnnualReport.objects.filter(pk=report.pk).update(created_at=begun)
    Event.objects.filter(subject=AnnualReport._meta.label, subject_id=str(report.pk)).update(at=begun)
