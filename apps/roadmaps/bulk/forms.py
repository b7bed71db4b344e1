"""Forms of a recommendation for many: whom, and with which words."""

from typing import Any

from django import forms

from apps.analysis.models import Conclusion
from apps.analysis.signs.kinds import KINDS
from apps.core.models import Period
from apps.indicators.models import Aggregate, Indicator, IndicatorVersion, Pack
from apps.organizations.models import Group, Kind
from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.forms import DateInput, DirectionField, TeachersField, default_term, group_label
from apps.roadmaps.texts.placeholders import check, said


def measured_choices() -> list[tuple[str, Any]]:
    """Indicators that organisations have figures of, by code, under the short titles of their packs."""
    with_figures = Aggregate.objects.filter(scope=Aggregate.Scope.ORGANIZATION, value__isnull=False).values("version")
    rows = IndicatorVersion.objects.filter(pk__in=with_figures, indicator__is_active=True).order_by("indicator__order")
    titles = dict(Pack.objects.values_list("code", "short_title"))
    packs: dict[str, dict[str, str]] = {pack: {} for pack in titles}
    for pack, code, number, name in rows.values_list("indicator__pack", "indicator__code", "indicator__number", "name"):
        packs.setdefault(pack, {})[code] = f"{number} {name}"[:120]
    found = [(titles.get(pack, pack), list(named.items())) for pack, named in packs.items() if named]
    return [("", "не выбран"), *found]


class SourceForm(forms.Form):
    """Where the figures come from."""

    indicator = forms.ChoiceField(label="Показатель", required=False, choices=measured_choices)
    period = forms.ModelChoiceField(
        Period.objects.order_by("-starts_on", "kind"),
        label="За период",
        required=False,
        to_field_name="code",
        empty_label="последний, за который есть данные",
    )

    def clean_indicator(self) -> Indicator | None:
        return Indicator.objects.filter(code=self.cleaned_data["indicator"]).first()


class ChooseForm(SourceForm):
    """Whom; each field narrows. Stands in the address, so that a page of a rule may lead here with a choice made."""

    only_weak = forms.BooleanField(
        label="Только те, у кого показатель слабый",
        required=False,
        help_text="Хуже порога внимания, а где порога нет — в худшей четверти организаций.",
    )
    sign = forms.ChoiceField(
        label="Признак последнего перечня",
        required=False,
        choices=[("", "не выбран"), *((kind.code, f"{kind.name}. {kind.short}") for kind in KINDS)],
    )
    group = forms.ModelChoiceField(
        Group.objects.all(), label="Группа или кластер", required=False, to_field_name="code", empty_label="любая"
    )
    kind = forms.ChoiceField(
        label="Вид организаций",
        required=False,
        choices=[("", "любой"), *(choice for choice in Kind.choices if choice[0] != Kind.AUTHORITY)],
    )
    template = forms.ModelChoiceField(
        RecommendationTemplate.objects.in_use(), label="Шаблон текста", required=False, empty_label="без шаблона"
    )
    conclusion = forms.ModelChoiceField(Conclusion.objects.standing(), required=False, widget=forms.HiddenInput)

    field_order = ("sign", "indicator", "period", "only_weak", "group", "kind", "template")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].label_from_instance = group_label  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """With which words."""

    period = forms.ModelChoiceField(
        Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR), label="Учебный год", empty_label=None
    )
    direction = DirectionField()
    title = forms.CharField(label="О чём", max_length=200)
    basis_text = forms.CharField(
        label="Основание", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(
        label="Что рекомендуется",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=f"Подстановки заменятся цифрами каждой организации: {said()}.",
    )
    due_on = forms.DateField(label="Срок исполнения", widget=DateInput(), initial=default_term)
    teachers = TeachersField()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if check(data.get("title", "")) or "{" in data.get("title", ""):
            self.add_error("title", "В заголовке подстановок не бывает: он один для всех.")
        for name in ("basis_text", "text"):
            for finding in check(data.get(name, "")):
                self.add_error(name, str(finding))
        return data
