"""Writing the analytical part: one section at a time, nobody's words lost."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.collection.models import SelfExamination, SelfExamSection
from apps.collection.models.selfexam import TEXT_LIMIT
from apps.collection.selfexam.sections import sections_for
from apps.collection.services.selfexam.access import begin, require_draft
from apps.core import events, periods, personal
from apps.core.findings import Refused, error, refuse
from apps.core.models import Period
from apps.organizations.models import Organization

# A text may name the telephone of the school or its head; these may never stand in it.
FORBIDDEN = {personal.Kind.SNILS, personal.Kind.PASSPORT}


@transaction.atomic
def save_section(
    *,
    organization: Organization,
    period: Period,
    code: str,
    text: str,
    revision: int,
    by: Any,
    is_current: bool = False,
    is_cleared: bool = False,
) -> SelfExamSection:
    """Write the text of a section that was shown at `revision`.

    `is_current` confirms an unchanged text of last year, `is_cleared` says that what resembles personal data is none.
    Raises Refused: somebody else changed the section meanwhile (nothing is written), the report is approved, the text
    is too long or holds a СНИЛС or a passport.
    """
    examination = begin(organization=organization, period=period, by=by)
    require_draft(examination)
    if code not in {section.code for section in sections_for(organization.programmes)}:
        raise refuse("no_section", "Такого раздела в отчёте нет.")
    section = SelfExamSection.objects.get_or_create(examination=examination, code=code)[0]
    text = _checked(text)
    if text == section.text:
        return _mark(section, is_current=is_current, is_cleared=is_cleared)
    if revision != section.revision:
        raise Refused([_changed_meanwhile(section)])
    section.text, section.is_copied = text, False
    section.is_cleared = is_cleared
    _write(section, by)
    _record(examination, section, by)
    return section


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    found = []
    if len(text) > TEXT_LIMIT:
        found.append(
            error(
                "too_long", f"Текст длиннее {TEXT_LIMIT} знаков.", found=f"{len(text)} знаков", action="Сократите его."
            )
        )
    forbidden = [kind for kind in personal.kinds(text) if kind in FORBIDDEN]
    if forbidden:
        message = f"В тексте есть то, чего в отчёте быть не должно: {personal.said(forbidden)}. Ничего не записано."
        found.append(error("personal_data", message, action="Уберите личные данные и сохраните снова."))
    if found:
        raise Refused(found)
    return text


def _mark(section: SelfExamSection, *, is_current: bool, is_cleared: bool) -> SelfExamSection:
    """The text stays; what a person has confirmed about it is kept."""
    section.is_copied = section.is_copied and not is_current
    section.is_cleared = section.is_cleared or is_cleared
    section.save(update_fields=["is_copied", "is_cleared"])
    return section


def _write(section: SelfExamSection, by: Any) -> None:
    section.revision += 1
    section.changed_by, section.changed_at = by, timezone.now()
    section.save()


def _changed_meanwhile(section: SelfExamSection) -> Any:
    who = section.changed_by.get_short_name() if section.changed_by else "другой сотрудник"
    moment = timezone.localtime(section.changed_at)
    message = f"Пока вы писали, раздел изменил другой человек: {who}, {moment:%d.%m.%Y %H:%M}. Ваш текст не записан."
    return error("changed_meanwhile", message, action="Сравните тексты ниже, соедините их и сохраните.")


def _record(examination: SelfExamination, section: SelfExamSection, by: Any) -> None:
    """One line of history a person, section and day: it is saved by itself every few words."""
    today = f"{timezone.localdate():%Y-%m-%d}"
    earlier = events.history(examination).filter(
        kind="selfexam.written", actor=by, data__section=section.code, data__day=today
    )
    if not earlier.exists():
        title = next(
            kind.title for kind in sections_for(examination.organization.programmes) if kind.code == section.code
        )
        text = f"Изменён раздел «{title}»"
        events.record(kind="selfexam.written", subject=examination, by=by, text=text, section=section.code, day=today)


def last_year_texts(organization: Organization, period: Period) -> dict[str, str]:
    """The texts of last year's report by section; empty ones are left out."""
    before = periods.previous(period.span)
    found = SelfExamSection.objects.filter(
        examination__organization=organization, examination__period__code=before.code
    ).exclude(text="")
    return dict(found.values_list("code", "text"))


@transaction.atomic
def copy_last_year(*, organization: Organization, period: Period, by: Any, code: str = "") -> int:
    """Take last year's text into the section, or into every empty one. Returns how many.

    The texts stay marked as last year's until they are changed or confirmed. Raises Refused: there is nothing to copy,
    or the section has a text already.
    """
    examination = begin(organization=organization, period=period, by=by)
    require_draft(examination)
    texts = last_year_texts(organization, period)
    wanted = [kind.code for kind in sections_for(organization.programmes) if kind.code == code or not code]
    count = 0
    for each in wanted:
        section = SelfExamSection.objects.get_or_create(examination=examination, code=each)[0]
        if section.text or each not in texts:
            continue
        section.text, section.is_copied, section.is_cleared = texts[each], True, False
        _write(section, by)
        count += 1
    if not count:
        message = "Копировать нечего: прошлогоднего текста нет или раздел уже написан."
        raise refuse("nothing_to_copy", message)
    text = f"Взят прошлогодний текст, разделов: {count}"
    events.record(kind="selfexam.copied", subject=examination, by=by, text=text, section=code)
    return count
