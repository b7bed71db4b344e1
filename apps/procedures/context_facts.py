"""Beside a result: the school's staff and size from its indicators. Clusters stand among the groups of the page; the
room of analysis puts this beside the social index and remembers both."""

from collections.abc import Iterable

from apps.indicators import display
from apps.indicators.models import Aggregate
from apps.procedures.beside import Block, Fact
from apps.procedures.models import Procedure

SHOWN = (
    ("so_oo.1.1", "Учащихся"),
    ("so_oo.1.24", "Педагогов"),
    ("so_oo.1.25%", "Педагогов с высшим образованием"),
    ("so_oo.1.29.1%", "Педагогов с высшей категорией"),
    ("so_oo.1.30.1%", "Педагогов со стажем до 5 лет"),
)


def staff(procedure: Procedure, organizations: Iterable[int]) -> dict[int, Block]:
    """By organisation: the newest figures that do not come after the procedure's school year, beside those of the
    municipality; one statement."""
    figures = Aggregate.objects.filter(
        version__indicator__code__in=[code for code, _ in SHOWN],
        scope__in=(Aggregate.Scope.ORGANIZATION, Aggregate.Scope.MUNICIPALITY),
        scope_key__in=("", *(str(pk) for pk in organizations)),
        period__starts_on__lte=procedure.period.ends_on,
        value__isnull=False,
    ).select_related("version__indicator", "period")
    newest: dict[str, dict[str, Aggregate]] = {}
    for figure in figures.order_by("period__starts_on"):
        newest.setdefault(figure.scope_key, {})[figure.version.indicator.code] = figure
    whole = newest.pop("", {})
    return {int(key): _block(own, whole) for key, own in newest.items()}


def _block(figures: dict[str, Aggregate], whole: dict[str, Aggregate]) -> Block:
    facts, years = [], set()
    for code, label in SHOWN:
        own = figures.get(code)
        if own is None:
            continue
        years.add(str(own.period))
        is_share = display.is_share(own.version)
        note = f"по муниципалитету {display.written_figure(whole[code])}" if code in whole and is_share else ""
        facts.append(Fact(label, display.written_figure(own), note))
    return Block("Школа и кадры", facts, note=f"По самообследованию: {', '.join(sorted(years))}.")
