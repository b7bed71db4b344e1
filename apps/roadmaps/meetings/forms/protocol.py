"""The protocol: its head, votes, what was approved, the decision."""

from typing import Any

from django import forms

from apps.library.models import DocumentVersion
from apps.roadmaps.forms import DateInput
from apps.roadmaps.meetings.forms.fields import area, file_field
from apps.roadmaps.meetings.models import AgendaItem, Meeting


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
