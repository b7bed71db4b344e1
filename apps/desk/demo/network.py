"""The register of the demonstration: the authority, schools, kindergartens, additional education, their history."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from apps.accounts.models import Membership
from apps.desk.demo import catalog
from apps.desk.demo.catalog import Portrait
from apps.desk.demo.names import Person
from apps.desk.demo.world import World
from apps.organizations.models import ExternalId, Group, Kind, Locality, Organization, OrganizationEvent, Site

AUTHORITY = "authority"
_INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def _invented_inn(serial: int) -> str:
    """A taxpayer number that belongs to nobody: region 00 does not exist; the check digit is right."""
    digits = f"00{serial:07d}"
    control = sum(weight * int(digit) for weight, digit in zip(_INN_WEIGHTS, digits, strict=True)) % 11 % 10
    return f"{digits}{control}"


def _organization(portrait: Portrait, serial: int, head: Person) -> Organization:
    return Organization(
        code=portrait.code,
        kind=portrait.kind,
        number=portrait.number,
        name=portrait.name,
        full_name=portrait.full_name,
        programmes=list(portrait.programmes),
        locality=Locality.URBAN if portrait.is_urban else Locality.RURAL,
        settlement=portrait.place,
        address=f"{portrait.place}, {portrait.street}",
        head_name=head.full,
        phone=f"8 (00000) 2-{serial // 100:02d}-{serial % 100:02d}",
        email=f"office@{portrait.code}.demo.invalid",
        website=f"https://{portrait.code}.demo.invalid",
        opened_on=date(1958 + serial * 7 % 50, 9, 1),
    )


def _authority(head: Person) -> Organization:
    return Organization(
        code=AUTHORITY,
        kind=Kind.AUTHORITY,
        name="Управление образования Заречного муниципального округа",
        full_name="Управление образования администрации Заречного муниципального округа",
        settlement=catalog.TOWN,
        address=f"{catalog.TOWN}, пл. Ратушная, д. 1",
        head_name=head.full,
        phone="8 (00000) 2-00-00",
        email="office@authority.demo.invalid",
        website="https://authority.demo.invalid",
    )


def _external_ids(organization: Organization, portrait: Portrait, serial: int) -> list[ExternalId]:
    system = ExternalId.System
    ids = [ExternalId(organization=organization, system=system.INN, value=_invented_inn(serial))]
    if portrait.kind != Kind.SCHOOL:
        return ids
    ids.append(
        ExternalId(organization=organization, system=system.FIS_OKO, prefix="edu", value=f"9901{portrait.index:02d}")
    )
    ids.append(ExternalId(organization=organization, system=system.RIS_GIA9, value=f"9910{portrait.index:02d}"))
    if catalog.SECONDARY in portrait.programmes:
        ids.append(ExternalId(organization=organization, system=system.RIS_GIA11, value=f"9911{portrait.index:02d}"))
    return ids


def _load_sites(world: World) -> None:
    sites = [
        Site(organization=organization, kind=Site.Kind.MAIN, name="Основное здание", address=organization.address)
        for organization in world.organizations.values()
    ]
    branch = Site(
        organization=world.organizations[catalog.BRANCH_OF],
        kind=Site.Kind.BRANCH,
        name="Филиал «Липовогорская начальная школа»",
        address=f"{catalog.BRANCH_PLACE}, ул. Набережная, д. 3",
    )
    building = Site(
        organization=world.organizations["school-05"],
        kind=Site.Kind.BUILDING,
        name="Корпус начальных классов",
        address=f"{catalog.TOWN}, пр-т Строителей, д. 50",
    )
    Site.objects.bulk_create([*sites, branch, building])


def load_history(world: World) -> None:
    """The dated history: one school joined another, one was renamed, the youngest was opened in living memory.

    It comes after the campaigns of past years: the merged school still answered in them.
    """
    closed, heir = world.organizations[catalog.MERGED], world.organizations[catalog.MERGED_INTO]
    on = world.timeline.merged_on
    closed.closed_on, closed.successor = on, heir
    closed.save(update_fields=["closed_on", "successor"])
    Membership.objects.filter(organization=closed).update(ended_at=timezone.make_aware(datetime.combine(on, time(18))))
    kind = OrganizationEvent.Kind
    OrganizationEvent.objects.bulk_create(
        [
            OrganizationEvent(
                organization=closed,
                kind=kind.MERGED,
                on=on,
                other=heir,
                note="Присоединена к Льнозаводской СОШ: в девяти классах учился 41 человек.",
            ),
            OrganizationEvent(
                organization=heir,
                kind=kind.MERGED,
                on=on,
                other=closed,
                note="К школе присоединена Нижнелуговская ООШ, ученики переведены с 1 сентября.",
            ),
            OrganizationEvent(
                organization=world.organizations["school-04"],
                kind=kind.RENAMED,
                on=on - timedelta(days=365 * 4),
                note="До переименования — «СОШ № 4».",
            ),
            OrganizationEvent(
                organization=world.organizations["kindergarten-12"],
                kind=kind.OPENED,
                on=date(world.timeline.today.year - 6, 9, 1),
                note="Новое здание в микрорайоне Кленовый.",
            ),
        ]
    )


def _load_groups(world: World) -> None:
    schools = {portrait.code: portrait for portrait in catalog.SCHOOLS if portrait.code != catalog.MERGED}
    members = {
        ("urban-schools", "Городские школы", "Школы города Зареченска"): [
            code for code, portrait in schools.items() if portrait.is_urban
        ],
        ("rural-schools", "Сельские школы", "Школы сёл, посёлков и деревень"): [
            code for code, portrait in schools.items() if not portrait.is_urban
        ],
        ("small-schools", "Малокомплектные школы", "Менее 100 учеников"): [
            code for code, portrait in schools.items() if portrait.size < 100
        ],
        ("advanced-schools", "Гимназия и лицей", "Углублённое изучение предметов"): ["school-02", "school-04"],
        ("rural-kindergartens", "Сельские детские сады", "Сады сёл и посёлков"): [
            portrait.code for portrait in catalog.KINDERGARTENS if not portrait.is_urban
        ],
    }
    for (code, name, description), codes in members.items():
        group = Group.objects.create(code=code, name=name, description=description)
        group.organizations.set([world.organizations[member] for member in codes])


def load(world: World) -> None:
    """Fill `world.authority`, `world.organizations` and `world.portraits`."""
    names = world.names
    world.authority = _authority(names.next())
    world.authority.save()
    world.portraits = {portrait.code: portrait for portrait in catalog.PORTRAITS}
    made = [
        _organization(portrait, serial, names.next()) for serial, portrait in enumerate(catalog.PORTRAITS, start=101)
    ]
    Organization.objects.bulk_create(made)
    world.organizations = {organization.code: organization for organization in made}
    ExternalId.objects.bulk_create(
        [
            external_id
            for serial, portrait in enumerate(catalog.PORTRAITS, start=101)
            for external_id in _external_ids(world.organizations[portrait.code], portrait, serial)
        ]
    )
    _load_sites(world)
    _load_groups(world)
