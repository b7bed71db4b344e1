"""Marks of a measure. Each form calls its service and says what was done."""

from typing import Any

from django import forms
from django.utils import timezone

from apps.core import attachments
from apps.roadmaps.forms import DateInput
from apps.roadmaps.plans.models import Measure
from apps.roadmaps.plans.services import progress

FILE_HELP = f"Не обязательно. {attachments.ADVICE}"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Mark(forms.Form):
    """`needs` are what the form must be given again when it is bound."""

    title = ""
    button = "Сохранить"
    tone = "primary"
    needs: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)

    def mark(self, *, measure: Measure, by: Any) -> str:
        raise NotImplementedError

    def _file(self, name: str) -> Any:
        uploaded = self.cleaned_data.get(name)
        return (uploaded.file, uploaded.name) if uploaded else None


class FinishForm(Mark):
    title = "Отметить выполнение"
    button = "Отметить выполненным"

    done_on = forms.DateField(label="Когда выполнено", widget=DateInput(), initial=timezone.localdate)
    result = forms.CharField(
        label="Что получилось",
        max_length=progress.RESULT_MOST,
        widget=_area(4),
        help_text="Результат цифрами, если можно. Фамилии учеников не указывайте.",
        error_messages={"required": "Напишите, что получилось."},
    )
    covered = forms.IntegerField(
        label="Охват, человек",
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text="Для разъяснительных и обучающих мероприятий: сколько человек участвовало.",
    )
    proof = forms.FileField(label="Подтверждающий файл", required=False, help_text=FILE_HELP)

    def mark(self, *, measure: Measure, by: Any) -> str:
        data = self.cleaned_data
        progress.finish_measure(
            measure=measure,
            on=data["done_on"],
            result=data["result"],
            covered=data["covered"],
            proof=self._file("proof"),
            by=by,
        )
        return "Мероприятие отмечено выполненным."


class ProgressForm(Mark):
    title = "Указать готовность"

    percent = forms.IntegerField(label="Готовность, %", min_value=0, max_value=99)
    note = forms.CharField(label="Что уже сделано", required=False, max_length=400)

    def mark(self, *, measure: Measure, by: Any) -> str:
        data = self.cleaned_data
        progress.report_progress(measure=measure, percent=data["percent"], note=data["note"], by=by)
        return "Готовность записана."


class MoveForm(Mark):
    title = "Перенести срок"
    button = "Перенести"
    tone = "outline-primary"

    to = forms.DateField(label="Новый срок", widget=DateInput())
    reason = forms.CharField(
        label="Почему", max_length=progress.REASON_MOST, error_messages={"required": "Напишите причину переноса."}
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = {"measure": measure}
        self.fields["to"].help_text = f"Сейчас {measure.due_on:%d.%m.%Y}; не позже {measure.roadmap.ends_on:%d.%m.%Y}."

    def mark(self, *, measure: Measure, by: Any) -> str:
        progress.move_measure(measure=measure, to=self.cleaned_data["to"], reason=self.cleaned_data["reason"], by=by)
        return "Срок перенесён, причина осталась в истории."


class DropForm(Mark):
    title = "Снять мероприятие"
    button = "Снять"
    tone = "outline-danger"

    reason = forms.CharField(
        label="Почему снимается",
        max_length=progress.REASON_MOST,
        help_text="Мероприятие останется в дорожной карте с этой причиной, но в доле выполнения не считается.",
        error_messages={"required": "Напишите, почему мероприятие снимается."},
    )

    def mark(self, *, measure: Measure, by: Any) -> str:
        progress.drop_measure(measure=measure, reason=self.cleaned_data["reason"], by=by)
        return "Мероприятие снято."


class ReopenForm(Mark):
    title = "Снять отметку о выполнении"
    button = "Вернуть в работу"
    tone = "outline-danger"

    reason = forms.CharField(
        label="Почему", max_length=progress.REASON_MOST, error_messages={"required": "Напишите причину."}
    )

    def mark(self, *, measure: Measure, by: Any) -> str:
        progress.reopen_measure(measure=measure, reason=self.cleaned_data["reason"], by=by)
        return "Мероприятие снова в работе."


class ProofForm(Mark):
    title = "Приложить подтверждение"
    button = "Приложить"
    tone = "outline-primary"

    file = forms.FileField(label="Файл", help_text=attachments.ADVICE)
    note = forms.CharField(label="Что подтверждает", required=False, max_length=progress.NOTE_MOST)

    def mark(self, *, measure: Measure, by: Any) -> str:
        progress.add_proof(measure=measure, proof=self._file("file"), note=self.cleaned_data["note"], by=by)
        return "Файл приложен."


class StageReportForm(forms.Form):
    text = forms.CharField(
        label="Что сделано на этапе",
        max_length=20_000,
        widget=_area(8),
        help_text="Результаты, что не получилось, что дальше.",
        error_messages={"required": "Напишите, что сделано на этапе."},
    )
    report = forms.FileField(label="Файл отчёта", required=False, help_text=FILE_HELP)

    def file(self) -> Any:
        uploaded = self.cleaned_data.get("report")
        return (uploaded.file, uploaded.name) if uploaded else None
