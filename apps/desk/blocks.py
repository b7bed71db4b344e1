"""Blocks of «Сегодня»: short lists and figures that rooms' rows are written into for people."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis import selectors as analysis
from apps.analysis.models import SignRule
from apps.collection.models import Campaign
from apps.core.figures import plural
from apps.procedures.models import ResultAggregate
from apps.procedures.schedule.reading import days_of, days_text
from apps.procedures.selectors import scheduled
from apps.reports.models import AnnualReport, Release
from apps.roadmaps.models import RecommendationAddressee

AHEAD = timedelta(days=60)
SHOWN = 5


@dataclass(frozen=True)
class Fact:
    """One figure with its words, as components/stat.html takes it."""

    value: str
    label: str
    note: str = ""
    tone: str = "neutral"
    url: str = ""


@dataclass(frozen=True)
class Row:
    title: str
    note: str = ""
    url: str = ""
    status: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class Block:
    """A list with a heading; `empty` is said where there is nothing."""

    title: str
    empty: str
    rows: list[Row] = field(default_factory=list)
    url: str = ""
    link: str = ""


def schedule(today: date) -> Block:
    """Works that run or come within two months; open to everybody."""
    works = scheduled(after=today, before=today + AHEAD, public=True)[:SHOWN]
    rows = [
        Row(
            work.title,
            f"{days_text(*days)}, {work.get_level_display()} уровень",
            status="идёт" if days[0] <= today else "впереди",
            tone="info" if days[0] <= today else "neutral",
        )
        for work in works
        if (days := days_of(work))
    ]
    return Block("Ближайшие работы", "На два месяца вперёд работ не назначено.", rows)


def signs() -> Fact:
    """Schools that the newest results point to."""
    periods = analysis.periods_with_results()[:1]
    url = reverse("analysis:signs")
    if not periods:
        return Fact("—", "школ с признаками проблем", "результатов ещё нет", url=url)
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    summary = analysis.Summary.of(analysis.sign_rows(period=periods[0], rule=rule))
    note = f"из {summary.schools}, ВПР и ОГЭ за {periods[0].code}"
    tone = "warn" if summary.marked_schools else "good"
    return Fact(str(summary.marked_schools), _schools_with(summary.marked_schools), note, tone, url)


def _schools_with(count: int) -> str:
    return f"{plural(count, 'школа', 'школы', 'школ')} с признаками проблем"


def recommendations(user: User) -> Fact:
    """How many recommendations are not fulfilled yet, and how many of them are late."""
    counts = RecommendationAddressee.objects.visible_to(user).count_by_state()
    in_work = counts["total"] - counts["done"]
    late = counts["overdue"]
    note = f"исполнено {counts['done']} из {counts['total']}" + (f", просрочено {late}" if late else "")
    label = f"{plural(in_work, 'рекомендация', 'рекомендации', 'рекомендаций')} в работе"
    return Fact(str(in_work), label, note, "bad" if late else "info", reverse("roadmaps:recommendations"))


def campaigns(today: date) -> list[Fact]:
    """Each campaign that takes data in: how much of it is accepted, and what is late."""
    found = Campaign.objects.filter(state=Campaign.State.OPEN, opens_on__lte=today).with_counts(today)
    return [_campaign(campaign, today) for campaign in found.order_by("due_on", "pk")[:SHOWN]]


def _campaign(campaign: Campaign, today: date) -> Fact:
    asked, accepted, late = campaign.asked, campaign.accepted, campaign.late  # type: ignore[attr-defined]
    waiting = campaign.handed_in  # type: ignore[attr-defined]
    parts = [f"срок {campaign.due_on:%d.%m.%Y}"]
    parts += [f"на проверке {waiting}"] if waiting else []
    parts += [f"просрочено {late}"] if late else []
    tone = "bad" if late else "good" if accepted == asked else "info"
    note = f"принято; {', '.join(parts)}"
    return Fact(f"{accepted} из {asked}", campaign.title, note, tone, campaign.get_absolute_url())


def report() -> Fact:
    """The newest annual report: begun, waiting for the second person, or published."""
    url, label = reverse("reports:list"), "годовой отчёт"
    newest = AnnualReport.objects.select_related("period").prefetch_related("releases").first()
    if newest is None:
        return Fact("не начат", label, "отчёт можно начать на странице отчётов", "neutral", url)
    states = {release.state for release in newest.releases.all()}
    words, tone = "готовится", "info"
    if Release.State.PUBLISHED in states:
        words, tone = "опубликован", "good"
    elif Release.State.PREPARED in states:
        words, tone = "на проверке", "warn"
    return Fact(words, f"{label} за {newest.period.code}", "", tone, newest.get_absolute_url())


def published() -> Block:
    """Annual reports that are open to everybody."""
    releases = Release.objects.current().defer("snapshot")[:SHOWN]
    rows = [
        Row(
            release.report.title,
            f"опубликован {timezone.localdate(release.published_at):%d.%m.%Y}",
            reverse("portal:report", args=[release.report.period.span]),
        )
        for release in releases
        if release.published_at
    ]
    empty = "Опубликованных отчётов пока нет."
    return Block("Опубликованные отчёты", empty, rows, reverse("portal:reports"), "Все отчёты")


def own_recommendations(user: User) -> Block:
    """What the authority has recommended to the organisation and is not fulfilled yet."""
    rows = RecommendationAddressee.objects.visible_to(user).with_details().exclude(state="done")
    found = [
        Row(
            row.recommendation.title,
            f"Срок {row.recommendation.due_on:%d.%m.%Y}",
            row.get_absolute_url(),
            row.state_text,
            row.tone,
        )
        for row in rows[:SHOWN]
    ]
    empty = "Рекомендаций, которые ждут исполнения, нет."
    return Block("Рекомендации вашей организации", empty, found, reverse("roadmaps:own"), "Все рекомендации")


def own_results(user: User) -> Block:
    """The newest works of the organisation."""
    own = ResultAggregate.objects.visible_to(user).select_related("procedure")
    newest = own.order_by("-procedure__year", "-procedure__held_on", "procedure__title")[:SHOWN]
    rows = [
        Row(
            row.procedure.title,
            f"писали {row.participants}, отсутствовали {row.absent}",
            reverse("procedures:detail", args=[row.procedure_id]),
        )
        for row in newest
    ]
    return Block(
        "Последние результаты", "Результатов вашей организации ещё нет.", rows, reverse("procedures:list"), "Все работы"
    )
