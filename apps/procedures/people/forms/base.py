"""What these forms share."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from apps.core.findings import Refused


def helper(*fields: Any, action: str = "") -> FormHelper:
    made = FormHelper()
    made.layout = Layout(*fields)
    if action:
        made.form_action = action
    return made


def area(label: str, length: int, help_text: str = "", *, rows: int = 3, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, widget=widget, help_text=help_text, required=required)


def tell(form: forms.Form, refusal: Refused) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, [str(finding) for finding in refusal.findings])
