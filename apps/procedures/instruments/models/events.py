"""Explanatory events: seminars with topics of objective assessment, and the schools they reached."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.organizations.models import Organization


class Topic(models.TextChoices):
    """What objective assessment needs people to know. The list is the portal's own proposal."""

    CRITERIA = "criteria", "критериальное оценивание"
    INTERNAL = "internal", "внутришкольное оценивание и его проверка"
    INSTRUMENTS = "instruments", "составление и разбор заданий (КИМ)"
    CONDUCT = "conduct", "порядок проведения и наблюдение"
    RESULTS = "results", "что говорят результаты и чего не говорят"
    ATTITUDE = "attitude", "зачем объективность: разговор без наказаний"
    PARENTS = "parents", "разъяснение родителям"


class ExplanatoryEvent(models.Model):
    """A seminar, meeting or consultation: planned, then held with the schools that took part."""

    class Kind(models.TextChoices):
        SEMINAR = "seminar", "семинар"
        MEETING = "meeting", "совещание"
        CONSULTATION = "consultation", "консультация"
        PARENTS = "parents", "собрание родителей"
        MATERIAL = "material", "памятка, публикация"

    title = models.CharField("название", max_length=200)
    kind = models.CharField("вид", max_length=12, choices=Kind.choices, default=Kind.SEMINAR)
    on = models.DateField("день")
    topics = ArrayField(models.CharField(max_length=12, choices=Topic.choices), verbose_name="темы объективности")
    audience = models.CharField("для кого", max_length=200)
    plan = models.TextField("что разъясняем", max_length=2000)
    organizations = models.ManyToManyField(Organization, related_name="+", blank=True, verbose_name="участвовали")
    outcome = models.TextField("итог", max_length=2000, blank=True)
    held_at = models.DateTimeField("отмечено проведённым", null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("создано", default=timezone.now)

    class Meta:
        verbose_name = "разъяснительное мероприятие"
        verbose_name_plural = "разъяснительные мероприятия"
        ordering = ("-on", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(topics__len__gte=1), name="explanatory_event_has_topic"),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | ~Q(outcome=""), name="explanatory_event_held_with_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:explanatory_event", args=[self.pk])

    @property
    def topics_text(self) -> str:
        return ", ".join(Topic(each).label for each in self.topics)

    @property
    def state_text(self) -> str:
        if self.held_at:
            return "проведено"
        return "запланировано" if self.on >= timezone.localdate() else "ждёт итога"

    @property
    def tone(self) -> str:
        if self.held_at:
            return "good"
        return "info" if self.on >= timezone.localdate() else "warn"
