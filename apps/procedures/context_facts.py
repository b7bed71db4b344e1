"""Beside a result: the school's staff and size from its indicators. Clusters stand among the groups of the page; the
social index and interpretations are added by the room of analysis (`beside.provide`)."""

from collections.abc import Iterator
from typing import Any

from apps.indicators import display
from apps.indicators.models import Aggregate
from apps.organizations.models import Organization
from apps.procedures.beside import Block, Fact
from apps.procedures.models import Procedure

SHOWN = (
    ("so_oo.1.1", "Учащихся"),
    ("so_oo.1.24", "Педагогов"),
    ("so_oo.1.25%", "Педагогов с высшим образованием"),
    ("so_oo.1.29.1%", "Педагогов с высшей категорией"),
    ("so_oo.1.30.1%", "Педагогов со стажем до 5 лет"),
)


def staff(user: Any, procedure: Procedure, organization: Organization) -> Iterator[Block]:
    """The newest figures that do not come after the procedure's school year, beside those of the municipality."""
    figures = Aggregate.objects.filter(
        version__indicator__code__in=[code for code, _ in SHOWN],
        scope__in=(Aggregate.Scope.ORGANIZATION, Aggregate.Scope.MUNICIPALITY),
        scope_key__in=(str(organization.pk), ""),
        period__starts_on__lte=procedure.period.ends_on,
        value__isnull=False,
    ).select_related("version__indicator", "period")
    newest: dict[tuple[str, str], Aggregate] = {}
    for figure in figures.order_by("period__starts_on"):
        newest[figure.version.indicator.code, figure.scope] = figure
    facts, years = [], set()
    for code, label in SHOWN:
        own = newest.get((code, Aggregate.Scope.ORGANIZATION))
        if own is None:
            continue
        years.add(str(own.period))
        whole = newest.get((code, Aggregate.Scope.MUNICIPALITY))
        is_share = display.is_share(own.version)
        note = f"по муниципалитету {display.written_figure(whole)}" if whole and is_share else ""
        facts.append(Fact(label, display.written_figure(own), note))
    if facts:
        yield Block("Школа и кадры", facts, note=f"По самообследованию: {', '.join(sorted(years))}.")
