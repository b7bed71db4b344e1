"""Addressed recommendations of the authority and what became of them at each addressee."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.analysis.models import SignRule
from apps.core.models import Period, PrivateFile
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Group, Organization
from apps.procedures.people.models import Association
from apps.roadmaps.querysets import AddresseeQuerySet, RecommendationQuerySet


class Recommendation(models.Model):
    """What the authority recommends, on which figures, to whom and by when. Never changed after it is sent."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="период")
    title = models.CharField("о чём", max_length=200)
    text = models.TextField("что рекомендуется", max_length=5000)
    # The figures as they stood when it was sent: the sentence for people and the numbers behind it.
    basis_text = models.TextField("основание", max_length=2000, blank=True)
    basis = models.JSONField("цифры основания", default=list)
    rule = models.ForeignKey(SignRule, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="признак")
    indicators = models.ManyToManyField(
        Indicator, related_name="recommendations", blank=True, verbose_name="на каких показателях основана"
    )
    direction = models.ForeignKey(
        Direction, models.PROTECT, null=True, blank=True, related_name="recommendations", verbose_name="направление"
    )
    # Through which groups it was addressed; who stood in them that day are its addressees.
    groups = models.ManyToManyField(Group, related_name="+", blank=True, verbose_name="группы и кластеры")
    # Which teachers of an addressee it is for, described and never named.
    teachers = models.CharField("для каких педагогов", max_length=200, blank=True)
    due_on = models.DateField("срок исполнения")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="автор")
    issued_at = models.DateTimeField("направлена", default=timezone.now)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "адресная рекомендация"
        verbose_name_plural = "адресные рекомендации"
        ordering = ("-issued_at", "-pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:detail", args=[self.pk])


class RecommendationAddressee(models.Model):
    """A recommendation at one organisation or association: received, reported, accepted or returned.

    `own_text` and `own_basis` are its own words with its own figures; empty where all addressees read the same.
    """

    class State(models.TextChoices):
        SENT = "sent", "направлена"
        RECEIVED = "received", "получена"
        REPORTED = "reported", "отчёт на проверке"
        RETURNED = "returned", "отчёт на доработке"
        DONE = "done", "исполнена"

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="addressees", verbose_name="рекомендация"
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name="организация",
    )
    association = models.ForeignKey(
        Association,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name="методическое объединение",
    )
    own_text = models.TextField("что рекомендуется этому адресату", max_length=5000, blank=True)
    own_basis = models.TextField("основание у этого адресата", max_length=2000, blank=True)
    figures = models.JSONField("цифры этого адресата", default=list, blank=True)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.SENT)
    received_at = models.DateTimeField("получена", null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    report_text = models.TextField("отчёт об исполнении", max_length=5000, blank=True)
    proof = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField("отчёт направлен", null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    review_text = models.TextField("замечание к отчёту", max_length=2000, blank=True)
    reviewed_at = models.DateTimeField("отчёт рассмотрен", null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        verbose_name = "адресат рекомендации"
        verbose_name_plural = "адресаты рекомендаций"
        ordering = ("recommendation__due_on", "pk")
        indexes = [models.Index(fields=("organization", "state"), name="addressee_of_organization")]
        constraints = [
            models.UniqueConstraint(fields=("recommendation", "organization"), name="one_addressee"),
            models.UniqueConstraint(fields=("recommendation", "association"), name="one_addressed_association"),
            models.CheckConstraint(
                condition=Q(organization__isnull=False, association__isnull=True)
                | Q(organization__isnull=True, association__isnull=False),
                name="addressee_is_one",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{step}_at__isnull": True, f"{step}_by__isnull": True})
                    | Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False}),
                    name=f"addressee_{step}_by_whom",
                )
                for step in ("received", "reported", "reviewed")
            ),
            models.CheckConstraint(
                condition=Q(state="sent", received_at__isnull=True) | ~Q(state="sent") & Q(received_at__isnull=False),
                name="addressee_received_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "returned", "done"])
                | Q(reported_at__isnull=False) & ~Q(report_text=""),
                name="addressee_reported_what",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "done"]) | Q(reviewed_at__isnull=False),
                name="addressee_reviewed_when",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(review_text=""), name="addressee_returned_why"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver}: {self.recommendation}"

    def get_absolute_url(self) -> str:
        """The addressee's own page of it."""
        return reverse("roadmaps:own_detail", args=[self.pk])

    @property
    def receiver(self) -> Organization | Association:
        """Who answers for it."""
        found = self.organization or self.association
        assert found is not None  # the database holds one of them
        return found

    @property
    def text(self) -> str:
        """What this addressee reads."""
        return self.own_text or self.recommendation.text

    @property
    def basis_text(self) -> str:
        return self.own_basis or self.recommendation.basis_text

    @property
    def awaits_organization(self) -> bool:
        return self.state in {self.State.SENT, self.State.RECEIVED, self.State.RETURNED}

    @property
    def is_overdue(self) -> bool:
        """The term is over and the organisation has not reported."""
        return self.awaits_organization and self.recommendation.due_on < timezone.localdate()

    @property
    def tone(self) -> str:
        """Colour of the state; pages say it in words as well."""
        if self.is_overdue:
            return "bad"
        tones = {self.State.DONE: "good", self.State.REPORTED: "info", self.State.RETURNED: "warn"}
        return tones.get(self.State(self.state), "neutral")

    @property
    def state_text(self) -> str:
        return f"{self.get_state_display()}, срок прошёл" if self.is_overdue else self.get_state_display()


# Subjects of the room keep their models in packages of their own; Django finds them here.
from apps.roadmaps.cycle import models as cycle  # noqa: E402
from apps.roadmaps.decisions.models import (  # noqa: E402
    ApprovalStep,
    Assignment,
    AssignmentProof,
    Decision,
    DecisionAnnex,
    DecisionItem,
    DecisionTemplate,
    TermExtension,
)
from apps.roadmaps.drafts.models import RecommendationDraft, RecommendationTemplate  # noqa: E402
from apps.roadmaps.effect import models as effect  # noqa: E402
from apps.roadmaps.links.models import Link  # noqa: E402
from apps.roadmaps.meetings import models as meetings  # noqa: E402
from apps.roadmaps.plans.models import (  # noqa: E402
    Measure,
    MeasureMove,
    MeasureProof,
    MeasureResource,
    Roadmap,
    RoadmapVersion,
    Stage,
)
from apps.roadmaps.projects import models as projects  # noqa: E402
from apps.roadmaps.support.models import SupportCase, SupportStep  # noqa: E402

__all__ = [
    "ApprovalStep",
    "Assignment",
    "AssignmentProof",
    "Decision",
    "DecisionAnnex",
    "DecisionItem",
    "DecisionTemplate",
    "TermExtension",
    "Link",
    "Measure",
    "MeasureMove",
    "MeasureProof",
    "MeasureResource",
    "Recommendation",
    "RecommendationAddressee",
    "RecommendationDraft",
    "RecommendationTemplate",
    "Roadmap",
    "RoadmapVersion",
    "Stage",
    "SupportCase",
    "SupportStep",
    "cycle",
    "effect",
    "meetings",
    "projects",
]
