"""Forms of the register of acts."""

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms

from apps.library.acts.models import Act
from apps.library.asking import WithFile, area, day, helper


class ActForm(WithFile):
    level = forms.ChoiceField(label="Уровень", choices=Act.Level.choices)
    kind = forms.ChoiceField(label="Вид", choices=Act.Kind.choices)
    title = area("Название", 600, "Как в самом акте: «Об утверждении…».", rows=2)
    issuer = forms.CharField(label="Кем принят", max_length=250, required=False)
    number = forms.CharField(label="Номер", max_length=60, required=False)
    on = day("Дата", required=False)
    edition = forms.CharField(
        label="Редакция", max_length=200, required=False, help_text="Например: в редакции от 11.12.2020."
    )
    url = forms.URLField(label="Ссылка на текст", max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: Any, act: Act | None = None, **kwargs: Any) -> None:
        if act:
            names = ("level", "kind", "title", "issuer", "number", "on", "edition", "url")
            kwargs["initial"] = {name: getattr(act, name) for name in names}
        super().__init__(*args, **kwargs)
        if act and act.file:
            self.fields["file"].label = "Новый файл вместо прежнего"
        self.helper = helper(
            Row(Column("level"), Column("kind")),
            "title",
            "issuer",
            Row(Column("number"), Column("on"), Column("edition")),
            "url",
            "file",
        )


class StateForm(forms.Form):
    state = forms.ChoiceField(label="Состояние", choices=Act.State.choices)
    note = area(
        "Пояснение", 500, "Для «изменён» и «утратил силу» обязательно: чем и с какого дня.", rows=2, required=False
    )
    replaced_by = forms.ModelChoiceField(Act.objects.none(), label="Чем заменён", required=False, empty_label="—")

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        kwargs["initial"] = {"state": act.state, "note": act.state_note, "replaced_by": act.replaced_by_id}
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].queryset = Act.objects.exclude(pk=act.pk)  # type: ignore[attr-defined]
        self.helper = helper("state", "note", "replaced_by", button="Записать: сверено сегодня")
