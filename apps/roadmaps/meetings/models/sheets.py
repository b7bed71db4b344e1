"""The task sheet that participants fill in on their phones while the meeting runs."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from apps.roadmaps.meetings.models.meetings import Meeting
from apps.roadmaps.meetings.models.people import Invitee
from apps.roadmaps.meetings.querysets import PartQuerySet

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # without those that look alike
BEFORE = timedelta(minutes=30)
AFTER = timedelta(hours=1)


def new_token() -> str:
    """60 bits: nobody guesses it, and it can still be typed from the screen."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))


class Sheet(models.Model):
    """Rows by columns; open from half an hour before the first subgroup to an hour after the last one has ended."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="sheet", verbose_name="совещание")
    title = models.CharField("задание", max_length=500)
    rows = ArrayField(models.CharField(max_length=200), verbose_name="строки")
    columns = ArrayField(models.CharField(max_length=200), verbose_name="столбцы")
    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    # When it opens and closes by the agenda; kept here so that a phone asks one row.
    opens_at = models.DateTimeField("открыт с")
    closes_at = models.DateTimeField("открыт до")
    closed_at = models.DateTimeField("закрыт раньше", null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "лист задания"
        verbose_name_plural = "листы задания"

    def __str__(self) -> str:
        return self.title

    def is_open(self, moment: datetime | None = None) -> bool:
        """Takes answers at the moment: the meeting runs, was not cancelled, the sheet was not closed by hand."""
        at = moment or timezone.now()
        running = self.meeting.state in {Meeting.State.ANNOUNCED, Meeting.State.HELD}
        return running and self.closed_at is None and self.opens_at <= at < self.closes_at

    @property
    def state_text(self) -> str:
        if self.is_open():
            return f"принимает ответы до {timezone.localtime(self.closes_at):%H:%M}"
        if self.closed_at is None and timezone.now() < self.opens_at:
            if self.meeting.state == Meeting.State.DRAFT:
                return "откроется, когда приглашения разосланы"
            return f"откроется {timezone.localtime(self.opens_at):%d.%m.%Y в %H:%M}"
        return "закрыт"


class SheetFill(models.Model):
    """The sheet as one phone fills it for one organisation."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="fills")
    invitee = models.ForeignKey(Invitee, models.PROTECT, related_name="fills")
    device = models.CharField(max_length=40)  # a digest of the random number that the phone keeps
    created_at = models.DateTimeField("начат", default=timezone.now)
    updated_at = models.DateTimeField("изменён", default=timezone.now)
    left_out = models.CharField("почему не учитывается", max_length=300, blank=True)

    class Meta:
        verbose_name = "заполненный лист"
        verbose_name_plural = "заполненные листы"
        ordering = ("sheet", "pk")
        constraints = [models.UniqueConstraint(fields=("sheet", "device"), name="one_fill_of_device")]

    def __str__(self) -> str:
        return f"{self.invitee}: {self.sheet}"


class SheetCell(models.Model):
    """What stands in a cell. `version` tells a phone that the cell was changed behind its back."""

    fill = models.ForeignKey(SheetFill, models.CASCADE, related_name="cells")
    row = models.PositiveSmallIntegerField()
    column = models.PositiveSmallIntegerField()
    text = models.TextField("ответ", max_length=5000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "ответ в ячейке"
        verbose_name_plural = "ответы в ячейках"
        ordering = ("fill", "row", "column")
        constraints = [models.UniqueConstraint(fields=("fill", "row", "column"), name="one_cell_of_fill")]

    def __str__(self) -> str:
        return self.text[:50]


class AnswerGroup(models.Model):
    """Answers of a cell that say the same, under a name that the specialist gave."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="groups")
    row = models.PositiveSmallIntegerField()
    column = models.PositiveSmallIntegerField()
    title = models.CharField("что сказано", max_length=300)
    cells: Any = models.ManyToManyField(SheetCell, related_name="groups", blank=True)

    class Meta:
        verbose_name = "группа ответов"
        verbose_name_plural = "группы ответов"
        ordering = ("sheet", "row", "column", "pk")
        constraints = [
            models.UniqueConstraint(fields=("sheet", "row", "column", "title"), name="one_answer_group_title")
        ]

    def __str__(self) -> str:
        return self.title
