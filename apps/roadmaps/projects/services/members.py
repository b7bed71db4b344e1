"""Organisations of a project: they apply, are accepted or declined, work and hand in products."""

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.people import people_of
from apps.accounts.roles import DEPARTMENT, SCHOOL, Role
from apps.core import attachments, events, files, notices
from apps.core.findings import refuse
from apps.core.models import PrivateFile
from apps.library.documents.services import Upload
from apps.library.texts import STORY, Texts, require
from apps.organizations.models import Programme
from apps.roadmaps.projects.models import LevelResults, Member, Opinion, Product, Project
from apps.roadmaps.projects.services.projects import DENIED

State = Member.State
EXPERTS = DEPARTMENT | {Role.METHODOLOGIST}


@transaction.atomic
def apply(*, project: Project, motive: str, contact: str, by: User) -> Member:
    """The director asks to take part. A declined or left organisation may ask again."""
    require(by, {Role.DIRECTOR}, "Заявку подаёт руководитель организации.")
    row = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    organization = by.organization
    texts = Texts()
    motive = texts.take(motive, "Почему хотим участвовать", STORY)
    contact = texts.take(contact, "Кто отвечает в организации", 200)
    if not row.takes_applications:
        texts.add("closed", "Заявки сейчас не принимаются.", "Спросите о сроках у куратора проекта.")
    member = Member.objects.filter(project=row, organization=organization).first()
    if member and member.state in {State.APPLIED, State.ACCEPTED}:
        texts.add("twice", f"Ваша организация уже подала заявку: {member.get_state_display()}.")
    texts.raise_if_any()
    member = member or Member(project=row, organization=organization)
    member.state, member.motive, member.contact = State.APPLIED, motive, contact
    member.applied_at, member.applied_by = timezone.now(), by
    member.decided_at, member.decided_by, member.reason = None, None, ""
    member.save()
    events.record(kind="roadmaps.project_applied", subject=member, by=by, text="Подана заявка.", motive=motive)
    notices.tell(
        users=[row.curator_id],
        key=f"roadmaps.project_applied:{member.pk}:{member.applied_at:%Y%m%d%H%M%S}",
        title=f"Заявка: {row}",
        url=member.get_absolute_url(),
        note=f"{organization} просит принять её в число участников.",
    )
    return member


def _locked(member: Member, *states: str) -> Member:
    rows = Member.objects.select_for_update(of=("self",)).select_related("project", "organization")
    row: Member = rows.get(pk=member.pk)
    if row.state not in states:
        message = f"Состояние заявки изменилось: {row.get_state_display()}."
        raise refuse("wrong_state", message, "Откройте страницу заново.")
    return row


def _decide(row: Member, state: str, reason: str, by: User) -> Member:
    row.state, row.reason, row.decided_at, row.decided_by = state, reason, timezone.now(), by
    row.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    text = f"{row.get_state_display().capitalize()}." + (f" {reason}" if reason else "")
    events.record(kind=f"roadmaps.project_{state}", subject=row, by=by, text=text[:500])
    notices.tell(
        users=people_of([row.organization_id]),
        key=f"roadmaps.project_{state}:{row.pk}:{row.decided_at:%Y%m%d%H%M%S}",
        title=f"{row.project}: {row.get_state_display()}",
        url=row.get_absolute_url(),
        note=reason,
    )
    return row


@transaction.atomic
def accept(*, member: Member, by: User, reason: str = "") -> Member:
    require(by, DEPARTMENT, DENIED)
    row = _locked(member, State.APPLIED)
    texts = Texts()
    reason = texts.take(reason, "Пояснение", 1000, required=False)
    if row.project.is_over:
        texts.add("over", f"Проект {row.project.get_state_display()}: участников больше не принимают.")
    texts.raise_if_any()
    return _decide(row, State.ACCEPTED, reason, by)


@transaction.atomic
def decline(*, member: Member, reason: str, by: User) -> Member:
    """The organisation reads the reason."""
    require(by, DEPARTMENT, DENIED)
    row = _locked(member, State.APPLIED)
    texts = Texts()
    reason = texts.take(reason, "Почему", 1000)
    texts.raise_if_any()
    return _decide(row, State.DECLINED, reason, by)


@transaction.atomic
def leave(*, member: Member, reason: str, by: User) -> Member:
    """A member goes: the authority takes it off, or its director leaves. Products stay."""
    row = _locked(member, State.ACCEPTED)
    own = by.has_role(Role.DIRECTOR) and by.organization == row.organization
    if not own and not by.is_department:
        raise refuse("not_allowed", DENIED)
    texts = Texts()
    reason = texts.take(reason, "Почему", 1000)
    texts.raise_if_any()
    return _decide(row, State.LEFT, reason, by)


