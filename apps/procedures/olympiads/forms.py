"""Forms of olympiads."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.core import periods
from apps.core.personal import Kind, kinds
from apps.organizations.models import Organization
from apps.procedures.olympiads.models import Olympiad
from apps.procedures.readers.subjects import SUBJECTS, canonical
from apps.procedures.studies.forms import DateInput

_YEARS = 4


def year_choices() -> list[tuple[str, str]]:
    """This school year and those before it."""
    start = periods.school_year_of(timezone.localdate()).starts_on.year
    return [(span.code, periods.title(span)) for span in (periods.school_year(start - n) for n in range(_YEARS))]


class OlympiadForm(forms.Form):
    period = forms.ChoiceField(label="Учебный год")
    stage = forms.ChoiceField(label="Этап", choices=Olympiad.Stage.choices)
    subject = forms.CharField(label="Предмет", max_length=120, widget=forms.TextInput(attrs={"list": "known-subjects"}))
    contest = forms.CharField(
        label="Название конкурса", max_length=160, required=False, help_text="Для иных конкурсов."
    )
    held_on = forms.DateField(label="Дата", required=False, widget=DateInput())
    sites = forms.CharField(
        label="Места проведения", max_length=400, required=False, help_text="Организации и адреса через запятую."
    )
    observers = forms.CharField(
        label="Наблюдатели", max_length=300, required=False,
        help_text="Сколько и от кого, без имён: «6, родительский комитет». Поимённо их ведут на странице «Люди».",
    )  # fmt: skip
    document = forms.CharField(label="Приказ", max_length=300, required=False)
    protocol = forms.FileField(
        label="Протокол", required=False, help_text="PDF без имён участников: только шифры. До 20 МБ."
    )
    note = forms.CharField(label="Пояснение", max_length=400, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = year_choices()  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            Row(Column("period", css_class="col-md-4"), Column("stage", css_class="col-md-4"), Column("held_on")),
            Row(Column("subject"), Column("contest")),
            "sites", "observers", Row(Column("document"), Column("protocol")), "note",
            Submit("save", "Сохранить"),
        )  # fmt: skip

    subjects = SUBJECTS

    def clean_subject(self) -> str:
        return canonical(self.cleaned_data["subject"])

    def clean_observers(self) -> str:
        return _without_names(self.cleaned_data["observers"])

    def clean_protocol(self) -> Any:
        file = self.cleaned_data["protocol"]
        if file and file.size > 20 * 1024 * 1024:
            raise forms.ValidationError("Файл больше 20 МБ: сожмите его или разделите.")
        if file and file.read(5) != b"%PDF-":
            raise forms.ValidationError("Это не PDF. Сохраните протокол в PDF и выберите его снова.")
        if file:
            file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("stage") == Olympiad.Stage.CONTEST and not data.get("contest"):
            self.add_error("contest", "Назовите конкурс.")
        return data


def _without_names(written: str) -> str:
    if Kind.NAME in kinds(written):
        raise forms.ValidationError("Похоже на имя человека. Имён здесь не хранят: укажите число и от кого.")
    return written


class CountForm(forms.Form):
    organization = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label="Организация", empty_label="Выберите"
    )
    grade = forms.TypedChoiceField(
        label="Класс обучения", coerce=int, choices=[("0", "не указан"), *((str(n), str(n)) for n in range(1, 12))]
    )
    participants = forms.IntegerField(label="Участников", min_value=0, max_value=100_000)
    winners = forms.IntegerField(label="Победителей", min_value=0, max_value=100_000, initial=0)
    prize_winners = forms.IntegerField(label="Призёров", min_value=0, max_value=100_000, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.exclude(kind="authority").active()  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        self.helper.layout = Layout(
            Row(Column("organization", css_class="col-md-8"), Column("grade")),
            Row(Column("participants"), Column("winners"), Column("prize_winners")),
            Submit("count", "Записать"),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        took, won = data.get("participants"), (data.get("winners") or 0) + (data.get("prize_winners") or 0)
        if took is not None and won > took:
            self.add_error("participants", f"Победителей и призёров {won}, это больше, чем участников.")
        return data
