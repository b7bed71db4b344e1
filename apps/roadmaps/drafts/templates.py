"""Writes of templates of recommendations: placeholders are checked before anything is kept."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.core import events, findings
from apps.indicators.models import Direction
from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.texts.placeholders import check
from apps.workbooks.cells import clean_text

TITLE, TEXT = 200, 5000


@dataclass(frozen=True)
class TemplateWords:
    """What is typed into the form of a template."""

    title: str
    text: str
    days: int
    direction: Direction | None = None


DENIED = "Шаблоны ведут сотрудники управления."


def _checked(words: TemplateWords) -> tuple[str, str]:
    title, text = clean_text(words.title), clean_text(words.text)
    faults = check(text, "Что рекомендуется")
    if "{" in title or "}" in title:
        message = "В заголовке подстановок не бывает: он один для всех адресатов."
        faults.append(findings.error("title_placeholder", message, action="Перенесите подстановку в текст."))
    if not title or not text:
        faults.append(findings.error("empty", "Шаблон пуст.", action="Напишите, о чём рекомендация и что сделать."))
    if len(title) > TITLE or len(text) > TEXT:
        faults.append(findings.error("too_long", f"Можно {TITLE} знаков в названии и {TEXT} в тексте."))
    if faults:
        raise findings.Refused(faults)
    return title, text


@transaction.atomic
def save_template(
    *, words: TemplateWords, by: User, template: RecommendationTemplate | None = None
) -> RecommendationTemplate:
    """Make a template or change one; drafts that wait keep their words. Raises Refused with all faults at once."""
    require_department(by, DENIED)
    title, text = _checked(words)
    rows = RecommendationTemplate.objects.select_for_update()
    row = rows.get(pk=template.pk) if template else RecommendationTemplate()
    row.title, row.text, row.days, row.direction = title, text, words.days, words.direction
    row.changed_by, row.changed_at, row.archived_at = by, timezone.now(), None
    row.save()
    said = f"Шаблон {'изменён' if template else 'создан'}: {row.title}."
    events.record(kind="roadmaps.template_changed", subject=row, by=by, text=said[:500])
    return row


@transaction.atomic
def archive_template(*, template: RecommendationTemplate, by: User) -> None:
    """Take a template of the office out of the choice. Those of signs stay: drafts begin with them."""
    require_department(by, DENIED)
    row = RecommendationTemplate.objects.select_for_update().get(pk=template.pk)
    if row.code:
        message = "Шаблон признака убрать нельзя: с него начинаются черновики."
        raise findings.Refused([findings.error("of_sign", message, action="Измените его слова.")])
    if row.archived_at is None:
        row.archived_at, row.changed_by = timezone.now(), by
        row.save(update_fields=["archived_at", "changed_by"])
        events.record(kind="roadmaps.template_archived", subject=row, by=by, text="Шаблон убран.")
