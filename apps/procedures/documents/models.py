"""The text of a document of a procedure as people left it."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class DocumentDraft(models.Model):
    """A changed text of one document. Without a row the template is shown, filled from the procedure as it is now."""

    class Kind(models.TextChoices):
        ORDER = "order", "приказ"
        REGULATION = "regulation", "положение"
        SCHEDULE = "schedule", "график проведения"
        INSTRUCTION = "instruction", "инструкция"
        PROTOCOL = "protocol", "протокол"

    procedure = models.ForeignKey("procedures.Procedure", models.CASCADE, related_name="drafts")
    kind = models.CharField("документ", max_length=12, choices=Kind.choices)
    text = models.TextField("текст", max_length=30000)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField("изменён", default=timezone.now)

    class Meta:
        verbose_name = "проект документа"
        verbose_name_plural = "проекты документов"
        ordering = ("procedure", "kind")
        constraints = [models.UniqueConstraint(fields=("procedure", "kind"), name="one_document_draft")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.procedure}"
