"""What the pages of clusters read."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from apps.analysis.clusters.models import Cluster, Clustering, ClusterMember
from apps.analysis.clusters.rules import TITLES, Criterion
from apps.analysis.context.inputs import names_of, short_name, span_of
from apps.core.figures import NO_DATA, figure
from apps.core.models import Period
from apps.indicators import display
from apps.indicators.models import Aggregate, IndicatorVersion, Pack
from apps.organizations.models import Organization

STABLE, PATTERN = Decimal("0.75"), Decimal("0.6")  # Hennig 2007
UNPLACED = "Не распределены"
FEWEST_FOR_MEDIAN = 5  # below that a middle value is somebody's own


@dataclass(frozen=True)
class Board:
    """Clusterings: in force by kind, drafts and counted ones, the past."""

    in_force: list[Clustering]
    open: list[Clustering]
    past: list[Clustering]


def board(user: Any) -> Board:
    found = list(
        Clustering.objects.visible_to(user)
        .select_related("period", "created_by", "confirmed_by", "job")
        .prefetch_related("clusters")
    )
    states = Clustering.State
    return Board(
        [one for one in found if one.state == states.CONFIRMED],
        [one for one in found if one.state in {states.DRAFT, states.COUNTING}],
        [one for one in found if one.state in {states.REPLACED, states.DROPPED}],
    )


@dataclass(frozen=True)
class ClusterView:
    """A cluster with its members in the order of the register."""

    name: str
    members: list[ClusterMember]
    cluster: Cluster | None = None

    @property
    def is_small(self) -> bool:
        return self.cluster is not None and len(self.members) < FEWEST_FOR_MEDIAN

    @property
    def reasons(self) -> list[str]:
        return [_reason(one) for one in self.cluster.reasons] if self.cluster else []

    @property
    def stability_words(self) -> tuple[str, str]:
        """Words and tone by Hennig's bounds."""
        value = self.cluster.stability if self.cluster else None
        if value is None:
            return "", ""
        if value >= STABLE:
            return "устойчив", "good"
        return ("скорее устойчив", "info") if value >= PATTERN else ("неустойчив", "warn")


def _reason(one: dict[str, str]) -> str:
    if "words" in one:
        return one["words"]
    distance = Decimal(one["distance"])
    mean, everybody = Decimal(one["mean"]), Decimal(one["mean_of_all"])
    side = "выше" if distance > 0 else "ниже"
    unit = "\u00a0%" if one.get("unit") == "%" else ""
    figures = f"{figure(mean, 1)}{unit} против {figure(everybody, 1)}{unit} у всех"
    return f"{one['name']}: {side}, {figures} ({figure(abs(distance), 1)} отклонения)"


@dataclass(frozen=True)
class Page:
    """A clustering as its page shows it."""

    clustering: Clustering
    clusters: list[ClusterView]
    how: list[str]
    silhouettes: list[tuple[int, Decimal, int, bool]] = field(default_factory=list)
    lacking: list[tuple[Organization, list[str]]] = field(default_factory=list)

    @property
    def members(self) -> list[ClusterMember]:
        return [member for one in self.clusters for member in one.members]


def page_of(clustering: Clustering) -> Page:
    members = list(
        clustering.members.select_related("organization", "cluster").order_by(
            "-organization__kind", "organization__number", "organization__name_key"
        )
    )
    views = [
        ClusterView(one.name, [member for member in members if member.cluster_id == one.pk], one)
        for one in clustering.clusters.all()
    ]
    waiting = [member for member in members if member.cluster_id is None]
    if waiting:
        views.append(ClusterView(UNPLACED, waiting))
    result = clustering.result
    chosen = len([one for one in views if one.cluster])
    absent = dict(result.get("lacking", []))
    organizations = Organization.objects.filter(pk__in=absent)
    return Page(
        clustering,
        views,
        _how(clustering),
        [(n, Decimal(str(value)), least, n == chosen) for n, value, least in result.get("silhouettes", [])],
        [(one, absent[one.pk]) for one in organizations],
    )


