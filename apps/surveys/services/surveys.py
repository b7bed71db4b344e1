"""Rounds of asking: begin, close, publish, forget."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events, findings
from apps.core.findings import refuse
from apps.organizations.models import Organization
from apps.surveys import devices
from apps.surveys.models import DeviceMark, FreeText, Question, Questionnaire, Survey, SurveyPlace
from apps.surveys.services.access import require_writer


@transaction.atomic
def create_survey(
    *,
    questionnaire: Questionnaire,
    title: str,
    purpose: str,
    opens_on: date,
    closes_on: date,
    organizations: Iterable[Organization],
    by: User,
    shared_devices: bool = False,
) -> Survey:
    """Make the survey with a link for each organisation. From now on the questionnaire is frozen."""
    require_writer(by)
    found = []
    places = sorted(set(organizations), key=lambda each: each.pk)
    if not places:
        found.append(findings.error("no_places", "Не выбрано ни одной организации.", action="Отметьте хотя бы одну."))
    if closes_on < opens_on:
        found.append(findings.error("days", "Последний день раньше первого.", action="Проверьте даты."))
    if closes_on < timezone.localdate():
        found.append(findings.error("past", "Последний день уже прошёл.", action="Укажите более поздний день."))
    if not Question.objects.filter(section__questionnaire=questionnaire).exists():
        found.append(findings.error("empty", "В анкете нет ни одного вопроса.", action="Добавьте вопросы в анкету."))
    if found:
        raise findings.Refused(found)
    if questionnaire.frozen_at is None:
        questionnaire.frozen_at = timezone.now()
        questionnaire.save(update_fields=["frozen_at"])
    survey = Survey.objects.create(
        questionnaire=questionnaire,
        title=title,
        purpose=purpose,
        opens_on=opens_on,
        closes_on=closes_on,
        shared_devices=shared_devices,
        created_by=by,
    )
    SurveyPlace.objects.bulk_create(SurveyPlace(survey=survey, organization=each) for each in places)
    text = f"Опрос создан, организаций: {len(places)}."
    events.record(kind="surveys.created", subject=survey, by=by, text=text, organizations=[o.code for o in places])
    return survey


def _locked(survey: Survey) -> Survey:
    return Survey.objects.select_for_update().get(pk=survey.pk)


@transaction.atomic
def set_invited(*, survey: Survey, invited: Mapping[int, int | None], by: User) -> None:
    """How many people each organisation invited, by the id of its place: the base of the response."""
    require_writer(by)
    places = {place.pk: place for place in survey.places.all()}
    changed = [places[pk] for pk in invited if pk in places and places[pk].invited != invited[pk]]
    for place in changed:
        place.invited = invited[place.pk]
    SurveyPlace.objects.bulk_update(changed, ["invited"])
    if changed:
        text = f"Указано число приглашённых: {len(changed)} организаций."
        events.record(kind="surveys.invited", subject=survey, by=by, text=text)


@transaction.atomic
def close_survey(*, survey: Survey, reason: str, by: User) -> Survey:
    """End before the term, for a reason that stays; what told devices apart is deleted at once."""
    require_writer(by)
    row = _locked(survey)
    if row.is_over():
        raise refuse("over", "Опрос уже завершён.")
    if not reason.strip():
        raise refuse("no_reason", "Не указана причина.", "Напишите, почему опрос завершается раньше срока.")
    row.closed_at, row.closed_reason = timezone.now(), reason.strip()
    row.save(update_fields=["closed_at", "closed_reason"])
    _forget(row)
    events.record(kind="surveys.closed", subject=row, by=by, text="Опрос завершён раньше срока.", reason=reason)
    return row


@transaction.atomic
def publish_results(*, survey: Survey, by: User) -> Survey:
    """Open the results to everybody; free texts stay inside."""
    require_writer(by)
    row = _locked(survey)
    if not row.is_over():
        raise refuse("not_over", "Опрос ещё идёт.", "Результаты публикуются после его завершения.")
    if row.published_at is None:
        row.published_at, row.published_by = timezone.now(), by
        row.save(update_fields=["published_at", "published_by"])
        events.record(kind="surveys.published", subject=row, by=by, text="Результаты опубликованы.")
    return row


@transaction.atomic
def withdraw_results(*, survey: Survey, reason: str, by: User) -> Survey:
    require_writer(by)
    row = _locked(survey)
    if not reason.strip():
        raise refuse("no_reason", "Не указана причина.", "Напишите, почему результаты снимаются с публикации.")
    if row.published_at is not None:
        row.published_at, row.published_by = None, None
        row.save(update_fields=["published_at", "published_by"])
        text = "Результаты сняты с публикации."
        events.record(kind="surveys.withdrawn", subject=row, by=by, text=text, reason=reason)
    return row


@transaction.atomic
def judge_text(*, text: FreeText, state: str, by: User) -> FreeText:
    """A person has read the free answer: it stays, or it is hidden for good with its words."""
    require_writer(by)
    row = FreeText.objects.select_for_update().get(pk=text.pk)
    if state not in {FreeText.State.KEPT, FreeText.State.HIDDEN}:
        raise refuse("bad_state", "Такого решения нет.")
    row.state = state
    if state == FreeText.State.HIDDEN:
        row.text = "Ответ скрыт при просмотре."
    row.save(update_fields=["state", "text"])
    said = "Свободный ответ просмотрен." if state == FreeText.State.KEPT else "Свободный ответ скрыт."
    events.record(kind=f"surveys.text_{state}", subject=row.place.survey, by=by, text=said)
    return row


def _forget(survey: Survey) -> None:
    DeviceMark.objects.filter(survey=survey).delete()
    survey.salt = ""
    survey.save(update_fields=["salt"])


@transaction.atomic
def forget_devices(*, today: date | None = None) -> int:
    """Of surveys that are over: delete the marks of devices and the salt. Returns of how many. Safe to repeat."""
    day = today or timezone.localdate()
    over = list(Survey.objects.over(day).exclude(salt="").select_for_update())
    for survey in over:
        _forget(survey)
    devices.forget_networks(day)
    return len(over)
