"""A small municipality among others: twelve organisations of ours, thirteen schools that are not."""

from dataclasses import dataclass

from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.models import Procedure
from tests.factories import simulated_results as results
from tests.factories import simulated_schools as simulated
from tests.factories.organizations import SchoolFactory

OURS, SCHOOLS = 12, 25


@dataclass(frozen=True)
class Scene:
    """`lifted` is the school whose totals were raised to the bounds; `procedure` its work in Russian of grade 4."""

    procedure: Procedure
    lifted: Organization
    owners: list[Organization]
    schools: list[int]


def make(period: Period, *, own: Organization, with_others: bool = True) -> Scene:
    """`own` is the lifted school; the others are of ours and not of ours."""
    number = OURS if not with_others else SCHOOLS
    work, who = simulated.planted(seed=77, schools=number, mean_size=35, each=0)
    place = int(work.sizes[:OURS].argmax())
    work = simulated.with_lifted(work, place)
    owners = [SchoolFactory(code=f"s-{n:02d}", number=100 + n, name=f"Школа № {100 + n}") for n in range(OURS)]
    owners[place] = own
    schools = results.participating([*owners, *[None] * (number - OURS)])
    procedure = results.procedure(work, period=period)
    results.store(work, procedure, schools, results.result_file())
    return Scene(procedure, own, owners, schools)
