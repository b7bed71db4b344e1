"""What the pages of conclusions read: the list, and results that nobody has interpreted yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from apps.accounts.models import User
from apps.analysis.interpretation.figures import Effect, Target, effect_of, figure_of, target_of
from apps.analysis.interpretation.models import Conclusion
from apps.analysis.models import Sign, SignList
from apps.core import periods
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate
from apps.organizations.models import Organization
from apps.procedures.beside import Block, Fact
from apps.procedures.models import Procedure

MISSING = {"works": "работы", "signs": "признаки школ", "indicators": "показатели"}


@dataclass(frozen=True)
class MissingRow:
    """A figure without words, and where to write them."""

    about: str
    place: str
    figure: str
    url: str
    write: str


def address_of(target: Target) -> str:
    """The form of a conclusion about the figure."""
    given: dict[str, Any] = {"period": target.period.code}
    if target.organization:
        given["organization"] = target.organization.code
    if target.procedure:
        given["procedure"] = target.procedure.pk
    if target.indicator:
        given["indicator"] = target.indicator.code
    if target.sign:
        given["sign"] = target.sign.pk
    return f"{reverse('analysis:conclude')}?{urlencode(given)}"


def years() -> list[Period]:
    """School years that have results, the newest first."""
    found = Procedure.objects.with_results().values("period")
    return list(Period.objects.filter(pk__in=found).order_by("-starts_on"))


def missing(*, what: str, period: Period) -> list[MissingRow]:
    """Results of the year that have no standing conclusion."""
    makers = {"works": _works, "signs": _signs, "indicators": _indicators}
    return list(makers[what](period))


def _works(period: Period) -> Iterable[MissingRow]:
    told = Conclusion.objects.standing().filter(organization__isnull=True, procedure__period=period)
    works = (
        Procedure.objects.with_results()
        .filter(period=period)
        .exclude(pk__in=told.values("procedure"))
        .select_related("subject", "period")
        .order_by("grade", "subject__name")
    )
    for work in works:
        target = Target(period, None, procedure=work)
        figure = figure_of(target)
        if figure:
            yield MissingRow(work.title, "муниципалитет", figure.written, figure.url, address_of(target))


def _signs(period: Period) -> Iterable[MissingRow]:
    newest = SignList.objects.filter(period=period).order_by("-version").first()
    told = Conclusion.objects.standing().filter(sign__isnull=False, period=period)
    known = {(sign.organization_id, sign.code) for sign in Sign.objects.filter(conclusions__in=told)}
    signs = Sign.objects.marked().filter(sign_list=newest).exclude(decision="rejected").with_details()
    for sign in signs:
        if (sign.organization_id, sign.code) not in known:
            target = Target(period, sign.organization, sign=sign)
            place = str(sign.organization)
            yield MissingRow(sign.kind.title, place, sign.written, sign.get_absolute_url(), address_of(target))


def _indicators(period: Period) -> Iterable[MissingRow]:
    """Municipal figures that moved for the worse since the year before."""
    spans = [period.span, periods.self_examination_year(period.span)]
    before = {span.code: periods.previous(span).code for span in spans}
    rows = (
        Aggregate.objects.filter(scope="municipality", value__isnull=False)
        .filter(period__code__in=[*before, *before.values()], version__indicator__is_active=True)
        .select_related("version__indicator", "period")
        .order_by("version__indicator__pack", "version__indicator__order")
    )
    stored = {(row.version.indicator_id, row.period.code): row for row in rows}
    told = set(
        Conclusion.objects.standing()
        .filter(organization__isnull=True, period__code__in=before)
        .values_list("indicator", "period__code")
    )
    for (indicator, code), row in stored.items():
        earlier = stored.get((indicator, before[code])) if code in before else None
        change = display.change(row, earlier) if earlier else None
        if change is None or change.word != "хуже" or (indicator, code) in told:
            continue
        target = Target(row.period, None, indicator=row.version.indicator)
        about = f"{row.version.indicator.number} {row.version.name}"
        figure = f"{display.written_figure(row)}, {change.text}"
        url = reverse("indicators:detail", args=[row.version.indicator.code])
        yield MissingRow(about, "муниципалитет", figure, url, address_of(target))


@dataclass(frozen=True)
class Told:
    """A conclusion with the figure a year later."""

    conclusion: Conclusion
    effect: Effect


def with_effect(conclusion: Conclusion) -> Told:
    target = target_of(conclusion)
    return Told(conclusion, effect_of(target, figure_of(target)))


def about_school(organization: Organization, user: User, limit: int = 30) -> list[Conclusion]:
    """Standing conclusions about a school that the reader may see, newest first."""
    found = Conclusion.objects.visible_to(user).standing().filter(organization=organization)
    return list(found.with_details()[:limit])


def beside_results(user: Any, procedure: Procedure, organization: Organization) -> Iterable[Block]:
    """Conclusions beside a school's result of a work, with the way to write one."""
    found = Conclusion.objects.visible_to(user).standing().filter(procedure=procedure, organization=organization)
    facts = [
        Fact(one.get_kind_display().capitalize(), one.text, f"{one.author.get_short_name()}, {one.created_at:%d.%m.%Y}")
        for one in found.select_related("author")[:5]
    ]
    may_write = user.is_authority and user.role != "admin"
    if not facts and not may_write:
        return
    target = Target(procedure.period, organization, procedure=procedure)
    text = "" if facts else "Этот результат ещё никто не истолковал."
    write = (address_of(target), "Написать вывод") if may_write else ("", "")
    yield Block("Выводы специалистов", facts, text, "", *write)


def for_report(span: periods.PeriodSpan, kind: str) -> list[Conclusion]:
    """Conclusions marked for the annual report of a school year: of works, or of indicators."""
    codes = [span.code, periods.self_examination_year(span).code]
    found = Conclusion.objects.standing().filter(in_report=True, period__code__in=codes)
    told = found.filter(**{f"{kind}__isnull": False}).with_details().select_related("indicator__direction")
    return list(told.order_by("created_at", "pk"))
