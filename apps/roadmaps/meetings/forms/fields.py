"""Fields that several forms of meetings share."""

from django import forms

from apps.core import attachments
from apps.organizations.models import Organization


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def file_field(label: str, *, required: bool = False) -> forms.FileField:
    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"})
    return forms.FileField(label=label, required=required, help_text=attachments.ADVICE, widget=widget)


def organization_field(label: str, *, required: bool = True, help_text: str = "") -> forms.ModelChoiceField:
    places = Organization.objects.educational().active()  # type: ignore[attr-defined]
    return forms.ModelChoiceField(
        places.order_by("-kind", "number", "name_key"),
        label=label,
        required=required,
        empty_label="выберите организацию" if required else "не указана",
        help_text=help_text,
    )
