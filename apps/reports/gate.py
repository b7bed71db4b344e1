"""What is checked before a report is published. An error stops the publication, a query asks a person to look."""

from apps.collection.models import Submission
from apps.core import findings
from apps.core.figures import plural
from apps.core.findings import Finding
from apps.core.models import Period
from apps.core.periods import self_examination_year
from apps.indicators.models import Aggregate, IndicatorVersion
from apps.procedures.models import QuarantinedRow, ResultAggregate
from apps.reports.figures.indicators import PACKS
from apps.reports.models import AnnualReport
from apps.roadmaps.models import RecommendationAddressee

NAMED = 12  # organisations named in one line; the rest is counted


def check(report: AnnualReport) -> list[Finding]:
    """Completeness, late organisations by name, unread drafts, unconfirmed methods."""
    period = report.period
    return [
        *_data(period),
        *_submissions(period),
        *_results(period),
        *_recommendations(period),
        *_chapters(report),
        *_sources(),
    ]


def _data(period: Period) -> list[Finding]:
    calendar = self_examination_year(period.span)
    indicators = Aggregate.objects.filter(period__code=calendar.code, scope=Aggregate.Scope.MUNICIPALITY).exists()
    results = ResultAggregate.objects.filter(procedure__period=period).exists()
    if not indicators and not results:
        message = f"За {period.code} нет ни показателей самообследования, ни результатов процедур: публиковать нечего."
        return [findings.error("no_data", message, action="Загрузите данные и пересчитайте показатели.")]
    found = []
    if not indicators:
        message = f"Показатели самообследования за {calendar.code} год не посчитаны."
        found.append(
            findings.query("no_indicators", message, action="Проверьте сбор данных и пересчитайте показатели.")
        )
    if not results:
        message = f"Результатов ВПР за {period.code} учебный год нет."
        found.append(findings.query("no_results", message, action="Загрузите файлы ФИС ОКО."))
    return found


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return f"{shown} и ещё {len(names) - NAMED}" if len(names) > NAMED else shown


def _submissions(period: Period) -> list[Finding]:
    calendar = self_examination_year(period.span)
    asked = Submission.objects.filter(period__code__in=[period.code, calendar.code]).select_related(
        "organization", "form", "campaign"
    )
    missing = list(dict.fromkeys(str(each.organization) for each in asked if each.awaits_organization))
    submitted = [each for each in asked if each.state == Submission.State.SUBMITTED]
    waiting = list(dict.fromkeys(str(each.organization) for each in submitted))
    found = []
    if missing:
        message = f"Не сдали формы: {_listed(missing)}."
        found.append(findings.query("missing", message, action="Дождитесь данных или опубликуйте без них."))
    if waiting:
        message = f"Сданы, но не приняты: {_listed(waiting)}."
        found.append(findings.query("not_accepted", message, action="Примите или верните эти формы."))
    return found


def _results(period: Period) -> list[Finding]:
    held = QuarantinedRow.objects.filter(procedure__period=period, state=QuarantinedRow.State.HELD).count()
    if not held:
        return []
    rows = plural(held, "строка", "строки", "строк")
    message = f"В карантине {held} {rows} результатов: в итоги они не вошли."
    return [findings.query("quarantine", message, action="Решите по каждой строке или опубликуйте без них.")]


def _recommendations(period: Period) -> list[Finding]:
    late = RecommendationAddressee.objects.filter(recommendation__period=period).overdue().with_details()
    names = sorted({str(each.receiver) for each in late})
    if not names:
        return []
    return [findings.notice("overdue", f"Срок рекомендаций прошёл, отчёта нет: {_listed(names)}.")]


def _chapters(report: AnnualReport) -> list[Finding]:
    from apps.reports.chapters import TITLES

    untouched = [TITLES[each.code] for each in report.chapters.all() if each.is_untouched and each.text]
    if not untouched:
        return []
    message = f"Главы с текстом, который предложил портал: {'; '.join(untouched)}."
    return [findings.notice("untouched", message, action="Прочитайте их и при необходимости дополните.")]


def _sources() -> list[Finding]:
    unconfirmed = IndicatorVersion.objects.filter(
        valid_to__isnull=True,
        source_state=IndicatorVersion.Source.UNCONFIRMED,
        indicator__pack__in=PACKS,
        indicator__is_group=False,
    ).count()
    if not unconfirmed:
        return []
    message = f"Показателей, не подтверждённых официальным текстом: {unconfirmed}. В отчёте они отмечены."
    return [findings.notice("unconfirmed", message)]
