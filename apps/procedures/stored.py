"""Stored additive parts of schools as pages read them: plain columns of one statement, no model, no matrix."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.organizations.models import Group, Organization
from apps.procedures.models import Procedure, ResultAggregate
from apps.procedures.statistics import Parts
from apps.procedures.statistics.parts import STORED, total

LONGEST_NAME = 40  # letters that a column or the label of a chart holds
LEAST_SCHOOLS = 3  # a school sees sums of at least so many organisations: from fewer it could work out another's


# Enough for marks, totals and the journal: without histograms and items a row is ten times lighter.
SLIM = (
    "participants", "absent", "marks", "score_sum", "score_squares", "journal_lower", "journal_equal",
    "journal_higher", "journal_gap", "test_sum", "test_count", "test_histogram",
)  # fmt: skip
SPREAD = (*SLIM, "histogram")  # with medians too
# Enough for completion and discrimination of items.
ITEMS = ("participants", "marks", "item_counts", "item_sums", "item_details")


@dataclass(frozen=True)
class SchoolParts:
    """Parts of a school of the files; of ours when it stands for an organisation."""

    procedure: int
    organization: int | None
    parts: Parts


def schools_of(
    procedures: Iterable[Procedure | int], *, columns: Sequence[str] = STORED, **only: Any
) -> list[SchoolParts]:
    """Schools of one or more procedures; `only` narrows the rows of the table, `columns` leaves out what is not
    needed (`SLIM`, `ITEMS`): the rest of the parts is empty then."""
    keys = [one if isinstance(one, int) else one.pk for one in procedures]
    rows = (
        ResultAggregate.objects.filter(procedure__in=keys, **only)
        .order_by("procedure", "school")
        .values_list("procedure_id", "school__organization_id", *columns)
    )
    return [
        SchoolParts(procedure, organization, Parts.of_values(values, columns))
        for procedure, organization, *values in rows
    ]


def alike(organization: Organization) -> list[tuple[Group, set[int]]]:
    """Groups that an organisation is in, clusters first, with their members; at most two."""
    kinds = [Group.Kind.CLUSTER, Group.Kind.RULE, Group.Kind.HAND]
    groups = sorted(organization.groups.all(), key=lambda group: (kinds.index(Group.Kind(group.kind)), group.name))[:2]
    members: dict[int, set[int]] = {}
    through = Group.organizations.through.objects.filter(group__in=groups)
    for group, member in through.values_list("group_id", "organization_id"):
        members.setdefault(group, set()).add(member)
    return [(group, members.get(group.pk, set())) for group in groups]


def group_name(organization: Organization) -> str:
    """How a school's own column and line are called: by its name, unless that would not fit; the page is titled so."""
    return str(organization) if len(str(organization)) <= LONGEST_NAME else "Эта школа"


def summed(rows: Iterable[SchoolParts]) -> Parts:
    return total(row.parts for row in rows)


def ours(rows: Iterable[SchoolParts]) -> list[SchoolParts]:
    """Schools that stand for organisations of the register; others of the files are benchmarks."""
    return [row for row in rows if row.organization]


def shows_sum(rows: Iterable[SchoolParts], reader: Any) -> bool:
    """Whether a reader may see the sum of these schools: a school only of three organisations and more."""
    if not reader.is_school:
        return True
    return len({row.organization for row in rows if row.organization and row.parts.participants}) >= LEAST_SCHOOLS
