"""How drafts are made: from signs of a list, confirmed or only marked by a rule, and from weak indicators.

Each says on what it rests. A second preparation makes nothing twice.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.analysis.models import Sign, SignList
from apps.core import events, findings
from apps.core.models import Period
from apps.indicators.models import Direction, Indicator
from apps.indicators.selectors.sides import Side, sides
from apps.organizations.models import Organization
from apps.roadmaps.drafts.models import RecommendationDraft, RecommendationTemplate
from apps.roadmaps.texts import directions
from apps.roadmaps.texts.figures import Figures, Source, figures_of, sign_basis, sign_words
from apps.roadmaps.texts.placeholders import fill
from apps.roadmaps.texts.years import year_for

State, Origin = RecommendationDraft.State, RecommendationDraft.Origin
MOST = 200  # more is no pile that a person looks through
DAYS = 60
INDICATOR_TITLE = "Показатель требует внимания"
INDICATOR_TEXT = (
    "Показатель «{показатель}» за {период} — {значение}, в среднем по муниципалитету — {среднее по муниципалитету}. "
    "Найдите причины, определите, что организация может изменить сама и какая помощь нужна от управления и "
    "методической службы. Сообщите, что решено и сделано."
)
DENIED = "Рекомендации готовят сотрудники управления."


@transaction.atomic
def prepare_drafts(*, sign_list: SignList, by: User, only_confirmed: bool = True) -> int:
    """A draft for every confirmed sign of the list that has none yet, issued or waiting. Returns how many.

    With `only_confirmed` off also for those that the rule marks and nobody has decided about: the draft says so.
    """
    require_department(by, DENIED)
    SignList.objects.select_for_update().get(pk=sign_list.pk)  # two at once make each draft once
    decisions = [Sign.Decision.CONFIRMED] if only_confirmed else [Sign.Decision.CONFIRMED, Sign.Decision.WAITING]
    signs = (
        Sign.objects.filter(sign_list=sign_list, decision__in=decisions)
        .exclude(drafts__in=RecommendationDraft.objects.exclude(state=State.DROPPED))
        .with_details()
    )
    templates = {template.code: template for template in RecommendationTemplate.objects.select_related("direction")}
    kept = [sign for sign in signs if sign.code in templates]
    figures = figures_of([sign.organization for sign in kept], source=Source(sign_list.period))
    named = {sign.code: directions.of_sign(sign.code) for sign in kept}
    rows = [_of_sign(sign, templates[sign.code], figures[sign.organization_id], named[sign.code], by) for sign in kept]
    return _kept(rows, sign_list, by)


def _kept(rows: list[RecommendationDraft], subject: Any, by: User) -> int:
    RecommendationDraft.objects.bulk_create(rows)
    if rows:
        text = f"Подготовлены черновики рекомендаций: {len(rows)}."
        events.record(kind="roadmaps.drafts_prepared", subject=subject, by=by, text=text)
    return len(rows)


def _of_sign(
    sign: Sign, template: RecommendationTemplate, figures: Figures, direction: Direction | None, by: User
) -> RecommendationDraft:
    state = "" if sign.rule.is_confirmed else ", источник не подтверждён"
    basis = f"{sign.kind.title}: {sign.written} ({sign.kind.name}, правило версии {sign.rule.version}{state})."
    if sign.is_confirmed:
        basis = f"{basis} Решение специалиста: {sign.reason}"
    else:
        basis = f"{basis} Признак отмечен правилом, решения специалиста ещё нет."
    due_on = timezone.localdate() + timedelta(days=template.days)
    words = figures.words | sign_words(sign, sign.sign_list.period)
    return RecommendationDraft(
        origin=Origin.CONFIRMED if sign.is_confirmed else Origin.MARKED,
        sign=sign,
        period=sign.sign_list.period,
        organization=sign.organization,
        direction=template.direction or direction,
        title=template.title,
        text=fill(template.text, words | {"срок": f"{due_on:%d.%m.%Y}"}).text[:5000],
        basis_text=basis[:2000],
        figures=[sign_basis(sign, sign.organization)],
        due_on=due_on,
        created_by=by,
    )


@transaction.atomic
def prepare_from_indicators(
    *, period: Period, by: User, indicator: Indicator | None = None, direction: Direction | None = None,
    template: RecommendationTemplate | None = None,
) -> int:  # fmt: skip
    """A draft for every weak figure of an organisation in the period. Returns how many; Refused where too many."""
    require_department(by, DENIED)
    if indicator is None and direction is None:
        message = "Не выбрано, по какому показателю или направлению готовить черновики."
        raise findings.Refused([findings.error("nothing_chosen", message)])
    Period.objects.select_for_update().get(pk=period.pk)  # two at once make each draft once
    found = [side for side in sides(periods=[period], indicator=indicator, direction=direction) if side.is_weak]
    year = year_for(period) or period
    open_drafts = RecommendationDraft.objects.exclude(state=State.DROPPED).filter(period=year)
    standing = set(open_drafts.filter(indicator__isnull=False).values_list("organization", "indicator"))
    working = set(Organization.objects.educational().active(timezone.localdate()).values_list("pk", flat=True))
    new = [
        side
        for side in found
        if side.organization in working and (side.organization, side.figure.version.indicator_id) not in standing
    ]
    if len(new) > MOST:
        message = f"Слабых значений {len(new)}: столько черновиков не просмотреть."
        raise findings.Refused([findings.error("too_many", message, action="Выберите один показатель.")])
    rows = list(_of_sides(new, period, template))
    for row in rows:
        row.period, row.created_by = year, by
    return _kept(rows, year, by)


def _of_sides(
    rows: list[Side], period: Period, template: RecommendationTemplate | None
) -> Iterable[RecommendationDraft]:
    due_on = timezone.localdate() + timedelta(days=template.days if template else DAYS)
    places = Organization.objects.in_bulk({side.organization for side in rows})
    by_indicator: dict[int, list[Side]] = {}
    for side in rows:
        by_indicator.setdefault(side.figure.version.indicator_id, []).append(side)
    for group in by_indicator.values():
        source = Source(period, group[0].indicator)
        figures = figures_of([places[side.organization] for side in group], source=source, due_on=due_on)
        for side in group:
            mine = figures[side.organization]
            yield RecommendationDraft(
                origin=Origin.INDICATOR,
                indicator=side.indicator,
                organization=mine.organization,
                direction=(template.direction if template else None) or side.indicator.direction,
                title=template.title if template else f"{INDICATOR_TITLE}: {side.figure.version.name}"[:200],
                text=fill(template.text if template else INDICATOR_TEXT, mine.words).text[:5000],
                basis_text=f"Слабый показатель. {side.sentence}. Вывода специалиста ещё нет."[:2000],
                figures=mine.basis,
                due_on=due_on,
            )
