"""The figure that a conclusion hangs on, read the same way when it is written and a year later."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse

from apps.analysis.signs.judging import difference
from apps.analysis.signs.models import Sign
from apps.analysis.signs.share import Counts, wilson
from apps.core import periods
from apps.core.figures import percent, points
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate, Indicator
from apps.organizations.models import Organization
from apps.procedures import stored
from apps.procedures.exams.selectors import ExamFigures
from apps.procedures.models import Procedure, ResultAggregate
from apps.procedures.statistics import Measured
from apps.procedures.templatetags.estimates import number, share

LEAST = 10  # people behind a share that is compared (own choice)


@dataclass(frozen=True)
class Figure:
    """A figure in words, and its parts where it is a share of people."""

    about: str
    written: str
    url: str
    counts: Counts | None = None
    value: Decimal | None = None


@dataclass(frozen=True)
class Target:
    """What a conclusion is about: one of the three, of an organisation or of the municipality."""

    period: Period
    organization: Organization | None
    procedure: Procedure | None = None
    indicator: Indicator | None = None
    sign: Sign | None = None


def figure_of(target: Target) -> Figure | None:
    """The figure as it stands now; None where there is none."""
    if target.sign:
        url = target.sign.get_absolute_url()
        return Figure(target.sign.kind.title, target.sign.written, url, value=target.sign.value)
    if target.procedure:
        return _of_procedure(target.procedure, target.organization)
    return _of_indicator(target.indicator, target.period, target.organization) if target.indicator else None


def marks_of(procedure: Procedure, organization: Organization | None) -> list[int]:
    """Marks «2» to «5» of an organisation, or of all of ours."""
    rows = ResultAggregate.objects.ours().filter(procedure=procedure)  # type: ignore[attr-defined]
    if organization:
        rows = rows.filter(school__organization=organization)
    marks = [0, 0, 0, 0]
    for row in rows.values_list("marks", flat=True):
        marks = [a + b for a, b in zip(marks, row, strict=True)]
    return marks


def _of_procedure(procedure: Procedure, organization: Organization | None) -> Figure | None:
    marks = marks_of(procedure, organization)
    if not sum(marks):
        return _without_marks(procedure, organization)
    low, good = Counts(marks[0], sum(marks)), Counts(marks[2] + marks[3], sum(marks))
    interval = wilson(low)
    bounds = f", интервал {percent(interval.lower)} – {percent(interval.upper)}" if interval else ""
    written = f"«2» — {low.low} из {low.marked} ({percent(low.share)}{bounds}); качество {percent(good.share)}"
    return Figure(procedure.title, written, _page_of(procedure, organization), low, low.share)


def _page_of(procedure: Procedure, organization: Organization | None) -> str:
    if organization:
        return reverse("procedures:school", args=[procedure.pk, organization.code])
    return procedure.get_absolute_url()


def _without_marks(procedure: Procedure, organization: Organization | None) -> Figure | None:
    """Test scores of ЕГЭ, else completion of the work: files without marks bring these."""
    only = {"school__organization": organization} if organization else {"school__organization__isnull": False}
    parts = stored.summed(stored.schools_of([procedure], columns=stored.SLIM, **only))
    own = ExamFigures(Measured(parts, procedure.max_score), procedure.pass_score)
    if own.has_tests:
        text = f"средний тестовый балл {number(own.mean)}, сдавали {own.mean.n}"
        if own.below.value is not None:
            text += f"; ниже минимума {share(own.below)}"
        return Figure(procedure.title, text, _page_of(procedure, organization), value=own.mean.value)
    done = own.measured.completion
    if done.value is None:
        return None
    text = f"выполнение работы {share(done)}, писали {done.n}"
    return Figure(procedure.title, text, _page_of(procedure, organization), value=done.value)


def aggregate_of(indicator: Indicator, period: Period, organization: Organization | None) -> Aggregate | None:
    scope = Q(scope="organization", scope_key=str(organization.pk)) if organization else Q(scope="municipality")
    found = Aggregate.objects.filter(scope, version__indicator=indicator, period=period, value__isnull=False)
    return found.select_related("version", "period").order_by("-version__number").first()


def _of_indicator(indicator: Indicator, period: Period, organization: Organization | None) -> Figure | None:
    aggregate = aggregate_of(indicator, period, organization)
    if aggregate is None:
        return None
    url = reverse("indicators:detail", args=[indicator.code])
    written = f"{display.written_figure(aggregate)}, {period}"
    return Figure(f"{indicator.number} {aggregate.version.name}"[:300], written, url, value=aggregate.value)


# --- the same figure a year later


@dataclass(frozen=True)
class Effect:
    """A figure before and after, what changed and whether chance alone could do it. No cause is claimed."""

    before: str
    after: str
    change: str = ""
    note: str = ""
    words: str = "нет данных следующего года"
    tone: str = "neutral"


def next_target(target: Target) -> Target | None:
    """The same work, indicator or sign a year later; None where it has not come."""
    code = _next_code(target.period)
    if target.procedure:
        work = target.procedure
        same = Procedure.objects.filter(
            kind=work.kind, subject=work.subject_id, grade=work.grade, period__code=_next_code(work.period)
        )
        found = same.select_related("period", "subject").order_by("session").first()
        return Target(found.period, target.organization, procedure=found) if found else None
    if target.sign:
        signs = Sign.objects.filter(
            organization=target.sign.organization_id, code=target.sign.code, sign_list__period__code=code
        )
        sign = signs.select_related("sign_list__period").order_by("-sign_list__version").first()
        return Target(sign.sign_list.period, target.organization, sign=sign) if sign else None
    period = Period.objects.filter(code=code).first()
    return Target(period, target.organization, indicator=target.indicator) if period else None


def _next_code(period: Period) -> str:
    return periods.previous(period.span, -1).code


def effect_of(target: Target, before: Figure | None) -> Effect:
    """How the figure reads a year later; the change of a share with its 95 % interval."""
    written = before.written if before else "нет данных"
    later = next_target(target)
    after = figure_of(later) if later else None
    if before is None or after is None:
        return Effect(written, "ещё нет")
    if before.counts and after.counts:
        return _share_effect(before, after, before.counts, after.counts)
    if target.sign and later and later.sign:
        words = f"{later.sign.words}"
        return Effect(written, after.written, words=words, tone=later.sign.tone)
    if before.value is not None and after.value is not None and target.indicator and later:
        return _indicator_effect(target, later, before, after)
    return Effect(written, after.written, words="изменение не считается")


def _share_effect(before: Figure, after: Figure, first: Counts, second: Counts) -> Effect:
    bounds = difference(first, second)
    if bounds is None or min(first.marked, second.marked) < LEAST:
        return Effect(before.written, after.written, words="данных мало")
    change = points((second.share or Decimal(0)) - (first.share or Decimal(0)))
    note = f"интервал изменения доли «2»: {points(bounds.lower)} … {points(bounds.upper)}; ученики другие"
    if bounds.upper < 0:
        return Effect(before.written, after.written, change, note, "доля «2» снизилась", "good")
    if bounds.lower > 0:
        return Effect(before.written, after.written, change, note, "доля «2» выросла", "warn")
    return Effect(before.written, after.written, change, note, "изменение в пределах случайности")


def _indicator_effect(target: Target, later: Target, before: Figure, after: Figure) -> Effect:
    assert target.indicator is not None
    first = aggregate_of(target.indicator, target.period, target.organization)
    second = aggregate_of(target.indicator, later.period, target.organization)
    found = display.change(second, first)
    if found is None:
        return Effect(before.written, after.written, words="не сравнивается")
    tone = found.tone if found.tone in {"good", "warn", "bad"} else "neutral"
    note = "Интервал не считается: показатель собран по форме."
    return Effect(before.written, after.written, found.text, note, found.word or "изменилось", tone)


def target_of(conclusion: Any, organization: Organization | None = None) -> Target:
    """The target of a stored conclusion; `organization` narrows one about the municipality to a school."""
    return Target(
        conclusion.period,
        conclusion.organization or organization,
        conclusion.procedure,
        conclusion.indicator,
        conclusion.sign,
    )