def _how(clustering: Clustering) -> list[str]:
    """How it was made, in words."""
    parameters = clustering.parameters
    if clustering.way == Clustering.Way.RULE:
        words = [TITLES[Criterion(one)] for one in parameters.get("criteria", [])]
        bounds = ", ".join(str(one) for one in parameters.get("bounds", []))
        sized = Criterion.SIZE in parameters.get("criteria", [])
        return [*words, f"границы размера: {bounds}"] if sized else words
    if clustering.way == Clustering.Way.COMPUTED:
        names = names_of(parameters.get("indicators", []))
        methods = {"ward": "метод Уорда", "kmeans": "метод k-средних"}
        return [methods[parameters["method"]], *names.values()]
    return ["по решению специалиста"]


# --- an organisation in its cluster


@dataclass(frozen=True)
class Own:
    """The cluster in force of an organisation: name, date, members."""

    cluster: Cluster
    members: list[Organization]

    @property
    def since(self) -> Any:
        return self.cluster.clustering.confirmed_at

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in self.members]


def own_cluster(organization: Organization) -> Own | None:
    """None where no clustering of its kind is in force or it stands in no cluster."""
    member = (
        ClusterMember.objects.filter(
            organization=organization, clustering__state=Clustering.State.CONFIRMED, cluster__isnull=False
        )
        .select_related("cluster__clustering__confirmed_by", "cluster__group")
        .first()
    )
    if member is None or member.cluster is None:
        return None
    members = [one.organization for one in member.cluster.members.select_related("organization").order_by(*_ORDER)]
    return Own(member.cluster, members)


_ORDER = ("organization__number", "organization__name_key")


@dataclass(frozen=True)
class Compared:
    """An indicator of an organisation beside the mean and the median of its cluster."""

    version: IndicatorVersion
    own: Aggregate | None
    cluster: Aggregate | None
    municipality: Aggregate | None

    @property
    def name(self) -> str:
        return short_name(self.version)

    @property
    def own_text(self) -> str:
        return display.written_figure(self.own)

    @property
    def mean_text(self) -> str:
        """Of a total the mean of an organisation; of a share that of all pupils of the cluster together."""
        return _mean(self.cluster)

    @property
    def municipality_text(self) -> str:
        return _mean(self.municipality)

    @property
    def median_text(self) -> str:
        if self.cluster is None or self.cluster.reported < FEWEST_FOR_MEDIAN:
            return "мало организаций"
        return display.written(self.version, self.cluster.median)

    @property
    def reported(self) -> str:
        return f"{self.cluster.reported} из {self.cluster.expected}" if self.cluster else "нет данных"


def _mean(aggregate: Aggregate | None) -> str:
    if aggregate is None or aggregate.value is None or not display.is_total(aggregate.version):
        return display.written_figure(aggregate)
    return figure(aggregate.value / aggregate.reported, 1) if aggregate.reported else NO_DATA


def compare(organization: Organization, own: Own, codes: list[str], period: Period, user: Any) -> list[Compared]:
    """Figures of the year: own, of the cluster (mean and median), of the municipality; as far as the user may see."""
    kinds = dict(Pack.objects.values_list("code", "period_kind"))
    current = IndicatorVersion.objects.current().filter(indicator__code__in=codes).select_related("indicator")
    versions = {one.indicator.code: one for one in current}
    wanted = {code: span_of(kinds.get(one.indicator.pack, ""), period).code for code, one in versions.items()}
    group = str(own.cluster.group_id)
    keys = {("organization", str(organization.pk)), ("group", group), ("municipality", "")}
    found: dict[tuple[str, str], Aggregate] = {}
    rows = (
        Aggregate.objects.visible_to(user)
        .filter(version__indicator__code__in=codes, period__code__in=set(wanted.values()))
        .filter(scope__in=["organization", "group", "municipality"], scope_key__in=[key for _, key in keys])
        .select_related("version__indicator", "period")
    )
    for row in rows:
        code = row.version.indicator.code
        if (row.scope, row.scope_key) in keys and row.period.code == wanted.get(code):
            found[code, row.scope] = row
    return [
        Compared(
            versions[code],
            found.get((code, "organization")),
            found.get((code, "group")),
            found.get((code, "municipality")),
        )
        for code in codes
        if code in versions
    ]
