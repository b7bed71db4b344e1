"""The way of a report on self-examination: its steps, one after another. The one place: pages and services ask."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from apps.accounts.roles import SCHOOL, Role


class Step(models.TextChoices):
    """The last step taken; a draft has taken none."""

    DRAFT = "draft", "черновик"
    DISCUSSED = "discussed", "обсуждён"
    APPROVED = "approved", "утверждён"
    PUBLISHED = "published", "опубликован"
    SENT = "sent", "направлен учредителю"


@dataclass(frozen=True)
class StepKind:
    """A step that a person takes: what it is called, who takes it, what is asked."""

    step: Step
    order: int
    title: str
    task: str
    advice: str
    action: str
    roles: frozenset[Role]
    asks: tuple[str, ...]  # of: body, number, url

    @property
    def code(self) -> str:
        return str(self.step.value)


STEPS = (
    StepKind(
        Step.DISCUSSED,
        1,
        "Обсуждён коллегиальным органом",
        "обсудить отчёт",
        "Отчёт рассматривает педагогический совет или другой орган по уставу. Нужны дата и номер протокола.",
        "Отметить обсуждение",
        SCHOOL,
        ("body", "number"),
    ),
    StepKind(
        Step.APPROVED,
        2,
        "Утверждён руководителем",
        "утвердить отчёт",
        "Руководитель утверждает отчёт приказом и отмечает это здесь. Текст и показатели после этого не меняются.",
        "Утвердить отчёт",
        frozenset({Role.DIRECTOR}),
        ("number",),
    ),
    StepKind(
        Step.PUBLISHED,
        3,
        "Опубликован на сайте организации",
        "опубликовать отчёт на сайте",
        "Скачайте отчёт (PDF), разместите на сайте организации и укажите ссылку.",
        "Отметить публикацию",
        SCHOOL,
        ("url",),
    ),
    StepKind(
        Step.SENT,
        4,
        "Направлен учредителю",
        "направить отчёт учредителю",
        "Управление увидит отчёт на портале сразу после этой отметки.",
        "Направить учредителю",
        SCHOOL,
        (),
    ),
)
BY_CODE = {kind.code: kind for kind in STEPS}
ORDER = {Step.DRAFT: 0, **{kind.step: kind.order for kind in STEPS}}
TONES = {
    Step.DRAFT: "neutral",
    Step.DISCUSSED: "info",
    Step.APPROVED: "info",
    Step.PUBLISHED: "info",
    Step.SENT: "good",
}


def next_step(step: str) -> StepKind | None:
    """The step that follows; None after the last."""
    order = ORDER[Step(step)]
    return STEPS[order] if order < len(STEPS) else None


def due_of(year: int) -> date:
    """The report for a calendar year is sent and published by 20 April of the next one."""
    return date(year + 1, 4, 20)
