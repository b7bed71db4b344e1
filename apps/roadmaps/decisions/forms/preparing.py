"""Forms for preparing, approving and signing."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML, Column, Div, Row, Submit
from django import forms
from django.utils import timezone

from apps.accounts.models import User
from apps.core import attachments
from apps.indicators.models import Direction
from apps.library.models import DocumentVersion
from apps.organizations.models import Group, Kind, Organization
from apps.organizations.picking import pick
from apps.procedures.people.forms.base import area, helper
from apps.procedures.people.models import Association
from apps.roadmaps.decisions.forms import bases
from apps.roadmaps.decisions.forms.people import PersonField, controllers_for, executors_for
from apps.roadmaps.decisions.models import Decision, DecisionAnnex, DecisionItem, DecisionTemplate
from apps.roadmaps.decisions.models.decisions import LONGEST
from apps.roadmaps.decisions.services import NewDecision, NewItem
from apps.roadmaps.forms import DateInput, group_label

ITEMS_HELP = (
    "Каждый пункт с новой строки и со своим номером, как в документе: 1., 1.1., повторы допустимы. "
    "Срок вида «до 28 марта 2022 года» портал прочитает сам, исполнителей вы укажете потом."
)


def half(*fields: str) -> Row:
    return Row(*(Column(field, css_class="col-md-6") for field in fields))


class DecisionForm(forms.Form):
    """The words of an act. Items may be pasted at once when it is made."""

    kind = forms.ChoiceField(label="Вид", choices=())
    title = forms.CharField(label="О чём", max_length=500, help_text="Как в заголовке: «Об итогах проведения…».")
    number = forms.CharField(label="Номер", max_length=40, required=False, help_text="Можно присвоить при подписании.")
    signed_on = forms.DateField(label="Дата", required=False, widget=DateInput())
    signer = forms.CharField(label="Кто подписывает", max_length=200, required=False)
    place = forms.CharField(label="Место издания", max_length=120, required=False)
    preamble = area("Вводная часть", LONGEST, "Основание и цель, до слова «приказываю».", rows=5, required=False)
    items_text = area("Пункты", LONGEST * 3, ITEMS_HELP, rows=10, required=False)
    bases = bases.BasesField(
        label="Анализ или рекомендации, на которых основано решение", required=False,
        help_text="Отметьте хотя бы одно или напишите ниже, почему решение принимается без анализа.",
    )  # fmt: skip
    reason_without_analysis = forms.CharField(
        label="Почему без анализа", max_length=500, required=False, help_text="Например: исполнение приказа региона."
    )
    follows = forms.ModelChoiceField(
        Decision.objects.none(), label="Во исполнение решения", required=False, empty_label="нет",
        help_text="Например, приказ о проведении мероприятия для приказа о его итогах.",
    )  # fmt: skip
    controller = PersonField(User.objects.none(), label="Кто контролирует", required=False)
    control_text = forms.CharField(
        label="Пункт о контроле, как в тексте", max_length=500, required=False,
        help_text="Например: «3. Контроль за исполнением приказа оставляю за собой».",
    )  # fmt: skip
    directions = forms.ModelMultipleChoiceField(
        Direction.objects.none(), label="Направления", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, user: Any, organization: Organization | None, decision: Decision | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.organization, self.decision = user, organization, decision
        fields: dict[str, Any] = self.fields
        own = (Decision.Kind.SCHOOL, Decision.Kind.ORDER, Decision.Kind.PROTOCOL)
        fields["kind"].choices = [
            choice for choice in Decision.Kind.choices
            if (choice[0] in own if organization else choice[0] != Decision.Kind.SCHOOL)
        ]  # fmt: skip
        typed: Any = self.data
        chosen = typed.getlist("bases") if self.is_bound else self.initial.get("bases", [])
        fields["bases"].choices = bases.choices_for(user, chosen)
        visible = Decision.objects.visible_to(user).exclude(state=Decision.State.CANCELLED)
        fields["follows"].queryset = visible.exclude(pk=decision.pk) if decision else visible
        fields["follows"].label_from_instance = lambda found: str(found)[:120]
        fields["controller"].queryset = controllers_for(organization)
        fields["controller"].empty_label = "руководитель организации" if organization else "руководитель управления"
        fields["directions"].queryset = Direction.objects.filter(is_active=True)
        if decision:
            del self.fields["items_text"]
        self.helper = helper(
            Row(Column("kind", css_class="col-md-4"), Column("number", css_class="col-md-4"),
                Column("signed_on", css_class="col-md-4")),
            "title", half("signer", "place"), "preamble",
            *([] if decision else ["items_text"]),
            Div("bases", css_class="pick", data_pick="Найти в списке"), "reason_without_analysis",
            half("follows", "controller"), "control_text", Div("directions", css_class="msoko-choices"),
            Submit("save", "Сохранить проект"),
        )  # fmt: skip

    def new_decision(self, items: list[NewItem]) -> NewDecision:
        data = dict(self.cleaned_data)
        data.pop("items_text", None)
        data["bases"] = bases.objects_of(data["bases"], self.user)
        data["basis"] = self.decision.basis if self.decision else ""  # the form does not ask for it
        return NewDecision(**data, organization=self.organization, items=items)


class ItemsForm(forms.Form):
    items_text = area("Пункты", LONGEST * 3, ITEMS_HELP, rows=8)

    helper = helper("items_text", Submit("paste", "Добавить пункты"))


class ItemForm(forms.Form):
    """One item: its words, whom it goes to, how it is shown to be done."""

    number = forms.CharField(label="Номер", max_length=30, required=False, help_text="Любой: 1.2., повтор допустим.")
    kind = forms.ChoiceField(label="Вид", choices=DecisionItem.Kind.choices)
    text = area("Текст пункта", LONGEST, rows=5)
    is_heading = forms.BooleanField(
        label="Только объединяет пункты под собой («Руководителям организаций:»)", required=False,
        help_text="Адресаты такого пункта относятся ко всем пунктам под ним, где исполнитель не назван.",
    )  # fmt: skip
    due_on = forms.DateField(
        label="Срок", required=False, widget=DateInput(), help_text="Весь этот день включительно. Можно без срока."
    )
    term_text = forms.CharField(
        label="Пояснение к сроку", max_length=200, required=False, help_text="Например: «ежегодно», «постоянно»."
    )
    executor = forms.CharField(label="Исполнитель, как в тексте", max_length=300, required=False)
    person = PersonField(User.objects.none(), label="Исполнитель лично", required=False, empty_label="не назван")
    kinds = forms.MultipleChoiceField(
        label="Все организации вида", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY],
    )  # fmt: skip
    groups = forms.ModelMultipleChoiceField(
        Group.objects.all(), label="Группы и кластеры", required=False, widget=forms.CheckboxSelectMultiple
    )
    associations = forms.ModelMultipleChoiceField(
        Association.objects.all(), label="Методические объединения педагогов", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label="Отдельные организации", required=False, widget=forms.CheckboxSelectMultiple
    )
    proof = forms.ChoiceField(label="Чем подтверждается", choices=DecisionItem.Proof.choices)
    publishes = forms.ModelChoiceField(
        DecisionAnnex.objects.none(), label="Какой документ публикуется", required=False, empty_label="не публикуется"
    )
    outside_title = forms.CharField(
        label="Исполняет внешнее решение", max_length=300, required=False,
        help_text="Например: «решение коллегии министерства образования области».",
    )  # fmt: skip
    outside_item = forms.CharField(label="Его пункт", max_length=40, required=False, help_text="Например: 3.2.")

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["person"].queryset = executors_for(decision.organization)
        fields["publishes"].queryset = decision.annexes.all()
        fields["organizations"].queryset = Organization.objects.educational().active()
        fields["groups"].label_from_instance = group_label
        whom: list[Any] = ["executor", "person"]
        if decision.organization_id is None:
            whom += [
                Div("kinds", css_class="msoko-choices"), Div("groups", css_class="msoko-choices"),
                Div("associations", css_class="msoko-choices"),
                pick(),
            ]  # fmt: skip
        else:
            for name in ("kinds", "groups", "associations", "organizations"):
                del self.fields[name]
        self.helper = helper(
            half("number", "kind"), "text", "is_heading", half("due_on", "term_text"),
            HTML("<h2 class='h5 mt-3'>Кому</h2>"), *whom,
            HTML("<h2 class='h5 mt-3'>Подтверждение и связи</h2>"), half("proof", "publishes"),
            Row(Column("outside_title", css_class="col-md-9"), Column("outside_item", css_class="col-md-3")),
            Submit("save", "Сохранить пункт"),
        )  # fmt: skip

    @staticmethod
    def initial_of(item: DecisionItem) -> dict[str, Any]:
        names = ("number", "kind", "text", "is_heading", "due_on", "term_text", "executor", "person", "kinds", "proof",
                 "publishes", "outside_title", "outside_item")  # fmt: skip
        many = ("groups", "associations", "organizations")
        return {name: getattr(item, name) for name in names} | {name: getattr(item, name).all() for name in many}

    def new_item(self) -> NewItem:
        return NewItem(**self.cleaned_data)


class AnnexForm(forms.Form):
    """A file, or a draft that stands in the library."""

    version = forms.ModelChoiceField(
        DocumentVersion.objects.none(), label="Проект из библиотеки", required=False, empty_label="нет, приложу файл"
    )
    title = forms.CharField(
        label="Название документа", max_length=300, required=False, help_text="Для документа библиотеки не нужно."
    )
    file = forms.FileField(label="Файл", required=False, help_text=attachments.ADVICE)
    is_approved_by_act = forms.BooleanField(label="Утверждается этим решением", required=False, initial=True)

    helper = helper("version", "title", "file", "is_approved_by_act", Submit("annex", "Приложить"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = DocumentVersion.objects.visible_to(user).filter(state=DocumentVersion.State.DRAFT)
        self.fields["version"].queryset = drafts.select_related("document")  # type: ignore[attr-defined]
        if not user.is_department:
            del self.fields["version"]
            self.helper = helper("title", "file", "is_approved_by_act", Submit("annex", "Приложить"))


class SignForm(forms.Form):
    """Number and date, as on the paper."""

    number = forms.CharField(label="Номер", max_length=40, required=False)
    signed_on = forms.DateField(label="Дата подписания", widget=DateInput(), initial=timezone.localdate)
    signer = forms.CharField(label="Кто подписал", max_length=200, required=False)
    place = forms.CharField(label="Место издания", max_length=120, required=False)
    with_blanks = forms.BooleanField(
        label="Подписываем так, как есть",
        error_messages={"required": "Заполните эти места или отметьте, что так и надо."},
    )

    def __init__(self, *args: Any, blanks: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ["signer", "place"]
        if blanks:
            self.fields["with_blanks"].help_text = f"В тексте осталось незаполненным: {', '.join(blanks)}."
            names.append("with_blanks")
        else:
            del self.fields["with_blanks"]
        self.helper = helper(half("number", "signed_on"), *names, Submit("sign", "Подписать и ввести в действие"))


class ApprovalForm(forms.Form):
    """Who agrees, in the order in which they agree."""

    ORDER = ("Первая виза", "Вторая виза", "Третья виза", "Четвёртая виза", "Пятая виза")

    def __init__(self, *args: Any, organization: Organization | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = controllers_for(organization)
        for place, label in enumerate(self.ORDER):
            field = PersonField(
                people, label=label, required=not place, empty_label="не нужна" if place else "выберите"
            )
            self.fields[f"person_{place}"] = field
        self.helper = helper(*self.fields, Submit("send", "Отправить на согласование"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        people = [person for name in self.fields if (person := data.get(name))]
        for name in self.fields:
            if data.get(name) and people.count(data[name]) > 1:
                self.add_error(name, "Один и тот же человек выбран дважды.")
        return data | {"people": people}


class CancelForm(forms.Form):
    on = forms.DateField(label="С какого дня", widget=DateInput(), initial=timezone.localdate)
    reason = forms.CharField(label="Почему отменяется", max_length=500)

    helper = helper("on", "reason", Submit("cancel", "Отменить решение", css_class="btn btn-danger"))


class ControllerForm(forms.Form):
    controller = PersonField(User.objects.none(), label="Кто контролирует", empty_label="выберите")

    def __init__(self, *args: Any, organization: Organization | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["controller"].queryset = controllers_for(organization)  # type: ignore[attr-defined]
        self.helper = helper("controller", Submit("save", "Передать контроль"))


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = DecisionTemplate
        fields = ("name", "kind", "title", "preamble", "items_text", "is_active")
        widgets = {"preamble": forms.Textarea(attrs={"rows": 4}), "items_text": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_active"].label = "Предлагать в начале нового решения"
        self.fields["items_text"].help_text = "Каждый пункт с новой строки и со своим номером."
        self.helper = helper(*self.Meta.fields, Submit("save", "Сохранить шаблон"))
