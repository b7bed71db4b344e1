"""Lines of the inbox and the letters that carry them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Digest(models.Model):
    """The one letter of a person on a day.

    The row is made before anything is sent, and whoever sends it marks `tried_at` first: of two workers one gets it,
    and after a crash a letter that may have left is never sent again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="кому")
    day = models.DateField("день")
    claimed_at = models.DateTimeField("подготовлено", default=timezone.now)
    tried_at = models.DateTimeField("передано почте", null=True)
    sent_at = models.DateTimeField("отправлено", null=True)

    class Meta:
        verbose_name = "письмо дня"
        verbose_name_plural = "письма дня"
        ordering = ("-day", "pk")
        constraints = [
            models.UniqueConstraint(fields=("user", "day"), name="one_digest_a_day"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(tried_at__isnull=False), name="digest_tried_before_sent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day:%d.%m.%Y}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        """Their own; nobody reads the inbox of another."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> "NoticeQuerySet":
        was_read = models.Case(models.When(read_at__isnull=True, then=0), default=1)
        return self.order_by(was_read, "-created_at", "-pk")

    def awaiting_letter(self) -> "NoticeQuerySet":
        """Not read yet and in no letter so far."""
        return self.unread().filter(digest__isnull=True, mailed_at__isnull=True)


class Notice(models.Model):
    """One line of a person's inbox: what happened and where to go. It carries no figures: letters travel open."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="кому")
    key = models.CharField("ключ", max_length=120)  # «room.what:number»: the same thing is told once
    title = models.CharField("о чём", max_length=300)
    note = models.CharField("подробности", max_length=1000, blank=True)
    url = models.CharField("страница", max_length=300)
    due_on = models.DateField("срок", null=True, blank=True)
    created_at = models.DateTimeField("когда", default=timezone.now)
    read_at = models.DateTimeField("прочитано", null=True, blank=True)
    mailed_at = models.DateTimeField("отправлено почтой", null=True, blank=True)
    digest = models.ForeignKey(
        Digest, models.SET_NULL, null=True, blank=True, related_name="notices", verbose_name="письмо"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        ordering = ("-created_at", "-pk")
        constraints = [models.UniqueConstraint(fields=("user", "key"), name="one_notice_of_a_thing")]
        indexes = [
            models.Index(fields=("user", "-created_at"), name="notice_of_user"),
            models.Index(fields=("user",), condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=("user",),
                condition=Q(read_at__isnull=True, digest__isnull=True, mailed_at__isnull=True),
                name="notice_awaiting_letter",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_read(self) -> bool:
        return self.read_at is not None
