"""Forms of entries, made of a register's declaration; the page and the import share them."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.db import models
from django.utils import timezone

from apps.core import personal
from apps.organizations.models import Kind, Organization
from apps.organizations.picking import pick
from apps.registers.catalogue import Register


def _formfield(field: Any, **options: Any) -> Any:
    """The browser's own calendar for days, room for texts, https for addresses."""
    if isinstance(field, models.DateField):
        options["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif isinstance(field, models.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 5})
    elif isinstance(field, models.URLField):
        options["assume_scheme"] = "https"
    return field.formfield(**options)


def entry_form(register: Register, user: Any) -> type[forms.ModelForm]:  # type: ignore[type-arg]
    """The form of an entry: the authority chooses the organisation, a school has its own."""
    asks = user.is_authority and not register.of_authority
    names = (*(["organization"] if asks else []), *register.fields)
    made = forms.modelform_factory(register.model, form=_EntryForm, fields=names, formfield_callback=_formfield)
    made.register, made.user = register, user  # type: ignore[attr-defined]
    return made


class _EntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """Knows whose the entry is before it is checked, so that the database's own rules are told as sentences."""

    register: Register
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = Organization.objects.educational().active(timezone.localdate())
        if "organization" in self.fields:
            # The authority itself may be a side of an agreement of several schools.
            owners = Organization.objects.active(timezone.localdate()) if "schools" in self.fields else working
            self._choose("organization", owners, forms.ModelChoiceField, empty_label="выберите")
        elif not self.instance.organization_id:
            self.instance.organization = self.user.organization
        if "schools" in self.fields:
            self._choose(
                "schools", self._schools(working), forms.ModelMultipleChoiceField, widget=forms.CheckboxSelectMultiple()
            )
        self.helper = FormHelper()
        parts = [pick(name) if name == "schools" else name for name in self.fields]
        self.helper.layout = Layout(*parts, Submit("save", "Сохранить"))

    def _schools(self, working: Any) -> Any:
        """All schools for the authority; for a school itself and those that the agreement names already."""
        if self.user.is_authority:
            return working.filter(kind=Kind.SCHOOL)
        named = self.instance.schools.values("pk") if self.instance.pk else []
        return Organization.objects.filter(models.Q(pk=self.user.organization.pk) | models.Q(pk__in=named))

    def _choose(self, name: str, rows: Any, kind: Any, **options: Any) -> None:
        """Organisations by code, as addresses and files name them."""
        label = self.fields[name].label
        self.fields[name] = kind(rows, label=str(label).capitalize(), to_field_name="code", **options)
        if self.instance.pk:
            value = getattr(self.instance, name)
            self.initial[name] = value.code if name == "organization" else [one.code for one in value.all()]

    def clean(self) -> dict[str, Any]:
        """Names, telephones and the like are refused in free texts: the registers keep no data of pupils."""
        data = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(value, str) and name not in self.register.named and (found := personal.kinds(value)):
                text = f"Похоже на личные данные: {personal.said(found)}. Опишите без них."
                self.add_error(name, text)
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """The organisation counts in the rules even where it is not asked."""
        return super()._get_validation_exclusions() - {"organization", "archived_at"}  # type: ignore[misc,no-any-return]


class FilterForm(forms.Form):
    """What a list is narrowed by: words, the organisation, the register's own choices, the archive."""

    q = forms.CharField(label="Поиск", required=False, max_length=100)

    def __init__(self, data: Any, *, register: Register, user: Any, entries: Any) -> None:
        super().__init__(data)
        self.register = register
        if not register.search:
            del self.fields["q"]
        if user.is_authority and not register.of_authority:
            rows = Organization.objects.filter(pk__in=entries.order_by().values("organization"))
            self.fields["organization"] = forms.ModelChoiceField(
                rows, label="Организация", required=False, to_field_name="code", empty_label="все"
            )
        for name in register.filters:
            field: Any = register.model._meta.get_field(name)
            values = field.choices or [(one, str(one)) for one in _years(entries, name)]
            choices = [("", "любое"), *values]
            self.fields[name] = forms.ChoiceField(label=_label(field), choices=choices, required=False)
        self.fields["archive"] = forms.BooleanField(label="Архив", required=False)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.form_class = "filters"
        buttons = Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons")
        self.helper.layout = Layout(*self.fields, buttons)

    def narrowed(self, entries: Any) -> Any:
        """The entries that are asked for; what names nothing narrows nothing."""
        self.is_valid()
        data = self.cleaned_data
        found = entries.filter(archived_at__isnull=not data.get("archive"))
        for name in ("organization", *self.register.filters):
            if data.get(name):
                found = found.filter(**{name: data[name]})
        for word in data.get("q", "").replace("\x00", "").split():
            wanted = models.Q()
            for field in self.register.search:
                wanted |= models.Q(**{f"{field}__icontains": word})
            found = found.filter(wanted)
        return found


def _years(entries: Any, name: str) -> list[int]:
    return list(entries.order_by(f"-{name}").values_list(name, flat=True).distinct())


def _label(field: Any) -> str:
    return str(field.verbose_name).capitalize()


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300, error_messages={"required": "Напишите, почему запись уходит в архив."})


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(choices=[("accepted", "принять"), ("returned", "вернуть")])
    remark = forms.CharField(required=False, max_length=500)


class FileForm(forms.Form):
    """A file of entries to look at before anything changes."""

    file = forms.FileField(
        label="Файл",
        help_text="xlsx или csv, до 10 МБ. Столбцы — как в образце, порядок любой.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("look", "Посмотреть изменения"))
