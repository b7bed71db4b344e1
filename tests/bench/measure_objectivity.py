"""O1 to O4: what the objectivity tests promise, what they find, how long they take."""

import json
import sys
from dataclasses import asdict

from apps.analysis.objectivity import running, services
from apps.analysis.objectivity.models import Evidence, ObjectivityRun
from apps.core.models import Period
from apps.organizations.models import Kind, Organization
from tests.bench.registry import measure, seconds
from tests.factories import simulated_results as results
from tests.factories import simulated_schools as simulated
from tests.factories import varied_schools as varied

REGIONS, SCHOOLS, PLANTED = 100, 250, 4


def _said(name: str, shares: simulated.Shares) -> None:
    """All shares of a measure, for the page of methods; the measure itself is one of them."""
    sys.stderr.write(f"{name} {json.dumps(asdict(shares), ensure_ascii=False)}\n")


@measure(
    "O1",
    goal=0.05,
    how=(
        f"share of simulated regions of {SCHOOLS} honest schools in which at least one school is marked after the "
        f"correction (q = 0.05, four own tests); {REGIONS} regions; all shares by test on stderr"
    ),
)
def false_alarms() -> float:
    shares = simulated.measured(regions=REGIONS, schools=SCHOOLS, mean_size=40, each=0, seed=10_000)
    _said("O1", shares)
    return shares.runs_with_false


@measure(
    "O1b",
    goal=0.05,
    how=(
        f"mean share of false marks among all marks in {REGIONS} simulated regions of {SCHOOLS} schools, "
        f"{3 * PLANTED} of them planted; all shares on stderr"
    ),
)
def false_among_marked() -> float:
    shares = simulated.measured(regions=REGIONS, schools=SCHOOLS, mean_size=40, each=PLANTED, seed=20_000)
    _said("O1b", shares)
    return shares.false_of_marked


@measure(
    "O2",
    goal=0.7,
    at_least=True,
    how=(
        f"share of planted schools that are marked: the least of three kinds (totals lifted to bounds, hard items "
        f"filled in, rows copied); {REGIONS} simulated regions of {SCHOOLS} schools, one work each"
    ),
)
def found_inflation() -> float:
    shares = simulated.measured(regions=REGIONS, schools=SCHOOLS, mean_size=40, each=PLANTED, seed=30_000)
    _said("O2", shares)
    return min(shares.found.values())


VARIED = (
    f"as O1, but schools differ in longer-tailed ways than the tests assume (small schools, classes, lyceums, "
    f"correctional schools, topics not taught, easy works, markers of different leniency); "
    f"{6 * REGIONS} regions, none of which a test was fitted on"
)


@measure("O4", goal=0.05, how=VARIED)
def false_alarms_among_varied() -> float:
    shares = simulated.measured(
        regions=6 * REGIONS, schools=SCHOOLS, mean_size=45, each=0, seed=300_000, make=varied.planted
    )
    _said("O4", shares)
    return shares.runs_with_false


@measure("O4b", goal=0.05, how=f"as O1b, among the schools of O4; {REGIONS} regions")
def false_among_marked_of_varied() -> float:
    shares = simulated.measured(
        regions=REGIONS, schools=SCHOOLS, mean_size=45, each=PLANTED, seed=160_000, make=varied.planted
    )
    _said("O4b", shares)
    return shares.false_of_marked


@measure("O4c", goal=0.5, at_least=True, how=f"as O2, among the schools of O4; {REGIONS} regions")
def found_inflation_among_varied() -> float:
    shares = simulated.measured(
        regions=REGIONS, schools=SCHOOLS, mean_size=45, each=PLANTED, seed=160_000, make=varied.planted
    )
    return min(shares.found.values())


@measure(
    "O4d",
    goal=0.05,
    how="as O4 in 300 municipalities of 14 schools with nobody else in the files; what is found there on stderr",
)
def false_alarms_in_small_municipalities() -> float:
    shares = simulated.measured(regions=300, schools=14, mean_size=60, each=0, seed=70_000, make=varied.planted)
    _said("O4d", shares)
    found = simulated.measured(regions=100, schools=14, mean_size=60, each=1, seed=80_000, make=varied.planted)
    _said("O4d, found", found)
    return shares.runs_with_false


def _fill(works: int) -> Period:
    """250 organisations with `works` works of about 40 pupils each, as an import stores them."""
    period = Period.objects.named("2025/26")
    Organization.objects.bulk_create(
        Organization(code=f"b-{n:03d}", kind=Kind.SCHOOL, number=n, name=f"Школа № {n}", name_key=f"{n:03d}")
        for n in range(SCHOOLS)
    )
    owners = list(Organization.objects.filter(kind=Kind.SCHOOL).order_by("number"))
    schools, file = results.participating(owners), results.result_file()
    for number in range(works):
        work = simulated.honest(40_000 + number, SCHOOLS)
        made = results.procedure(work, grade=4 + number % 5, period=period, session=str(number))
        results.store(work, made, schools, file)
    return period


@measure(
    "O3",
    goal=5,
    how="seconds of a run over 250 schools × 30 works of about 40 pupils × 20 items: matrices fetched from PostgreSQL, "
    "all tests, the correction, the evidence stored; the least of 3 (absolute: depends on the machine)",
)
def a_whole_run() -> float:
    period = _fill(works=30)
    rule = services.current_rule()

    def count() -> None:
        running.perform(ObjectivityRun.objects.create(period=period, rule=rule))

    taken = min(seconds(count) for _ in range(3))
    assert Evidence.objects.count() > 3 * 30 * SCHOOLS * 2
    return taken
