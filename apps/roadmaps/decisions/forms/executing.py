"""Forms for executing: report, review, another term."""

from typing import Any

from crispy_forms.layout import HTML, Fieldset, Submit
from django import forms
from django.utils import timezone

from apps.core import attachments
from apps.procedures.people.forms.base import area, helper
from apps.roadmaps.decisions.models import Assignment, DecisionItem
from apps.roadmaps.decisions.models.decisions import LONGEST
from apps.roadmaps.decisions.services.executing import Acquaintance, Report
from apps.roadmaps.forms import DateInput


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files; an empty list where none is given."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in given if one]


class ReportForm(forms.Form):
    """What was done, and what shows it: text, files, a link, acquaintance of teachers."""

    text = area("Что сделано", LONGEST, "Мероприятия, даты, результат. Не указывайте фамилии учеников.", rows=6,
                required=False)  # fmt: skip
    uploads = SeveralFilesField(label="Файлы", required=False, help_text=attachments.ADVICE)
    url = forms.CharField(
        label="Ссылка", max_length=500, required=False, help_text="Например, страница сайта, где размещён документ."
    )
    held_on = forms.DateField(label="Когда ознакомлены педагоги", required=False, widget=DateInput())
    people = forms.IntegerField(label="Сколько педагогов", required=False, min_value=1, max_value=10_000)
    names = area("Список ознакомленных", LONGEST, "Не обязательно, если указано число или приложен лист ознакомления.",
                 rows=3, required=False)  # fmt: skip
    sheet = forms.FileField(label="Лист ознакомления", required=False, help_text=attachments.ADVICE)

    def __init__(self, *args: Any, line: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acquaintance = ("held_on", "people", "names", "sheet")
        fields: list[Any] = ["text", "uploads", "url"]
        if line.item.proof == DecisionItem.Proof.ACQUAINTANCE:
            fields.insert(0, Fieldset("Ознакомление педагогов", *acquaintance))
        else:
            for name in acquaintance:
                del self.fields[name]
        self.helper = helper(*fields, Submit("report", "Отправить отчёт"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        shown = any(data.get(name) for name in ("people", "names", "sheet"))
        if shown and not data.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", "Укажите, когда педагоги ознакомлены.")
        return data

    def report(self) -> Report:
        data = self.cleaned_data
        sheet = data.get("sheet")
        acquaintance = None
        if data.get("held_on"):
            acquaintance = Acquaintance(
                held_on=data["held_on"],
                people=data["people"],
                names=data["names"],
                file=(sheet.file, sheet.name) if sheet else None,
            )
        uploads = [(each.file, each.name) for each in data["uploads"]]
        return Report(text=data["text"], uploads=uploads, url=data["url"], acquaintance=acquaintance)


class ReviewForm(forms.Form):
    text = area("Замечание", LONGEST, "Обязательно, если возвращаете или снимаете: исполнитель увидит этот текст.",
                required=False)  # fmt: skip

    helper = helper(
        "text", Submit("accept", "Принять отчёт"), HTML(" "),
        Submit("return", "Вернуть на доработку", css_class="btn btn-outline-primary"),
    )  # fmt: skip


class TermForm(forms.Form):
    due_on = forms.DateField(label="Новый срок", widget=DateInput(), initial=timezone.localdate)
    reason = forms.CharField(label="Причина", max_length=500)

    helper = helper("due_on", "reason", Submit("extend", "Перенести срок"))
