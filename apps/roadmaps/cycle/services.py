"""Writes of the cycle: tracks, terms, criteria, marks. A refusal raises `Refused` and changes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core import events, findings
from apps.core.findings import Refused, error
from apps.core.models import Period
from apps.indicators.models import Direction, IndicatorVersion
from apps.organizations.models import Organization
from apps.roadmaps.cycle.facts import Key
from apps.roadmaps.cycle.models import Criterion, PositionMark, PositionTerm, Track, TrackObject
from apps.workbooks.cells import clean_text


def require_keeper(organization: Organization | None, by: Any) -> None:
    """The department keeps the cycle of the municipality and of every organisation; an organisation its own."""
    own = by is not None and by.is_active and by.is_school and organization is not None
    if own and by.organization == organization:
        return
    if by is None or not by.is_active or not by.is_department:
        raise Refused(
            [error("no_right", "Цикл муниципалитета ведёт управление образования, цикл организации — она сама.")]
        )


def _too_long(name: str, text: str, most: int) -> list[findings.Finding]:
    if len(text) <= most:
        return []
    return [error("too_long", f"{name}: {len(text)} знаков, помещается {most}.", action="Сократите текст.")]


@dataclass(frozen=True)
class NewTrack:
    direction: Direction
    title: str
    is_full: bool
    organization: Organization | None = None


@transaction.atomic
def set_track(*, new: NewTrack, by: User, track: Track | None = None) -> Track:
    """Begin a track, or change the title and the kind of cycle of one. Raises Refused."""
    require_keeper(new.organization, by)
    title = clean_text(new.title).strip()
    faults = _too_long("Название трека", title, 250)
    if not title:
        faults.append(error("no_title", "Назовите трек."))
    if not new.direction.is_active:
        faults.append(error("direction_off", "Направление выключено: новых треков у него нет."))
    if track is not None:
        track = Track.objects.select_for_update().get(pk=track.pk)
        if track.ended_at:
            faults.append(error("ended", "Трек закрыт."))
    if faults:
        raise Refused(faults)
    if track is None:
        made = Track.objects.create(
            direction=new.direction, organization=new.organization, title=title, is_full=new.is_full, author=by
        )
        events.record(kind="roadmaps.track_begun", subject=made, by=by, text=f"Трек: {title}"[:500])
        return made
    if (track.title, track.is_full) != (title, new.is_full):
        track.title, track.is_full = title, new.is_full
        track.save(update_fields=["title", "is_full"])
        text = f"Трек: {title}, {'полный' if new.is_full else 'неполный'} цикл"
        events.record(kind="roadmaps.track_changed", subject=track, by=by, text=text[:500])
    return track


@transaction.atomic
def end_track(*, track: Track, reason: str, by: User) -> None:
    """Close a track; its objects stay where they are. Raises Refused."""
    row = Track.objects.select_for_update().get(pk=track.pk)
    require_keeper(row.organization, by)
    reason = clean_text(reason).strip()
    faults = _too_long("Причина", reason, 300)
    if not reason:
        faults.append(error("no_reason", "Напишите, почему трек закрывается."))
    if faults:
        raise Refused(faults)
    if row.ended_at is None:
        row.ended_at, row.end_reason = timezone.now(), reason
        row.save(update_fields=["ended_at", "end_reason"])
        events.record(kind="roadmaps.track_ended", subject=row, by=by, text=f"Трек закрыт: {reason}")


@transaction.atomic
def put_into_track(*, track: Track, keys: Collection[Key], by: User) -> int:
    """Let exactly these objects stand in the track. The caller has read them as `by` may see them."""
    row = Track.objects.select_for_update().get(pk=track.pk)
    require_keeper(row.organization, by)
    wanted = set(keys)
    stored = {(one.subject, one.subject_id): one.pk for one in TrackObject.objects.filter(track=row)}
    TrackObject.objects.filter(pk__in=[pk for key, pk in stored.items() if key not in wanted]).delete()
    new = sorted(wanted - set(stored))
    TrackObject.objects.bulk_create(TrackObject(track=row, subject=label, subject_id=key) for label, key in new)
    if wanted != set(stored):
        text = f"В треке объектов: {len(wanted)}, добавлено {len(new)}."
        events.record(kind="roadmaps.track_filled", subject=row, by=by, text=text)
    return len(wanted)


@dataclass(frozen=True)
class NewTerm:
    """`direction` None: of all directions."""

    scope: str
    direction: Direction | None
    position: int
    month: int
    day: int
    role: str
    user: User | None = None


@transaction.atomic
def set_term(*, new: NewTerm, by: User) -> PositionTerm:
    """Say who fills a position and by which day of each year. Only the head of the authority. Raises Refused."""
    if by.role != Role.HEAD:
        raise Refused([error("no_right", "Сроки и ответственных позиций назначает руководитель управления.")])
    role = clean_text(new.role).strip()
    faults = _too_long("Кто заполняет", role, 200)
    if not role:
        faults.append(error("no_role", "Укажите, кто заполняет позицию."))
    if not (1 <= new.month <= 12 and 1 <= new.day <= (29, 31)[new.month != 2]) or (
        new.day == 31 and new.month in {4, 6, 9, 11}
    ):
        faults.append(error("no_such_day", "Такого дня в году нет."))
    if new.user and not new.user.is_active:
        faults.append(error("dismissed", f"{new.user} больше не работает на портале. Выберите другого сотрудника."))
    if faults:
        raise Refused(faults)
    row, _ = PositionTerm.objects.update_or_create(
        scope=new.scope,
        direction=new.direction,
        position=new.position,
        defaults={
            "month": new.month, "day": new.day, "role": role, "user": new.user,
            "changed_by": by, "changed_at": timezone.now(),
        },
    )  # fmt: skip
    text = f"{row}; {role}{f', {new.user}' if new.user else ''}"
    events.record(kind="roadmaps.position_term", subject=row, by=by, text=text[:500])
    return row


@transaction.atomic
def drop_term(*, term: PositionTerm, by: User) -> None:
    """Take a direction's own term away: that of all directions, or the proposed one, holds again."""
    if by.role != Role.HEAD:
        raise Refused([error("no_right", "Сроки позиций назначает руководитель управления.")])
    events.record(kind="roadmaps.position_term_dropped", subject=term, by=by, text=f"Снят срок: {term}"[:500])
    term.delete()


