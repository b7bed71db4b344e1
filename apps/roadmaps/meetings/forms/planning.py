"""Theme, hours and place of a meeting; materials; why it is cancelled."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from apps.indicators.forms.picking import indicator_choices
from apps.indicators.models import Indicator
from apps.roadmaps.forms import DateInput
from apps.roadmaps.meetings.forms.fields import area, file_field, organization_field
from apps.roadmaps.meetings.models import Meeting
from apps.roadmaps.meetings.services.meetings import NewMeeting

_TIME = re.compile(r"([01]?\d|2[0-3])[.:\-]([0-5]\d)")
_ADVICE = "Пишите через запятую: 9:00, 12:00 — это две подгруппы."


class MeetingForm(forms.Form):
    """Theme, day and hours, place. Several hours are several subgroups."""

    kind = forms.ChoiceField(label="Вид", choices=Meeting.Kind.choices)
    theme = forms.CharField(label="Тема", max_length=500, widget=area(2))
    audience = forms.CharField(
        label="Для кого",
        max_length=300,
        required=False,
        help_text="Например: руководители организаций, реализующих программы дошкольного образования.",
    )
    day = forms.DateField(label="День", widget=DateInput())
    hours = forms.CharField(label="Время начала", max_length=100, help_text=_ADVICE)
    place = forms.CharField(label="Место", max_length=300)
    base_organization = organization_field("На базе организации", required=False)
    headline = forms.ChoiceField(
        label="Главный показатель качества",
        required=False,
        help_text="Его число по муниципалитету портал покажет над повесткой.",
    )
    purpose = forms.CharField(label="О чём и зачем", max_length=5000, required=False, widget=area(4))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["headline"].choices = [("", "не показывать"), *indicator_choices()]  # type: ignore[attr-defined]

    def clean_hours(self) -> list[time]:
        found = []
        for part in re.split(r"[,;\s]+", self.cleaned_data["hours"].strip(" ,;")):
            match = _TIME.fullmatch(part)
            if not match:
                raise forms.ValidationError(f"«{part[:20]}» — не время. {_ADVICE}")
            found.append(time(int(match[1]), int(match[2])))
        return found

    @property
    def new(self) -> NewMeeting:
        data = self.cleaned_data
        zone = timezone.get_current_timezone()
        names = ("kind", "theme", "audience", "place", "base_organization", "purpose")
        return NewMeeting(
            **{name: data[name] for name in names},
            starts=[datetime.combine(data["day"], hour, zone) for hour in data["hours"]],
            headline=Indicator.objects.filter(code=data["headline"]).first() if data["headline"] else None,
        )


def meeting_initial(meeting: Meeting) -> dict[str, Any]:
    hours = [timezone.localtime(group.starts_at) for group in meeting.subgroups.all()]
    names = ("kind", "theme", "audience", "place", "base_organization", "purpose")
    return {
        **{name: getattr(meeting, name) for name in names},
        "day": meeting.day,
        "hours": ", ".join(f"{hour:%H:%M}" for hour in hours),
        "headline": meeting.headline.code if meeting.headline else "",
    }


class MaterialForm(forms.Form):
    title = forms.CharField(label="Название материала", max_length=300)
    upload = file_field("Файл", required=True)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Причина", max_length=500, widget=area(3))
