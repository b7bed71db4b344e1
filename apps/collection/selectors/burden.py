"""The burden meter: rows × organisations × minutes, of a form, of a campaign, of a year.

Minutes are the portal's own estimate (`models.forms.MINUTES`) unless somebody has stated them for a row. Rows that do
not concern an organisation, that the portal computes or that were collected already cost nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count
from django.db.models.functions import ExtractYear

from apps.collection.models import Campaign, Form, FormField, Submission
from apps.collection.selectors.duplicates import delivers
from apps.core import figures
from apps.organizations.models import Organization
from apps.workbooks.writing import export_table

HOUR = Decimal(60)


@dataclass(frozen=True)
class Load:
    """What a form costs: rows of one organisation (the most), organisations, all their answers and minutes."""

    rows: int
    organizations: int
    answers: int
    minutes: Decimal

    @property
    def hours(self) -> Decimal:
        return self.minutes / HOUR

    @property
    def minutes_each(self) -> Decimal | None:
        """Of an organisation on the average; nothing where nobody is asked."""
        if not self.organizations:
            return None
        return (self.minutes / self.organizations).quantize(Decimal(1), ROUND_HALF_UP)

    def __add__(self, other: "Load") -> "Load":
        return Load(
            max(self.rows, other.rows),
            self.organizations + other.organizations,
            self.answers + other.answers,
            self.minutes + other.minutes,
        )


NOTHING = Load(0, 0, 0, Decimal(0))


def minutes_of(fields: Iterable[FormField]) -> Decimal:
    """What one organisation that all rows concern spends."""
    return sum((item.minutes for item in fields), Decimal(0))


def _load(fields: list[FormField], count: int, organizations: Iterable[Organization]) -> Load:
    """`organizations` are walked only where a row depends on what the organisation is."""
    asked = [item for item in fields if item.is_asked]
    if not any(item.is_conditional for item in asked):
        return Load(len(asked), count, len(asked) * count, minutes_of(asked) * count)
    answers, minutes = 0, Decimal(0)
    for organization in organizations:
        own = [item for item in asked if item.concerns(organization)]
        answers += len(own)
        minutes += minutes_of(own)
    return Load(len(asked), count, answers, minutes)


def load_of_form(form: Form, organizations: Iterable[Organization] | None = None) -> Load:
    """What the form would cost if every organisation that it is for filled it once."""
    everyone = Organization.objects.educational().active() if organizations is None else organizations
    asked = [organization for organization in everyone if delivers(organization, form)]
    return _load(list(form.fields.select_related("version")), len(asked), asked)


@dataclass(frozen=True)
class Line:
    """A form of a campaign with what it costs."""

    campaign: Campaign
    form: Form
    load: Load

    @property
    def title(self) -> str:
        return self.form.short_title


def _fields_by_form(forms: Iterable[int]) -> dict[int, list[FormField]]:
    found: dict[int, list[FormField]] = defaultdict(list)
    for item in FormField.objects.filter(form__in=list(forms)).select_related("version"):
        found[item.form_id].append(item)
    return found


def lines_of(campaigns: Iterable[Campaign]) -> list[Line]:
    """Each form of each campaign, in the order of the campaigns. Three queries, one more a form with optional rows."""
    by_pk = {campaign.pk: campaign for campaign in campaigns}
    counts = list(
        Submission.objects.filter(campaign__in=by_pk)
        .order_by("campaign__opens_on", "campaign", "form__code", "form")
        .values_list("campaign", "form")
        .annotate(count=Count("pk"))
    )
    forms = Form.objects.in_bulk([form for _, form, _ in counts])
    fields = _fields_by_form(forms)
    return [
        Line(
            by_pk[campaign],
            forms[form],
            _load(fields[form], count, _asked(campaign, form)),
        )
        for campaign, form, count in counts
    ]


def _asked(campaign: int, form: int) -> Iterable[Organization]:
    return Organization.objects.filter(submissions__campaign=campaign, submissions__form=form)


def load_of_campaign(campaign: Campaign) -> Load:
    return sum((line.load for line in lines_of([campaign])), NOTHING)


@dataclass(frozen=True)
class Year:
    """All that was asked in a calendar year, by the day on which campaigns opened."""

    year: int
    lines: list[Line]
    organizations: int  # different ones
    before: Decimal | None = None  # minutes of the year before, where anything was asked then

    @property
    def load(self) -> Load:
        return sum((line.load for line in self.lines), NOTHING)

    @property
    def change(self) -> Decimal | None:
        """Hours more or less than the year before."""
        return None if self.before is None else (self.load.minutes - self.before) / HOUR

    @property
    def change_text(self) -> str:
        """«−12», «+5»; less is better."""
        change = self.change or Decimal(0)
        text = figures.figure(change, 0)
        return f"+{text}" if change > 0 else text

    @property
    def tone(self) -> str:
        return "warn" if self.change and self.change > 0 else "good"


def years() -> list[Year]:
    """Newest first."""
    campaigns = list(Campaign.objects.select_related("period").order_by("opens_on", "pk"))
    asked = dict(
        Submission.objects.annotate(year=ExtractYear("campaign__opens_on"))
        .order_by()
        .values_list("year")
        .annotate(count=Count("organization", distinct=True))
    )
    by_year: dict[int, list[Line]] = defaultdict(list)
    for line in lines_of(campaigns):
        by_year[line.campaign.opens_on.year].append(line)
    found, before = [], None
    for year in sorted(by_year):
        made = Year(year, by_year[year], asked.get(year, 0), before)
        before = made.load.minutes
        found.append(made)
    return found[::-1]


HEADERS = ("Год", "Кампания", "За период", "Форма", "Основание", "Строк в форме", "Организаций", "Ответов", "Минут",
           "Часов")  # fmt: skip


def workbook(found: Iterable[Year]) -> bytes:
    """The same as an xlsx: a row a form of a campaign."""
    rows = (
        (
            year.year, line.campaign.title, str(line.campaign.period), line.title, line.form.basis_text,
            line.load.rows, line.load.organizations, line.load.answers, line.load.minutes,
            line.load.hours.quantize(Decimal("0.1"), ROUND_HALF_UP),
        )
        for year in found
        for line in year.lines
    )  # fmt: skip
    return export_table(HEADERS, rows, title="Нагрузка на организации")
