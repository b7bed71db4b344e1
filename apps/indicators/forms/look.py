"""What to look at: a pack, a period, a scope."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from apps.core.models import Period
from apps.indicators.models import Direction, Pack
from apps.indicators.selectors.scopes import Scope

ALL_PACKS = "all"


class LookForm(forms.Form):
    """Choices of a page of figures; it is sent by GET and always has a value for each."""

    pack = forms.ChoiceField(label="Набор показателей", required=False)
    direction = forms.ChoiceField(label="Направление", required=False)
    period = forms.ChoiceField(label="Период", required=False)
    scope = forms.ChoiceField(label="Кого показать", required=False)

    def __init__(
        self,
        *,
        packs: list[Pack] | None,
        directions: Sequence[Direction],
        periods: list[Period],
        scopes: list[tuple[str, list[Scope]]],
        chosen: dict[str, Any],
    ) -> None:
        super().__init__(initial=chosen)
        if packs is None:
            del self.fields["pack"]
        else:
            every = [(ALL_PACKS, "все наборы: по уровню, объекту, направлению")]
            self._choices("pack", [(pack.code, pack.short_title) for pack in packs] + every)
        if directions:
            self._choices(
                "direction", [("", "все направления"), *((one.code, f"{one.code} {one}") for one in directions)]
            )
        else:
            del self.fields["direction"]
        self._choices("period", [(period.slug, str(period)) for period in periods])
        self._choices("scope", [(heading, [(scope.slug, scope.name) for scope in group]) for heading, group in scopes])
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.form_class = "filters"
        self.helper.add_input(Submit("", "Показать"))

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices
