"""Forms of what a roadmap holds: measures, stages, means."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from apps.accounts.models import User
from apps.indicators.models import Indicator, IndicatorVersion
from apps.organizations.models import Feature, Kind, Organization
from apps.organizations.picking import pick
from apps.roadmaps.plans.forms.composing import area, day, halves
from apps.roadmaps.plans.models import Measure, MeasureResource, Part, Roadmap, Stage
from apps.roadmaps.plans.models.parts import parts_of
from apps.roadmaps.plans.services.measures import LINES, Plan
from apps.roadmaps.plans.services.people import candidates
from apps.roadmaps.plans.services.resources import NewResource

ALL_KINDS = [choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY]


def _indicator_choices(roadmap: Roadmap, standing: Indicator | None) -> list[tuple[str, str]]:
    """Indicators of the direction and those of the roadmap itself."""
    codes = set(roadmap.indicators.values_list("code", flat=True)) | ({standing.code} if standing else set())
    found = IndicatorVersion.objects.current().filter(indicator__is_group=False, indicator__is_active=True)
    own = found.filter(indicator__code__in=codes)
    if roadmap.direction_id:
        own = found.filter(indicator__direction=roadmap.direction_id) | own
    rows = own.order_by("indicator__pack", "indicator__order").values_list(
        "indicator__code", "indicator__number", "name"
    )
    return [("", "не выбран"), *((code, f"{number} {name}"[:150]) for code, number, name in rows)]


class MeasureForm(forms.Form):
    """A measure of a roadmap."""

    title = forms.CharField(label="Мероприятие", max_length=300, error_messages={"required": "Назовите мероприятие."})
    details = forms.CharField(label="Что именно делается", max_length=20_000, required=False, widget=area(4))
    part = forms.ChoiceField(label="Часть плана", choices=Part.choices)
    line = forms.ChoiceField(label="Линия направления", required=False)
    stage = forms.ModelChoiceField(Stage.objects.none(), label="Этап", required=False, empty_label="вне этапов")
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
        places = [pick()] if "organizations" in self.fields else []
        self.helper.layout = Layout(
            "title", "details", halves("starts_on", "due_on"), halves("person", "responsible"), "executors",
            halves("expected", "indicator"), *names, *where, *places, Submit("save", "Сохранить мероприятие"),
        )  # fmt: skip

    def _fill(self, roadmap: Roadmap, measure: Measure | None) -> None:
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = candidates(roadmap)
        fields["person"].label_from_instance = lambda one: f"{one.get_full_name()}, {one.post.lower()}"
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
        if measure and roadmap.version:
            fields["due_on"].disabled = True
            fields["due_on"].help_text = "Срок переносится на странице мероприятия, с причиной."
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
