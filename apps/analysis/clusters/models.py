"""Clusterings with their clusters and members. A confirmed clustering is in force until the next one of its kind."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import Job, Period
from apps.organizations.models import Group, Kind, Organization


class ClusteringQuerySet(models.QuerySet["Clustering"]):
    def visible_to(self, user: Any) -> "ClusteringQuerySet":
        """How organisations were grouped is the authority's work; a school is told its own cluster elsewhere."""
        return self if user.is_authenticated and user.is_authority else self.none()

    def in_force(self) -> "ClusteringQuerySet":
        return self.filter(state="confirmed")


class Clustering(models.Model):
    """One way of grouping organisations of a kind, with its date and author."""

    class Way(models.TextChoices):
        RULE = "rule", "по правилам"
        HAND = "hand", "вручную"
        COMPUTED = "computed", "расчётом"

    class State(models.TextChoices):
        COUNTING = "counting", "считается"
        DRAFT = "draft", "черновик"
        CONFIRMED = "confirmed", "действует"
        REPLACED = "replaced", "заменена"
        DROPPED = "dropped", "отклонена"

    way = models.CharField("как составлена", max_length=8, choices=Way.choices)
    kind = models.CharField("вид организаций", max_length=12, choices=Kind.choices)
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="по данным за"
    )
    title = models.CharField("название", max_length=150)
    # Criteria with bounds, or codes of indicators with the method and the number of clusters.
    parameters = models.JSONField("параметры", default=dict)
    # What the arithmetic said: silhouettes by number, stability, who was left out and why.
    result = models.JSONField("результат", default=dict)
    is_edited = models.BooleanField("исправлена вручную", default=False)
    state = models.CharField("состояние", max_length=9, choices=State.choices, default=State.DRAFT)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    created_at = models.DateTimeField("составлена", default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="подтвердил"
    )
    confirmed_at = models.DateTimeField("подтверждена", null=True, blank=True)
    basis = models.CharField("основание", max_length=300, blank=True)
    ended_at = models.DateTimeField("заменена", null=True, blank=True)

    objects = ClusteringQuerySet.as_manager()

    class Meta:
        verbose_name = "кластеризация"
        verbose_name_plural = "кластеризации"
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=("kind",), condition=Q(state="confirmed"), name="one_clustering_in_force"),
            models.CheckConstraint(
                condition=~Q(state__in=("confirmed", "replaced"))
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="clustering_confirmed_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("analysis:clustering", args=[self.pk])

    @property
    def tone(self) -> str:
        return {"confirmed": "good", "draft": "warn", "counting": "info"}.get(self.state, "neutral")

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Cluster(models.Model):
    """A part of a clustering. Confirmed it is a group of organisations, and figures are counted for it."""

    clustering = models.ForeignKey(Clustering, models.CASCADE, related_name="clusters")
    order = models.PositiveSmallIntegerField("порядок")
    name = models.CharField("название", max_length=120)
    # What sets it apart: [{"code", "name", "distance", "mean"}], the farthest first; for rules their words.
    reasons = models.JSONField("отличия", default=list)
    stability = models.DecimalField("устойчивость", max_digits=4, decimal_places=3, null=True, blank=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="группа")

    class Meta:
        verbose_name = "кластер"
        verbose_name_plural = "кластеры"
        ordering = ("clustering", "order")
        constraints = [models.UniqueConstraint(fields=("clustering", "order"), name="one_cluster_order")]

    def __str__(self) -> str:
        return self.name


class ClusterMember(models.Model):
    """An organisation in a clustering; without a cluster it waits to be placed."""

    clustering = models.ForeignKey(Clustering, models.CASCADE, related_name="members")
    cluster = models.ForeignKey(Cluster, models.CASCADE, null=True, blank=True, related_name="members")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="cluster_memberships")
    # How much nearer to its own cluster than to the next one: −1 … 1; of computed clusterings only.
    silhouette = models.DecimalField("силуэт", max_digits=4, decimal_places=3, null=True, blank=True)
    is_moved = models.BooleanField("помещена вручную", default=False)

    class Meta:
        verbose_name = "организация кластера"
        verbose_name_plural = "организации кластеров"
        constraints = [models.UniqueConstraint(fields=("clustering", "organization"), name="one_cluster_membership")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.cluster or 'не распределена'}"
