"""Forms of expertise and of associations."""

import re
from typing import Any

from crispy_forms.layout import Column, Div, Row, Submit
from django import forms

from apps.accounts.models import User
from apps.procedures.models import Procedure, Subject
from apps.procedures.people.forms.base import area, helper
from apps.procedures.people.models import Association, Person
from apps.procedures.studies.forms import DateInput

_LINE = re.compile(r"^(?P<text>.+?)\s*[;—–-]\s*(?P<maximum>\d{1,3})$")


class CriteriaField(forms.CharField):
    """Lines «критерий; максимум» become pairs."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        pairs, wrong = [], []
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            found = _LINE.match(line.strip())
            if found and 1 <= int(found["maximum"]) <= 100 and len(found["text"]) <= 300:
                pairs.append((found["text"].strip(), int(found["maximum"])))
            else:
                wrong.append(
                    f"Строка {number}: укажите критерий и через точку с запятой наибольший балл от 1 до 100, "
                    "например «Задания соответствуют теме; 5»."
                )
        if wrong:
            raise forms.ValidationError(wrong)
        return pairs


class PeopleChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        subjects = ", ".join(str(each) for each in obj.subjects.all())
        return f"{obj.short_name} — {obj.capacities_text}{f': {subjects}' if subjects else ''}"


class TaskForm(forms.Form):
    title = forms.CharField(label="Что оценивается", max_length=200)
    procedure = forms.ModelChoiceField(
        Procedure.objects.none(), label="Процедура", required=False, empty_label="Не связано с процедурой"
    )
    subject = forms.ModelChoiceField(
        Subject.objects.all(),
        label="Предмет",
        required=False,
        empty_label="Без предмета",
        help_text="Эксперты назначаются только по своему предмету, представители общественности — к любой экспертизе.",
    )
    instruction = area("Что сделать эксперту", 2000)
    criteria = CriteriaField(
        label="Критерии", max_length=8000, help_text="По одному в строке: критерий; наибольший балл."
    )
    due_on = forms.DateField(label="Заполнить до", widget=DateInput())
    people = PeopleChoice(Person.objects.none(), label="Кому выдать лист", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, procedures: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"].queryset = procedures  # type: ignore[attr-defined]
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.fields["criteria"].widget.attrs |= {"rows": 6, "placeholder": "Задания соответствуют теме; 5"}
        where = Row(Column("procedure"), Column("subject"))
        self.helper = helper(
            "title", where, "instruction", "criteria", "due_on", Div("people", css_class="msoko-choices"),
            Submit("save", "Создать и выдать листы"),
        )  # fmt: skip


class ExpertsForm(forms.Form):
    people = PeopleChoice(Person.objects.none(), label="Выдать лист ещё", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
        self.helper = helper(Div("people", css_class="msoko-choices"), Submit("add", "Выдать"))


class AssociationForm(forms.Form):
    name = forms.CharField(label="Название", max_length=200)
    subjects = forms.ModelMultipleChoiceField(
        Subject.objects.all(), label="Предметы", widget=forms.CheckboxSelectMultiple
    )
    leader = forms.ModelChoiceField(
        User.objects.none(),
        label="Руководитель",
        required=False,
        empty_label="Пока не назначен",
        help_text="Здесь те, у кого есть роль руководителя объединения. Пригласить можно в «Пользователях».",
    )

    def __init__(self, *args: Any, leaders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = leaders  # type: ignore[attr-defined]
        self.helper = helper("name", Div("subjects", css_class="msoko-choices"), "leader", Submit("save", "Сохранить"))

    @staticmethod
    def initial_of(row: Association) -> dict[str, Any]:
        return {"name": row.name, "subjects": row.subjects.all(), "leader": row.leader}
