"""Forms of the room: what was typed becomes domain values."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row, Submit
from django import forms
from django.core.files.uploadedfile import UploadedFile

from apps.organizations.models import Organization
from apps.procedures.models import Procedure
from apps.procedures.readers.neutral import Identity
from apps.procedures.readers.subjects import SUBJECTS

MOST_FILES = 50
_GRADES = [("", "—")] + [(str(grade), str(grade)) for grade in range(1, 12)]
_SUBJECTS = [("", "—")] + [(name, name) for name in sorted(SUBJECTS)]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the value is a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        cleaned = [super(FilesField, self).clean(file, initial) for file in files]
        if len(cleaned) > MOST_FILES:
            raise forms.ValidationError(f"Выбрано файлов: {len(cleaned)}. За один раз можно загрузить {MOST_FILES}.")
        return cleaned


class WorkFields(forms.Form):
    """Which work a file is about, where the file does not say."""

    subject = forms.ChoiceField(label="Предмет", choices=_SUBJECTS, required=False)
    grade = forms.TypedChoiceField(label="Класс работы", choices=_GRADES, coerce=int, empty_value=None, required=False)
    year = forms.IntegerField(
        label="Год работы",
        required=False,
        min_value=2015,
        max_value=2100,
        help_text="Например, 2021 для «ВПР 2021».",
        localize=False,
    )

    @property
    def stated(self) -> Identity:
        data = self.cleaned_data
        kind = Procedure.Kind.VPR if data["subject"] or data["grade"] or data["year"] else ""
        return Identity(kind=str(kind), year=data["year"], subject=data["subject"], grade=data["grade"])


def _schools() -> Any:
    return Organization.objects.filter(kind="school").active()


class UploadForm(WorkFields):
    """Files of results as the federal systems gave them."""

    files = FilesField(  # type: ignore[assignment]
        label="Файлы результатов",
        help_text="Можно выбрать несколько или архив zip. До 50 МБ каждый, xlsx, xls или csv, как их выдала система.",
        error_messages={"required": "Выберите хотя бы один файл.", "empty": "Файл пуст."},
        widget=FilesInput(attrs={"accept": ".xlsx,.xls,.csv,.zip", "multiple": True}),
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Школа (для формы сбора результатов)",
        required=False,
        empty_label="—",
        help_text="Форма сбора не называет школу. Для других файлов оставьте пустым.",
    )
    create_organizations = forms.BooleanField(
        label="Создать организации для школ, которых нет в реестре",
        required=False,
        help_text="Если не отмечать, такие школы будут показаны после загрузки, и вы решите, что с ними делать.",
    )
    field_order = ("files", "subject", "grade", "year", "organization", "create_organizations")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = _schools()  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            "files",
            Fieldset(
                "Если файл не называет работу",
                HTML(
                    '<p class="form-text">Отчёты ФИС ОКО и протоколы РИС называют её сами. Выгрузки 2020 и 2021 годов '
                    "и форма сбора — нет: укажите здесь или после загрузки.</p>"
                ),
                Row(Column("subject"), Column("grade"), Column("year")),
                "organization",
            ),
            "create_organizations",
            Submit("send", "Загрузить"),
        )


class WorkForm(WorkFields):
    """The work of one file, all of it."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Школа",
        required=False,
        empty_label="—",
        help_text="Форма сбора не называет школу: выберите, чья она.",
    )

    def __init__(self, *args: Any, family: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = _schools()  # type: ignore[attr-defined]
        for name, message in (
            ("subject", "Выберите предмет."),
            ("grade", "Выберите класс."),
            ("year", "Укажите год."),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("subject"), Column("grade"), Column("year")))
        if family == "form":
            self.fields["organization"].required = True
            self.fields["organization"].error_messages["required"] = "Выберите школу: форма сбора её не называет."
            self.helper.layout.append("organization")
        elif family:
            del self.fields["organization"]
        else:
            self.helper.layout.append("organization")


class CommonWorkForm(WorkFields):
    """What is the same for all files of a batch that do not name their work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(Row(Column("subject"), Column("grade"), Column("year")))


class LinkForm(forms.Form):
    """Which organisation of the register a school of the files is."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Организация",
        empty_label="Выберите организацию",
        error_messages={"required": "Выберите организацию из списка."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = _schools()  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout("organization", Submit("link", "Связать"))
