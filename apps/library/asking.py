"""What the forms of the library share."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from apps.core import attachments
from apps.core.findings import Refused
from apps.organizations.models import Feature, Group, Kind, Organization
from apps.organizations.picking import pick

KINDS = [choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY]


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates."""

    input_type = "date"

    def __init__(self, **attributes: Any) -> None:
        super().__init__(attrs=attributes, format="%Y-%m-%d")


def day(label: str, help_text: str = "", *, required: bool = True, today: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=DateInput(),
        initial=timezone.localdate if today else None,
    )


def area(label: str, length: int, help_text: str = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, widget=widget, help_text=help_text, required=required)


def ticks(label: str, choices: Any, help_text: str = "", *, required: bool = False) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=required, help_text=help_text
    )


def helper(*fields: Any, button: str = "Сохранить", action: str = "") -> FormHelper:
    made = FormHelper()
    made.layout = Layout(*fields, Submit("save", button))
    made.form_action = action
    return made


def tell(form: forms.Form, refusal: Refused) -> None:
    """Show a refusal above the form; what was typed stays."""
    form.add_error(None, [str(finding) for finding in refusal.findings])


class WithFile(forms.Form):
    """A form with one attached file; `upload` is what the services take, `values` the rest."""

    file = forms.FileField(label="Файл", required=False, widget=forms.FileInput, help_text=attachments.ADVICE)

    @property
    def upload(self) -> Any:
        sent = self.cleaned_data.get("file")
        return (sent.file, sent.name) if sent else None

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class ToOrganizations(forms.Form):
    """Organisations ticked one by one, by kinds and by groups; `chosen` joins them, each once."""

    kinds = ticks("Все организации вида", KINDS)
    groups = forms.ModelMultipleChoiceField(
        Group.objects.none(), label="Группы", required=False, widget=forms.CheckboxSelectMultiple
    )
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label="Отдельные организации", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organizations"].queryset = open_organizations()  # type: ignore[attr-defined]
        self.fields["groups"].queryset = Group.objects.filter(organizations__isnull=False).distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in ("kinds", "groups", "organizations")):
            raise forms.ValidationError("Отметьте, кому направить: вид, группу или отдельные организации.")
        return data

    @staticmethod
    def to_whom() -> tuple[Any, ...]:
        """Short lists open, the long one in a box of its own with a field that narrows it."""
        return (Row(Column("kinds"), Column("groups")), pick())

    @property
    def chosen(self) -> list[Organization]:
        data = self.cleaned_data
        picked = {each.pk for each in data["organizations"]}
        found = open_organizations()
        picked |= set(found.filter(kind__in=data["kinds"]).values_list("pk", flat=True))
        picked |= set(found.filter(groups__in=data["groups"]).values_list("pk", flat=True))
        return list(found.filter(pk__in=picked))


def open_organizations() -> QuerySet[Organization]:
    return Organization.objects.educational().active()


FEATURES = list(Feature.choices)
