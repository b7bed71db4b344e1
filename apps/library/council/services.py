"""Opening a draft to the council, comments, votes. A refusal raises `Refused` and changes nothing."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import DEPARTMENT, Role
from apps.core import events, notices
from apps.core.findings import refuse
from apps.library import people
from apps.library.access import WRITERS
from apps.library.council.models import Comment, Discussion, Vote
from apps.library.documents.models import DocumentVersion
from apps.library.texts import STORY, Texts, require


@transaction.atomic
def open_discussion(*, version: DocumentVersion, question: str, closes_on: date, by: User) -> Discussion:
    """Show a draft to the members of the council and ask them a question."""
    require(by, WRITERS, "Открывают проекты совету сотрудники управления и методисты.")
    row = DocumentVersion.objects.select_for_update(of=("self",)).select_related("document").get(pk=version.pk)
    texts = Texts()
    question = texts.take(question, "Вопрос", 500)
    if row.state != DocumentVersion.State.DRAFT:
        texts.add("not_draft", f"Обсуждают проект, а эта версия — {row.state_text}.")
    if closes_on < timezone.localdate():
        texts.add("past", "День окончания уже прошёл.")
    if row.discussions.running().exists():
        texts.add("running", "Эта версия уже обсуждается.")
    texts.raise_if_any()
    made = Discussion.objects.create(version=row, question=question, closes_on=closes_on, opened_by=by)
    text = f"Открыто совету до {closes_on:%d.%m.%Y}: {question}"
    events.record(kind="library.discussion_opened", subject=row.document, by=by, text=text[:500])
    title = f"Проект на обсуждение: {row.document.title}"
    url, key = made.get_absolute_url(), f"library.discussion:{made.pk}"
    notices.tell(users=people.of_council(), key=key, title=title, url=url, note=question, due_on=closes_on)
    return made


def _running(discussion: Discussion) -> Discussion:
    row: Discussion = Discussion.objects.select_for_update(of=("self",)).get(pk=discussion.pk)
    if not row.is_running:
        raise refuse("closed", "Обсуждение завершено.", "Прочитать комментарии и голоса можно на этой странице.")
    return row


@transaction.atomic
def comment(*, discussion: Discussion, text: str, by: User) -> Comment:
    """Written under the author's name and the time; it stays as it is."""
    if by.role != Role.PUBLIC_REPRESENTATIVE and not by.is_authority:
        raise refuse("not_allowed", "Комментируют члены совета и сотрудники управления.")
    row = _running(discussion)
    texts = Texts()
    text = texts.take(text, "Комментарий", STORY)
    texts.raise_if_any()
    made = Comment.objects.create(discussion=row, text=text, author=by)
    events.record(kind="library.commented", subject=row, by=by, text="Оставлен комментарий.")
    return made


@transaction.atomic
def vote(*, discussion: Discussion, choice: str, by: User) -> Vote:
    """One vote a member; a later one takes the place of the earlier, history keeps both."""
    require(by, {Role.PUBLIC_REPRESENTATIVE}, "Голосуют члены общественного совета.")
    row = _running(discussion)
    if choice not in Vote.Choice.values:
        raise refuse("choice", "Выберите: за, против или воздерживаюсь.")
    made, _ = Vote.objects.update_or_create(
        discussion=row, member=by, defaults={"choice": choice, "at": timezone.now()}
    )
    events.record(kind="library.voted", subject=row, by=by, text=f"Голос: {made.get_choice_display()}.")
    return made


@transaction.atomic
def close(*, discussion: Discussion, outcome: str, by: User) -> Discussion:
    """Say what the office made of it; a running discussion ends with that."""
    require(by, WRITERS | DEPARTMENT, "Итог записывают сотрудники управления и методисты.")
    row: Discussion = Discussion.objects.select_for_update(of=("self",)).get(pk=discussion.pk)
    texts = Texts()
    outcome = texts.take(outcome, "Итог", 5000)
    texts.raise_if_any()
    if row.is_running:
        row.closed_at = timezone.now()
    row.outcome = outcome
    row.save(update_fields=["closed_at", "outcome"])
    notices.settle(f"library.discussion:{row.pk}")
    events.record(kind="library.discussion_closed", subject=row, by=by, text=f"Итог: {outcome}"[:500])
    return row
