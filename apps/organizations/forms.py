"""Forms of the register."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils import timezone

from apps.organizations.models import KEPT_FEATURES, Organization


def _helper(words: str) -> FormHelper:
    helper = FormHelper()
    helper.add_input(Submit("save", words))
    return helper


class ContactsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a school keeps up to date itself."""

    website = forms.URLField(
        label="Сайт", required=False, assume_scheme="https", help_text="Например, https://school.example.ru"
    )

    class Meta:
        model = Organization
        fields = ("head_name", "phone", "email", "website", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("Сохранить")


class FeaturesForm(forms.Form):
    """What is special about an organisation."""

    features = forms.MultipleChoiceField(
        label="Что есть в организации",
        choices=KEPT_FEATURES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Строки форм, которые организации не касаются, ей не показываются ни на странице, ни в книге Excel.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("Сохранить")


class _DatedForm(forms.Form):
    """A change of the network with its day."""

    on = forms.DateField(
        label="С какого дня",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    note = forms.CharField(
        label="Основание", max_length=300, required=False, help_text="Номер и дата постановления или приказа."
    )


class RenameForm(_DatedForm):
    name = forms.CharField(label="Новое краткое название", max_length=200)
    full_name = forms.CharField(
        label="Новое полное название",
        max_length=500,
        required=False,
        help_text="Если пусто, полное название останется.",
    )
    field_order = ("name", "full_name", "on", "note")

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("Переименовать")


class MergeForm(_DatedForm):
    into = forms.ModelChoiceField(
        Organization.objects.none(), label="К какой организации", to_field_name="code", empty_label="Выберите"
    )
    field_order = ("into", "on", "note")

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organization.objects.educational().active().exclude(pk=organization.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
        self.helper = _helper("Присоединить")


class CloseForm(_DatedForm):
    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("Закрыть организацию")


class RegisterFileForm(forms.Form):
    """The file of the register to look at before anything changes."""

    file = forms.FileField(
        label="Файл реестра",
        help_text="xlsx или csv, до 10 МБ.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper("Посмотреть изменения")
