"""Registers and boards as tables."""

import django_tables2 as tables
from django.template.loader import get_template
from django.utils.html import format_html

from apps.roadmaps.decisions.models import Assignment, Decision, DecisionItem


def status(text: str, tone: str) -> str:
    """The component, rendered without a request: a column of templates would ask every context processor a row."""
    return get_template("components/status.html").render({"text": text, "tone": tone})


def shortened(text: str, limit: int = 110) -> str:
    """The beginning of a long text; the whole stands on its own page."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


class DecisionTable(tables.Table):
    title = tables.Column(verbose_name="О чём", linkify=True, order_by="title")
    number = tables.Column(verbose_name="Номер", default="без номера")
    signed_on = tables.DateColumn(verbose_name="Дата", format="d.m.Y", default="не подписано")
    progress = tables.Column(verbose_name="Исполнение", empty_values=(), orderable=False)
    state = tables.Column(verbose_name="Состояние")

    class Meta:
        model = Decision
        fields = ("title", "number", "signed_on", "progress", "state")

    caption = "Решения и приказы"
    is_titled = True

    def render_title(self, record: Decision, value: str) -> str:
        return shortened(value)

    def render_number(self, record: Decision, value: str) -> str:
        return f"{record.get_kind_display()} № {value}"

    def render_state(self, record: Decision) -> str:
        return status(record.get_state_display(), record.tone)

    def render_progress(self, record: Decision) -> str:
        counted: dict[str, int] = vars(record)
        if record.is_draft:
            return "после подписания"
        if not counted["line_count"]:
            return "пунктов к исполнению нет"
        text = f"{counted['done_count']} из {counted['line_count']}"
        return f"{text}, просрочено {counted['overdue_count']}" if counted["overdue_count"] else text


class AssignmentTable(tables.Table):
    executor = tables.Column(
        verbose_name="Исполнитель", linkify=True, empty_values=(),
        order_by=("organization__kind", "organization__number", "association__name"),
    )  # fmt: skip
    item = tables.Column(
        verbose_name="Пункт", order_by=("item__decision__signed_on", "item__position"), attrs={"td": {"class": "wide"}}
    )
    due_on = tables.DateColumn(verbose_name="Срок", format="d.m.Y", default="без срока")
    state = tables.Column(verbose_name="Состояние")
    closed_on = tables.DateColumn(verbose_name="Исполнено", format="d.m.Y", default="ещё нет")

    class Meta:
        model = Assignment
        fields = ("executor", "item", "due_on", "state", "closed_on")

    caption = "Исполнение решений"
    is_titled = True

    def render_state(self, record: Assignment) -> str:
        return status(record.state_text, record.tone)

    def render_executor(self, record: Assignment) -> str:
        return record.executor

    def render_item(self, record: Assignment) -> str:
        decision = record.item.decision
        words = f"{record.item.number} {shortened(record.item.text)}".strip()
        return format_html("{}<br><small class='text-muted'>{}</small>", words, decision.short)


class OwnAssignmentTable(AssignmentTable):
    """The same for those who execute: the item leads to the form of the report."""

    item = tables.Column(
        verbose_name="Что исполнить",
        linkify=lambda record: record.get_absolute_url(),  # the item's own page is the office's
        order_by=("item__decision__signed_on", "item__position"),
    )

    class Meta:
        model = Assignment
        fields = ("item", "due_on", "state", "closed_on")
        exclude = ("executor",)

    caption = "Пункты решений для вас"
    is_titled = True

    def render_item(self, record: Assignment) -> str:
        decision = record.item.decision
        return f"{record.item.number} {shortened(record.item.text)} ({decision.short})".strip()


class UndatedTable(tables.Table):
    item = tables.Column(
        verbose_name="Пункт", accessor="text", linkify=True, order_by=("decision__signed_on", "position")
    )
    decision = tables.Column(
        verbose_name="Решение",
        accessor="decision__short",
        linkify=lambda record: record.decision.get_absolute_url(),
        order_by="decision__signed_on",
    )
    kind = tables.Column(verbose_name="Вид")
    progress = tables.Column(verbose_name="Исполнение", empty_values=(), orderable=False)

    class Meta:
        model = DecisionItem
        fields = ("item", "decision", "kind", "progress")

    caption = "Пункты без срока"
    is_titled = True

    def render_item(self, record: DecisionItem) -> str:
        return f"{record.number} {shortened(record.text)}".strip()

    def render_progress(self, record: DecisionItem) -> str:
        counted: dict[str, int] = vars(record)
        return f"{counted['done']} из {counted['total']}"
