"""Scopes that a person may look at: whole municipality, kinds, localities, groups, organisations."""

from dataclasses import dataclass

from apps.accounts.models import User
from apps.indicators.models import Aggregate
from apps.organizations.models import Group, Kind, Locality, Organization

Scopes = Aggregate.Scope

KIND_NAMES: dict[str, str] = {
    Kind.SCHOOL: "школы",
    Kind.KINDERGARTEN: "детские сады",
    Kind.ADDITIONAL: "дополнительное образование",
}
_LOCALITIES = {Locality.URBAN: "городские организации", Locality.RURAL: "сельские организации"}


@dataclass(frozen=True)
class Scope:
    """A scope as addresses name it (`kind-school`, `group-strong`), as aggregates key it, and in words."""

    kind: str
    key: str
    slug: str
    name: str
    organization: Organization | None = None

    @property
    def is_organization(self) -> bool:
        return self.kind == Scopes.ORGANIZATION


MUNICIPALITY = Scope(Scopes.MUNICIPALITY, "", "municipality", "муниципалитет в целом")


def of_organization(organization: Organization) -> Scope:
    key = str(organization.pk)
    return Scope(Scopes.ORGANIZATION, key, f"organization-{organization.code}", organization.name, organization)


def of_group(group: Group) -> Scope:
    return Scope(Scopes.GROUP, str(group.pk), f"group-{group.code}", group.name)


def scopes_for(user: User) -> list[tuple[str, list[Scope]]]:
    """Scopes to choose from, grouped under headings. A school has its own, its kind's, its locality's and all."""
    kinds = [Scope(Scopes.KIND, kind, f"kind-{kind}", name) for kind, name in KIND_NAMES.items()]
    localities = [Scope(Scopes.LOCALITY, place, f"locality-{place}", name) for place, name in _LOCALITIES.items()]
    if not user.is_authority:
        own = user.organization
        if own is None:
            return [("Муниципалитет", [MUNICIPALITY])]
        kinds = [scope for scope in kinds if scope.key == own.kind]
        localities = [scope for scope in localities if scope.key == own.locality]
        clusters = [of_group(group) for group in own.groups.filter(kind=Group.Kind.CLUSTER)]
        return [
            ("Муниципалитет", [MUNICIPALITY, *kinds, *localities]),
            *([("Похожие организации", clusters)] if clusters else []),
            ("Организация", [of_organization(own)]),
        ]
    groups = [of_group(group) for group in Group.objects.exclude(kind=Group.Kind.CLUSTER)]
    clusters = [of_group(group) for group in Group.objects.filter(kind=Group.Kind.CLUSTER)]
    organizations = [of_organization(organization) for organization in Organization.objects.educational()]
    return [
        ("Муниципалитет", [MUNICIPALITY, *kinds, *localities]),
        *([("Кластеры: похожие организации", clusters)] if clusters else []),
        *([("Группы", groups)] if groups else []),
        ("Организации", organizations),
    ]


def find_scope(choices: list[tuple[str, list[Scope]]], slug: str) -> Scope | None:
    """The scope of an address among those the person may see; the municipality when none is named."""
    if not slug:
        return MUNICIPALITY
    return next((scope for _, scopes in choices for scope in scopes if scope.slug == slug), None)


def members_of(scope: Scope) -> "list[Organization]":
    """Organisations of the scope in the order of the register."""
    found = Organization.objects.educational()
    match scope.kind:
        case Scopes.KIND:
            found = found.filter(kind=scope.key)
        case Scopes.LOCALITY:
            found = found.filter(locality=scope.key)
        case Scopes.GROUP:
            found = found.filter(groups=scope.key)
        case Scopes.ORGANIZATION:
            found = found.filter(pk=scope.key)
    return list(found)
