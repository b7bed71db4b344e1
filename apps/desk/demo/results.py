"""Results of ВПР of three spring seasons, stored by the room's own import from what its reader would return.

Of the season in work the Russian of grade 4 is missing: its file waits for the newcomer (`f1_file`).
"""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import numpy as np

from apps.core import files
from apps.desk.demo import catalog, dating, f1_file, pupils, responses, works
from apps.desk.demo.responses import SKIPPED, Answers
from apps.desk.demo.works import Work
from apps.desk.demo.world import World
from apps.procedures import importing
from apps.procedures.models import Batch, Item, ResultFile
from apps.procedures.readers import neutral
from apps.procedures.readers.neutral import HeadItem, Identity, Reading, Results, School

SHORT = {"Русский язык": "РУ", "Математика": "МА"}


def load(world: World) -> None:
    for year in range(3):
        season = _spring(world, year)
        batch = Batch.objects.create(created_by=world.people["specialist"])
        for subject in works.SUBJECTS:
            for grade in works.GRADES:
                work = works.work(subject, grade, season)
                if year == f1_file.YEAR_INDEX and (subject, grade) == (f1_file.SUBJECT, f1_file.GRADE):
                    continue
                _import_work(world, batch, work, year, season)
        _date(batch, _starts_on(world, season) + timedelta(days=50))


def _spring(world: World, year: int) -> int:
    """The calendar year in which the works of a school year are written."""
    return world.timeline.school_years[year].ends_on.year


def _starts_on(world: World, season: int) -> date:
    """The first day of a season: 7 April, or two months ago where April is still to come."""
    return min(date(season, 4, 7), world.timeline.today - timedelta(days=60))


def _held_on(world: World, work: Work, season: int) -> date:
    """The works of a season follow each other for about a month."""
    after = 7 * (work.grade - 4) + (2 if work.subject == "Математика" else 0)
    return _starts_on(world, season) + timedelta(days=after)


def _import_work(world: World, batch: Batch, work: Work, year: int, season: int) -> None:
    schools = [school for school in catalog.SCHOOLS if pupils.by_grade(school, year, world.seed).get(work.grade)]
    answers = [responses.answers(school, work, year, world.seed) for school in schools]
    held_on = _held_on(world, work, season)
    name = f"Ф1_{SHORT[work.subject]} {work.grade}_{season}.csv"
    kept = files.store(stream=_as_csv(work, answers), name=name, content_type=files.CSV, by=batch.created_by)
    file = ResultFile.objects.create(batch=batch, file=kept, name=name, sha256=kept.sha256)
    results = as_results(work, answers, Identity("vpr", season, work.subject, work.grade, held_on))
    importing.store_reading(file, Reading("f1", results=[results]), by=batch.created_by)
    _describe(file, work, held_on)


def _describe(file: ResultFile, work: Work, held_on: date) -> None:
    """Name the skills of the items, as the catalogue of the layout names them, and the day of the work."""
    procedure = file.procedures.get()
    procedure.held_on = held_on
    procedure.window_starts_on = held_on - timedelta(days=3)
    procedure.window_ends_on = held_on + timedelta(days=10)
    procedure.save(update_fields=["held_on", "window_starts_on", "window_ends_on"])
    items = list(procedure.items.all())
    for item in items:
        item.skill = next((known.skill for known in work.items if known.number == item.number), "")
    Item.objects.bulk_update(items, ["skill"])


def as_results(work: Work, answers: list[Answers], identity: Identity) -> Results:
    """What the reader of Ф1 returns for a file with these answers."""
    sizes = [one.size for one in answers]
    joined = {name: np.concatenate([getattr(one, name) for one in answers]) for name in _COLUMNS}
    labels = sorted({str(number) for number in joined["classes"].tolist()}, key=int)
    absent = joined["absent"]
    scores = joined["scores"].astype(np.uint8)
    scores[absent] = neutral.EMPTY
    return Results(
        family="f1",
        identity=identity,
        sheet=f"{SHORT[work.subject]} {work.grade} Индивидуальные результаты",
        items=[HeadItem(item.number, item.maximum, item.level) for item in work.items],
        schools=[_school(one) for one in answers],
        row_numbers=np.arange(10, 10 + sum(sizes), dtype=np.int32),
        school=np.repeat(np.arange(len(answers), dtype=np.int32), sizes),
        class_labels=labels,
        klass=(joined["classes"] - 1).astype(np.int32),
        codes=joined["codes"].astype(np.int64),
        variants=joined["variants"].astype(np.uint8),
        marked_absent=absent,
        scores=scores,
        totals=np.where(absent, neutral.NO_TOTAL, joined["totals"]).astype(np.int16),
        marks=joined["marks"].astype(np.uint8),
        journal=joined["journal"].astype(np.uint8),
        maximum=work.maximum,
    )


_COLUMNS = ("codes", "classes", "variants", "absent", "scores", "totals", "marks", "journal")


def _school(answers: Answers) -> School:
    login = f1_file.login(answers.portrait)
    return School("fis_oko", login[3:], login[:3], answers.portrait.name, "", f1_file.MUNICIPALITY)


def _as_csv(work: Work, answers: list[Answers]) -> BytesIO:
    """The rows as a table, kept as the original of the import."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    heads = ["ОО", "Код участника", "Класс", "Вариант", *[f"{item.number} ({item.maximum}б)" for item in work.items]]
    writer.writerow([*heads, "Первичный балл", "Отметка", "Отметка по журналу"])
    for one in answers:
        login = f1_file.login(one.portrait)
        columns = (one.codes, one.classes, one.variants, one.scores, one.totals, one.marks, one.journal, one.absent)
        for code, klass, variant, scores, total, mark, journal, absent in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            if absent:
                writer.writerow([login, code, klass, "отсутствовал", *[""] * len(scores), "", "", journal])
            else:
                points = ["X" if score == SKIPPED else score for score in scores]
                writer.writerow([login, code, klass, variant, *points, total, mark, journal])
    return BytesIO(text.getvalue().encode("utf-8-sig"))


def _date(batch: Batch, day: date) -> None:
    """The files came after the season."""
    moment = dating.at(day, 11)
    Batch.objects.filter(pk=batch.pk).update(created_at=moment)
    batch.files.update(finished_at=moment)
    for file in batch.files.all():
        dating.date_events(file, {"procedures.file_imported": moment})
