"""Forms of the room: they turn what was typed into domain values."""

from datetime import timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.collection.models import CampaignMaterial, Form
from apps.collection.services.campaigns import forms_of_other_periods
from apps.collection.services.forms import SELF_EXAMINATION, active_forms
from apps.core.models import Period
from apps.core.periods import parse_period, school_year
from apps.organizations.models import Group, Kind, Organization, Programme
from apps.organizations.picking import pick
from apps.organizations.querysets import OrganizationQuerySet

WORKBOOK_BYTES = 10 * 1024 * 1024
KINDS = [choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY]


class DateInput(forms.DateInput):
    """The browser's own calendar; it wants ISO dates."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _FormChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        mark = "" if obj.is_confirmed or obj.is_own else " (есть строки «не подтверждено»)"
        return f"{obj.short_title}{mark}"


class CampaignForm(forms.Form):
    """A new campaign: what, for which period, until when, of whom."""

    class Whom:
        ALL, KINDS, PROGRAMMES, GROUP, CHOSEN = "all", "kinds", "programmes", "group", "chosen"
        CHOICES = [
            (ALL, "всем организациям, которым подходят формы"),
            (KINDS, "организациям выбранных видов"),
            (PROGRAMMES, "организациям с выбранными программами"),
            (GROUP, "организациям группы"),
            (CHOSEN, "выбранным организациям"),
        ]

    title = forms.CharField(label="Название", max_length=200)
    form_set = _FormChoice(
        Form.objects.none(),
        label="Формы",
        widget=forms.CheckboxSelectMultiple,
        help_text="Каждая организация получит формы по образовательным программам, которые она реализует.",
        error_messages={"required": "Отметьте хотя бы одну форму."},
    )
    year = forms.ChoiceField(
        label="За какой период", help_text="Самообследование проводится за прошедший календарный год."
    )
    opens_on = forms.DateField(label="Открывается", widget=DateInput())
    due_on = forms.DateField(label="Срок сдачи", widget=DateInput(), help_text="До конца этого дня.")
    closes_on = forms.DateField(
        label="Приём прекращается", widget=DateInput(), help_text="После срока сдачи данные принимаются как поздние."
    )
    instructions = forms.CharField(
        label="Указания организациям",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Войдут в книгу Excel и на страницу формы.",
    )
    contacts = forms.CharField(label="К кому обращаться", required=False, max_length=400)
    experts = forms.CharField(
        label="Эксперты и консультанты",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Кто поможет по содержанию: должность, имя, телефон или почта. Файлы прикладываются после открытия.",
    )
    whom = forms.ChoiceField(label="Получатели", choices=Whom.CHOICES, initial=Whom.ALL, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="Если по видам", choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    programmes = forms.MultipleChoiceField(
        label="Если по программам", choices=Programme.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    group = forms.ModelChoiceField(
        Group.objects.none(), label="Если по группе", required=False, empty_label="не выбрана"
    )
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Если по списку",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        last = today.year - 1
        kwargs.setdefault("initial", {}).update(_defaults(today, last, kwargs.get("initial", {})))
        super().__init__(*args, **kwargs)
        forms_to_ask = active_forms()
        known = Form.objects.filter(pk__in=[form.pk for form in forms_to_ask]).order_by("-code")
        self.fields["form_set"].queryset = known  # type: ignore[attr-defined]
        usual = [form.pk for form in forms_to_ask if not form.is_own and form.code in SELF_EXAMINATION]
        self.initial.setdefault("form_set", usual)
        self.fields["year"].choices = _periods(last)  # type: ignore[attr-defined]
        self.fields["group"].queryset = Group.objects.all()  # type: ignore[attr-defined]
        self.fields["organizations"].queryset = Organization.objects.educational().active(today)  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.attrs = {"data-many": ""}
        self.helper.layout = Layout(
            Fieldset("Что запрашиваем", "title", Row(Column("form_set", css_class="col-lg-8"), Column("year"))),
            Fieldset("Сроки", Row(Column("opens_on"), Column("due_on"), Column("closes_on"))),
            Fieldset(
                "Кому",
                "whom",
                Row(Column("kinds"), Column("programmes"), Column("group")),
                pick(),
            ),
            Fieldset("Пояснения", "instructions", "contacts", "experts"),
            Div(
                Submit("preview", "Показать, кто получит", css_class="btn btn-outline-primary"),
                HTML(" "),
                Submit("open", "Открыть кампанию"),
                css_class="d-flex flex-wrap gap-2",
            ),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        days = [data.get(name) for name in ("opens_on", "due_on", "closes_on")]
        if None not in days and days != sorted(days):  # type: ignore[type-var]
            message = "Проверьте сроки: открытие — не позже срока сдачи, срок сдачи — не позже прекращения приёма."
            self.add_error("due_on", message)
        if {"form_set", "year"} <= data.keys():
            for finding in forms_of_other_periods(data["form_set"], parse_period(data["year"]).kind):
                self.add_error("year", f"{finding.message} {finding.action}")
        needed = {
            "kinds": "Отметьте виды организаций.",
            "programmes": "Отметьте программы.",
            "group": "Выберите группу.",
            "chosen": "Выберите организации.",
        }
        whom = data.get("whom", "")
        field = "organizations" if whom == self.Whom.CHOSEN else whom
        if whom in needed and not data.get(field):
            self.add_error(field, needed[whom])
        return data

    def period(self) -> Period:
        return Period.objects.named(parse_period(self.cleaned_data["year"]))

    def addressed(self) -> OrganizationQuerySet:
        """The organisations that were meant, closed ones too: the service says which are left out and why."""
        everyone = Organization.objects.educational().select_related("successor")
        match self.cleaned_data["whom"]:
            case self.Whom.KINDS:
                return everyone.filter(kind__in=self.cleaned_data["kinds"])
            case self.Whom.PROGRAMMES:
                return everyone.delivering(self.cleaned_data["programmes"])
            case self.Whom.GROUP:
                return everyone.filter(groups=self.cleaned_data["group"])
            case self.Whom.CHOSEN:
                return everyone.filter(pk__in=self.cleaned_data["organizations"])
        return everyone


def _periods(last: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Calendar and school years that may be asked about, newest first."""
    calendar = [(str(year), str(year)) for year in range(last + 1, last - 4, -1)]
    spans = [school_year(year) for year in range(last + 1, last - 3, -1)]
    return [("Календарный год", calendar), ("Учебный год", [(span.code, span.code) for span in spans])]


