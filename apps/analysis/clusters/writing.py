"""What all writes of clusterings share."""

from apps.accounts.models import User
from apps.analysis.clusters.models import Cluster, Clustering
from apps.core import events
from apps.core.findings import refuse

State, Way = Clustering.State, Clustering.Way


def require_department(by: User) -> None:
    if not by.is_department:
        raise refuse("not_allowed", "Кластеры ведут сотрудники управления.")


def record(clustering: Clustering, what: str, by: User | None, text: str) -> None:
    events.record(kind=f"analysis.clustering_{what}", subject=clustering, by=by, text=text)


def new_cluster(clustering: Clustering, order: int, name: str, **fields: object) -> Cluster:
    return Cluster.objects.create(clustering=clustering, order=order, name=name[:120], **fields)
