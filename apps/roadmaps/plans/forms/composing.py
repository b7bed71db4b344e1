"""Forms that compose a roadmap and its measures."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.accounts.models import User
from apps.core import periods
from apps.indicators.forms.picking import IndicatorsField, picker
from apps.indicators.models import Direction, Indicator, IndicatorVersion
from apps.organizations.models import Feature, Kind, Organization
from apps.roadmaps.forms import DateInput
from apps.roadmaps.plans.models import Measure, MeasureResource, Part, Roadmap
from apps.roadmaps.plans.models.parts import parts_of
from apps.roadmaps.plans.services.measures import LINES, Plan
from apps.roadmaps.plans.services.people import candidates
from apps.roadmaps.plans.services.resources import NewResource
from apps.roadmaps.plans.services.roadmaps import NewRoadmap

ALL_KINDS = [choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY]


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), **kwargs)


def _halves(*names: str) -> Row:
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
    title = forms.CharField(label="Название", max_length=300, error_messages={"required": "Назовите дорожную карту."})
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
            fields["person"].label_from_instance = lambda one: f"{one.get_full_name()}, {one.post}"
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
            _halves("starts_on", "ends_on"),
            *choice,
            picker("indicators"),
            Submit("save", "Составить" if roadmap is None else "Сохранить"),
        )

    def new(self) -> NewRoadmap:
        data = self.cleaned_data
        school = "kind" not in self.fields
        own = self.roadmap.organization if self.roadmap else self.user.organization
        return NewRoadmap(
            kind=Roadmap.Kind.SCHOOL if school else data["kind"],
            direction=data["direction"],
            organization=own if school else data["organization"],
            title=data["title"],
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


def _indicator_choices(roadmap: Roadmap, standing: Indicator | None) -> list[tuple[str, str]]:
    """Indicators of the direction and those of the roadmap itself."""
    codes = set(roadmap.indicators.values_list("code", flat=True)) | ({standing.code} if standing else set())
    found = IndicatorVersion.objects.current().filter(indicator__is_group=False, indicator__is_active=True)
    own = found.filter(indicator__code__in=codes)
    if roadmap.direction_id:
        own = found.filter(indicator__direction=roadmap.direction_id) | own
    rows = own.order_by("indicator__pack", "indicator__order").values_list("indicator__code", "name")
    return [("", "не выбран"), *((code, f"{code} {name}"[:150]) for code, name in rows)]


class MeasureForm(forms.Form):
    """A measure of a roadmap."""

    title = forms.CharField(label="Мероприятие", max_length=300, error_messages={"required": "Назовите мероприятие."})
    details = forms.CharField(label="Что именно делается", max_length=20_000, required=False, widget=area(4))
    part = forms.ChoiceField(label="Часть плана", choices=Part.choices)
    line = forms.ChoiceField(label="Линия направления", required=False)
    stage = forms.ModelChoiceField(None, label="Этап", required=False, empty_label="вне этапов")
    starts_on = day("Начало")
    due_on = day("Срок")
    person = forms.ModelChoiceField(
        User.objects.none(), label="Ответственный: один человек", required=False, empty_label="не выбран"
    )
    responsible = forms.CharField(
        label="Или кто отвечает, если учётной записи нет",
        max_length=200,
        required=False,
        help_text="Один человек или должность.",
    )
    executors = forms.CharField(
        label="Исполнители", max_length=500, required=False, help_text="Кто делает вместе с ответственным."
    )
    expected = forms.CharField(label="Ожидаемый результат", max_length=500, required=False)
    indicator = forms.ChoiceField(label="По какому показателю виден результат", required=False)
    kinds = forms.MultipleChoiceField(
        label="Для каких видов организаций",
        choices=ALL_KINDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ничего не отмечено — для всех.",
    )
    features = forms.MultipleChoiceField(
        label="Для организаций с особенностями",
        choices=Feature.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Хотя бы одна из отмеченных. Ничего — для любых.",
    )
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label="Или для этих организаций", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Если отмечены, вид и особенности не учитываются.",
    )  # fmt: skip

    def __init__(self, *args: Any, roadmap: Roadmap, measure: Measure | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roadmap = roadmap
        self._fill(roadmap, measure)
        self.helper = FormHelper()
        names = [name for name in ("part", "line", "stage") if name in self.fields]
        where = [name for name in ("kinds", "features") if name in self.fields]
        places = [Div("organizations", css_class="msoko-choices")] if "organizations" in self.fields else []
        self.helper.layout = Layout(
            "title", "details", _halves("starts_on", "due_on"), _halves("person", "responsible"), "executors",
            _halves("expected", "indicator"), *names, *where, *places, Submit("save", "Сохранить мероприятие"),
        )  # fmt: skip

    def _fill(self, roadmap: Roadmap, measure: Measure | None) -> None:
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = candidates(roadmap)
        fields["person"].label_from_instance = lambda one: f"{one.get_full_name()}, {one.post}"
        fields["stage"].queryset = roadmap.stages.all()
        fields["indicator"].choices = _indicator_choices(roadmap, measure.indicator if measure else None)
        fields["starts_on"].initial, fields["due_on"].initial = roadmap.starts_on, roadmap.ends_on
        code = roadmap.direction.code if roadmap.direction else ""
        lines = LINES.get(code, ())
        fields["line"].choices = [("", "без линии"), *((line, line) for line in lines)]
        if roadmap.kind == Roadmap.Kind.DIRECTION:
            own = parts_of(code)
            fields["part"].choices = [(one.value, one.label) for one in own] + [(Part.OTHER.value, Part.OTHER.label)]
            if measure and measure.part not in dict(fields["part"].choices):
                fields["part"].choices += [(measure.part, measure.get_part_display())]
        if not lines:
            del fields["line"]
        if not roadmap.stages.exists():
            del fields["stage"]
        if roadmap.kind == Roadmap.Kind.SCHOOL:
            for name in ("kinds", "features", "organizations", "part"):
                del fields[name]
        else:
            fields["organizations"].queryset = Organization.objects.educational().active()

    @staticmethod
    def initial_of(measure: Measure) -> dict[str, Any]:
        names = ("title", "details", "part", "line", "stage", "starts_on", "due_on", "person", "executors", "expected")
        initial = {name: getattr(measure, name) for name in names}
        initial["responsible"] = "" if measure.person_id else measure.responsible
        initial |= {"kinds": measure.kinds, "features": measure.features, "organizations": measure.organizations.all()}
        return initial | {"indicator": measure.indicator.code if measure.indicator else ""}

    def plan(self) -> Plan:
        data = dict(self.cleaned_data)
        code = data.pop("indicator", "")
        data["indicator"] = Indicator.objects.filter(code=code).first() if code else None
        if self.roadmap.kind == Roadmap.Kind.SCHOOL and self.roadmap.organization:
            data["organizations"] = [self.roadmap.organization]
        if data.get("organizations"):
            data |= {"kinds": (), "features": ()}
        return Plan(**data)


class ApproveForm(forms.Form):
    """The act that approves: a decision kept on the portal, or its words and day."""

    decision = forms.ModelChoiceField(
        None, label="Решение, которым утверждена", required=False, empty_label="впишу сам",
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


class StageForm(forms.Form):
    title = forms.CharField(label="Этап", max_length=200, error_messages={"required": "Назовите этап."})
    starts_on = day("Начало этапа")
    ends_on = day("Окончание этапа")
    expected = forms.CharField(label="Ожидаемый результат", max_length=500, required=False)


class ResourceForm(forms.Form):
    kind = forms.ChoiceField(label="Вид поддержки", choices=MeasureResource.Kind.choices)
    amount = forms.DecimalField(
        label="Сумма, ₽", required=False, max_digits=14, decimal_places=2, min_value=0, localize=True,
        help_text="Каждой отмеченной организации.",
    )  # fmt: skip
    note = forms.CharField(label="Что именно", max_length=300, required=False)
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label="Кому", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Ничего не отмечено — на мероприятие в целом.",
    )  # fmt: skip

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organizations"]
        named = measure.organizations.all()
        field.queryset = named if named else Organization.objects.educational().active()

    def new(self) -> NewResource:
        return NewResource(**self.cleaned_data)
