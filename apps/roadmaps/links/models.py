"""An object of the management cycle rests on another one: a recommendation on a conclusion, a decision on both."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Link(models.Model):
    """`subject` rests on `basis`; both are named as in the history of objects: «app.Model» and the key."""

    subject = models.CharField("предмет", max_length=64)
    subject_id = models.CharField("номер предмета", max_length=64)
    basis = models.CharField("основание", max_length=64)
    basis_id = models.CharField("номер основания", max_length=64)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("связано", default=timezone.now)

    class Meta:
        verbose_name = "связь"
        verbose_name_plural = "связи"
        ordering = ("pk",)
        indexes = [models.Index(fields=("basis", "basis_id"), name="link_basis")]
        constraints = [
            models.UniqueConstraint(fields=("subject", "subject_id", "basis", "basis_id"), name="one_link"),
            models.CheckConstraint(
                condition=~Q(subject=F("basis")) | ~Q(subject_id=F("basis_id")), name="link_is_not_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} ← {self.basis} {self.basis_id}"