@transaction.atomic
def set_criterion(
    *, position: int, text: str, source_state: str, act: str, by: User, criterion: Criterion | None = None,
    is_active: bool = True,
) -> Criterion:  # fmt: skip
    """Write a criterion of the self-assessment, or change one. Confirmed ones name their act. Raises Refused."""
    require_keeper(None, by)
    text, act = clean_text(text).strip(), clean_text(act).strip()
    faults: list[findings.Finding] = []
    if not text:
        faults.append(error("no_text", "Напишите критерий."))
    if len(text) > 400:
        faults.append(error("too_long", "Критерий длиннее 400 знаков."))
    if len(act) > 600:
        faults.append(error("too_long", "Название акта длиннее 600 знаков."))
    confirmed = source_state in {IndicatorVersion.Source.OFFICIAL, IndicatorVersion.Source.MUNICIPAL}
    if confirmed and not act:
        faults.append(error("no_act", "Подтверждённый критерий называет акт, из которого он взят."))
    if faults:
        raise Refused(faults)
    if criterion is None:
        row = Criterion(position=position, order=Criterion.objects.filter(position=position).count())
    else:
        row = Criterion.objects.select_for_update().get(pk=criterion.pk)
    row.text, row.source_state, row.act, row.is_active = text, source_state, act, is_active
    row.save()
    words = f"Критерий: {text} ({row.get_source_state_display()})"
    events.record(kind="roadmaps.criterion_set", subject=row, by=by, text=words[:500])
    return row


@transaction.atomic
def mark_position(
    *, period: Period, direction: Direction, position: int, level: int, words: str, proposed: int, by: User
) -> PositionMark:
    """Say how far a position is represented. What differs from the proposal needs words. Raises Refused."""
    require_keeper(None, by)
    words = clean_text(words).strip()
    faults = []
    if level not in PositionMark.Level.values:
        faults.append(error("no_level", f"{direction.code}, позиция {position}: выберите уровень."))
    if len(words) > 1000:
        faults.append(error("too_long", f"{direction.code}, позиция {position}: пояснение длиннее 1000 знаков."))
    if level != proposed and not words:
        message = f"{direction.code}, позиция {position}: ваш уровень отличается от предложенного. Поясните почему."
        faults.append(error("no_words", message))
    if faults:
        raise Refused(faults)
    row, is_new = PositionMark.objects.select_for_update().get_or_create(
        period=period, direction=direction, position=position,
        defaults={"level": level, "words": words, "author": by},
    )  # fmt: skip
    if is_new or (row.level, row.words) != (level, words):
        row.level, row.words, row.author, row.marked_at = level, words, by, timezone.now()
        row.save()
        text = f"{row}. {words}".strip()
        events.record(kind="roadmaps.position_marked", subject=row, by=by, text=text[:500])
    return row
