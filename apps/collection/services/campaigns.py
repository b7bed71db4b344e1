"""Opening and closing of campaigns: what is asked of whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from apps.collection.models import Campaign, Form, Submission
from apps.collection.selectors.duplicates import asked_twice, delivers
from apps.collection.services.forms import forms_of_idle_directions
from apps.core import events
from apps.core.findings import Finding, Refused, error, notice
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.workbooks.cells import clean_text

LONGEST = timedelta(days=366)  # of an extension, from today: a slip in the year is caught


@dataclass
class Addressees:
    """Who is asked for which form, and who is not and why."""

    asked: list[tuple[Organization, Form]] = field(default_factory=list)
    skipped: list[Finding] = field(default_factory=list)

    @property
    def organizations(self) -> int:
        return len({organization.pk for organization, _ in self.asked})


@dataclass
class Opened:
    campaign: Campaign
    addressees: Addressees


def addressees_of(
    *, forms: Iterable[Form], period: Period, organizations: Iterable[Organization], on: date | None = None
) -> Addressees:
    """Choose the forms of each organisation by the programmes it delivers.

    Closed and merged organisations are skipped, and so is one that another campaign asks for the same form and
    period: nobody is asked the same thing twice.
    """
    day = on or timezone.localdate()
    forms = list(forms)
    organizations = sorted(
        organizations, key=lambda item: (item.kind != "school", item.kind, item.number or 0, item.name)
    )
    codes = [form.code for form in forms]
    earlier = {
        (submission.organization_id, submission.form.code): submission.campaign
        for submission in Submission.objects.filter(period=period, form__code__in=codes).select_related(
            "campaign", "form"
        )
    }
    result = Addressees()
    for organization in organizations:
        if organization.closed_on is not None and organization.closed_on <= day:
            result.skipped.append(_closed(organization))
            continue
        wanted = [form for form in forms if delivers(organization, form)]
        if not wanted:
            message = f"{organization}: ни одна из выбранных форм не подходит — другие образовательные программы."
            result.skipped.append(notice("no_form", message))
        for form in wanted:
            other = earlier.get((organization.pk, form.code))
            if other is None:
                result.asked.append((organization, form))
            else:
                result.skipped.append(_asked_already(organization, form, other))
    return result


def forms_of_other_periods(forms: Iterable[Form], kind: str) -> list[Finding]:
    """Forms that are filled for another kind of period: their answers could not be recorded."""
    return [
        error(
            "other_period",
            f"«{form.short_title}» собирается за {form.get_period_kind_display()}.",
            action="Выберите такой период или запросите эту форму отдельной кампанией.",
        )
        for form in forms
        if form.period_kind not in {kind, Period.Kind.DATE}
    ]


def _closed(organization: Organization) -> Finding:
    successor = f" Правопреемник: {organization.successor}." if organization.successor else ""
    day = f"{organization.closed_on:%d.%m.%Y}"
    return notice("closed", f"{organization}: организация не работает с {day}.{successor}")


def _asked_already(organization: Organization, form: Form, other: Campaign) -> Finding:
    message = f"{organization}: «{form.short_title}» за этот период уже запрошена, кампания «{other.title}»."
    return notice("asked_already", message, action="Данные возьмите оттуда: дважды одно и то же не запрашивается.")


@transaction.atomic
def open_campaign(
    *,
    title: str,
    period: Period,
    forms: Iterable[Form],
    organizations: Iterable[Organization],
    opens_on: date,
    due_on: date,
    closes_on: date,
    by: Any,
    instructions: str = "",
    contacts: str = "",
    experts: str = "",
    repeats: Campaign | None = None,
) -> Opened:
    """Ask the organisations for their forms.

    Raises Refused when the dates are wrong, a form is filled for another kind of period, nobody is to be asked, or a
    row was asked for the period already by another form and the form says neither to take it over nor why it asks
    again.
    """
    Period.objects.select_for_update().get(pk=period.pk)  # two campaigns of one period are opened one after another
    forms = list(forms)
    if idle := forms_of_idle_directions().filter(pk__in=[form.pk for form in forms]):
        names = ", ".join(f"«{form.short_title}»" for form in idle)
        action = "Включите направление на его странице или уберите форму из кампании."
        text = f"Направление выключено, форма не запрашивается: {names}."
        raise Refused([error("direction_off", text, action=action)])
    if found := forms_of_other_periods(forms, period.kind):
        raise Refused(found)
    addressees = addressees_of(forms=forms, period=period, organizations=organizations)
    if not addressees.asked:
        nobody = error("nobody", "Некого опрашивать: ни одной организации не нужно сдавать выбранные формы.")
        raise Refused([nobody, *addressees.skipped])
    if twice := asked_twice(period, addressees.asked):
        raise Refused(twice)
    campaign = Campaign(
        title=title.strip(),
        period=period,
        instructions=instructions,
        contacts=contacts,
        experts=experts,
        repeats=repeats,
        opens_on=opens_on,
        due_on=due_on,
        closes_on=closes_on,
        created_by=by,
    )
    try:
        campaign.full_clean(exclude=["created_by", "closed_by"])
    except ValidationError as problem:
        raise Refused([error("campaign", message) for message in problem.messages]) from problem
    campaign.save()
    campaign.forms.set(forms)
    Submission.objects.bulk_create(
        Submission(campaign=campaign, organization=organization, form=form, period=period)
        for organization, form in addressees.asked
    )
    text = f"Кампания открыта: организаций — {addressees.organizations}, форм — {len(addressees.asked)}"
    events.record(kind="campaign.opened", subject=campaign, by=by, text=text, submissions=len(addressees.asked))
    return Opened(campaign, addressees)


@transaction.atomic
def extend_term(*, campaign: Campaign, organization: Organization, due_on: date, reason: str, by: Any) -> int:
    """Give one organisation its own day of delivery, for a reason it sees, for all forms that it still owes.

    Returns how many forms. Data come in until that day even where the campaign closes earlier; late is counted by it.
    Raises Refused: no right, a closed campaign, nothing owed, a day that is not later, no reason.
    """
    if by is None or not by.is_active or not by.is_department:
        raise Refused([error("no_right", "У вас нет права на это действие.")])
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    reason, today = clean_text(reason)[:500], timezone.localdate()
    owed = campaign.submissions.filter(organization=organization).awaiting_organization().select_for_update()
    rows = list(owed.order_by("pk"))
    found = []
    if campaign.state == Campaign.State.CLOSED:
        found.append(error("closed", "Кампания завершена: продлить срок нельзя."))
    elif not rows:
        found.append(error("nothing_owed", "Организация уже отправила все свои формы."))
    if due_on <= campaign.due_on or due_on < today:
        expected = f"позже {max(campaign.due_on, today - timedelta(days=1)):%d.%m.%Y}"
        found.append(error("not_later", "Новый срок должен быть позже общего и не в прошлом.", expected=expected))
    if due_on > today + LONGEST:
        found.append(error("too_late", "Срок продлевается не больше чем на год: проверьте дату."))
    if not reason:
        found.append(error("no_reason", "Напишите, почему срок продлён."))
    if found:
        raise Refused(found)
    for row in rows:
        row.extended_to, row.extension_reason, row.extended_by, row.extended_at = due_on, reason, by, timezone.now()
        row.save(update_fields=["extended_to", "extension_reason", "extended_by", "extended_at"])
        text = f"Срок продлён до {due_on:%d.%m.%Y}"
        events.record(kind="submission.extended", subject=row, by=by, text=text, reason=reason)
    return len(rows)


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: Any) -> Campaign:
    """Stop taking data in; review of what was handed in goes on. Raises Refused when it is closed already."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state == Campaign.State.CLOSED:
        raise Refused([error("closed", "Кампания уже завершена.")])
    campaign.state = Campaign.State.CLOSED
    campaign.closed_at, campaign.closed_by = timezone.now(), by
    campaign.save(update_fields=["state", "closed_at", "closed_by"])
    events.record(kind="campaign.closed", subject=campaign, by=by, text="Кампания завершена")
    return campaign
