"""EV1: the evidence file of nine directions with 300 documents, made as a worker makes it."""

import sys

from apps.accounts.roles import Role
from apps.indicators.services import load_packs
from apps.reports.evidence.making import make
from apps.reports.evidence.models import EvidenceFile
from apps.roadmaps.plans.models import MeasureProof
from tests.bench.registry import measure, seconds
from tests.factories.accounts import MembershipFactory
from tests.factories.core import PeriodFactory
from tests.factories.cycle import YEAR, proof, whole_cycle
from tests.factories.organizations import AuthorityFactory, SchoolFactory

CODES = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "ОБ")
DOCUMENTS = 300


@measure("EV1", goal=20, how="seconds for DOCX, PDF and archive of nine whole directions with 300 documents of 200 KB")
def evidence() -> float:
    load_packs()
    authority = AuthorityFactory()
    by = MembershipFactory(organization=authority, role=Role.SPECIALIST).user
    head = MembershipFactory(organization=authority, role=Role.HEAD).user
    schools = [SchoolFactory(number=70 + n) for n in range(8)]
    scenes = [whole_cycle(by=by, head=head, schools=schools, code=code) for code in CODES]
    left = DOCUMENTS - len(scenes)  # each has one
    for at in range(left):
        scene = scenes[at % len(scenes)]
        kept = proof(by, f"Протокол {at}.pdf", size=200_000)
        MeasureProof.objects.create(measure=scene.measure, file=kept, created_by=by)
    row = EvidenceFile.objects.create(period=PeriodFactory(code=YEAR), created_by=by)
    taken = seconds(lambda: make(row))
    row.refresh_from_db()
    sys.stderr.write(f"EV1: {row.counts}, archive {row.archive.size if row.archive else 0} bytes\n")
    return taken
