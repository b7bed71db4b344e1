"""Forms that compose a roadmap, approve and end it."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.accounts.models import User
from apps.core import periods
from apps.indicators.forms.picking import IndicatorsField, picker
from apps.indicators.models import Direction, Indicator
from apps.organizations.models import Organization
from apps.roadmaps.decisions.models import Decision
from apps.roadmaps.forms import DateInput
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.plans.services.directions import title_of
from apps.roadmaps.plans.services.people import candidates
from apps.roadmaps.plans.services.roadmaps import NewRoadmap


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), **kwargs)


def halves(*names: str) -> Row:
    return Row(*(Column(name, css_class=f"col-md-{12 // len(names)}") for name in names))


class RoadmapForm(forms.Form):
    """Title, dates and what it is about. For a new one: with which measures it begins."""

    kind = forms.ChoiceField(
        label="Что составляем", choices=[choice for choice in Roadmap.Kind.choices if choice[0] != Roadmap.Kind.SCHOOL]
    )
    direction = forms.ModelChoiceField(
        Direction.objects.none(), label="Направление", required=False, empty_label="не выбрано"
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Организация площадки или проекта",
        required=False,
        empty_label="управление образования",
    )
    title = forms.CharField(
        label="Название", max_length=300, required=False,
        help_text="Плану направления портал даст название сам, если не написать своё.",
    )  # fmt: skip
    aim = forms.CharField(label="Цель", max_length=4000, required=False, widget=area(3))
    starts_on = day("Начало")
    ends_on = day("Окончание")
    begin = forms.ChoiceField(
        label="С чего начать",
        choices=[
            ("proposed", "с мероприятий по частям плана из Концепции (предложение портала, их можно менять)"),
            ("empty", "с пустого списка"),
        ],
        widget=forms.RadioSelect,
        initial="proposed",
    )
    person = forms.ModelChoiceField(
        User.objects.none(),
        label="Кто отвечает за предложенные мероприятия",
        required=False,
        empty_label="назначу позже",
        help_text="Потом ответственных можно сменить все сразу на одной странице.",
    )
    indicators = IndicatorsField(
        label="По каким показателям виден результат",
        required=False,
        help_text="Не обязательно. Изменение этих показателей портал покажет сам.",
    )

    def __init__(self, *args: Any, user: User, roadmap: Roadmap | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.roadmap = user, roadmap
        fields: dict[str, Any] = self.fields
        fields["direction"].queryset = Direction.objects.in_use()
        fields["direction"].label_from_instance = lambda one: f"{one.code}. {one.name}"
        fields["organization"].queryset = Organization.objects.educational().active()
        if roadmap is None and not user.is_school:
            fields["person"].queryset = candidates(Roadmap(kind=Roadmap.Kind.DIRECTION))
            fields["person"].label_from_instance = lambda one: f"{one.get_full_name()}, {one.post.lower()}"
        else:
            del fields["begin"], fields["person"]
        if user.is_school or (roadmap and roadmap.kind == Roadmap.Kind.SCHOOL):
            del fields["kind"], fields["organization"]
        span = periods.school_year_of(timezone.localdate())
        fields["starts_on"].initial, fields["ends_on"].initial = span.starts_on, span.ends_on
        self.helper = FormHelper()
        rest = [name for name in ("kind", "direction", "organization") if name in fields]
        choice = ["begin", "person"] if "begin" in fields else []
        self.helper.layout = Layout(
            *rest,
            "title",
            "aim",
            halves("starts_on", "ends_on"),
            *choice,
            picker("indicators"),
            Submit("save", "Составить" if roadmap is None else "Сохранить"),
        )

    def _usual_title(self) -> str:
        """«План мероприятий: …» of a direction; anything else is named by a person."""
        direction = self.cleaned_data["direction"]
        is_plan = direction and self.cleaned_data.get("kind") == Roadmap.Kind.DIRECTION
        return title_of(direction) if is_plan else ""

    def new(self) -> NewRoadmap:
        data = self.cleaned_data
        school = "kind" not in self.fields
        own = self.roadmap.organization if self.roadmap else self.user.organization
        return NewRoadmap(
            kind=Roadmap.Kind.SCHOOL if school else data["kind"],
            direction=data["direction"],
            organization=own if school else data["organization"],
            title=data["title"] or self._usual_title(),
            aim=data["aim"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            indicators=list(Indicator.objects.filter(code__in=data["indicators"], is_group=False)),
        )


class CopyForm(forms.Form):
    title = forms.CharField(label="Название", max_length=300, error_messages={"required": "Назовите дорожную карту."})
    starts_on = day("Начало", help_text="Все сроки сдвинутся вместе с началом.")
    ends_on = day("Окончание")

    def new(self, like: Roadmap) -> NewRoadmap:
        return NewRoadmap(
            kind=like.kind,
            direction=like.direction,
            organization=like.organization,
            aim=like.aim,
            indicators=list(like.indicators.all()),
            **self.cleaned_data,
        )


class ApproveForm(forms.Form):
    """The act that approves: a decision kept on the portal, or its words and day."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(), label="Решение, которым утверждена", required=False, empty_label="впишу сам",
        help_text="Если приказ или протокол есть на портале, выберите его.",
    )  # fmt: skip
    act_text = forms.CharField(
        label="Чем утверждена", max_length=300, required=False, help_text="Например: приказ управления № 215."
    )
    act_on = day("Дата акта", required=False)

    def __init__(self, *args: Any, decisions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision"]
        field.queryset = decisions

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("decision"):
            for name, message in (("act_text", "Укажите, чем утверждена."), ("act_on", "Укажите дату акта.")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, message)
        return data


class EndForm(forms.Form):
    state = forms.ChoiceField(
        label="Что делаем",
        choices=[(Roadmap.State.FINISHED, "завершаем: срок вышел или всё сделано"),
                 (Roadmap.State.CANCELLED, "отменяем")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label="Итог или причина", max_length=500, widget=area(2), error_messages={"required": "Напишите итог."}
    )
