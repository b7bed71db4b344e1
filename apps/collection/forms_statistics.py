"""Forms of federal statistics."""

from typing import Any

from django import forms

from apps.collection.forms import DateInput
from apps.organizations.models import Organization


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or several."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        one = super().clean
        return (
            [one(item, initial) for item in data] if isinstance(data, list | tuple) and data else [one(data, initial)]
        )


class StatisticsForm(forms.Form):
    """Files to take in."""

    books = ManyFilesField(
        label="Файлы",
        widget=ManyFiles(attrs={"accept": ".xlsx,.xls,.zip"}),
        help_text="Заполненные формы ОО‑1, 85‑К, 1‑ДО в Excel, по одной или архивом .zip.",
        error_messages={"required": "Выберите файл.", "empty": "Файл пуст."},
    )
    as_of = forms.DateField(
        label="На какую дату, если в файле её нет", required=False, widget=DateInput(), help_text="Обычно не нужно."
    )


class OwnerForm(forms.Form):
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label="Чья это форма", empty_label="не выбрана",
        error_messages={"required": "Выберите организацию."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.educational()  # type: ignore[attr-defined]
