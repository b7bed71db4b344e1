"""Forms of scales: bounds, conditions and a table of items; all faults are told at once, what was typed stays."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row, Submit
from django import forms

from apps.core.addresses import number_in
from apps.procedures.catalogue import CatalogueItem, Work
from apps.procedures.forms import _GRADES, FilesField, FilesInput
from apps.procedures.models import Procedure, SourceState
from apps.procedures.readers.subjects import SUBJECTS
from apps.procedures.readers.text import item_number

_STATES = [choice for choice in SourceState.choices if choice[0] in {"municipal", "official", "unconfirmed"}]
_LEVELS = [("", "—"), ("Б", "Б"), ("П", "П"), ("В", "В")]
_BLANK = 3
_MOST = 60
_CONDITION = re.compile(r"^\s*[«\"]?([3-5])[»\"]?\s*[:;]\s*(.+?)\s*(?:>=|≥|не меньше)\s*(\d{1,3})\s*$")


def condition_line(condition: dict[str, Any]) -> str:
    return f"«{condition['mark']}»: {', '.join(condition['items'])} ≥ {condition['least']}"


def parse_conditions(written: str) -> list[dict[str, Any]]:
    """One condition a line: «4»: ГК1, ГК2 ≥ 6. Raises ValidationError."""
    found = []
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip():
            continue
        match = _CONDITION.match(line)
        if match is None:
            text = f"Строка {number} не разобрана. Пример: «4»: ГК1, ГК2 ≥ 6."
            raise forms.ValidationError(text)
        items = [item_number(part.strip()) for part in match[2].split(",") if part.strip()]
        found.append({"mark": int(match[1]), "items": items, "least": int(match[3]), "label": line.strip()[:120]})
    return found


class ScaleForm(forms.Form):
    """Everything about a work of a year."""

    year = forms.IntegerField(
        label="Год", min_value=2015, max_value=2100, localize=False,
        help_text="Другой год создаст отдельную версию.",
    )  # fmt: skip
    maximum = forms.IntegerField(label="Максимальный балл", min_value=1, max_value=500, required=False)
    three = forms.IntegerField(label="«3» — с балла", min_value=1, max_value=500, required=False)
    four = forms.IntegerField(label="«4» — с балла", min_value=1, max_value=500, required=False)
    five = forms.IntegerField(label="«5» — с балла", min_value=1, max_value=500, required=False)
    pass_score = forms.IntegerField(label="Минимальный тестовый балл (ЕГЭ)", min_value=1, max_value=100, required=False)
    conditions = forms.CharField(
        label="Дополнительные условия отметок", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="По одному на строке: «4»: ГК1, ГК2 ≥ 6 — «4» ставится, если сумма этих заданий не меньше 6.",
    )  # fmt: skip
    scale_state = forms.ChoiceField(label="Состояние шкалы", choices=_STATES)
    source = forms.CharField(label="Источник шкалы", max_length=400, required=False)
    items_state = forms.ChoiceField(label="Состояние перечня заданий", choices=_STATES)
    items_source = forms.CharField(label="Источник перечня", max_length=400, required=False)

    def __init__(self, *args: Any, work: Work, **kwargs: Any) -> None:
        bounds = [*work.bounds, None, None, None]
        kwargs["initial"] = {
            "year": work.year, "maximum": work.maximum, "three": bounds[0], "four": bounds[1], "five": bounds[2],
            "pass_score": work.pass_score, "conditions": "\n".join(map(condition_line, work.conditions)),
            "scale_state": work.scale_state or SourceState.MUNICIPAL, "source": work.source,
            "items_state": work.items_state or SourceState.MUNICIPAL, "items_source": work.items_source,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.work = work
        posted = self.data.get("rows", "") if self.is_bound else ""
        count = number_in(posted)
        self.rows = len(work.items) + _BLANK if count is None else min(count, _MOST)
        for place in range(self.rows):
            self._add_item(place, work.items[place] if place < len(work.items) else CatalogueItem("", None))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(Column("year"), Column("maximum"), Column("three"), Column("four"), Column("five")),
            Row(Column("pass_score", css_class="col-md-4")),
            "conditions",
            Row(Column("scale_state", css_class="col-md-4"), Column("source")),
            Row(Column("items_state", css_class="col-md-4"), Column("items_source")),
        )

    def _add_item(self, place: int, item: CatalogueItem) -> None:
        self.fields |= {
            f"number_{place}": _cell("Номер", item.number, 12),
            f"most_{place}": forms.IntegerField(
                label="Максимум", min_value=1, max_value=200, required=False, initial=item.maximum,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            ),
            f"level_{place}": forms.ChoiceField(
                label="Уровень", choices=_LEVELS, required=False, initial=item.level,
                widget=forms.Select(attrs={"class": "form-select"}),
            ),
            f"content_{place}": _cell("Коды содержания", item.content, 200),
            f"skill_{place}": _cell("Умение", item.skill, 300),
            f"block_{place}": _cell("Планируемый результат", item.block, 300),
        }  # fmt: skip

    @property
    def lines(self) -> list[list[Any]]:
        names = ("number", "most", "level", "content", "skill", "block")
        return [[self[f"{name}_{place}"] for name in names] for place in range(self.rows)]

    def clean_conditions(self) -> list[dict[str, Any]]:
        return parse_conditions(self.cleaned_data["conditions"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        bounds = [data.get(name) for name in ("three", "four", "five")]
        if any(bounds) and not all(bounds) and not {"three", "four", "five"} & set(self.errors):
            self.add_error(None, "Укажите все три границы отметок или ни одной.")
        for place in range(self.rows):
            if data.get(f"number_{place}") and not data.get(f"most_{place}") and f"most_{place}" not in self.errors:
                self.add_error(f"most_{place}", "Укажите максимальный балл.")
        return data

    @property
    def described(self) -> Work:
        """The work as typed; rows without a number are left out."""
        data, old = self.cleaned_data, self.work
        known = {item.number: item for item in old.items}
        items = []
        for place in range(self.rows):
            if number := item_number(data[f"number_{place}"].strip()):
                former = known.get(number)
                items.append(
                    CatalogueItem(
                        number, data[f"most_{place}"], data[f"level_{place}"], data[f"skill_{place}"],
                        data[f"content_{place}"], former.requirement if former else "", data[f"block_{place}"],
                    )
                )  # fmt: skip
        bounds = tuple(data[name] for name in ("three", "four", "five") if data[name])
        return Work(
            old.kind, data["year"], old.subject, old.grade, data["maximum"], bounds, tuple(items), data["source"],
            data["scale_state"], data["items_state"], old.doubts if data["year"] == old.year else (),
            tuple(data["conditions"]), data["pass_score"], data["items_source"], True,
        )  # fmt: skip


def _cell(label: str, value: str, length: int) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=False, initial=value,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )  # fmt: skip


class LoadForm(forms.Form):
    """Files with lists of tasks."""

    files = FilesField(  # type: ignore[assignment]
        label="Файлы ALL, KS, KT или архив zip",
        widget=FilesInput(attrs={"accept": ".xlsx,.xls,.csv,.zip", "multiple": True}),
        help_text="В архиве положите файлы в папки «класс/предмет», например «5/Математика/ALL.xlsx».",
        error_messages={"required": "Выберите хотя бы один файл."},
    )  # fmt: skip
    kind = forms.ChoiceField(label="Вид", choices=Procedure.Kind.choices)
    year = forms.IntegerField(label="Год работы", min_value=2015, max_value=2100, localize=False)
    grade = forms.TypedChoiceField(label="Класс", choices=_GRADES, coerce=int, empty_value=None, required=False)
    subject = forms.ChoiceField(
        label="Предмет", choices=[("", "—"), *((name, name) for name in sorted(SUBJECTS))], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        place = Row(Column("kind"), Column("year"), Column("grade"), Column("subject"))
        self.helper.layout = Layout("files", place, Submit("send", "Загрузить"))
