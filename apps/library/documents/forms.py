"""Forms of documents and versions."""

from typing import Any

from crispy_forms.layout import Column, Row
from django import forms

from apps.indicators.models import Direction
from apps.library.acts.models import Act
from apps.library.asking import FEATURES, KINDS, WithFile, area, day, helper, ticks
from apps.library.documents.models import Document, DocumentVersion
from apps.library.texts import LONG, STORY


class CardForm(forms.Form):
    """What the document is."""

    kind = forms.ChoiceField(label="Вид", choices=Document.Kind.choices)
    title = forms.CharField(label="Название", max_length=300)
    summary = area("О чём", 2000, "Два-три предложения: по ним документ найдут.", rows=3, required=False)
    category = forms.CharField(
        label="Рубрика",
        max_length=80,
        required=False,
        help_text="Выберите из списка или впишите новую.",
        widget=forms.TextInput(attrs={"list": "categories"}),
    )
    direction = forms.ModelChoiceField(
        Direction.objects.none(), label="Направление", required=False, empty_label="не относится к одному направлению"
    )
    above = forms.ModelChoiceField(
        Act.objects.none(),
        label="Региональный документ",
        required=False,
        empty_label="не указан",
        help_text="На каком документе уровнем выше основан. Новый акт сначала внесите в реестр актов.",
    )

    def __init__(self, *args: Any, document: Document | None = None, by_act: bool = True, **kwargs: Any) -> None:
        if document:
            names = ("kind", "title", "summary", "category", "direction", "above")
            kwargs["initial"] = {name: getattr(document, name) for name in names}
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["direction"].queryset = Direction.objects.all()
        fields["direction"].label_from_instance = lambda one: f"{one.code} {one.name}"[:110]
        fields["above"].queryset = Act.objects.in_order()
        fields["above"].label_from_instance = lambda one: one.short[:110]
        if not by_act:
            fields["kind"].choices = [one for one in Document.Kind.choices if one[0] not in Document.BY_ACT]
        self.helper = helper(*self.card())

    @staticmethod
    def card() -> tuple[Any, ...]:
        return (
            Row(Column("kind"), Column("category")),
            "title",
            "summary",
            Row(Column("direction"), Column("above")),
        )


class NewDocumentForm(CardForm, WithFile):
    """The card and the first version at once."""

    dated_on = day("Дата текста", today=True)
    text = area(
        "Текст", LONG, "Можно не вставлять, если приложите файл. По тексту работает поиск.", rows=8, required=False
    )

    CARD = ("kind", "title", "summary", "category", "direction", "above")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(*self.card(), "dated_on", "text", "file", button="Завести документ")


class VersionForm(WithFile):
    changes = forms.CharField(label="Что изменено", max_length=500, required=False)
    dated_on = day("Дата текста", today=True)
    text = area("Текст", LONG, "Можно не вставлять, если приложите файл.", rows=10, required=False)

    def __init__(self, *args: Any, version: DocumentVersion | None = None, **kwargs: Any) -> None:
        if version:
            kwargs["initial"] = {name: getattr(version, name) for name in ("changes", "dated_on", "text")}
        super().__init__(*args, **kwargs)
        if version and version.file:
            self.fields["file"].label = "Новый файл вместо прежнего"
        self.helper = helper("changes", "dated_on", "text", "file", button="Сохранить проект")


class ApproveForm(forms.Form):
    act_text = forms.CharField(
        label="Чем утверждён", max_length=500, help_text="Например: приказ управления от 15.12.2022 № 283."
    )
    on = day("Когда", today=True)

    def __init__(self, *args: Any, needs_act: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act_text"].required = needs_act
        if not needs_act:
            self.fields["act_text"].help_text = "Не обязательно: такие документы публикуются без акта."


class AdaptationForm(WithFile):
    title = forms.CharField(label="Для кого", max_length=200, help_text="Например: малокомплектные сельские школы.")
    kinds = ticks("Вид организаций", KINDS, "Не отмечен ни один — для любого вида.")
    features = ticks("Особенности", FEATURES, "Достаточно одной из отмеченных.")
    text = area("Что иначе", STORY, rows=6, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("title", Row(Column("kinds"), Column("features")), "text", "file", button="Добавить")
