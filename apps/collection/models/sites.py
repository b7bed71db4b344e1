"""Links to the documents that an organisation must have on its site, and whether they answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.collection.querysets import SiteLinkQuerySet
from apps.organizations.models import Organization


class SiteLink(models.Model):
    """A document marked by the organisation. A changed link is unchecked again."""

    class State(models.TextChoices):
        UNCHECKED = "unchecked", "не проверена"
        THERE = "there", "открывается"
        BROKEN = "broken", "не открывается"

    TONES = {"there": "good", "broken": "bad"}

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    code = models.SlugField("документ", max_length=40)
    url = models.URLField("ссылка", max_length=500)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.UNCHECKED)
    problem = models.CharField("что не так", max_length=200, blank=True)
    checked_at = models.DateTimeField("проверена", null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("указана", default=timezone.now)

    objects = SiteLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "ссылка на документ сайта"
        verbose_name_plural = "ссылки на документы сайтов"
        constraints = [
            models.UniqueConstraint(fields=("organization", "code"), name="one_site_link"),
            models.CheckConstraint(
                condition=Q(state="unchecked") | Q(checked_at__isnull=False), name="checked_link_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.code}"

    @property
    def tone(self) -> str:
        return self.TONES.get(self.state, "neutral")
