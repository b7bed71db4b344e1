"""State exams of two seasons: ОГЭ of grade 9 and ЕГЭ of grade 11 as additive parts, one kept file a season.

Only sums: protocols name people, so the demonstration has none; totals follow the strength of each school.
"""

from datetime import date
from io import BytesIO

import numpy as np

from apps.core import files
from apps.core.models import PrivateFile
from apps.desk.demo import catalog, dating, pupils
from apps.desk.demo.chance import generator
from apps.desk.demo.responses import SCHOOL_WEIGHT, marks_of
from apps.desk.demo.world import World
from apps.procedures import identify, matrices
from apps.procedures.matrices import Participants
from apps.procedures.models import Batch, ParticipatingSchool, Procedure, ResultAggregate, ResultFile, SourceState
from apps.procedures.readers.neutral import Identity

SEASONS = (1, 2)  # of the demonstration's years
SUBJECTS = ("Русский язык", "Математика")
ASSUMED = "принято для демонстрации"
# (maximum, lowest primary scores of «3», «4», «5», mean and spread of the invented totals)
OGE = {"Русский язык": (33, (15, 23, 29), 23.5, 5.2), "Математика": (31, (8, 15, 22), 15.2, 4.6)}
# (maximum, lowest test score that passes, mean and spread of the invented test scores)
EGE = {"Русский язык": (50, 24, 63.0, 13.0), "Математика": (32, 27, 56.0, 15.0)}


def load(world: World) -> None:
    batch = Batch.objects.create(created_by=world.people["specialist"])
    schools = {kind: _schools(world, kind) for kind in ("oge", "ege")}
    for year in SEASONS:
        season = world.timeline.school_years[year].ends_on.year
        held_on = min(date(season, 6, 2), world.timeline.today)
        for kind in ("oge", "ege"):
            file = _file(batch, kind, season)
            for subject in SUBJECTS:
                procedure = _procedure(kind, subject, season, held_on)
                file.procedures.add(procedure)
                _store(world, procedure, file, schools[kind], year)
    Batch.objects.filter(pk=batch.pk).update(created_at=dating.at(held_on, 15))


def _schools(world: World, kind: str) -> dict[str, ParticipatingSchool]:
    system = ParticipatingSchool.System.RIS_GIA9 if kind == "oge" else ParticipatingSchool.System.RIS_GIA11
    taking = [one for one in catalog.SCHOOLS if kind == "oge" or catalog.SECONDARY in one.programmes]
    made = ParticipatingSchool.objects.bulk_create(
        ParticipatingSchool(
            system=system, digits=f"{9900 + one.index}", name=one.name, organization=world.organizations[one.code]
        )
        for one in taking
    )
    return {one.code: school for one, school in zip(taking, made, strict=True)}


def _file(batch: Batch, kind: str, season: int) -> ResultFile:
    name = f"{kind}_{season}_sums.csv"
    kept: PrivateFile = files.store(
        stream=BytesIO(b"sums of the demonstration\n"), name=name, content_type=files.CSV, by=batch.created_by
    )
    return ResultFile.objects.create(
        batch=batch, file=kept, name=name, sha256=kept.sha256, family="ris", state=ResultFile.State.DONE,
        names_removed=True,
    )  # fmt: skip


def _procedure(kind: str, subject: str, season: int, held_on: date) -> Procedure:
    procedure = identify.find_or_make(Identity(kind, season, subject, 9 if kind == "oge" else 11, held_on))
    procedure.held_on = held_on
    if kind == "oge":
        procedure.max_score, bounds, *_ = OGE[subject]
        procedure.bounds = list(bounds)
    else:
        procedure.max_score, procedure.pass_score, *_ = EGE[subject]
    procedure.scale_state, procedure.scale_source = SourceState.UNCONFIRMED, ASSUMED
    procedure.save()
    return procedure


def _store(
    world: World, procedure: Procedure, file: ResultFile, schools: dict[str, ParticipatingSchool], year: int
) -> None:
    """Totals of all schools at once, and one aggregate a school."""
    present = [
        one for one in catalog.SCHOOLS
        if one.code in schools and pupils.by_grade(one, year, world.seed).get(procedure.grade)
    ]  # fmt: skip
    sizes = [pupils.by_grade(one, year, world.seed)[procedure.grade] for one in present]
    lots = generator(world.seed, "exam", procedure.kind, procedure.subject.name, year)
    strength = np.repeat([SCHOOL_WEIGHT * one.strength for one in present], sizes)
    ability = (strength + lots.normal(size=sum(sizes))) / (1 + SCHOOL_WEIGHT**2) ** 0.5
    people = _people(procedure, ability)
    group = np.repeat(np.arange(len(present)), sizes)
    parts = matrices.parts(people, group, len(present), maxima=[], maximum=procedure.max_score)
    names = [name for name in type(parts).__dataclass_fields__ if name != "item_details"]
    ResultAggregate.objects.bulk_create(
        ResultAggregate(
            procedure=procedure, school=schools[one.code], file=file, digest=f"{place:064d}",
            **{name: getattr(parts, name)[place].tolist() for name in names},
        )
        for place, one in enumerate(present)
    )  # fmt: skip


def _people(procedure: Procedure, ability: np.ndarray) -> Participants:
    size, none = len(ability), np.zeros(len(ability), np.uint8)
    maximum = procedure.max_score or 0
    tests: np.ndarray | None = None
    marks = none
    if procedure.kind == "oge":
        _, bounds, mean, spread = OGE[procedure.subject.name]
        totals = np.clip(np.round(mean + spread * ability), 0, maximum).astype(np.int16)
        marks = marks_of(totals, bounds).astype(np.uint8)
    else:
        _, _, mean, spread = EGE[procedure.subject.name]
        tests = np.clip(np.round(mean + spread * ability), 0, 100).astype(np.int16)
        totals = np.round(tests * maximum / 100).astype(np.int16)
    return Participants(np.zeros((size, 0), np.uint8), totals, marks, none, np.arange(size), none, tests)
