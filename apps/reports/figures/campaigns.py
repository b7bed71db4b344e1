"""Collections of the year: who handed in what in time."""

from decimal import Decimal

from django.db.models import Count, Q

from apps.collection.models import Campaign
from apps.collection.querysets import AWAITING_ORGANIZATION
from apps.core.figures import percent
from apps.reports.blocks import Column, NoteBlock, TableBlock
from apps.reports.figures.base import Fact, Figures, OpenValue, Year


def campaigns(year: Year) -> Figures:
    """Campaigns for the school year and its calendar year: asked, handed in, in time, accepted, missing."""
    waiting = Q(submissions__state__in=AWAITING_ORGANIZATION)
    found = (
        Campaign.objects.filter(period__code__in=[year.span.code, year.calendar.code], opens_on__lte=year.today)
        .select_related("period")
        .annotate(
            asked=Count("submissions"),
            missing=Count("submissions", filter=waiting),
            late=Count("submissions", filter=~waiting & Q(submissions__submitted_late=True)),
            accepted=Count("submissions", filter=Q(submissions__state="accepted")),
        )
        .order_by("opens_on", "pk")
    )
    codes = _codes([year.span.code, year.calendar.code])
    rows, data = [], []
    asked = in_time = 0
    for each in found:
        timely = each.asked - each.missing - each.late
        asked, in_time = asked + each.asked, in_time + timely
        numbers = (each.asked, timely, each.late, each.missing, each.accepted)
        rows.append([each.title, *map(str, numbers)])
        for code, n in zip(("asked", "in_time", "late", "missing", "accepted"), numbers, strict=True):
            name = f"{each.title}: {COLUMNS[code]}"
            data.append(
                OpenValue(
                    "Сбор данных",
                    f"{codes[each.pk]}.{code}",
                    name,
                    "форм",
                    each.period.code,
                    "муниципалитет",
                    str(n),
                    "",
                    "значение",
                    "доска сбора данных",
                )
            )
    if not rows:
        return Figures(blocks=[NoteBlock("Сборов данных за этот год не было: нет данных.", "warn")])
    columns = [
        Column("Сбор данных", 12),
        *(Column(title, n, True) for title, n in zip(COLUMNS.values(), WIDTHS, strict=True)),
    ]
    share = percent(Decimal(100 * in_time) / asked) if asked else ""
    sentence = f"В срок сдано {in_time} из {asked} форм ({share})." if asked else "Формы никому не направлялись."
    return Figures(
        blocks=[TableBlock("campaigns", "Сбор данных за год", columns, rows)],
        sentences=[sentence],
        data=data,
        facts=[Fact(share, "форм сдано в срок", sentence)] if asked else [],
    )


def _codes(periods: list[str]) -> dict[int, str]:
    """A readable code of each campaign: `campaign.2025.1` is the first that was made for 2025, and stays so."""
    found: dict[int, str] = {}
    counts: dict[str, int] = {}
    made = Campaign.objects.filter(period__code__in=periods).order_by("pk")
    for pk, period in made.values_list("pk", "period__code"):
        counts[period] = counts.get(period, 0) + 1
        found[pk] = f"campaign.{period.replace('/', '-')}.{counts[period]}"
    return found


COLUMNS = {
    "asked": "Запрошено",
    "in_time": "В срок",
    "late": "С опозданием",
    "missing": "Не сдано",
    "accepted": "Принято",
}
WIDTHS = (6, 5, 7, 5, 5)
