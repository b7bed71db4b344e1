"""Forms of venues and assignments."""

from typing import Any

from crispy_forms.layout import Column, Row, Submit
from django import forms

from apps.organizations.models import Organization, Site
from apps.organizations.picking import pick
from apps.procedures.models import Procedure
from apps.procedures.people.forms.base import area, helper
from apps.procedures.people.models import Capacity, Person
from apps.procedures.studies.forms import DateInput


class SiteChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organization}: {obj.name}"


class VenueForm(forms.Form):
    procedure = forms.ModelChoiceField(Procedure.objects.none(), label="Процедура", empty_label="Выберите процедуру")
    on = forms.DateField(label="День", widget=DateInput())
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label="Организации", widget=forms.CheckboxSelectMultiple
    )
    site = SiteChoice(
        Site.objects.none(),
        label="Отдельное здание",
        required=False,
        empty_label="Не уточнять",
        help_text="Только если отмечена одна организация и работа идёт не в основном здании.",
    )

    def __init__(self, *args: Any, procedures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].queryset = procedures  # type: ignore[attr-defined]
        active = Organization.objects.educational().active()
        self.fields["organizations"].queryset = active  # type: ignore[attr-defined]
        sites = Site.objects.select_related("organization").exclude(kind=Site.Kind.MAIN)
        self.fields["site"].queryset = sites.filter(organization__in=active)  # type: ignore[attr-defined]
        choices = pick()
        self.helper = helper("procedure", "on", choices, "site", Submit("save", "Добавить места"))


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} — {obj.capacities_text}"


class AssignForm(forms.Form):
    """Offers those who may be sent; the service checks again."""

    capacity = forms.ChoiceField(label="Кем", choices=Capacity.choices)
    person = PersonChoice(Person.objects.none(), label="Кого", empty_label="Выберите человека")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        row = Row(Column("person", css_class="col-md-8"), Column("capacity", css_class="col-md-4"))
        self.helper = helper(row, Submit("assign", "Назначить"))


class DayForm(forms.Form):
    on = forms.DateField(label="Новый день", widget=DateInput())


class RemarkForm(forms.Form):
    answer = area("Что сделано", 2000, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("answer", Submit("close", "Отработано"))


class ParticipationForm(forms.Form):
    """Which procedure, when, and one of those entered before."""

    prefix = "p"
    procedure = forms.ModelChoiceField(Procedure.objects.none(), label="Процедура", empty_label="Выберите процедуру")
    on = forms.DateField(label="День в вашей организации", widget=DateInput())
    person = forms.ModelChoiceField(
        Person.objects.none(), label="Кто участвует", required=False, empty_label="Внести нового человека ниже"
    )
    no_conflict = forms.BooleanField(
        label="Человек не работает в нашей организации, и его ребёнок не пишет эту работу",
        error_messages={"required": "Подтвердите: иначе участие не будет независимым."},
    )

    def __init__(self, *args: Any, procedures: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].queryset = procedures  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.helper = helper("procedure", "on", "person", "no_conflict")
        self.helper.form_tag = False