# --- what members make


def working(member: Member, by: User) -> Member:
    """The member held until the end; only its own people write, and only while the project goes on."""
    if not by.is_school or by.role not in SCHOOL or by.organization != member.organization:
        raise refuse("not_allowed", "Работу организации ведут её руководитель и координатор.")
    row = _locked(member, State.ACCEPTED)
    if row.project.is_over:
        raise refuse("over", f"Проект {row.project.get_state_display()}: сведения больше не меняются.")
    return row


@transaction.atomic
def define_results(*, member: Member, level: str, text: str, by: User) -> LevelResults:
    """The key results of a level; an empty text is refused, a level that the organisation has not is too."""
    row = working(member, by)
    texts = Texts()
    if level not in row.levels:
        texts.add("level", "Такого уровня образования у вашей организации нет.")
    text = texts.take(text, "Ключевые результаты", STORY)
    texts.raise_if_any()
    made, _ = LevelResults.objects.update_or_create(
        member=row, level=level, defaults={"text": text, "changed_by": by, "changed_at": timezone.now()}
    )
    words = f"Определены ключевые результаты: {Programme(level).label}."
    events.record(kind="roadmaps.project_results", subject=row, by=by, text=words, level=level, results=text)
    return made


def kept(file: Upload, by: User) -> PrivateFile | None:
    if file is None:
        return None
    stream, name = file
    return files.store(stream=stream, name=name, content_type=attachments.check(stream, name), by=by)


@transaction.atomic
def hand_in(
    *, member: Member, kind: str, title: str, by: User, text: str = "", file: Upload = None,
    standing: Product | None = None,
) -> Product:  # fmt: skip
    """Attach a product or mend one: text, scheme, or both. What was said of an earlier state stays in the history."""
    row = working(member, by)
    texts = Texts()
    title = texts.take(title, "Название", 300)
    text = texts.take(text, "Описание", STORY, required=False)
    if kind not in Product.Kind.values:
        texts.add("kind", "Выберите вид продукта.")
    if not text and file is None and not (standing and standing.file_id):
        texts.add("empty", "Опишите продукт словами или приложите схему.")
    texts.raise_if_any()
    product = standing or Product(member=row, created_by=by)
    product.kind, product.title, product.text = kind, title, text
    product.file = kept(file, by) or product.file
    product.changed_at = timezone.now()
    product.save()
    words = f"{'Изменён' if standing else 'Приложен'}: {product.get_kind_display()} «{title}»."
    events.record(kind="roadmaps.product_handed_in", subject=product, by=by, text=words[:500])
    notices.tell(
        users=[row.project.curator_id],
        key=f"roadmaps.product:{product.pk}:{product.changed_at:%Y%m%d%H%M%S}",
        title=f"Продукт ждёт экспертного мнения: {title}",
        url=product.get_absolute_url(),
        note=f"{row.organization}, {row.project}",
    )
    return product


@transaction.atomic
def give_opinion(*, product: Product, verdict: str, text: str, by: User, seen_at: str = "") -> Opinion:
    """What an expert says of the product as it stands. `seen_at` is its time of change on the page that was read."""
    require(by, EXPERTS, "Экспертное мнение дают сотрудники управления и методисты.")
    row = Product.objects.select_for_update(of=("self",)).select_related("member__project").get(pk=product.pk)
    texts = Texts()
    text = texts.take(text, "Экспертное мнение", STORY)
    if verdict not in Opinion.Verdict.values:
        texts.add("verdict", "Выберите заключение.")
    if seen_at and seen_at != row.changed_at.isoformat():
        texts.add("changed", "Пока вы писали, организация изменила продукт.", "Посмотрите его ещё раз и отправьте.")
    texts.raise_if_any()
    made = Opinion.objects.create(product=row, verdict=verdict, text=text, author=by)
    words = f"Экспертное мнение: {made.get_verdict_display()}."
    events.record(kind="roadmaps.product_opinion", subject=row, by=by, text=words, opinion=text)
    notices.tell(
        users=people_of([row.member.organization_id]),
        key=f"roadmaps.opinion:{made.pk}",
        title=f"Экспертное мнение: {row.title}",
        url=row.get_absolute_url(),
        note=made.get_verdict_display(),
    )
    return made
