"""The form of the questions of an act."""

from typing import Any

from crispy_forms.layout import Column, Row, Submit
from django import forms

from apps.procedures.models.works import SourceState
from apps.procedures.people.checklist import MOST
from apps.procedures.people.forms.base import area, helper
from apps.procedures.people.models import ActForm
from apps.procedures.people.services.act_forms import NewForm

STATES = (
    (SourceState.MUNICIPAL, "утверждена в муниципалитете"),
    (SourceState.OFFICIAL, "взята из документа региона или федерации"),
    (SourceState.UNCONFIRMED, "не подтверждена"),
)


class ActFormForm(forms.Form):
    """One question a line."""

    questions = area(
        "Вопросы",
        MOST * 210,
        f"Каждый с новой строки, до {MOST}. Пишите так, чтобы «да» значило, что порядок соблюдён: «нет» станет "
        "замечанием. Строки можно менять местами.",
        rows=14,
    )
    note = forms.CharField(
        label="Пояснение наблюдателю", required=False, max_length=400, help_text="Стоит над вопросами."
    )
    state = forms.ChoiceField(label="Чем утверждена", choices=STATES)
    source = forms.CharField(label="Документ", required=False, max_length=400, help_text="Вид, дата, номер, название.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = Row(Column("state", css_class="col-md-5"), Column("source", css_class="col-md-7"))
        self.helper = helper("questions", "note", row, Submit("save", "Опубликовать редакцию"))

    @property
    def new(self) -> NewForm:
        data = self.cleaned_data
        return NewForm(data["questions"].splitlines(), data["source"], data["state"], data["note"])


def initial_of(form: ActForm | None) -> dict[str, Any]:
    if form is None:
        return {"state": SourceState.MUNICIPAL}
    texts = "\n".join(question.text for question in form.asked)
    return {"questions": texts, "note": form.note, "state": form.state, "source": form.source}
