"""The task sheet of a meeting."""

from django import forms

from apps.roadmaps.meetings.forms.fields import area
from apps.roadmaps.meetings.models import Sheet
from apps.roadmaps.meetings.services.sheets import MOST_LINES


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
