"""Where numbers come from outside the portal, and which indicator is taken from which source."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.indicators.models.measures import Indicator, IndicatorVersion


class DataSource(models.Model):
    """An information system, a statistical form or a register that data are taken from."""

    code = models.SlugField("код", max_length=40, unique=True)
    name = models.CharField("название", max_length=200)
    owner = models.CharField("кто ведёт", max_length=200, blank=True)
    form = models.CharField("в каком виде", max_length=200, blank=True)  # «форма Excel», «выгрузка csv»
    periodicity = models.CharField("как часто обновляется", max_length=200, blank=True)
    note = models.TextField("примечание", max_length=1000, blank=True)
    link = models.URLField("ссылка", blank=True)
    source_state = models.CharField(
        "чем подтверждено описание",
        max_length=12,
        choices=IndicatorVersion.Source.choices,
        default=IndicatorVersion.Source.UNCONFIRMED,
    )
    # The organisation's own form: what is asked there counts as asked, not as known elsewhere.
    is_own_form = models.BooleanField("это форма организации", default=False)
    is_active = models.BooleanField("используется", default=True)
    order = models.PositiveSmallIntegerField("порядок", default=100)

    class Meta:
        verbose_name = "источник данных"
        verbose_name_plural = "источники данных"
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:source", args=[self.code])


class SourceLink(models.Model):
    """An indicator can be taken from a source. It outlives versions: a new wording keeps its source."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="source_links", verbose_name="показатель")
    source = models.ForeignKey(DataSource, models.CASCADE, related_name="links", verbose_name="источник")
    place = models.CharField("раздел, строка, графа", max_length=200, blank=True)
    # Why the number is collected again although the source has it; once said it is no longer flagged.
    kept_reason = models.CharField("почему собирается ещё раз", max_length=500, blank=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    kept_at = models.DateTimeField("когда решено", null=True, blank=True)
    linked_at = models.DateTimeField("связано", default=timezone.now)

    class Meta:
        verbose_name = "источник показателя"
        verbose_name_plural = "источники показателей"
        ordering = ("source__order", "indicator__pack", "indicator__order")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "source"), name="one_source_link"),
            models.CheckConstraint(
                condition=Q(kept_reason="", kept_at__isnull=True) | ~Q(kept_reason="") & Q(kept_at__isnull=False),
                name="kept_reason_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.source}"
