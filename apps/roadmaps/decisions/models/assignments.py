"""The execution of items: a line for each executor, its proofs and its moved terms."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.organizations.models import Organization
from apps.procedures.people.models import Association
from apps.roadmaps.decisions.models.decisions import DecisionItem
from apps.roadmaps.decisions.querysets import OPEN, ExecutionQuerySet


class Assignment(models.Model):
    """An item at one executor: an organisation (its head by name, if named) or a methodical association."""

    class State(models.TextChoices):
        GIVEN = "given", "направлено"
        RECEIVED = "received", "в работе"
        REPORTED = "reported", "отчёт на проверке"
        RETURNED = "returned", "отчёт на доработке"
        DONE = "done", "исполнено"
        WITHDRAWN = "withdrawn", "снято с исполнения"

    item = models.ForeignKey(DecisionItem, models.CASCADE, related_name="lines", verbose_name="пункт")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="организация"
    )
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name="объединение"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="лично"
    )
    state = models.CharField("состояние", max_length=9, choices=State.choices, default=State.GIVEN)
    due_on = models.DateField("срок", null=True, blank=True)
    received_at = models.DateTimeField("получено", null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    report_text = models.TextField("отчёт", blank=True)
    reported_at = models.DateTimeField("отчёт направлен", null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # The day on which the executor did it, in the municipality's time zone; it says whether in time.
    closed_on = models.DateField("исполнено", null=True, blank=True)
    review_text = models.TextField("замечание", blank=True)
    reviewed_at = models.DateTimeField("рассмотрено", null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExecutionQuerySet.as_manager()

    class Meta:
        verbose_name = "строка исполнения"
        verbose_name_plural = "строки исполнения"
        ordering = ("item", "pk")
        indexes = [
            models.Index(fields=("organization", "state"), name="assignment_of_organization"),
            models.Index(fields=("state", "due_on"), name="assignment_by_term"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("item", "organization", "association", "person"),
                name="one_line_an_executor",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(organization__isnull=False) ^ Q(association__isnull=False), name="assignment_of_whom"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{step}_at__isnull": True, f"{step}_by__isnull": True})
                    | Q(**{f"{step}_at__isnull": False, f"{step}_by__isnull": False}),
                    name=f"assignment_{step}_by_whom",
                )
                for step in ("received", "reported", "reviewed")
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "returned", "done"])
                | Q(reported_at__isnull=False, closed_on__isnull=False),
                name="assignment_reported_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "withdrawn"]) | ~Q(review_text=""), name="assignment_returned_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.executor}: {self.item}"

    def get_absolute_url(self) -> str:
        return reverse("roadmaps:assignment", args=[self.pk])

    @property
    def executor(self) -> str:
        """Who does it, as pages write it."""
        return str(self.organization or self.association)

    @property
    def is_open(self) -> bool:
        """The executor has something to do."""
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        """The whole day of the term has passed in the municipality's time zone, and there is no report."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def is_late(self) -> bool:
        """Done, and after the term."""
        done = self.state in {self.State.REPORTED, self.State.DONE}
        return done and self.closed_on is not None and self.due_on is not None and self.closed_on > self.due_on

    @property
    def tone(self) -> str:
        if self.is_overdue:
            return "bad"
        if self.is_late:
            return "warn"
        tones = {self.State.DONE: "good", self.State.REPORTED: "info", self.State.RETURNED: "warn"}
        return tones.get(self.State(self.state), "neutral")

    @property
    def state_text(self) -> str:
        text = str(self.get_state_display())
        if self.is_overdue:
            return f"{text}, срок прошёл"
        return f"{text} с опозданием" if self.is_late else text


class AssignmentProof(models.Model):
    """What shows that it is done: a file, an address, or the acquaintance of teachers by date, count or list."""

    class Kind(models.TextChoices):
        FILE = "file", "файл"
        LINK = "link", "ссылка"
        ACQUAINTANCE = "acquaintance", "ознакомление педагогов"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="proofs", verbose_name="строка")
    kind = models.CharField("вид", max_length=12, choices=Kind.choices)
    file = models.ForeignKey(PrivateFile, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField("адрес", max_length=500, blank=True)
    held_on = models.DateField("когда ознакомлены", null=True, blank=True)
    people = models.PositiveIntegerField("сколько педагогов", null=True, blank=True)
    names = models.TextField("список ознакомленных", blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("добавлено", default=timezone.now)

    class Meta:
        verbose_name = "подтверждение исполнения"
        verbose_name_plural = "подтверждения исполнения"
        ordering = ("added_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", file__isnull=False)
                | Q(kind="link") & ~Q(url="")
                | Q(kind="acquaintance", held_on__isnull=False)
                & (Q(people__gt=0) | ~Q(names="") | Q(file__isnull=False)),
                name="proof_has_its_matter",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class TermExtension(models.Model):
    """A term moved with a reason: of a whole item, or of one line."""

    item = models.ForeignKey(DecisionItem, models.CASCADE, related_name="extensions", verbose_name="пункт")
    assignment = models.ForeignKey(
        Assignment, models.CASCADE, null=True, blank=True, related_name="extensions", verbose_name="строка"
    )
    old_due_on = models.DateField("прежний срок", null=True, blank=True)
    new_due_on = models.DateField("новый срок")
    reason = models.CharField("причина", max_length=500)
    extended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    extended_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "продление срока"
        verbose_name_plural = "продления сроков"
        ordering = ("extended_at", "pk")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why")]

    def __str__(self) -> str:
        return f"до {self.new_due_on:%d.%m.%Y}: {self.reason}"
