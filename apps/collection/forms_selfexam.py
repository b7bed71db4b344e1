"""Forms of the report on self-examination."""

from typing import Any

from django import forms
from django.utils import timezone

from apps.collection.forms import DateInput
from apps.collection.models.selfexam import TEXT_LIMIT
from apps.collection.selfexam.steps import Step, StepKind
from apps.core import attachments


class SectionForm(forms.Form):
    """The text of a section."""

    text = forms.CharField(
        label="Текст раздела",
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Пустая строка начинает новый абзац. «- » в начале строки — пункт списка, «## » — подзаголовок.",
        max_length=2 * TEXT_LIMIT,  # a text a little too long comes to the service, which says it and loses nothing
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    is_current = forms.BooleanField(label="Текст прошлого года верен и для этого года", required=False)
    is_cleared = forms.BooleanField(label="Я проверил(а): личных данных детей и родителей в тексте нет", required=False)


class StepForm(forms.Form):
    """A step: its day and papers."""

    happened_on = forms.DateField(label="Дата", widget=DateInput(), error_messages={"required": "Укажите дату."})
    body = forms.CharField(label="Какой орган рассмотрел", max_length=150, initial="педагогический совет")
    number = forms.CharField(label="Номер", max_length=40, error_messages={"required": "Укажите номер."})
    url = forms.URLField(
        label="Ссылка на отчёт на сайте организации",
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": "Укажите ссылку.",
            "invalid": "Ссылка не похожа на адрес страницы: она начинается с https:// или http://.",
        },
    )

    def __init__(self, *args: Any, kind: StepKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body", "number", "url"):
            if name not in kind.asks:
                del self.fields[name]
        if "number" in self.fields:
            self.fields["number"].label = "Номер приказа" if kind.step == Step.APPROVED else "Номер протокола"
        self.fields["happened_on"].initial = timezone.localdate()


class UndoForm(forms.Form):
    reason = forms.CharField(
        label="Почему шаг отменяется",
        max_length=500,
        help_text="Причина останется в истории отчёта.",
        error_messages={"required": "Напишите причину."},
    )


class AttachmentForm(forms.Form):
    title = forms.CharField(label="Название", max_length=200, required=False)
    file = forms.FileField(
        label="Файл", help_text=attachments.ADVICE, error_messages={"required": "Выберите файл.", "empty": "Файл пуст."}
    )
