"""What is exported, and to whom it is given."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Div, Fieldset, Layout, Row, Submit
from django import forms
from django.utils import timezone

from apps.accounts.models import User
from apps.core.models import Period
from apps.indicators.forms.picking import IndicatorsField, picker
from apps.indicators.forms.requests import day_input
from apps.indicators.models import DataExport, Indicator, InformationRequest, Pack, Recount
from apps.indicators.selectors.exporting import COLUMNS, ORGANIZATIONS, ROWS, TOTALS, Selection
from apps.organizations.models import Group, Kind, Organization

KINDS = [(kind.value, str(kind.label)) for kind in Kind if kind != Kind.AUTHORITY]


class ExportForm(forms.Form):
    """Packs or single indicators, periods, whose values, and how the file looks."""

    packs = forms.ModelMultipleChoiceField(
        Pack.objects.none(),
        label="Наборы целиком",
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    indicators = IndicatorsField(label="Или отдельные показатели", required=False)
    periods = forms.ModelMultipleChoiceField(
        Period.objects.none(),
        label="Периоды",
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы один период."},
    )
    content = forms.ChoiceField(
        label="Что выгрузить",
        choices=[(ORGANIZATIONS, "значения организаций"), (TOTALS, "сводные значения (муниципалитет, виды, группы)")],
        initial=ORGANIZATIONS,
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label="Виды организаций", choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    group = forms.ModelChoiceField(
        Group.objects.none(), label="Группа", required=False, to_field_name="code", empty_label="любая"
    )
    organizations = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label="Отдельные организации",
        required=False,
        to_field_name="code",
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="Ничего не выбрано — все. Чтобы отметить несколько, удерживайте Ctrl.",
    )
    layout = forms.ChoiceField(
        label="Вид таблицы",
        choices=[
            (ROWS, "по строкам: одно значение — одна строка, с пояснениями"),
            (COLUMNS, "по столбцам: организации в строках, показатели в столбцах"),
        ],
        initial=ROWS,
        widget=forms.RadioSelect,
    )
    hide_small = forms.BooleanField(
        label="Скрыть малые числа",
        required=False,
        initial=True,
        help_text="Число людей от 1 до 4 и доли от малых групп будут заменены словом «скрыто». "
        "В сводных значениях они скрыты всегда.",
    )
    kind = forms.ChoiceField(label="Файл", choices=DataExport.Kind.choices, widget=forms.RadioSelect, initial="xlsx")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._set("packs", Pack.objects.all())
        self._set("periods", Period.objects.filter(pk__in=Recount.objects.values("period")))
        whose: list[Any] = []
        if user.is_authority:
            self._set("group", Group.objects.all())
            self._set("organizations", Organization.objects.educational())
            columns = (Column(name, css_class="col-md-4") for name in ("kinds", "group", "organizations"))
            whose = [Row(*columns), "hide_small"]
        else:
            for name in ("kinds", "group", "organizations", "hide_small"):
                del self.fields[name]
        self.helper = FormHelper()
        self.helper.attrs = {"data-many": ""}
        self.helper.layout = Layout(
            Fieldset("Показатели", Div("packs", css_class="msoko-choices"), picker("indicators")),
            Fieldset("Периоды и охват", Div("periods", css_class="msoko-choices"), "content", *whose),
            Fieldset("Файл", "layout", "kind"),
            Div(
                Submit("preview", "Показать размер и начало", css_class="btn btn-outline-primary"),
                HTML(" "),
                Submit("make", "Сделать файл"),
                css_class="d-flex flex-wrap gap-2",
            ),
        )

    def _set(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("packs") and not data.get("indicators") and "indicators" not in self.errors:
            self.add_error("packs", "Отметьте набор или отдельные показатели.")
        return data

    def selection(self) -> Selection:
        data = self.cleaned_data
        codes = set(data["indicators"])
        packs = [pack.code for pack in data["packs"]]
        codes |= set(Indicator.objects.filter(pack__in=packs, is_group=False).values_list("code", flat=True))
        return Selection(
            indicators=tuple(sorted(codes)),
            periods=tuple(period.code for period in data["periods"]),
            content=data["content"],
            organizations=self._organizations() if data["content"] == ORGANIZATIONS else (),
            layout=data["layout"] if data["content"] == ORGANIZATIONS else ROWS,
            hide_small=data.get("hide_small", False),
        )

    def _organizations(self) -> tuple[int, ...]:
        """Chosen ones, of kinds, of a group: what is named narrows; a school has itself."""
        if not self.user.is_authority:
            return (self.user.organization.pk,) if self.user.organization else ()
        data = self.cleaned_data
        found = Organization.objects.educational()
        if data["kinds"]:
            found = found.filter(kind__in=data["kinds"])
        if data["group"]:
            found = found.filter(groups=data["group"])
        if data["organizations"]:
            found = found.filter(pk__in=data["organizations"])
        return tuple(found.values_list("pk", flat=True))


class DispatchForm(forms.Form):
    """To whom a file was given, on which ground, when."""

    addressee = forms.CharField(
        label="Кому передано", max_length=250, help_text="Орган или организация, подразделение, должность."
    )
    ground = forms.CharField(
        label="Основание", max_length=400, help_text="Номер и дата запроса, соглашения, норма акта."
    )
    sent_on = forms.DateField(label="Когда передано", initial=timezone.localdate, widget=day_input())
    request = forms.ModelChoiceField(
        InformationRequest.objects.none(), label="По запросу", required=False, empty_label="не по запросу"
    )
    note = forms.CharField(
        label="Примечание", max_length=500, required=False, help_text="Например, каким способом: почтой, через ЛК."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["request"].queryset = InformationRequest.objects.exclude(state="declined")  # type: ignore[attr-defined]
        self.helper = FormHelper()
        half = "col-md-6"
        self.helper.layout = Layout(
            Row(Column("addressee", css_class=half), Column("ground", css_class=half)),
            Row(Column("sent_on", css_class=half), Column("request", css_class=half)),
            "note",
            Submit("record", "Записать в журнал"),
        )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        max_length=400, error_messages={"required": "Напишите, в чём ошибка: запись останется в журнале."}
    )


class DispatchFilter(forms.Form):
    """What the log is narrowed by."""

    q = forms.CharField(label="Кому, основание", required=False, max_length=100)
    since = forms.DateField(label="Не раньше", required=False, widget=day_input())
    until = forms.DateField(label="Не позже", required=False, widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.form_class = "filters"
        self.helper.layout = Layout(
            "q", "since", "until",
            Div(HTML('{% include "components/filter_buttons.html" %}'), css_class="filters-buttons"),
        )  # fmt: skip
