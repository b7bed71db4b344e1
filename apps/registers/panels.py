"""What stands above the list of a register: the figures and gaps that its entries show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from apps.core.charts import BarChart, Series
from apps.organizations.models import Kind, Organization
from apps.registers.models import Agreement, GraduateChoice, LabourNeed, ProfessionGroup
from apps.registers.models.education import fresh_since

Entries = Any  # those of the register that the person sees and that are not in the archive


def programmes(entries: Entries, user: Any) -> dict[str, Any]:
    counts = entries.aggregate(
        total=Count("pk"),
        approved=Count("pk", filter=Q(expertise="approved")),
        waiting=Count("pk", filter=Q(expertise="not_yet")),
        lacking=Count("pk", filter=~Q(materials="full")),
    )
    return {"counts": counts}


def talent_teachers(entries: Entries, user: Any) -> dict[str, Any]:
    fresh = fresh_since()
    counts = entries.aggregate(
        total=Count("pk"),
        trained=Count("pk", filter=Q(trained_on__gte=fresh)),
        long_ago=Count("pk", filter=Q(trained_on__lt=fresh)),
        untrained=Count("pk", filter=Q(trained_on__isnull=True)),
        published=Count("pk", filter=~Q(practices="")),
    )
    return {"counts": counts}


def in_force(on: date) -> Q:
    return Q(signed_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def schools_without_agreement() -> list[Organization]:
    """Working schools that no agreement in force names."""
    today = timezone.localdate()
    named = Agreement.objects.current().filter(in_force(today)).values("schools")
    schools = Organization.objects.filter(kind=Kind.SCHOOL).active(today)
    return list(schools.exclude(pk__in=named))


def agreements(entries: Entries, user: Any) -> dict[str, Any]:
    """The schools without any are the authority's reading; a school sees what is its own."""
    today = timezone.localdate()
    found: dict[str, Any] = {
        "total": entries.filter(in_force(today)).count(),
        "over": entries.filter(ends_on__lt=today).count(),
    }
    if user.is_authority:
        found["without"] = schools_without_agreement()
    return found


@dataclass(frozen=True)
class Comparison:
    """A group of professions in a year: needed, and chosen by graduates; None is not known."""

    group: str
    needed: int | None
    ninth: int | None
    eleventh: int | None

    @property
    def chosen(self) -> int | None:
        return None if self.ninth is None and self.eleventh is None else (self.ninth or 0) + (self.eleventh or 0)

    @property
    def difference(self) -> int | None:
        return None if self.needed is None or self.chosen is None else self.chosen - self.needed

    @property
    def words(self) -> str:
        if self.difference is None:
            return "нет данных для сравнения"
        if self.difference == 0:
            return "совпадает"
        return "выбирают меньше, чем нужно" if self.difference < 0 else "выбирают больше, чем нужно"


def comparison(year: int, choices: Any) -> list[Comparison]:
    """Needs of the year beside the choices given; groups that nobody named are left out."""
    needs = dict(LabourNeed.objects.current().filter(year=year).values_list("group", "count"))
    rows = choices.filter(year=year).order_by().values_list("group", "after").annotate(total=Sum("count"))
    chosen = {(group, after): total for group, after, total in rows}
    found = [
        Comparison(
            str(group.label), needs.get(group.value), *(chosen.get((group.value, after)) for after in ("9", "11"))
        )
        for group in ProfessionGroup
    ]
    return [row for row in found if row.needed is not None or row.chosen is not None]


def labour(entries: Entries, user: Any) -> dict[str, Any]:
    """The newest year with needs against the choices that the person may see: a school its own."""
    year = entries.order_by("-year").values_list("year", flat=True).first()
    if year is None:
        return {"rows": []}
    choices = GraduateChoice.objects.visible_to(user).current()
    rows = comparison(year, choices)
    told = choices.filter(year=year).order_by().values("organization").distinct().count()
    chart = _chart(year, rows)
    return {"year": str(year), "rows": rows, "chart": chart, "own": not user.is_authority, "told": told}


def _chart(year: int, rows: list[Comparison]) -> BarChart | None:
    if not rows:
        return None
    return BarChart(
        title=f"Нужно и выбрали, {year} год, человек",
        description="По группам профессий: сколько людей нужно региону и сколько выпускников их выбрали",
        labels=[row.group for row in rows],
        series=[
            Series("нужно региону", [_decimal(row.needed) for row in rows]),
            Series("выбрали выпускники", [_decimal(row.chosen) for row in rows]),
        ],
        horizontal=True,
    )


def _decimal(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)
