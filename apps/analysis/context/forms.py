"""Forms of the context: the index with its weights, settings of a method."""

from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Layout, Row, Submit
from django import forms

from apps.analysis.context.inputs import choices
from apps.analysis.context.methods import Current
from apps.analysis.context.models import SocialIndex
from apps.analysis.context.services import NewIndex, NewPart
from apps.indicators.models import IndicatorVersion

EASIER, HARDER = "easier", "harder"
SIDES = [(EASIER, "чем больше, тем легче условия"), (HARDER, "чем больше, тем труднее условия")]
# What more of it means, until somebody says otherwise.
EASIER_CODES = {"social.1.2%", "so_oo.1.25%", "so_oo.1.29%", "so_oo.2.1", "so_oo.2.2", "so_oo.2.5%", "so_oo.1.1"}
FIRST = {"social.1.2%": Decimal(2), "social.1.3%": Decimal(1), "social.1.5%": Decimal(1), "social.1.6%": Decimal(1)}


class _Source(forms.Form):
    source_state = forms.ChoiceField(
        label="Источник",
        choices=IndicatorVersion.Source.choices,
        initial=IndicatorVersion.Source.UNCONFIRMED,
        help_text="Без официального текста — «предложение» или «не подтверждено».",
    )
    act = forms.CharField(
        label="На чём основано", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason = forms.CharField(label="Почему", max_length=300, help_text="Почему такие веса или значения: одной фразой.")


class IndexForm(_Source):
    """A weight for each indicator that is in the index; no weight leaves it out."""

    def __init__(self, *args: Any, current: SocialIndex | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = {one.indicator.code: one for one in current.parts.select_related("indicator")} if current else {}
        self.codes: dict[str, str] = {}
        rows: list[Any] = []
        for title, group in choices():
            if group:
                rows.append(HTML(f"<h2>{title}</h2>"))
            for code, name in group:
                part = parts.get(code)
                key = f"part{len(self.codes)}"
                self.codes[key] = code
                weight = part.weight if part else (None if current else FIRST.get(code))
                harder = part.harder if part else code not in EASIER_CODES
                self.fields[f"{key}-weight"] = forms.DecimalField(
                    label=name,
                    min_value=Decimal("0.01"),
                    max_value=Decimal(1000),
                    max_digits=6,
                    decimal_places=2,
                    required=False,
                    initial=weight,
                    localize=True,
                )
                self.fields[f"{key}-side"] = forms.ChoiceField(
                    label="Направление", choices=SIDES, initial=HARDER if harder else EASIER
                )
                rows.append(
                    Row(Column(f"{key}-weight", css_class="col-md-7"), Column(f"{key}-side", css_class="col-md-5"))
                )
        self.helper = FormHelper()
        rows += [HTML("<h2>Основание</h2>"), "source_state", "act", "reason"]
        self.helper.layout = Layout(*rows, Submit("save", "Ввести версию"))

    def new(self) -> NewIndex:
        data = self.cleaned_data
        parts = [
            NewPart(code, data[f"{key}-weight"], data[f"{key}-side"] == HARDER)
            for key, code in self.codes.items()
            if data.get(f"{key}-weight")
        ]
        return NewIndex(parts, data["source_state"], data["act"], data["reason"])


class SettingsForm(_Source):
    """The numbers of a method; bounds are the service's."""

    def __init__(self, *args: Any, current: Current, **kwargs: Any) -> None:
        initial = {"source_state": current.source_state, "act": current.act, **current.values}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.parameters = current.method.parameters
        for one in self.parameters:
            self.fields[one.code] = forms.DecimalField(
                label=one.label, max_digits=8, decimal_places=one.decimals, localize=True
            )
        self.helper = FormHelper()
        names = [one.code for one in self.parameters]
        self.helper.layout = Layout(*names, "source_state", "act", "reason", Submit("save", "Ввести новую версию"))

    @property
    def numbers(self) -> dict[str, Decimal]:
        return {one.code: self.cleaned_data[one.code] for one in self.parameters}
