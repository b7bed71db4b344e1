"""The form of the wizard: which work, and what each column is. All faults are told at once."""

from typing import Any

from django import forms

from apps.core.periods import parse_period
from apps.organizations.models import Organization
from apps.procedures.forms import _GRADES, _schools
from apps.procedures.mapping.table import MANY, ROLES, Mapping, item_of
from apps.procedures.models import MappingProfile, Olympiad, Procedure
from apps.procedures.olympiads.forms import year_choices
from apps.procedures.readers.subjects import SUBJECTS, canonical
from apps.workbooks.cells import column_letters

_KINDS = [("", "Выберите"), *(choice for choice in Procedure.Kind.choices if choice[0] != "vpr"), ("vpr", "ВПР")]
_OLYMPIAD_ONLY = {"grade", "subject", "status", "person"}


class WorkStep(forms.Form):
    """The work of a mapped file."""

    kind = forms.ChoiceField(label="Вид процедуры", choices=_KINDS, error_messages={"required": "Выберите вид."})
    subject = forms.CharField(
        label="Предмет", required=False, max_length=120, widget=forms.TextInput(attrs={"list": "known-subjects"})
    )
    grade = forms.TypedChoiceField(label="Класс", choices=_GRADES, coerce=int, empty_value=None, required=False)
    held_on = forms.DateField(
        label="Дата работы", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    title = forms.CharField(label="Название работы", required=False, max_length=200)
    organization = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label="Школа, если файл одной школы", required=False, empty_label="—"
    )
    stage = forms.ChoiceField(label="Этап ВсОШ", choices=[("", "—"), *Olympiad.Stage.choices], required=False)
    contest = forms.CharField(label="Название конкурса", required=False, max_length=160)
    period = forms.ChoiceField(label="Учебный год (ВсОШ)", required=False)
    save_as = forms.CharField(label="Запомнить столбцы под названием", required=False, max_length=120)

    subjects = SUBJECTS

    def __init__(self, *args: Any, columns: list[dict[str, Any]], mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns, self.guess = columns, mapping
        self.fields["organization"].queryset = _schools()  # type: ignore[attr-defined]
        self.fields["period"].choices = [("", "—"), *year_choices()]  # type: ignore[attr-defined]
        for name in ("kind", "stage", "organization", "period", "grade"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("subject", "held_on", "title", "contest", "save_as"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for column in columns:
            index = column["index"]
            role = mapping.columns.get(index, "")
            _, most = mapping.items.get(index, ("", None))
            self.fields[f"role_{index}"] = forms.ChoiceField(
                label=f"Столбец {column['letter']}", choices=list(ROLES.items()), required=False, initial=role,
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
            self.fields[f"most_{index}"] = forms.IntegerField(
                label=f"Максимум, столбец {column['letter']}", required=False, min_value=1, max_value=200, initial=most,
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
            )  # fmt: skip

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Columns of the file with their fields, as the page lists them."""
        return [
            {**column, "role": self[f"role_{column['index']}"], "most": self[f"most_{column['index']}"]}
            for column in self.columns
        ]

    def clean_subject(self) -> str:
        return canonical(self.cleaned_data["subject"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.mapping = self._mapping(cleaned)
        roles = set(self.mapping.columns.values()) - {""}
        for role in sorted(roles - MANY):
            letters = [column_letters(i + 1) for i, found in self.mapping.columns.items() if found == role]
            if len(letters) > 1:
                text = f"«{ROLES[role].capitalize()}» указано у столбцов {', '.join(letters)}: оставьте один."
                self.add_error(None, text)
        if not {"school_code", "school_name"} & roles and not cleaned.get("organization"):
            self.add_error(None, "Укажите столбец школы или выберите школу, если файл одной школы.")
        if cleaned.get("kind") == Procedure.Kind.VSOSH:
            self._check_olympiad(cleaned, roles)
        else:
            self._check_work(cleaned, roles)
        if (title := cleaned.get("save_as")) and MappingProfile.objects.filter(title=title).exists():
            self.add_error("save_as", "Профиль с таким названием уже есть: выберите другое.")
        return cleaned

    def _mapping(self, cleaned: dict[str, Any]) -> Mapping:
        columns = {column["index"]: cleaned.get(f"role_{column['index']}", "") for column in self.columns}
        items = {}
        for place, index in enumerate((i for i, role in columns.items() if role == "item"), start=1):
            head = next(column["head"] for column in self.columns if column["index"] == index)
            number, _ = item_of(head, place)
            items[index] = (number, cleaned.get(f"most_{index}"))
        return Mapping(self.guess.sheet, self.guess.header, {i: role for i, role in columns.items() if role}, items)

    def _check_work(self, cleaned: dict[str, Any], roles: set[str]) -> None:
        for name, message in (("subject", "Укажите предмет."), ("grade", "Выберите класс.")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, message)
        if not cleaned.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", "Укажите дату: по ней работа относится к учебному году.")
        if "item" not in roles:
            self.add_error(None, "Укажите хотя бы один столбец с баллами за задание.")
        numbers = [number for number, _ in self.mapping.items.values()]
        if doubled := sorted({number for number in numbers if numbers.count(number) > 1}):
            self.add_error(
                None, f"Задание встречается дважды: {', '.join(doubled)}. Лишнему столбцу укажите «не брать»."
            )
        if foreign := roles & _OLYMPIAD_ONLY:
            named = ", ".join(f"«{ROLES[role]}»" for role in sorted(foreign))
            self.add_error(None, f"Эти столбцы нужны только для ВсОШ: {named}. Укажите «не брать».")

    def _check_olympiad(self, cleaned: dict[str, Any], roles: set[str]) -> None:
        for name, message in (("stage", "Выберите этап."), ("period", "Выберите учебный год.")):
            if not cleaned.get(name):
                self.add_error(name, message)
        if "subject" not in roles and not cleaned.get("subject"):
            self.add_error("subject", "Укажите предмет или столбец предмета.")
        if "status" not in roles:
            self.add_error(None, "Укажите столбец статуса: победитель, призёр или участник.")
        if cleaned.get("stage") == Olympiad.Stage.CONTEST and not cleaned.get("contest"):
            self.add_error("contest", "Назовите конкурс.")

    @property
    def stated(self) -> dict[str, Any]:
        """What the person said of the work, as the file keeps it."""
        data = self.cleaned_data
        day = data["held_on"]
        said = {
            "kind": data["kind"], "subject": data["subject"], "grade": data["grade"],
            "year": _year(data), "held_on": day.isoformat() if day else None,
        }  # fmt: skip
        return {key: value for key, value in said.items() if value}

    @property
    def more(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] for name in ("title", "stage", "contest", "period") if data[name]}


def _year(data: dict[str, Any]) -> int | None:
    if data["held_on"]:
        return int(data["held_on"].year)
    return parse_period(data["period"]).ends_on.year if data["period"] else None
