"""Building questionnaires: copies, sections, questions. What was used in a survey is frozen; a copy goes on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import refuse
from apps.surveys.models import Question, Questionnaire, Section
from apps.surveys.services.access import require_writer

FOLDER = settings.BASE_DIR / "fixtures" / "questionnaires"
_COPIED = ("kind", "text", "note", "is_required", "options", "minimum", "maximum", "depends_options", "symbol")


@dataclass(frozen=True)
class NewQuestion:
    kind: str
    text: str
    note: str = ""
    is_required: bool = True
    options: Sequence[str] = field(default_factory=list)
    minimum: int | None = None
    maximum: int | None = None
    depends_on: Question | None = None
    depends_options: Sequence[int] = field(default_factory=list)


def _require_editable(questionnaire: Questionnaire) -> None:
    if not questionnaire.is_editable:
        raise refuse(
            "frozen", "По этой анкете уже спрашивают, поэтому она не меняется.", "Сделайте новую версию и правьте её."
        )


@transaction.atomic
def create_questionnaire(*, title: str, introduction: str, audience: str, by: User) -> Questionnaire:
    """An empty questionnaire of our own."""
    require_writer(by)
    made = Questionnaire.objects.create(
        code="-", title=title, introduction=introduction, audience=audience, created_by=by
    )
    made.code = f"own-{made.pk}"
    made.save(update_fields=["code"])
    events.record(kind="surveys.questionnaire_created", subject=made, by=by, text="Анкета создана.")
    return made


@transaction.atomic
def copy_questionnaire(*, source: Questionnaire, by: User) -> Questionnaire:
    """A template becomes a questionnaire of our own; of our own one the next version is made.

    A copy of the НОКО template keeps its code: its answers stand for the same counts.
    """
    require_writer(by)
    latest = Questionnaire.objects.filter(code=source.code).aggregate(last=Max("version"))["last"]
    made = Questionnaire.objects.create(
        code=source.code,
        version=latest + 1,
        title=source.title,
        introduction=source.introduction,
        audience=source.audience,
        source_state=source.source_state,
        source=source.source,
        created_by=by,
    )
    copies: dict[int, Question] = {}
    for section in source.sections.prefetch_related("questions"):
        twin = Section.objects.create(
            questionnaire=made, position=section.position, title=section.title, note=section.note
        )
        for question in section.questions.all():
            values = {name: getattr(question, name) for name in _COPIED}
            depends = copies[question.depends_on_id] if question.depends_on_id else None
            copies[question.pk] = Question.objects.create(
                section=twin, position=question.position, depends_on=depends, **values
            )
    events.record(kind="surveys.questionnaire_copied", subject=made, by=by, text=f"Сделана копия: «{source}».")
    return made


def _next_position(rows: Any) -> int:
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


@transaction.atomic
def save_section(*, questionnaire: Questionnaire, section: Section | None, title: str, note: str, by: User) -> Section:
    require_writer(by)
    _require_editable(questionnaire)
    row = section or Section(questionnaire=questionnaire, position=_next_position(questionnaire.sections))
    row.title, row.note = title, note
    row.save()
    events.record(kind="surveys.section_saved", subject=questionnaire, by=by, text=f"Сохранён раздел «{title}».")
    return row


@transaction.atomic
def save_question(*, section: Section, question: Question | None, new: NewQuestion, by: User) -> Question:
    """Add a question or change one. A filter must stand before the question that it lets through."""
    require_writer(by)
    questionnaire = section.questionnaire
    _require_editable(questionnaire)
    row = question or Question(section=section, position=_next_position(section.questions))
    if new.depends_on is not None:
        before = list(Question.objects.filter(section__questionnaire=questionnaire))
        ids = [each.pk for each in before]
        own = ids.index(row.pk) if row.pk in ids else len(ids)
        if new.depends_on.pk not in ids[:own]:
            raise refuse("filter_after", "Вопрос-условие стоит позже этого вопроса.", "Выберите вопрос выше по списку.")
    for name in ("kind", "text", "note", "is_required", "minimum", "maximum", "depends_on"):
        setattr(row, name, getattr(new, name))
    row.options, row.depends_options = list(new.options), list(new.depends_options)
    row.save()
    events.record(
        kind="surveys.question_saved", subject=questionnaire, by=by, text=f"Сохранён вопрос «{new.text[:80]}»."
    )
    return row


@transaction.atomic
def move_part(*, part: Section | Question, up: bool, by: User) -> None:
    """Swap with the neighbour. A question never goes above its filter, nor a filter below its questions."""
    require_writer(by)
    siblings: list[Any]
    if isinstance(part, Section):
        questionnaire = part.questionnaire
        siblings = list(questionnaire.sections.all())
    else:
        questionnaire = part.section.questionnaire
        siblings = list(part.section.questions.all())
    _require_editable(questionnaire)
    at = siblings.index(part)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(siblings):
        return
    siblings[at], siblings[to] = siblings[to], siblings[at]
    for position, row in enumerate(siblings, start=1):
        row.position = position
        row.save(update_fields=["position"])
    if _filter_is_late(questionnaire):
        raise refuse("filter_after", "Так вопрос оказался бы выше своего вопроса-условия.", "Сначала измените условие.")


def _filter_is_late(questionnaire: Questionnaire) -> bool:
    seen: set[int] = set()
    for question in Question.objects.filter(section__questionnaire=questionnaire):
        if question.depends_on_id and question.depends_on_id not in seen:
            return True
        seen.add(question.pk)
    return False


@transaction.atomic
def delete_part(*, part: Section | Question, by: User) -> None:
    """Remove a question, or a section with its questions; not while another question depends on it."""
    require_writer(by)
    if isinstance(part, Section):
        questionnaire, gone = part.questionnaire, list(part.questions.all())
    else:
        questionnaire, gone = part.section.questionnaire, [part]
    _require_editable(questionnaire)
    left = Question.objects.filter(depends_on__in=gone).exclude(pk__in=[row.pk for row in gone])
    if left.exists():
        raise refuse(
            "has_dependents", f"От него зависит вопрос «{left[0]}».", "Сначала уберите условие у того вопроса."
        )
    Question.objects.filter(pk__in=[row.pk for row in gone]).update(depends_on=None)
    text = f"Удалено: «{part}»."
    part.delete()
    events.record(kind="surveys.part_deleted", subject=questionnaire, by=by, text=text[:500])


@transaction.atomic
def load_templates(*, folder: Path = FOLDER) -> int:
    """Bring the templates of the project's files; those that are there are left alone. Returns how many were made."""
    made = 0
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if Questionnaire.objects.filter(code=data["code"], is_template=True).exists():
            continue
        _load(data)
        made += 1
    return made


def _load(data: dict[str, Any]) -> None:
    names = ("code", "title", "introduction", "audience", "source_state", "source")
    template = Questionnaire.objects.create(is_template=True, **{name: data[name] for name in names})
    by_key: dict[str, Question] = {}
    for position, part in enumerate(data["sections"], start=1):
        section = Section.objects.create(
            questionnaire=template, position=position, title=part["title"], note=part.get("note", "")
        )
        for number, row in enumerate(part["questions"], start=1):
            values = {name: row[name] for name in _COPIED if name in row}
            depends = by_key[row["depends_on"]] if "depends_on" in row else None
            made = Question.objects.create(section=section, position=number, depends_on=depends, **values)
            by_key[row.get("key", "")] = made
