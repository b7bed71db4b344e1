"""Forms of control events and remarks."""

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms

from apps.core import attachments
from apps.library.asking import WithFile, area, day, helper, open_organizations
from apps.library.inspections.models import Inspection
from apps.library.texts import STORY
from apps.organizations.models import Organization


class InspectionForm(WithFile):
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label="Организация", empty_label="выберите организацию"
    )
    kind = forms.ChoiceField(label="Вид", choices=Inspection.Kind.choices)
    body = forms.CharField(label="Кто проводит", max_length=250)
    subject = forms.CharField(label="Предмет", max_length=500)
    starts_on = day("Начало")
    ends_on = day("Окончание")
    act_number = forms.CharField(label="Номер и дата акта", max_length=120, required=False)
    outcome = area("Итог", 5000, required=False)

    def __init__(self, *args: Any, inspection: Inspection | None = None, **kwargs: Any) -> None:
        if inspection:
            names = ("organization", "kind", "body", "subject", "starts_on", "ends_on", "act_number", "outcome")
            kwargs["initial"] = {name: getattr(inspection, name) for name in names}
        super().__init__(*args, **kwargs)
        places = open_organizations()
        if inspection:
            places = Organization.objects.filter(pk=inspection.organization_id) | places
        self.fields["organization"].queryset = places  # type: ignore[attr-defined]
        self.helper = helper(
            Row(Column("organization"), Column("kind")),
            "body",
            "subject",
            Row(Column("starts_on"), Column("ends_on"), Column("act_number")),
            "outcome",
            "file",
        )


class RemarkForm(forms.Form):
    text = area("Замечание", STORY, rows=3)
    due_on = day("Устранить до", "До конца этого дня.")


class AnswerForm(forms.Form):
    text = area("Что сделано", STORY)
    proof = forms.FileField(label="Подтверждение", required=False, help_text=attachments.ADVICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("text", "proof", button="Направить ответ")


class ExtendForm(forms.Form):
    due_on = day("Новый срок")
    reason = forms.CharField(label="Причина", max_length=300)
