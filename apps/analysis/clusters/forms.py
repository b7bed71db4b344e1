"""Forms of clusterings."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Layout, Row, Submit
from django import forms

from apps.analysis.clusters.partition import MOST_CLUSTERS, Method
from apps.analysis.clusters.rules import TITLES
from apps.analysis.context.inputs import choices
from apps.core.models import Period
from apps.indicators.models import Recount
from apps.organizations.models import Kind

KINDS = [(value, label) for value, label in Kind.choices if value != Kind.AUTHORITY]


def _periods() -> Any:
    """School years with counted figures; before the first count all of them."""
    years = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR).order_by("-starts_on")
    counted = years.filter(pk__in=Recount.objects.values("period"))
    return counted if counted.exists() else years


class _Form(forms.Form):
    kind = forms.ChoiceField(label="Вид организаций", choices=KINDS, initial=Kind.SCHOOL)
    title = forms.CharField(label="Название", max_length=150, required=False, help_text="Пусто — портал назовёт сам.")

    def lay(self, *rest: Any, button: str) -> None:
        first = Row(Column("kind", css_class="col-md-6"), Column("title", css_class="col-md-6"))
        self.helper = FormHelper()
        self.helper.layout = Layout(first, *rest, Submit("save", button))


class RulesForm(_Form):
    period = forms.ModelChoiceField(Period.objects.none(), label="По данным за", empty_label=None)
    criteria = forms.MultipleChoiceField(
        label="Правила",
        choices=[(one.value, words) for one, words in TITLES.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одно правило."},
        help_text="В одном кластере окажутся организации, одинаковые по всем отмеченным правилам.",
    )
    bounds = forms.CharField(
        label="Границы размера, обучающихся",
        max_length=60,
        required=False,
        initial="100, 500",
        help_text="Через запятую: 100, 500 — это «до 99», «100–499» и «500 и больше».",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = _periods()  # type: ignore[attr-defined]
        years = Row(Column("period", css_class="col-md-6"), Column("bounds", css_class="col-md-6"))
        self.lay(Div("criteria", css_class="msoko-choices"), years, button="Составить черновик")

    def clean_bounds(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["bounds"].replace(";", ",").split(",")]
        wrong = [part for part in parts if part and not (part.isascii() and part.isdigit() and 0 < int(part) < 100_000)]
        if wrong:
            raise forms.ValidationError(f"«{wrong[0]}» — не целое число больше нуля. Пример: 100, 500.")
        return sorted({int(part) for part in parts if part})


class HandForm(_Form):
    names = forms.CharField(
        label="Названия кластеров",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="По одному в строке. Организации вы распределите на следующей странице.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay("names", button="Создать черновик")

    def clean_names(self) -> list[str]:
        return [line.strip()[:120] for line in self.cleaned_data["names"].splitlines() if line.strip()]


class ComputedForm(_Form):
    period = forms.ModelChoiceField(Period.objects.none(), label="По данным за", empty_label=None)
    codes = forms.MultipleChoiceField(
        label="Показатели условий",
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте два показателя или больше."},
        help_text="Условия, а не результаты: кластер — это школы в похожем положении.",
    )
    method = forms.ChoiceField(
        label="Метод", choices=[(Method.WARD.value, "Уорда (иерархический)"), (Method.KMEANS.value, "k-средних")]
    )
    clusters = forms.TypedChoiceField(
        label="Сколько кластеров",
        choices=[("", "выбрать по силуэту"), *((str(n), str(n)) for n in range(2, MOST_CLUSTERS + 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = _periods()  # type: ignore[attr-defined]
        row = Row(*(Column(name, css_class="col-md-4") for name in ("period", "method", "clusters")))
        self.lay(Div("codes", css_class="msoko-choices"), row, button="Рассчитать")


class DraftForm(forms.Form):
    """Names of clusters, and the cluster of each organisation."""

    def __init__(self, *args: Any, clusters: Sequence[Any], members: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", "не распределена"), *((str(one.order), one.name) for one in clusters)]
        for one in clusters:
            self.fields[f"name-{one.order}"] = forms.CharField(
                label=f"Кластер {one.order}", max_length=120, initial=one.name
            )
        for member in members:
            self.fields[f"place-{member.organization_id}"] = forms.TypedChoiceField(
                label=str(member.organization),
                choices=places,
                coerce=int,
                empty_value=None,
                required=False,
                initial=str(member.cluster.order) if member.cluster else "",
            )
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Div(*(f"name-{one.order}" for one in clusters)),
            Div(*(f"place-{one.organization_id}" for one in members), css_class="draft-places"),
            Submit("edit", "Сохранить черновик"),
        )

    @property
    def names(self) -> dict[int, str]:
        return {int(key[5:]): value for key, value in self.cleaned_data.items() if key.startswith("name-")}

    @property
    def places(self) -> dict[int, int | None]:
        return {int(key[6:]): value for key, value in self.cleaned_data.items() if key.startswith("place-")}


class ConfirmForm(forms.Form):
    basis = forms.CharField(
        label="Основание", max_length=300, help_text="Приказ, решение совещания или цель, для которой нужны кластеры."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("basis", Submit("confirm", "Подтвердить"))
