"""Who is invited; who answers for the assessment of quality."""

from typing import Any

from django import forms

from apps.organizations.models import Organization
from apps.procedures.people.models import Association
from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.meetings.selectors.people import choices


class InviteForm(forms.Form):
    """A group at once, single organisations, leaders of associations, or all of them."""

    group = forms.ChoiceField(label="Пригласить сразу", required=False)
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="и отдельные организации",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    associations = forms.ModelMultipleChoiceField(
        Association.objects.none(),
        label="и руководителей методических объединений",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    officers_only = forms.ChoiceField(
        label="Кого позвать",
        choices=[("", "руководителей организаций"), ("yes", "ответственных за оценку качества, и только их")],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organization.objects.educational().active()  # type: ignore[attr-defined]
        invited = meeting.invitees.filter(organization__isnull=False).values("organization")
        seated = meeting.invitees.filter(association__isnull=False).values("association")
        fields: dict[str, Any] = self.fields
        fields["group"].choices = choices()
        fields["organizations"].queryset = places.exclude(pk__in=invited).order_by("-kind", "number", "name_key")
        fields["associations"].queryset = Association.objects.filter(leader__is_active=True).exclude(pk__in=seated)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not any(data.get(name) for name in ("group", "organizations", "associations")):
            raise forms.ValidationError("Выберите группу, отметьте организации или руководителей объединений.")
        data["officers_only"] = data.get("officers_only") == "yes"
        return data


class OfficerForm(forms.Form):
    name = forms.CharField(label="Фамилия, имя, отчество", max_length=150)
    post = forms.CharField(label="Должность", max_length=200, initial="Заместитель директора")
    phone = forms.CharField(label="Телефон", max_length=60, required=False)
    email = forms.EmailField(
        label="Почта",
        required=False,
        help_text="Если по этой почте в вашей организации есть учётная запись, приглашения придут прямо туда.",
    )
