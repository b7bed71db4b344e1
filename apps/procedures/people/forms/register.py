"""Forms of the register: a person, accreditation, training, a nomination and its decision."""

from typing import Any

from crispy_forms.layout import HTML, Column, Div, Row, Submit
from django import forms
from django.utils import timezone

from apps.organizations.models import Kind, Organization
from apps.organizations.picking import pick
from apps.procedures.models import Subject
from apps.procedures.people.forms.base import area, helper
from apps.procedures.people.models import Capacity, Person
from apps.procedures.people.services.register import PersonData
from apps.procedures.studies.forms import DateInput

CONSENT_HELP = "День, когда получено согласие на обработку персональных данных. Без согласия человека не вносят."
AVOIDS_HELP = (
    "Место работы учитывается само. Отметьте второе место работы и другие организации, если туда назначать нельзя, "
    "например школу ребёнка. Причину и имена указывать не нужно."
)


class PersonForm(forms.Form):
    """Only what the work needs: a name, a place of work, a work contact."""

    last_name = forms.CharField(label="Фамилия", max_length=80)
    first_name = forms.CharField(label="Имя", max_length=80)
    patronymic = forms.CharField(label="Отчество", max_length=80, required=False)
    capacities = forms.MultipleChoiceField(
        label="Кем участвует", choices=Capacity.choices, widget=forms.CheckboxSelectMultiple
    )
    workplace = forms.ModelChoiceField(
        Organization.objects.none(), label="Место работы", required=False, empty_label="Другое или не работает"
    )
    employer = forms.CharField(label="Другое место работы или общественная организация", max_length=200, required=False)
    email = forms.EmailField(label="Рабочая почта", required=False, help_text="На неё придёт приглашение на портал.")
    phone = forms.CharField(label="Рабочий телефон", max_length=40, required=False)
    subjects = forms.ModelMultipleChoiceField(
        Subject.objects.none(), label="Предметы эксперта", required=False, widget=forms.CheckboxSelectMultiple
    )
    avoids = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Куда не назначать",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=AVOIDS_HELP,
    )
    consent_on = forms.DateField(label="Согласие получено", widget=DateInput(), help_text=CONSENT_HELP)

    button = "Сохранить"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations = Organization.objects.educational().active()
        self.fields["workplace"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["avoids"].queryset = organizations.filter(kind=Kind.SCHOOL)  # type: ignore[attr-defined]
        self.fields["subjects"].queryset = Subject.objects.all()  # type: ignore[attr-defined]
        self.helper = helper(*self.rows(), Submit("save", self.button))

    def rows(self) -> list[Any]:
        return [
            Row(Column("last_name"), Column("first_name"), Column("patronymic")),
            "capacities",
            Row(Column("workplace"), Column("employer")),
            Row(Column("email"), Column("phone")),
            Div("subjects", css_class="msoko-choices"),
            pick("avoids"),
            "consent_on",
        ]

    def clean_consent_on(self) -> Any:
        day = self.cleaned_data["consent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Этот день ещё не наступил. Укажите, когда согласие дано.")
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if Capacity.EXPERT in data.get("capacities", []) and not data.get("subjects"):
            self.add_error("subjects", "У эксперта отметьте хотя бы один предмет.")
        return data

    def person_data(self) -> PersonData:
        return PersonData(**{name: self.cleaned_data[name] for name in PersonData.__dataclass_fields__})

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        plain = ("last_name", "first_name", "patronymic", "capacities", "workplace", "employer", "email", "phone")
        values = {name: getattr(person, name) for name in (*plain, "consent_on")}
        return {**values, "subjects": person.subjects.all(), "avoids": person.avoids.all()}


class NominationForm(PersonForm):
    """A leader proposes an expert: why, and the same data of a person."""

    reason = area("Обоснование", 2000, "Опыт, участие в проверке работ, обучение.")
    button = "Предложить"

    def __init__(self, *args: Any, subjects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if subjects.exists():
            self.fields["subjects"].queryset = subjects  # type: ignore[attr-defined]
        self.fields["capacities"].required = False
        self.fields["subjects"].required = True

    def rows(self) -> list[Any]:
        own = [row for row in super().rows() if row != "capacities"]
        return [own[0], own[1], own[2], own[3], "reason", own[4], own[5]]

    def clean_capacities(self) -> list[str]:
        return [Capacity.EXPERT]


class ParticipantForm(PersonForm):
    """A school enters a participant of the public: no subjects, nothing to choose."""

    button = "Внести и записать"
    use_required_attribute = False  # stays empty when somebody known is chosen

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("capacities", "subjects", "avoids", "workplace"):
            del self.fields[name]
        self.fields["employer"].label = "Кого представляет"
        self.fields["employer"].help_text = "Например, родительский комитет или совет микрорайона."
        self.fields["email"].help_text = ""

    def rows(self) -> list[Any]:
        name = Row(Column("last_name"), Column("first_name"), Column("patronymic"))
        return [name, "employer", Row(Column("email"), Column("phone")), "consent_on"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = forms.Form.clean(self) or {}
        return {**data, "capacities": [Capacity.PUBLIC], "subjects": (), "avoids": (), "workplace": None}


class AccreditationForm(forms.Form):
    prefix = "a"
    issuer = forms.CharField(label="Кем выдана", max_length=200, help_text="Орган, который аккредитовал наблюдателя.")
    number = forms.CharField(label="Номер", max_length=60)
    valid_from = forms.DateField(label="Действует с", widget=DateInput())
    valid_to = forms.DateField(label="Действует по", widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = Row(Column("valid_from"), Column("valid_to"))
        self.helper = helper("issuer", "number", days, Submit("accreditation", "Внести аккредитацию"))


class TrainingForm(forms.Form):
    prefix = "t"
    title = forms.CharField(label="Что пройдено", max_length=200)
    completed_on = forms.DateField(label="Когда", widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("title", "completed_on", Submit("training", "Внести обучение"))


class DecisionForm(forms.Form):
    prefix = "d"
    reason = area("Причина", 1000, "Обязательна при отказе: её прочтёт руководитель объединения.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "reason",
            Submit("accept", "Внести в реестр"),
            HTML(" "),
            Submit("decline", "Отклонить", css_class="btn btn-outline-danger"),
        )


class ReasonForm(forms.Form):
    """One reason before something is taken away."""

    reason = area("Причина", 300, rows=2)

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("reason", Submit("confirm", button, css_class="btn btn-danger"))
