"""A project from the draft to its end: passport, announcement, indicators, regulation, roadmap."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Membership, User
from apps.accounts.roles import DEPARTMENT, Role
from apps.core import events, notices
from apps.core.findings import refuse
from apps.indicators.models import Direction, Indicator
from apps.library.documents import services as documents
from apps.library.documents.models import Document, DocumentVersion
from apps.library.texts import Texts, require
from apps.organizations.models import Organization
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.projects.models import Programme, Project, ProjectIndicator
from apps.roadmaps.projects.models.projects import PASSPORT, STORY

DENIED = "Проекты и площадки ведут сотрудники управления."
Kind, State = Project.Kind, Project.State
# From which state one goes where.
STEPS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.OPEN, State.RUNNING),
    State.OPEN: (State.RUNNING, State.STOPPED),
    State.RUNNING: (State.OPEN, State.DONE, State.STOPPED),
    State.DONE: (State.RUNNING,),
    State.STOPPED: (),
}


@dataclass(frozen=True)
class NewProject:
    """What is typed about a project. `programme` is a name; a new name makes a new programme."""

    kind: str
    title: str
    head: str
    starts_on: date
    ends_on: date
    programme: str = ""
    number: int | None = None
    programme_text: str = ""
    for_whom: str = ""
    applications_until: date | None = None
    curator: User | None = None
    direction: Direction | None = None
    relevance: str = ""
    problem: str = ""
    idea: str = ""
    aim: str = ""
    objectives: str = ""
    expected: str = ""
    activities: str = ""


def _checked(new: NewProject, by: User, *, standing: Project | None = None) -> dict[str, Any]:
    texts = Texts()
    values: dict[str, Any] = {
        "kind": new.kind,
        "title": texts.take(new.title, "Тема", 500),
        "head": texts.take(new.head, "Руководитель", 200),
        "for_whom": texts.take(new.for_whom, "Участники", 500, required=False),
        "programme_text": texts.take(new.programme_text, "Программа", STORY, required=False),
        **{name: texts.take(getattr(new, name), title, STORY, required=False) for name, title in PASSPORT},
    }
    if new.kind not in Kind.values:
        texts.add("kind", "Выберите вид проекта.")
    if new.ends_on < new.starts_on:
        texts.add("days", "Окончание раньше начала.")
    if new.applications_until and new.applications_until > new.ends_on:
        texts.add("applications", "Приём заявок заканчивается позже самого проекта.")
    if new.curator and not _is_department(new.curator):
        texts.add("curator", "Куратор — действующий сотрудник управления.")
    values["programme"], values["number"] = None, None
    if new.kind == Kind.TASK:
        values["programme"], values["number"] = _numbered(new, texts, standing)
    texts.raise_if_any()
    if values["programme"] is not None and values["programme"].pk is None:
        values["programme"].save()
    kept = {"starts_on", "ends_on", "applications_until", "direction"}
    values |= {name: getattr(new, name) for name in kept}
    return values | {"curator": new.curator or (standing.curator if standing else by)}


def _is_department(user: User) -> bool:
    return Membership.objects.current().filter(user=user, role__in=DEPARTMENT).exists()


def _numbered(new: NewProject, texts: Texts, standing: Project | None) -> tuple[Programme | None, int | None]:
    """The programme of a task and its number, which nobody else has."""
    title = texts.take(new.programme, "Программа проектных задач", 300)
    if new.number is None or not 1 <= new.number <= 9999:
        texts.add("number", "Укажите номер проектной задачи: целое число от 1 до 9999.")
    if not title:
        return None, new.number
    known = {one.title.casefold(): one for one in Programme.objects.all()}  # a few; not every database folds Cyrillic
    programme = known.get(title.casefold()) or Programme(title=title)
    taken = Project.objects.filter(programme=programme.pk, number=new.number)
    if programme.pk is None:
        taken = taken.none()
    if standing:
        taken = taken.exclude(pk=standing.pk)
    if taken.exists():
        texts.add("taken", f"Проектная задача {new.number} в этой программе уже есть.", "Укажите другой номер.")
    return programme, new.number


@transaction.atomic
def create_project(*, new: NewProject, by: User) -> Project:
    """A draft that only the authority sees."""
    require(by, DEPARTMENT, DENIED)
    project = Project.objects.create(**_checked(new, by), author=by)
    text = f"Записан: {project.get_kind_display()}."
    events.record(kind="roadmaps.project_created", subject=project, by=by, text=text)
    return project


def locked(project: Project, by: User) -> Project:
    """The project as it stands now, held until the end."""
    require(by, DEPARTMENT, DENIED)
    found: Project = Project.objects.select_for_update(of=("self",)).select_related("curator").get(pk=project.pk)
    return found


@transaction.atomic
def change_project(*, project: Project, new: NewProject, by: User) -> Project:
    """Mend the passport. What was changed stands in the history by name; the former texts stay there too."""
    row = locked(project, by)
    if row.is_over:
        raise refuse("over", f"Проект {row.get_state_display()}: паспорт больше не меняется.")
    values = _checked(new, by, standing=row)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    before = {name: getattr(row, name) for name, _ in PASSPORT if name in changed}
    for name in changed:
        setattr(row, name, values[name])
    row.save()
    names = ", ".join(str(getattr(Project._meta.get_field(name), "verbose_name", name)) for name in changed)
    text = f"Изменено: {names}." if changed else "Сохранено без изменений."
    events.record(kind="roadmaps.project_changed", subject=row, by=by, text=text[:500], before=before)
    return row


@transaction.atomic
def move_project(*, project: Project, to: str, by: User, reason: str = "") -> Project:
    """The next state; schools are told when applications are taken."""
    row = locked(project, by)
    texts = Texts()
    if to not in STEPS.get(row.state, ()):
        texts.add("wrong_state", f"Состояние уже другое: {row.get_state_display()}.", "Откройте страницу заново.")
    reason = texts.take(reason, "Почему прекращён", 500, required=to == State.STOPPED)
    if to == State.OPEN and not row.aim:
        texts.add("no_aim", "Перед приёмом заявок заполните цель: по ней организации решают, участвовать ли.")
    if to == State.DONE and row.stages.filter(done_on=None).exists():
        texts.add("stages", "Есть незавершённые этапы.", "Завершите этапы или прекратите проект с причиной.")
    texts.raise_if_any()
    row.state = to
    row.end_reason = reason if to == State.STOPPED else ""
    row.save(update_fields=["state", "end_reason"])
    text = f"Состояние: {row.get_state_display()}." + (f" {reason}" if reason else "")
    events.record(kind=f"roadmaps.project_{to}", subject=row, by=by, text=text[:500])
    if to == State.OPEN:
        _announce(row)
    return row


def _announce(project: Project) -> None:
    """To directors of open organisations: they may apply."""
    open_now = Organization.objects.educational().active()  # type: ignore[attr-defined]
    directors = Membership.objects.current().filter(role=Role.DIRECTOR, organization__in=open_now)
    notices.tell(
        users=sorted(set(directors.values_list("user", flat=True))),
        key=f"roadmaps.project_open:{project.pk}",
        title=f"Приём заявок: {project}",
        url=project.get_absolute_url(),
        note="Прочитайте паспорт и решите, будет ли ваша организация участвовать.",
        due_on=project.applications_until,
    )


# --- indicators


@transaction.atomic
def set_indicator(
    *, project: Project, title: str, target: str, by: User, reached: str = "", code: str = "",
    standing: ProjectIndicator | None = None,
) -> ProjectIndicator:  # fmt: skip
    """Add an indicator or mend one; `code` names an indicator of the portal."""
    row = locked(project, by)
    texts = Texts()
    values: dict[str, Any] = {
        "title": texts.take(title, "Показатель", 300),
        "target": texts.take(target, "Чего ждём", 200),
        "reached": texts.take(reached, "Достигнуто", 200, required=False),
    }
    indicator = Indicator.objects.filter(code=code.strip(), is_group=False).first() if code.strip() else None
    if code.strip() and indicator is None:
        texts.add("indicator", "Показателя с таким кодом на портале нет.", "Проверьте код или оставьте поле пустым.")
    texts.raise_if_any()
    values |= {"indicator": indicator, "reached_on": timezone.localdate() if values["reached"] else None}
    made = standing or ProjectIndicator(project=row)
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    text = f"Показатель: {made.title}; ждём: {made.target}" + (f"; достигнуто: {made.reached}" if made.reached else "")
    events.record(kind="roadmaps.project_indicator", subject=row, by=by, text=text[:500])
    return made


@transaction.atomic
def remove_indicator(*, indicator: ProjectIndicator, by: User) -> None:
    row = locked(indicator.project, by)
    text = f"Убран показатель: {indicator.title}; ждали: {indicator.target}"
    indicator.delete()
    events.record(kind="roadmaps.project_indicator_removed", subject=row, by=by, text=text[:500])


# --- documents and roadmap


@transaction.atomic
def add_regulation(
    *,
    project: Project,
    by: User,
    text: str = "",
    file: documents.Upload = None,
    changes: str = "",
    dated_on: date | None = None,
) -> DocumentVersion:
    """The regulation of the project: the first version of a document of the library, or its next one."""
    row = locked(project, by)
    new = documents.NewVersion(text=text, file=file, changes=changes, dated_on=dated_on)
    document = regulation_of(row)
    if document is None:
        card = documents.NewDocument(
            kind=Document.Kind.PLATFORM, title=f"Положение: {row}"[:300], direction=row.direction
        )
        version = documents.create_document(new=card, first=new, by=by, subject=row).versions.get()
    else:
        version = documents.add_version(document=document, new=new, by=by)
    words = f"Приложено положение: версия {version.number}."
    events.record(kind="roadmaps.project_regulation", subject=row, by=by, text=words)
    return version


def regulation_of(project: Project) -> Document | None:
    """The document of the library that regulates the project."""
    label = Project._meta
    found = Document.objects.filter(
        content_type__app_label=label.app_label, content_type__model=label.model_name, object_id=project.pk
    )
    return found.order_by("pk").first()


@transaction.atomic
def approve_regulation(*, version: DocumentVersion, by: User, act_text: str, on: date | None) -> DocumentVersion:
    """Put a version into force by an act; the former one loses its force."""
    return documents.approve_version(version=version, by=by, act_text=act_text, on=on)


@transaction.atomic
def link_roadmap(*, project: Project, roadmap: Roadmap | None, by: User) -> Project:
    """Say which roadmap is the project's plan; None unlinks it."""
    row = locked(project, by)
    row.roadmap = roadmap
    row.save(update_fields=["roadmap"])
    text = f"Дорожная карта: {roadmap}." if roadmap else "Дорожная карта отвязана."
    events.record(kind="roadmaps.project_roadmap", subject=row, by=by, text=text[:500])
    return row


def as_typed(project: Project) -> NewProject:
    """The project as its form shows it."""
    values = {field.name: getattr(project, field.name) for field in fields(NewProject)}
    return NewProject(**{**values, "programme": str(project.programme or "")})
