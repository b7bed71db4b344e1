"""Forms of meetings: what was typed becomes plans, agenda, people, protocol."""

import re
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from apps.accounts.models import Membership
from apps.accounts.roles import AUTHORITY, Role
from apps.core import attachments
from apps.indicators.forms.picking import indicator_choices
from apps.indicators.models import Direction, Indicator
from apps.library.models import DocumentVersion, Practice
from apps.organizations.models import Organization
from apps.roadmaps.forms import DateInput
from apps.roadmaps.meetings.models import AgendaItem, Meeting, Sheet
from apps.roadmaps.meetings.selectors.people import choices
from apps.roadmaps.meetings.services.agenda import NewItem
from apps.roadmaps.meetings.services.meetings import NewMeeting
from apps.roadmaps.meetings.services.sheets import MOST_LINES

_TIME = re.compile(r"([01]?\d|2[0-3])[.:\-]([0-5]\d)")
_ADVICE = "Пишите через запятую: 9:00, 12:00 — это две подгруппы."


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def file_field(label: str, *, required: bool = False) -> forms.FileField:
    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"})
    return forms.FileField(label=label, required=required, help_text=attachments.ADVICE, widget=widget)


def organization_field(label: str, *, required: bool = True, help_text: str = "") -> forms.ModelChoiceField:
    places = Organization.objects.educational().active()  # type: ignore[attr-defined]
    return forms.ModelChoiceField(
        places.order_by("-kind", "number", "name_key"),
        label=label,
        required=required,
        empty_label="выберите организацию" if required else "не указана",
        help_text=help_text,
    )


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


class MaterialForm(forms.Form):
    title = forms.CharField(label="Название материала", max_length=300)
    upload = file_field("Файл", required=True)


class InviteForm(forms.Form):
    """A group at once, single organisations, or both."""

    group = forms.ChoiceField(label="Пригласить сразу", required=False)
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="и отдельные организации",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    officers_only = forms.ChoiceField(
        label="Кого позвать",
        choices=[("", "руководителей организаций"), ("yes", "ответственных за оценку качества, и только их")],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organization.objects.educational().active()  # type: ignore[attr-defined]
        invited = meeting.invitees.values("organization")
        fields: dict[str, Any] = self.fields
        fields["group"].choices = choices()
        fields["organizations"].queryset = places.exclude(pk__in=invited).order_by("-kind", "number", "name_key")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("group") and not data.get("organizations"):
            raise forms.ValidationError("Выберите группу или отметьте организации.")
        data["officers_only"] = data.get("officers_only") == "yes"
        return data


class OfficerForm(forms.Form):
    name = forms.CharField(label="Фамилия, имя, отчество", max_length=150)
    post = forms.CharField(label="Должность", max_length=200, initial="Заместитель директора")
    phone = forms.CharField(label="Телефон", max_length=60, required=False)
    email = forms.EmailField(
        label="Почта",
        required=False,
        help_text="Если по этой почте в вашей организации есть учётная запись, приглашения придут прямо туда.",
    )


class ProtocolForm(forms.Form):
    """The head of a protocol; what was heard and resolved stands beside each item."""

    number = forms.CharField(label="Номер протокола", max_length=40, required=False)
    on = forms.DateField(label="Дата протокола", widget=DateInput(), required=False)
    chairman_name = forms.CharField(label="Председатель", max_length=150, required=False)
    chairman_post = forms.CharField(label="Должность председателя", max_length=200, required=False)
    secretary_name = forms.CharField(label="Секретарь", max_length=150, required=False)
    secretary_post = forms.CharField(label="Должность секретаря", max_length=200, required=False)


class VoteForm(forms.Form):
    question = forms.CharField(label="За что голосовали", max_length=1000, widget=area(2))
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(), label="По вопросу", required=False, empty_label="не указан"
    )
    in_favour = forms.IntegerField(label="За", min_value=0, max_value=10_000)
    against = forms.IntegerField(label="Против", min_value=0, max_value=10_000, initial=0)
    abstained = forms.IntegerField(label="Воздержались", min_value=0, max_value=10_000, initial=0)
    is_adopted = forms.BooleanField(label="Принято", required=False, initial=True)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.all()  # type: ignore[attr-defined]


class ApproveForm(forms.Form):
    version = forms.ModelChoiceField(
        DocumentVersion.objects.none(),
        label="Проект из библиотеки",
        required=False,
        empty_label="документа нет в библиотеке",
        help_text="Проект вступит в силу решением с номером и датой протокола.",
    )
    title = forms.CharField(label="или название документа", max_length=500, required=False)
    upload = file_field("Файл документа")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = DocumentVersion.objects.filter(state=DocumentVersion.State.DRAFT).select_related("document")
        self.fields["version"].queryset = drafts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("version") and not data.get("title"):
            self.add_error("title", "Выберите проект из библиотеки или напишите название документа.")
        return data


class DecisionForm(forms.Form):
    """The items of the decision as they are read out; the register of decisions does the rest."""

    items = forms.CharField(
        label="Пункты решения",
        max_length=20_000,
        widget=area(12),
        help_text="Каждый пункт с новой строки, сначала номер: 1.1. Строка без номера продолжает пункт над ней. "
        "Срок «до 01.09.2026» портал прочтёт сам.",
    )
    reason = forms.CharField(
        label="На чём основано решение",
        max_length=500,
        widget=area(2),
        help_text="Если решение опирается на вывод или рекомендацию, свяжите их на странице решения.",
    )


class SheetForm(forms.Form):
    """Rows and columns of the task sheet, a line each."""

    title = forms.CharField(label="Задание", max_length=500, widget=area(2))
    rows = forms.CharField(label="Строки, каждая с новой строки", max_length=2000, widget=area(4))
    columns = forms.CharField(label="Столбцы, каждый с новой строки", max_length=2000, widget=area(4))

    def _lines(self, name: str) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Не больше {MOST_LINES}: на телефоне больше не заполнить.")
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError("Одна из строк длиннее 200 знаков.")
        return lines

    def clean_rows(self) -> list[str]:
        return self._lines("rows")

    def clean_columns(self) -> list[str]:
        return self._lines("columns")


SHEET_START = {
    "title": "Определение достижений, проблем, перспектив деятельности организации",
    "rows": "Кадровое обеспечение\nНормативно-правовое обеспечение\nУправление",
    "columns": "Достижения\nПроблемы\nПерспективы",
}


def sheet_initial(sheet: Sheet | None) -> dict[str, str]:
    if sheet is None:
        return SHEET_START
    return {"title": sheet.title, "rows": "\n".join(sheet.rows), "columns": "\n".join(sheet.columns)}


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Причина", max_length=500, widget=area(3))


class SeriesForm(forms.Form):
    theme = forms.CharField(label="Тема цикла", max_length=500, widget=area(2))
    purpose = forms.CharField(label="Зачем", max_length=5000, required=False, widget=area(3))
    result = forms.CharField(label="Что получится в конце", max_length=1000, required=False, widget=area(2))


class SessionForm(forms.Form):
    product = forms.CharField(
        label="Продукт занятия", max_length=500, help_text="Что участники унесут: проект положения, карта, перечень."
    )
    task = forms.CharField(label="Задание до следующего занятия", max_length=3000, required=False, widget=area(3))
    task_due_on = forms.DateField(label="Срок задания", required=False, widget=DateInput())
    product_done = forms.CharField(
        label="Что получилось", max_length=1000, required=False, widget=area(2), help_text="Заполните после занятия."
    )
    upload = file_field("Файл продукта")
