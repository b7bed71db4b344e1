"""Invented stages of the olympiad, one published list of markers and a profile of columns."""

from datetime import date
from io import BytesIO

from apps.core import files, periods
from apps.core.models import Period
from apps.desk.demo.catalog import PORTRAITS
from apps.desk.demo.world import World
from apps.organizations.models import ExternalId, Organization
from apps.procedures.models import (
    ExternalMarker,
    MappingProfile,
    MarkerList,
    Olympiad,
    OlympiadCount,
    Subject,
)

_STAGES = (("school", (10, 2), 9), ("municipal", (11, 20), 3))
_SUBJECTS = ("Математика", "Русский язык", "Биология", "Обществознание")
_MARKERS = ("4 РУ", "4 МА", "5 РУ", "5 МА")
_HEADER = ["№", "Код ОО", "Класс", "Вариант", "1", "2", "3", "4", "Сумма"]
_COLUMNS = {"1": "school_code", "2": "klass", "3": "variant", "4": "item", "5": "item", "6": "item", "7": "item"}


def load(world: World) -> None:
    """Two years of two stages, so that the page shows measures and their change."""
    if Olympiad.objects.exists():
        return
    schools = list(Organization.objects.filter(kind="school").active().order_by("number", "name_key"))
    counts = []
    for back, span in enumerate((world.timeline.school_years[2], world.timeline.school_years[1])):
        period = Period.objects.named(periods.parse_period(span.code))
        for stage, (month, day), share in _STAGES:
            for place, name in enumerate(_SUBJECTS):
                subject, _ = Subject.objects.get_or_create(name=name)
                olympiad = Olympiad.objects.create(
                    period=period, stage=stage, subject=subject,
                    held_on=date(period.starts_on.year, month, day + place),
                    sites="во всех школах" if stage == "school" else "школы № 1 и № 4",
                    observers="по одному от родительского комитета" if stage == "school" else "4, родительский комитет",
                    document=f"приказ управления от 05.09.{period.starts_on.year} № 214",
                )  # fmt: skip
                counts += _counts(olympiad, schools, share, place + back)
    OlympiadCount.objects.bulk_create(counts)
    _markers(world)
    MappingProfile.objects.create(
        title="РДР: матрица регионального центра", digest="0" * 64, kind="rdr", header=_HEADER,
        columns={
            "sheet": "РДР", "header": 1, "columns": {**_COLUMNS, "8": "total"},
            "items": {str(n): [str(n - 3), 1 + n % 2] for n in range(4, 8)},
        },
        created_by=world.people["specialist"],
    )  # fmt: skip


def _counts(olympiad: Olympiad, schools: list[Organization], share: int, turn: int) -> list[OlympiadCount]:
    """By the size of a school; a stage with fewer participants has fewer winners."""
    sizes = {portrait.code: portrait.size for portrait in PORTRAITS}
    rows = []
    for number, school in enumerate(schools):
        for grade in range(7, 11):
            chance = 4 + (number * 5 + grade * 3 + turn * 2) % 5
            took = sizes.get(school.code, 0) * chance * share // 2400
            if took:
                winners = int((number + grade + turn) % (36 // share) == 0)
                prize = min((number + turn) % 3 * took // 12, took - winners)
                rows.append(
                    OlympiadCount(
                        olympiad=olympiad, organization=school, grade=grade, participants=took, winners=winners,
                        prize_winners=prize,
                    )
                )  # fmt: skip
    return rows


def _markers(world: World) -> None:
    codes = list(ExternalId.objects.filter(system="fis_oko", organization__kind="school").order_by("value")[:6])
    year = world.timeline.school_years[1].ends_on.year
    listed = [(year, codes[1], ["4 МА"]), (year - 1, codes[1], ["4 МА", "5 РУ"]), (year, codes[4], ["5 МА"])]
    heads = "Год;Логин;4 РУ;4 МА;5 РУ;5 МА\n"
    lines = [
        f"{y};{c.prefix}{c.value};" + ";".join("1" if name in marks else "" for name in _MARKERS)
        for y, c, marks in listed
    ]
    kept = files.store(
        stream=BytesIO((heads + "\n".join(lines)).encode()), name="список маркеров (вымышленный).csv",
        content_type=files.CSV, by=world.people["specialist"],
    )  # fmt: skip
    source = MarkerList.objects.create(
        file=kept, name=kept.name, sha256=kept.sha256, source="Вымышленный список для демонстрации",
        loaded_by=world.people["specialist"],
    )  # fmt: skip
    ExternalMarker.objects.bulk_create(
        ExternalMarker(year=y, digits=c.value, prefix=c.prefix, name=str(c.organization), columns=marks, source=source)
        for y, c, marks in listed
    )
