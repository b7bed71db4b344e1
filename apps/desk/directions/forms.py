"""Forms of the pages of directions."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.accounts.models import User
from apps.collection.models import Form
from apps.core import periods
from apps.indicators.models import Direction, Goal, Indicator
from apps.organizations.models import Organization
from apps.procedures.models import Condition
from apps.roadmaps.plans.services.measures import LINES

SEPTEMBER = 9


def _day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


class SwitchForm(forms.Form):
    """Why a direction is switched."""

    reason = forms.CharField(
        label="Причина", max_length=300, error_messages={"required": "Напишите причину: она останется в истории."}
    )


class ConditionForm(forms.Form):
    """A condition of a direction that the portal does not know by itself."""

    kind = forms.ChoiceField(label="Что это", choices=Condition.Kind.choices)
    title = forms.CharField(label="Название", max_length=300, error_messages={"required": "Напишите, что это."})
    url = forms.URLField(label="Ссылка", required=False, max_length=200, assume_scheme="https")


class PurposeForm(forms.Form):
    """What a direction is for."""

    purpose = forms.CharField(
        label="Для чего это направление",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("purpose", Submit("save", "Сохранить"))


class CollectForm(forms.Form):
    """A campaign of the direction's monitoring."""

    form = forms.ModelChoiceField(Form.objects.none(), label="Форма", empty_label=None)
    year = forms.ChoiceField(label="За какой год")
    opens_on = _day("Открывается")
    due_on = _day("Срок сдачи", "До конца этого дня.")
    closes_on = _day("Приём прекращается")
    instructions = forms.CharField(
        label="Указания организациям", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    contacts = forms.CharField(label="К кому обращаться", required=False, max_length=400)

    def __init__(self, *args: Any, asked: list[Form], **kwargs: Any) -> None:
        today = timezone.localdate()
        days = {"opens_on": 0, "due_on": 14, "closes_on": 28}
        kwargs["initial"] = {name: today + timedelta(days=ahead) for name, ahead in days.items()}
        super().__init__(*args, **kwargs)
        known = Form.objects.filter(pk__in=[form.pk for form in asked])
        self.fields["form"].queryset = known  # type: ignore[attr-defined]
        now = periods.school_year_of(today)
        spans = [now, periods.previous(now), periods.previous(now, 2)]
        self.fields["year"].choices = [(span.code, periods.title(span)) for span in spans]  # type: ignore[attr-defined]
        self.initial["year"] = (
            periods.previous(now).code if today.month >= SEPTEMBER else now.code
        )  # the year that ended
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row(Column("form", css_class="col-md-8"), Column("year")),
            Row(Column("opens_on"), Column("due_on"), Column("closes_on")),
            "instructions",
            "contacts",
            Submit("open", "Открыть сбор"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        days = [data.get(name) for name in ("opens_on", "due_on", "closes_on")]
        if None not in days and days != sorted(days):  # type: ignore[type-var]
            self.add_error("due_on", "Открытие — не позже срока сдачи, срок сдачи — не позже прекращения приёма.")
        return data

    def span(self) -> periods.PeriodSpan:
        """The period of the form's own kind for the chosen school year."""
        span = periods.parse_period(self.cleaned_data["year"])
        wants_calendar = self.cleaned_data["form"].period_kind == periods.PeriodKind.CALENDAR_YEAR
        return periods.self_examination_year(span) if wants_calendar else span


class GoalForm(forms.Form):
    """A goal; a school writes its own and does not choose whose it is or what it serves."""

    level = forms.ChoiceField(label="Чья цель", choices=Goal.Level.choices)
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label="Организация", required=False, empty_label="не организации"
    )
    title = forms.CharField(
        label="Цель", max_length=300, error_messages={"required": "Назовите цель."}, widget=forms.TextInput()
    )
    rationale = forms.CharField(
        label="Обоснование",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Почему эта цель нужна: на какие цифры или документ она опирается.",
        error_messages={"required": "Напишите обоснование: почему эта цель нужна."},
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label="По какому показателю видно",
        required=False,
        empty_label="не выбран",
        help_text="Цель по годам ставится на странице показателя: портал сам скажет, достигнута ли она.",
    )
    parent = forms.ModelChoiceField(
        Goal.objects.none(), label="Какой цели служит", required=False, empty_label="не связана"
    )

    def __init__(self, *args: Any, direction: Direction, user: User, goal: Goal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["organization"].queryset = Organization.objects.educational().active()
        fields["indicator"] = IndicatorChoice(direction, fields["indicator"])
        parents = Goal.objects.current().filter(direction=direction).exclude(level=Goal.Level.ORGANIZATION)
        fields["parent"].queryset = parents.exclude(pk=goal.pk) if goal else parents
        fields["parent"].label_from_instance = lambda one: f"{one.get_level_display()}: {one.title}"
        if not user.is_department:
            for name in ("level", "organization", "parent"):
                del fields[name]
        self.helper = FormHelper()
        self.helper.layout = Layout(*fields, Submit("save", "Сохранить цель"))


class IndicatorChoice(forms.ModelChoiceField):
    """Measured indicators of a direction by number and name."""

    def __init__(self, direction: Direction, like: forms.ModelChoiceField) -> None:
        found = Indicator.objects.measured().filter(direction=direction).order_by("pack", "order")
        super().__init__(
            found.prefetch_related("versions"),
            label=like.label,
            required=False,
            empty_label=like.empty_label,
            help_text=like.help_text,
        )

    def label_from_instance(self, obj: Any) -> str:
        version = next(iter(obj.versions.all()), None)
        return f"{obj.number} {version.name if version else ''} ({obj.pack})"[:150]


class MeasureForm(forms.Form):
    """A measure of a direction."""

    line = forms.ChoiceField(label="Линия направления", required=False)
    title = forms.CharField(label="Мероприятие", max_length=300, error_messages={"required": "Назовите мероприятие."})
    responsible = forms.CharField(
        label="Кто отвечает",
        max_length=200,
        help_text="Должность или отдел.",
        error_messages={"required": "Укажите, кто отвечает: должность или отдел."},
    )
    due_on = _day("Срок")
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="В каких организациях",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Ничего не отмечено — во всех. Чтобы отметить несколько, удерживайте Ctrl.",
    )

    def __init__(self, *args: Any, direction: Direction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        lines = LINES.get(direction.code, ())
        fields["line"].choices = [("", "без линии"), *((line, line) for line in lines)]
        if not lines:
            del fields["line"]
        fields["organizations"].queryset = Organization.objects.educational().active()
        self.helper = FormHelper()
        self.helper.layout = Layout(*fields, Submit("save", "Сохранить мероприятие"))


class DoneForm(forms.Form):
    """What came of a measure."""

    done_on = _day("Выполнено")
    result = forms.CharField(
        label="Что получилось", max_length=500, error_messages={"required": "Напишите, что получилось."}
    )