def _defaults(today: Any, year: int, given: dict[str, Any]) -> dict[str, Any]:
    defaults = {
        "title": f"Самообследование за {year} год",
        "year": year,
        "opens_on": today,
        "due_on": today + timedelta(days=21),
        "closes_on": today + timedelta(days=35),
    }
    return {**defaults, **given}


class UploadForm(forms.Form):
    """The filled workbook."""

    workbook = forms.FileField(
        label="Заполненная книга",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text="Книга Excel (*.xlsx) с этой страницы, не больше 10 МБ.",
        error_messages={
            "required": "Выберите файл: заполненную книгу Excel.",
            "empty": "Файл пустой. Выберите заполненную книгу Excel.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("workbook", Submit("send", "Загрузить и проверить"))

    def clean_workbook(self) -> Any:
        workbook = self.cleaned_data["workbook"]
        if workbook.size > WORKBOOK_BYTES:
            raise forms.ValidationError("Файл больше 10 МБ. Загрузите книгу, скачанную с этой страницы.")
        return workbook


class CommentForm(forms.Form):
    """What the organisation has to mend."""

    comment = forms.CharField(
        label="Что исправить",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Организация увидит этот текст. Назовите строки и что в них не так.",
        error_messages={"required": "Напишите, что нужно исправить."},
    )


class ExtensionForm(forms.Form):
    """A term of its own for one organisation."""

    due_on = forms.DateField(
        label="Новый срок", widget=DateInput(), help_text="До конца этого дня. Для всех форм организации в этом сборе.",
        error_messages={"required": "Укажите новый срок."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Почему",
        max_length=500,
        help_text="Организация увидит эту причину.",
        error_messages={"required": "Напишите, почему срок продлён."},
    )


class RepeatForm(forms.Form):
    """The same campaign for the next period: only the name and the days are asked."""

    title = forms.CharField(label="Название", max_length=200)
    opens_on = forms.DateField(label="Открывается", widget=DateInput())
    due_on = forms.DateField(label="Срок сдачи", widget=DateInput(), help_text="До конца этого дня.")
    closes_on = forms.DateField(label="Приём прекращается", widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "title", Row(Column("opens_on"), Column("due_on"), Column("closes_on")), Submit("open", "Открыть кампанию")
        )


class MaterialForm(forms.Form):
    """A file for the organisations that are asked."""

    kind = forms.ChoiceField(label="Что это", choices=CampaignMaterial.Kind.choices)
    title = forms.CharField(label="Название", max_length=200, required=False, help_text="Пусто — имя файла.")
    file = forms.FileField(
        label="Файл",
        help_text="pdf, docx, xlsx, odt, ods, pptx или txt, не больше 10 МБ.",
        error_messages={"required": "Выберите файл.", "empty": "Файл пустой."},
    )
