"""Lines of the agenda and reports of organisations."""

from typing import Any

from django import forms

from apps.accounts.models import Membership
from apps.accounts.roles import AUTHORITY, Role
from apps.indicators.models import Direction
from apps.library.models import Practice
from apps.roadmaps.meetings.forms.fields import area, file_field, organization_field
from apps.roadmaps.meetings.models import AgendaItem, Meeting
from apps.roadmaps.meetings.services.agenda import NewItem


def staff_choices() -> list[tuple[str, str]]:
    """People of the authority, the head first: they speak most often."""
    found = Membership.objects.current().filter(role__in=AUTHORITY - {Role.ADMIN}).select_related("user")
    people = {one.user.pk: one.user for one in sorted(found, key=lambda one: (one.role != Role.HEAD, str(one.user)))}
    return [
        (f"{person.get_full_name()}|{person.post}", f"{person}, {person.post[:1].lower()}{person.post[1:]}")
        for person in people.values()
    ]


class ItemForm(forms.Form):
    """A line of the agenda."""

    kind = forms.ChoiceField(label="Вид", choices=AgendaItem.Kind.choices, initial=AgendaItem.Kind.QUESTION)
    text = forms.CharField(
        label="Вопрос",
        max_length=1000,
        required=False,
        widget=area(2),
        help_text="У вступительного слова и подведения итогов можно не писать.",
    )
    minutes = forms.IntegerField(label="Минут", min_value=1, max_value=600, initial=15)
    staff = forms.ChoiceField(label="Выступает сотрудник управления", required=False)
    speaker = forms.CharField(label="или другой человек", max_length=200, required=False)
    post = forms.CharField(label="Его должность", max_length=300, required=False)
    directions = forms.ModelMultipleChoiceField(
        Direction.objects.none(),
        label="Направления",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="К чему относится вопрос.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [("", "не выбран"), *staff_choices()]  # type: ignore[attr-defined]
        self.fields["directions"].queryset = Direction.objects.in_use()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        ends = {AgendaItem.Kind.OPENING, AgendaItem.Kind.CLOSING}
        if not data.get("text") and "text" not in self.errors:
            if data.get("kind") in ends:
                data["text"] = str(AgendaItem.Kind(data["kind"]).label).capitalize()
            else:
                self.add_error("text", "Напишите вопрос.")
        if data.get("staff"):
            if data.get("speaker"):
                self.add_error("speaker", "Выбран и сотрудник управления, и другой человек. Оставьте одного.")
            else:
                data["speaker"], _, data["post"] = data["staff"].partition("|")
        return data

    @property
    def new(self) -> NewItem:
        data = self.cleaned_data
        names = ("kind", "text", "minutes", "speaker", "post", "directions")
        return NewItem(**{name: data[name] for name in names})


def item_initial(item: AgendaItem) -> dict[str, Any]:
    known = {value for value, _ in staff_choices()}
    pair = f"{item.speaker}|{item.post}"
    who = {"staff": pair} if pair in known else {"speaker": item.speaker, "post": item.post}
    return {
        "kind": item.kind,
        "text": item.text,
        "minutes": item.minutes,
        "directions": [one.pk for one in item.directions.all()],
        **who,
    }


class TalkForm(forms.Form):
    """A report of an organisation on its practice."""

    organization = organization_field("Организация")
    theme = forms.CharField(label="Тема сообщения", max_length=500, widget=area(2))
    speaker = forms.CharField(label="Кто выступает", max_length=200)
    post = forms.CharField(label="Должность", max_length=300, required=False)
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label="По какому вопросу повестки", required=False, empty_label="не указан"
    )
    upload = file_field("Файл сообщения")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.all()  # type: ignore[attr-defined]


class PracticeForm(forms.Form):
    """What the bank of practices asks of a report."""

    category = forms.ChoiceField(label="Категория", choices=Practice.Category.choices)
    title = forms.CharField(label="Название", max_length=200)
    problem = forms.CharField(label="Какую проблему решали", max_length=20_000, widget=area(3))
    done = forms.CharField(label="Что сделано", max_length=20_000, widget=area(4))
    effect = forms.CharField(label="Какой эффект", max_length=20_000, widget=area(3))
