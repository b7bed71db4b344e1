"""A dispatch of materials: to whom, delivered when, read by whom."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.library.documents.models import DocumentVersion
from apps.organizations.models import Organization


class MaterialDispatchQuerySet(models.QuerySet["Dispatch"]):
    def visible_to(self, user: Any) -> "MaterialDispatchQuerySet":
        """The authority sees all, an organisation what was sent to it."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        if user.is_school and user.organization:
            return self.filter(receipts__organization=user.organization)
        return self.none()


class Dispatch(models.Model):
    """A document sent to chosen organisations, with a covering letter."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="dispatches", verbose_name="документ")
    letter = models.TextField("сопроводительное письмо", max_length=5000, blank=True)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="кто направил")
    sent_at = models.DateTimeField("направлено", default=timezone.now)

    objects = MaterialDispatchQuerySet.as_manager()

    class Meta:
        verbose_name = "рассылка материалов"
        verbose_name_plural = "рассылки материалов"
        ordering = ("-sent_at", "-pk")

    def __str__(self) -> str:
        return self.version.document.title

    def get_absolute_url(self) -> str:
        return reverse("library:dispatch", args=[self.pk])


class DispatchReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, user: Any) -> "DispatchReceiptQuerySet":
        """The authority sees all, an organisation its own, never who else got the materials."""
        if not user.is_authenticated:
            return self.none()
        if user.is_authority:
            return self
        return self.filter(organization=user.organization) if user.is_school and user.organization else self.none()


class Receipt(models.Model):
    """A dispatch at one organisation. Delivered: shown in its list. Read: opened by a person of it."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="receipts", verbose_name="рассылка")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="организация")
    delivered_at = models.DateTimeField("доставлено", null=True, blank=True)
    read_at = models.DateTimeField("прочитано", null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кем"
    )

    objects = DispatchReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "получатель рассылки"
        verbose_name_plural = "получатели рассылок"
        ordering = ("dispatch", "organization")
        constraints = [
            models.UniqueConstraint(fields=("dispatch", "organization"), name="one_dispatch_receipt"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False, delivered_at__isnull=False),
                name="receipt_read_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.state_text}"

    @property
    def state_text(self) -> str:
        """Of an organisation that works no more nobody reads: it wants `organization` joined."""
        if self.read_at:
            return "прочитано"
        if self.organization.is_closed:
            return "организация закрыта"
        return "доставлено" if self.delivered_at else "не доставлено"

    @property
    def tone(self) -> str:
        if not self.read_at and self.organization.is_closed:
            return "neutral"
        return "good" if self.read_at else "info" if self.delivered_at else "warn"
