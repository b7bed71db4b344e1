"""What acts of observation ask, as data: a form by kind of procedure, in versions that never change."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.procedures.models.works import Procedure, SourceState
from apps.procedures.people.checklist import Question


class ActForm(models.Model):
    """A version of the questions of an act for a kind of procedure; without a kind, for all that have no own form.

    A version is never changed: an act keeps the one it was begun with. A form that is ended gives way to the one
    without a kind.
    """

    kind = models.CharField("вид процедур", max_length=8, choices=Procedure.Kind.choices, blank=True)
    version = models.PositiveSmallIntegerField("редакция")
    questions = models.JSONField("вопросы")  # [{"code": "room", "text": "…"}, …] in the order they are asked
    note = models.CharField("пояснение наблюдателю", max_length=400, blank=True)
    source = models.CharField("на чём основана", max_length=400, blank=True)
    state = models.CharField("состояние", max_length=12, choices=SourceState.choices, default=SourceState.UNCONFIRMED)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("опубликована", default=timezone.now)
    ended_at = models.DateTimeField("больше не применяется с", null=True, blank=True)

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        verbose_name = "форма акта наблюдения"
        verbose_name_plural = "формы актов наблюдения"
        ordering = ("kind", "-version")
        constraints = [models.UniqueConstraint(fields=("kind", "version"), name="one_act_form_version")]

    def __str__(self) -> str:
        return f"{self.title}, редакция {self.version}"

    @property
    def title(self) -> str:
        return self.get_kind_display() if self.kind else "Все остальные процедуры"

    @property
    def slug(self) -> str:
        return self.kind or GENERAL

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(Question(each["code"], each["text"]) for each in self.questions)

    @property
    def is_unconfirmed(self) -> bool:
        return self.state == SourceState.UNCONFIRMED


GENERAL = "general"  # how the form without a kind is called in addresses
