"""Context of the invented schools: social passports, the index with its weights, clusters by rules."""

from decimal import Decimal

from apps.analysis.clusters import services as clusters
from apps.analysis.clusters.models import Clustering
from apps.analysis.context import services as context
from apps.analysis.context.models import SocialIndex
from apps.core.models import Event, Period
from apps.desk.demo import catalog, dating
from apps.desk.demo.chance import Draw
from apps.desk.demo.world import World
from apps.indicators.models import Value
from apps.indicators.services import NewValue, Origin, record_values

LARGE = 500  # pupils of a large school
# Rows of the passport: usual share, what strength and village do to its log odds.
ROWS = {
    "1.2": (0.34, 0.55, -0.5),
    "1.3": (0.21, -0.2, -0.1),
    "1.4": (0.12, -0.1, 0.45),
    "1.5": (0.16, -0.45, 0.35),
    "1.6": (0.018, -0.5, 0.2),
    "1.7": (0.07, -0.15, 0.1),
    "1.8": (0.03, -0.1, -0.6),
}
WEIGHTS = (("1.2", "2", False), ("1.3", "1", True), ("1.5", "1.5", True), ("1.6", "1", True))
NOT_HANDED_IN = "school-21"  # its passport of the year in work is still to come
NAMES = {
    ("город", True): "Крупные городские школы",
    ("город", False): "Небольшие городские школы",
    ("село", False): "Сельские школы",
}


def load_clusters(world: World) -> None:
    """Schools in three clusters by place and size, confirmed last autumn."""
    specialist, head = world.people["specialist"], world.people["head"]
    period = Period.objects.named(world.timeline.school_years[1])
    made = clusters.make_by_rules(
        kind="school", period=period, criteria=["locality", "size"], bounds=[LARGE], by=specialist,
        title="Школы по местности и размеру",
    )  # fmt: skip
    names = {
        one.order: NAMES.get((one.reasons[0]["words"], "больше" in one.reasons[1]["words"]), one.name)
        for one in made.clusters.all()
    }
    closed = world.organizations[catalog.MERGED].pk
    places: dict[int, int | None] = {}
    if world.timeline.merged_on <= world.timeline.today:
        places[closed] = None  # it joins its neighbour in the summer after
    clusters.edit(clustering=made, names=names, places=places, by=specialist)
    clusters.confirm(clustering=made, basis="Решение совещания от 20.09, пункт 4", by=head)
    day = world.timeline.school_years[2].starts_on.replace(day=20)
    Clustering.objects.filter(pk=made.pk).update(
        created_at=dating.at(day, 10), confirmed_at=dating.at(day, 15), is_edited=False
    )
    moments = {"made": 10, "edited": 11, "confirmed": 15}
    dating.date_events(made, {f"analysis.clustering_{kind}": dating.at(day, hour) for kind, hour in moments.items()})


def load_passports(world: World) -> None:
    """Three years of social passports; one school has not handed in the last one."""
    specialist = world.people["specialist"]
    for year, span in enumerate(world.timeline.school_years):
        values = []
        for portrait in catalog.SCHOOLS:
            if year == 2 and portrait.code in {NOT_HANDED_IN, catalog.MERGED}:
                continue
            draw, pk = Draw(portrait, year, world.seed), world.organizations[portrait.code].pk
            values.append(NewValue(pk, "social.1.1", Decimal(portrait.size)))
            values += [
                NewValue(
                    pk,
                    f"social.{row}",
                    Decimal(draw.count(f"social.{row}", portrait.size, base, strength=strength, rural=rural)),
                )
                for row, (base, strength, rural) in ROWS.items()
            ]
        origin = Origin("analysis.SocialPassport", span.code)
        period = Period.objects.named(span)
        record_values(period=period, source=Value.Source.MANUAL, values=values, by=specialist, origin=origin)


def load_index(world: World) -> None:
    """Two versions: the first weighed everything alike."""
    specialist = world.people["specialist"]
    versions = (
        ([(row, "1", harder) for row, _, harder in WEIGHTS], "Начали с равных весов.", 2, "unconfirmed"),
        (WEIGHTS, "Образование родителей теснее других связано с условиями учёбы.", 1, "proposal"),
    )
    for weights, reason, back, state in versions:
        parts = [context.NewPart(f"social.{row}%", Decimal(weight), harder) for row, weight, harder in weights]
        act = "Состав — по литературе об ИСБШ; веса — предложение управления, приказа нет."
        made = context.make_index(new=context.NewIndex(parts, state, act, reason), by=specialist)
        moment = dating.at(world.timeline.school_years[3 - back].starts_on.replace(day=25), 12)
        SocialIndex.objects.filter(pk=made.pk).update(created_at=moment)
        Event.objects.filter(subject=made._meta.label, subject_id=str(made.pk)).update(at=moment)
