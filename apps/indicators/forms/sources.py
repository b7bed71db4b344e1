"""Describing a source of data and saying what is taken from it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms

from apps.indicators.forms.picking import IndicatorsField, picker
from apps.indicators.models import DataSource

RESERVED = {"new"}


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]
    link = forms.URLField(label="Ссылка", required=False, assume_scheme="https")

    class Meta:
        model = DataSource
        fields = (*("code", "name", "owner", "form", "periodicity", "note", "link", "source_state"), "is_own_form",
                  "is_active")  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {"is_own_form": "Это учёт самой организации: данных нет ни в одной системе"}
        help_texts = {"code": "Латинские буквы, цифры и дефис; потом не меняется. Например: ris-gia."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]
        half = "col-md-6"
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *([] if self.instance.pk else ["code"]),
            Row(Column("name", css_class=half), Column("owner", css_class=half)),
            Row(Column("form", css_class=half), Column("periodicity", css_class=half)),
            "note",
            Row(Column("link", css_class=half), Column("source_state", css_class=half)),
            "is_own_form",
            "is_active",
            Submit("save", "Сохранить"),
        )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).lower()
        if code in RESERVED:
            raise forms.ValidationError("Этот код занят адресом страницы. Выберите другой.")
        return code


class LinksForm(forms.Form):
    indicators = IndicatorsField(label="Какие показатели есть в источнике", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(picker("indicators"), Submit("save", "Сохранить связи"))
