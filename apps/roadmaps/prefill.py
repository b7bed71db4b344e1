"""A new recommendation filled in from what it follows from: figures are read again here, never taken from the address.

`?conclusion=7`, `?sign=12`, `?work=3&deficit=…` (of the municipality; with `&organization=` of a school),
`?organization=school-01&period=2025/26` (works with many «2»).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from apps.accounts.models import User
from apps.analysis import selectors
from apps.analysis.models import Conclusion, Sign, SignRule
from apps.core import periods
from apps.core.addresses import number_in
from apps.core.figures import percent
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.item_analysis import selectors as items
from apps.procedures.models import Procedure
from apps.procedures.statistics import Deficit
from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.forms import default_term
from apps.roadmaps.texts import directions
from apps.roadmaps.texts.figures import Source, figures_of, sign_basis, sign_words
from apps.roadmaps.texts.placeholders import fill
from apps.roadmaps.texts.years import year_for

TITLE = "Снижение доли отметок «2» по итогам ВПР и ОГЭ"
TEXT = (
    "Проанализируйте выполнение заданий участниками, получившими отметку «2», и определите дефицитные умения. "
    "Спланируйте адресную помощь этим ученикам и методическую поддержку. "
    "Сообщите, что сделано и как изменились результаты."
)
DEFICIT_TEXT = (
    "Разберите на методическом объединении задания, которые проверяют «{skill}», и типичные ошибки. Включите это "
    "умение в повторение и в промежуточные работы. Сообщите, что сделано и как изменилось выполнение."
)


@dataclass(frozen=True)
class Start:
    """What the form begins with, the words above it and what the recommendation will rest on."""

    initial: dict[str, Any] = field(default_factory=dict)
    lead: str = ""
    rule: SignRule | None = None
    bases: tuple[Model, ...] = ()
    # Figures to keep: those of an organisation only if it is among the addressed.
    common: tuple[dict[str, Any], ...] = ()
    organization: Organization | None = None
    own: tuple[dict[str, Any], ...] = ()

    def basis_for(self, organizations: Iterable[Organization]) -> list[dict[str, Any]]:
        return [*self.common, *(self.own if self.organization in set(organizations) else ())]


def from_address(query: Mapping[str, str], user: User) -> Start:
    """What the address names and the user may see; what names nothing is left out."""
    for key, read in (("conclusion", _from_conclusion), ("sign", _from_sign)):
        number = number_in(query.get(key, ""))
        if number is not None and (start := read(number, user)):
            return start
    organization = Organization.objects.educational().filter(code=query.get("organization", "")).first()
    number = number_in(query.get("work", ""))
    if number is not None and (start := _from_deficit(number, query.get("deficit", ""), organization, user)):
        return start
    return _from_organization(organization, _period(query.get("period", "")))


def _given(**initial: Any) -> dict[str, Any]:
    return {"due_on": default_term()} | {key: value for key, value in initial.items() if value}


def _period(code: str) -> Period | None:
    try:
        span = periods.parse_period(code)
    except periods.PeriodError:
        return None
    return Period.objects.filter(code=span.code).first()


def _from_conclusion(number: int, user: User) -> Start | None:
    """Its figure and words are the basis."""
    found = Conclusion.objects.visible_to(user).standing().with_details().filter(pk=number).first()
    if found is None:
        return None
    basis = f"{found.about}, {found.period}: {found.figure}. {found.get_kind_display().capitalize()}: {found.text}"
    direction = found.indicator.direction if found.indicator else None
    if found.sign:
        direction = directions.of_sign(found.sign.code)
    initial = _given(
        period=year_for(found.period),
        title=found.about[:200],
        basis_text=basis[:2000],
        organizations=[found.organization_id] if found.organization_id else None,
        indicators=[found.indicator.code] if found.indicator else None,
        direction=direction or (directions.of_work() if found.procedure else None),
        associations=_associations(found.procedure) if not found.organization_id else None,
    )
    figure = {"conclusion": found.pk, "about": found.about, "figure": found.figure}
    lead = "По выводу: число и слова уже в основании. Напишите, что рекомендуется."
    return Start(initial, lead, bases=(found,), common=(figure,), organization=found.organization)


def _associations(work: Procedure | None) -> list[int]:
    """Those of the subject that have a leader to answer."""
    return list(work.subject.associations.filter(leader__isnull=False).values_list("pk", flat=True)) if work else []


def _from_sign(number: int, user: User) -> Start | None:
    """What the template of its kind says, with its figures."""
    sign = Sign.objects.visible_to(user).with_details().marked().filter(pk=number).first()
    if sign is None:
        return None
    template = RecommendationTemplate.objects.filter(code=sign.code).first()
    period = sign.sign_list.period
    words = figures_of([sign.organization], source=Source(period=period), due_on=default_term())[sign.organization_id]
    filled = fill(template.text if template else "", words.words | sign_words(sign, period))
    initial = _given(
        period=period,
        title=template.title if template else sign.kind.title,
        text="" if filled.missing else filled.text,
        basis_text=f"{sign.kind.title}: {sign.written} ({_rule_in_words(sign)})."[:2000],
        organizations=[sign.organization_id],
        direction=(template.direction if template else None) or directions.of_sign(sign.code),
    )
    lead = f"{sign.organization}: цифры признака уже в основании. Проверьте текст и отправьте."
    own = (sign_basis(sign, sign.organization),)
    return Start(initial, lead, sign.rule, (sign, sign.rule), organization=sign.organization, own=own)


def _rule_in_words(sign: Sign) -> str:
    state = "" if sign.rule.is_confirmed else ", источник не подтверждён"
    return f"{sign.kind.name}, правило версии {sign.rule.version}{state}"


def _from_deficit(number: int, key: str, organization: Organization | None, user: User) -> Start | None:
    """A difficulty of a work, read again from its items: for the school, or for the association of the subject."""
    work = Procedure.objects.visible_to(user).select_related("subject", "period").filter(pk=number).first()
    if work is None:
        return None
    if organization:
        analysis = items.of_school(procedure=work, organization=organization, reader=user)
    else:
        analysis = items.of_municipality(procedure=work)
    deficits = [one for _, rows in analysis.deficits for one in rows] if analysis else []
    found = next((one for one in deficits if one.key == key), None)
    if found is None:
        return None
    figure = {
        "work": work.pk,
        "title": work.title,
        "deficit": found.key,
        "items": list(found.below),
        "completion": str(found.completion),
    }
    initial = _given(
        period=work.period,
        title=f"{work.subject}, {work.grade} класс: {found.key}"[:200],
        text=DEFICIT_TEXT.format(skill=found.key)[:5000],
        basis_text=_deficit_in_words(work, found)[:2000],
        organizations=[organization.pk] if organization else None,
        associations=None if organization else _associations(work),
        direction=directions.of_work(),
    )
    place = str(organization) if organization else "Муниципалитет"
    lead = f"{place}: задания и выполнение уже в основании. Проверьте текст, адресатов и отправьте."
    if organization:
        figure |= {"organization": organization.code}
        return Start(initial, lead, bases=(work,), organization=organization, own=(figure,))
    return Start(initial, lead, bases=(work,), common=(figure,))


def _deficit_in_words(work: Procedure, found: Deficit) -> str:
    kind = "системный дефицит" if found.is_systemic else "отдельное затруднение"
    return (
        f"{work.title}, {work.period}: «{found.key}» — {kind}. Ниже границы своего уровня заданий "
        f"{len(found.below)} из {len(found.items)}: {', '.join(found.below)}. Выполнение "
        f"{percent(found.completion)}. Правило не подтверждено."
    )


def _from_organization(organization: Organization | None, period: Period | None) -> Start:
    """Works of the year with many «2», all in one recommendation."""
    initial = _given(period=period, organizations=[organization.pk] if organization else None)
    if not (period and organization):
        return Start(initial)
    rule = SignRule.objects.current(SignRule.Code.FAILING_SHARE)
    rows = [row for row in selectors.sign_rows(period=period, rule=rule, organization=organization) if row.is_marked]
    if not rows:
        return Start(initial, organization=organization)
    basis_text = " ".join(row.sentence for row in rows)
    direction = directions.of_sign(rule.code)
    initial |= {"title": TITLE, "text": TEXT, "basis_text": basis_text[:2000]}
    initial |= {"direction": direction} if direction else {}
    lead = f"{organization}: цифры признака уже в основании. Проверьте текст и отправьте."
    own = tuple(row.as_basis() for row in rows)
    works = {row.procedure.pk: row.procedure for row in rows}
    return Start(initial, lead, rule, (rule, *works.values()), organization=organization, own=own)
