"""The page where cells of a held row are put right."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row, Submit
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from apps.accounts.access import SignedInRequest, role_required
from apps.accounts.roles import DEPARTMENT
from apps.core.findings import Refused
from apps.procedures import services
from apps.procedures.models import Item, QuarantinedRow, ResultFile
from apps.procedures.readers import columns, neutral

_SHOWN = {neutral.SKIPPED: "X", neutral.NOT_TAUGHT: "не пройд.", neutral.EMPTY: "", neutral.UNREADABLE: ""}
_MARKS = [("0", "нет"), *((str(mark), str(mark)) for mark in (2, 3, 4, 5))]


class FixForm(forms.Form):
    """Cells of a row by item, its code and marks; what was typed is judged as cells of a file are."""

    code = forms.IntegerField(
        label="Код участника", min_value=0, max_value=columns.LONGEST_CODE, required=False, localize=False
    )

    def __init__(self, *args: Any, row: QuarantinedRow, items: list[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.fields["code"].initial = row.code or None
        for item, score in zip(items, row.payload["scores"], strict=True):
            self.fields[self._name(item)] = forms.CharField(
                label=f"Задание {item.number}" + ("" if item.maximum is None else f", до {item.maximum}"),
                required=False,
                max_length=12,
                initial=_SHOWN.get(score, str(score)),
            )
        marks = [("journal", "Отметка по журналу", row.payload["journal"])]
        if not row.file.marks_by_scale and row.payload["test"] is None:
            marks.insert(0, ("mark", "Отметка за работу", row.payload["mark"]))
        for name, label, value in marks:
            initial = str(value) if value in {2, 3, 4, 5} else "0"
            self.fields[name] = forms.ChoiceField(label=label, choices=_MARKS, initial=initial)
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": ""}
        cells = Row(*(Column(self._name(item), css_class="col-6 col-sm-4 col-lg-2") for item in items))
        self.helper.layout = Layout(
            Row(Column("code"), *(Column(name) for name, *_ in marks)),
            Fieldset("Баллы за задания", cells),
            Submit("fix", "Исправить и учесть"),
        )

    @staticmethod
    def _name(item: Item) -> str:
        return f"score_{item.position}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.scores = []
        for item in self.items:
            score = columns.score(cleaned.get(self._name(item), ""))
            if score == neutral.UNREADABLE:
                self.add_error(self._name(item), "Введите целый балл, «X» (не приступал) или оставьте пустым.")
            elif item.maximum is not None and item.maximum < score <= neutral.HIGHEST_SCORE:
                self.add_error(self._name(item), f"Больше максимального: введите от 0 до {item.maximum}.")
            self.scores.append(score)
        return cleaned


@role_required(*DEPARTMENT)
def fix_row(request: SignedInRequest, pk: int) -> HttpResponse:
    """Edit the cells of one held row, then count it."""
    files = ResultFile.objects.visible_to(request.user)
    rows = QuarantinedRow.objects.filter(file__in=files).select_related("procedure", "school", "file__batch")
    row = get_object_or_404(rows, pk=pk)
    if row.state != QuarantinedRow.State.HELD:
        messages.warning(request, "По этой строке решение уже принято.")
        return redirect("procedures:file", row.file_id)
    form = FixForm(request.POST or None, row=row, items=list(row.procedure.items.all()))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.fix_row(
                row=row,
                scores=form.scores,
                mark=int(data.get("mark", 0)),
                journal=int(data["journal"]),
                code=data["code"] or 0,
                by=request.user,
            )
        except Refused as refusal:
            for finding in refusal.findings:
                form.add_error(None, str(finding))
        else:
            messages.success(request, f"Строка {row.sheet_row} исправлена и учтена.")
            return redirect("procedures:file", row.file_id)
    return render(request, "procedures/fix.html", {"row": row, "form": form})
