"""Writes of links. A refusal raises `Refused` and changes nothing."""

from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from apps.core import events
from apps.core.findings import Refused, error
from apps.roadmaps.links.models import Link

_DEEPEST = 50  # chains of people are shorter; a longer one is a fault of data


def _names(found: Model) -> tuple[str, str]:
    if found.pk is None:
        raise ValueError("Only stored objects are linked")
    return found._meta.label, str(found.pk)


def _leads_to(start: tuple[str, str], goal: tuple[str, str]) -> bool:
    """Whether `start` rests on `goal`, directly or by others."""
    seen, edge = {start}, {start}
    for _ in range(_DEEPEST):
        if goal in edge:
            return True
        wanted = Q(pk__in=[])
        for label, key in edge:
            wanted |= Q(subject=label, subject_id=key)
        edge = set(Link.objects.filter(wanted).values_list("basis", "basis_id")) - seen
        if not edge:
            return False
        seen |= edge
    return True


@transaction.atomic
def rest_on(*, subject: Model, basis: Model, by: Any) -> Link:
    """Say that `subject` rests on `basis`. The same again changes nothing; a circle is refused.

    The caller has read both through `visible_to(by)` and asked who may change `subject`.
    """
    here, there = _names(subject), _names(basis)
    if here == there or _leads_to(there, here):
        message = f"«{basis}» уже основано на «{subject}»: круговая ссылка."
        raise Refused([error("circle", message, action="Выберите другое основание.")])
    link, is_new = Link.objects.get_or_create(
        subject=here[0], subject_id=here[1], basis=there[0], basis_id=there[1], defaults={"created_by": by}
    )
    if is_new:
        text = f"Основание: {basis}"[:500]
        events.record(kind="roadmaps.linked", subject=subject, by=by, text=text, basis=there[0], key=there[1])
    return link


@transaction.atomic
def detach(*, subject: Model, basis: Model, by: Any) -> bool:
    """Take a link away; the history of `subject` keeps it. Returns whether there was one."""
    here, there = _names(subject), _names(basis)
    gone, _ = Link.objects.filter(subject=here[0], subject_id=here[1], basis=there[0], basis_id=there[1]).delete()
    if gone:
        text = f"Основание снято: {basis}"[:500]
        events.record(kind="roadmaps.unlinked", subject=subject, by=by, text=text, basis=there[0], key=there[1])
    return bool(gone)
