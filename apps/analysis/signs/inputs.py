"""What the signs read, for all schools of a year at once: results of works, indicators, and two borders.

The analysis of objectivity and the social index are work of their own subjects; here stand only the two questions
asked of them (`objectivity`, `social_indices`), each answered by «None: there is no run».
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apps.analysis.objectivity.models import Evidence, ObjectivityRun
from apps.analysis.objectivity.signs import OWN_SIGNS
from apps.analysis.signs.judging import Marker, MeanCase, Participation, Series, ShareCase, SocialIndex, WorkYears
from apps.analysis.signs.share import Counts
from apps.core import periods
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.indicators.models import Aggregate
from apps.organizations.models import Group
from apps.procedures.models import Procedure, ResultAggregate

Kind = Procedure.Kind
MARKED_KINDS = (Kind.VPR, Kind.OGE, Kind.GVE)  # works with marks from «2» to «5»
EXAMS = (Kind.OGE, Kind.EGE, Kind.GVE)
LEAST_MEMBERS = 5  # of a group of schools that one of them is compared with

# Indicators of self-examination (order № 1324): what they are of, and which exam has them in its protocols.
BELOW = (
    ("so_oo.1.10%", "Русский язык, 9 класс", 9, "Русский язык"),
    ("so_oo.1.11%", "Математика, 9 класс", 9, "Математика"),
    ("so_oo.1.12%", "Русский язык, 11 класс", 11, "Русский язык"),
    ("so_oo.1.13%", "Математика, 11 класс", 11, "Математика"),
)
WITHOUT_CERTIFICATE = (
    ("so_oo.1.14%", "Не получили аттестат, 9 класс"),
    ("so_oo.1.15%", "Не получили аттестат, 11 класс"),
)
MEANS = (
    ("so_oo.1.6", "Средний балл по русскому языку, 9 класс", 2),
    ("so_oo.1.7", "Средний балл по математике, 9 класс", 2),
    ("so_oo.1.8", "Средний балл по русскому языку, 11 класс", 1),
    ("so_oo.1.9", "Средний балл по математике, 11 класс", 1),
)
CONTESTS = "so_oo.1.18%"

Key = tuple[str, int, int]  # kind, subject, grade


@dataclass
class Lot:
    """Marks of one organisation in one work of one year; merged schools bring several."""

    procedure: Procedure
    marks: list[int]

    @property
    def marked(self) -> int:
        return sum(self.marks)

    @property
    def low(self) -> Counts:
        return Counts(self.marks[0], self.marked)

    @property
    def good(self) -> Counts:
        return Counts(self.marks[2] + self.marks[3], self.marked)


@dataclass
class Inputs:
    """Everything for a year, by organisation."""

    year: PeriodSpan
    works: dict[int, dict[int, dict[Key, Lot]]]  # organisation → years back → work
    figures: dict[tuple[str, str, str], Aggregate]  # indicator, scope, key
    earlier: dict[int, dict[tuple[str, str, str], Aggregate]]  # the same one and two years back
    clusters: dict[int, tuple[Group, Aggregate | None]]
    markers: Mapping[int, list[Marker]] | None = None
    indices: Mapping[int, SocialIndex] | None = None
    exam_subjects: set[tuple[int, str]] = field(default_factory=set)  # grade and subject with protocols

    # --- shares below the minimum

    def shares(self, organization: int) -> list[ShareCase]:
        """Every work and exam of the year: from results, and from self-examination where no protocol was loaded."""
        found = [
            ShareCase(lot.procedure.title, lot.low, url=_url(lot.procedure, organization))
            for lot in self._lots(organization, 0, MARKED_KINDS)
        ]
        return found + self.exam_shares(organization, protocols=False)

    def exam_shares(self, organization: int, *, protocols: bool = True) -> list[ShareCase]:
        """ГИА only; an exam whose protocols are there is not taken from self-examination again."""
        found = []
        if protocols:
            found = [
                ShareCase(lot.procedure.title, lot.low, url=_url(lot.procedure, organization))
                for lot in self._lots(organization, 0, EXAMS)
            ]
        for code, title, grade, subject in BELOW:
            figure = self._of(code, organization)
            if figure and (grade, subject) not in self.exam_subjects:
                found.append(ShareCase(f"ГИА: {title}", _counts(figure), f"самообследование за {figure.period.code}"))
        return found

    def certificates(self, organization: int) -> list[ShareCase]:
        found = []
        for code, title in WITHOUT_CERTIFICATE:
            if figure := self._of(code, organization):
                found.append(ShareCase(title, _counts(figure), f"самообследование за {figure.period.code}"))
        return found

    def means(self, organization: int) -> list[MeanCase]:
        """Mean scores of ГИА from self-examination beside the municipality's."""
        found = []
        for code, title, decimals in MEANS:
            own, whole = self._of(code, organization), self.figures.get((code, "municipality", ""))
            if not own or not whole or own.value is None or not whole.value or own.denominator is None:
                continue
            source = f"самообследование за {own.period.code}"
            found.append(MeanCase(title, own.value, whole.value, int(own.denominator), decimals, source))
        return found

    def _of(self, code: str, organization: int) -> Aggregate | None:
        found = self.figures.get((code, "organization", str(organization)))
        return found if found and found.value is not None else None

    # --- years

    def _lots(self, organization: int, back: int, kinds: Iterable[str]) -> list[Lot]:
        wanted = set(kinds)
        lots = self.works.get(organization, {}).get(back, {})
        found = [lot for key, lot in lots.items() if key[0] in wanted and lot.marked > 0]
        return sorted(found, key=lambda lot: (lot.procedure.grade, lot.procedure.title))

    def series(self, organization: int) -> list[Series]:
        """Quality over three years of the works that were written in each of them, ВПР and ОГЭ apart."""
        years = self.works.get(organization, {})
        found = []
        for kind in (Kind.VPR, Kind.OGE):
            each = [{key for key in years.get(back, {}) if key[0] == kind} for back in (2, 1, 0)]
            same = set.intersection(*each)
            if not any(each):
                continue
            points = []
            for back in (2, 1, 0):
                lots = [years[back][key] for key in same] if same else []
                good = sum((lot.good for lot in lots), Counts(0, 0))
                points.append((periods.previous(self.year, back).code, good.low, good.marked))
            found.append(Series(f"{kind.label}, качество по одним и тем же работам ({len(same)})", tuple(points)))
        return found

    def three_years(self, organization: int, subjects: Iterable[str], grades: Iterable[int]) -> list[WorkYears]:
        """Works of the profile of low results: chosen subjects, chosen grades of ВПР, every exam."""
        wanted = {subject.casefold() for subject in subjects}
        levels, years = set(grades), self.works.get(organization, {})
        titles: dict[Key, Procedure] = {}
        for back in (2, 1, 0):
            for key, lot in years.get(back, {}).items():
                is_wanted = key[0] in EXAMS or key[0] == Kind.VPR and key[2] in levels
                if is_wanted and lot.procedure.subject.name.casefold() in wanted and lot.marked:
                    titles[key] = lot.procedure
        found = []
        for key in sorted(titles, key=lambda key: (key[2], titles[key].title)):
            lots = [years.get(back, {}).get(key) for back in (0, 1, 2)]
            now, before, first = (lot.low if lot else None for lot in lots)
            title = f"{titles[key].get_kind_display()}, {titles[key].subject}, {key[2]} класс"
            found.append(WorkYears(title, (now, before, first), _url(titles[key], organization)))
        return found + self._reported_exams(organization, wanted)

    def _reported_exams(self, organization: int, subjects: set[str]) -> list[WorkYears]:
        """Exams without protocols, from self-examination of three years."""
        found = []
        for code, title, grade, subject in BELOW:
            if subject.casefold() not in subjects or (grade, subject) in self.exam_subjects:
                continue
            lots = [years.get((code, "organization", str(organization))) for years in (self.figures, *self._before)]
            now, before, first = (_counts(lot) if lot and lot.value is not None else None for lot in lots)
            if now or before or first:
                found.append(WorkYears(f"ГИА: {title} (самообследование)", (now, before, first)))
        return found

    @property
    def _before(self) -> list[dict[tuple[str, str, str], Aggregate]]:
        return [self.earlier.get(1, {}), self.earlier.get(2, {})]

    # --- contests

    def participation(self, organization: int) -> tuple[Participation | None, str]:
        """The share of participants beside the school's cluster, or why there is none."""
        own = self._of(CONTESTS, organization)
        if own is None or own.denominator is None:
            return None, "нет данных об участии в конкурсах"
        group, figure = self.clusters.get(organization, (None, None))
        if group is None:
            return None, "школа не отнесена к группе похожих школ"
        if figure is None or figure.numerator is None or not figure.denominator or figure.reported < LEAST_MEMBERS:
            return None, f"в группе похожих школ меньше {LEAST_MEMBERS} школ с данными"
        return Participation(_counts(own), _counts(figure), group.name, figure.reported), ""


def _counts(figure: Aggregate) -> Counts:
    low, whole = int(figure.numerator or 0), int(figure.denominator or 0)
    return Counts(min(low, whole), whole)  # a pupil of several contests may be counted twice


def _url(procedure: Procedure, organization: int) -> str:
    return f"procedure:{procedure.pk}"


def read(period: Period) -> Inputs:
    """All inputs of a school year; a fixed number of statements."""
    year = period.span
    works, figures = _works(year), _figures(year)
    return Inputs(
        year=year,
        works=works,
        figures=figures[0],
        earlier=figures,
        clusters=_clusters(year),
        markers=objectivity(period),
        indices=social_indices(period),
        exam_subjects={
            (lot.procedure.grade, lot.procedure.subject.name)
            for years in works.values()
            for key, lot in years.get(0, {}).items()
            if key[0] in EXAMS and lot.marked
        },
    )


def _works(year: PeriodSpan) -> dict[int, dict[int, dict[Key, Lot]]]:
    back_of = {periods.previous(year, back).code if back else year.code: back for back in (0, 1, 2)}
    rows = (
        ResultAggregate.objects.ours()  # type: ignore[attr-defined]
        .filter(procedure__period__code__in=back_of, procedure__kind__in={*MARKED_KINDS, *EXAMS})
        .select_related("procedure__subject", "procedure__period", "school")
        .only("marks", "procedure", "school__organization")
    )
    found: dict[int, dict[int, dict[Key, Lot]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        procedure = row.procedure
        key = (procedure.kind, procedure.subject_id, procedure.grade)
        lots = found[row.school.organization_id][back_of[procedure.period.code]]
        if key in lots:
            lots[key].marks = [a + b for a, b in zip(lots[key].marks, row.marks, strict=True)]
        else:
            lots[key] = Lot(procedure, list(row.marks))
    return found


def _figures(year: PeriodSpan) -> dict[int, dict[tuple[str, str, str], Aggregate]]:
    """Indicators of the year of self-examination that belongs to the school year (0), and of two before (1, 2)."""
    codes = [row[0] for row in (*BELOW, *WITHOUT_CERTIFICATE, *MEANS)] + [CONTESTS]
    last = periods.self_examination_year(year)
    ages = {periods.previous(last, back).code if back else last.code: back for back in (0, 1, 2)}
    rows = Aggregate.objects.filter(
        period__code__in=ages, version__indicator__code__in=codes, scope__in=["organization", "municipality"]
    ).select_related("version__indicator", "period")
    found: dict[int, dict[tuple[str, str, str], Aggregate]] = {0: {}, 1: {}, 2: {}}
    for row in rows:
        found[ages[row.period.code]][row.version.indicator.code, row.scope, row.scope_key] = row
    return found


def _clusters(year: PeriodSpan) -> dict[int, tuple[Group, Aggregate | None]]:
    """The cluster of each organisation with its share of participants."""
    rows = Aggregate.objects.filter(
        period__code=periods.self_examination_year(year).code, version__indicator__code=CONTESTS, scope="group"
    )
    figures = {row.scope_key: row for row in rows}
    found: dict[int, tuple[Group, Aggregate | None]] = {}
    for group in Group.objects.filter(kind=Group.Kind.CLUSTER).prefetch_related("organizations").order_by("pk"):
        for organization in group.organizations.all():
            found[organization.pk] = (group, figures.get(str(group.pk)))
    return found


def objectivity(period: Period) -> Mapping[int, list[Marker]] | None:
    """Markers of the analysis of objectivity of the year by organisation; None where it was not run.

    The newest run of the whole year, and newer runs of single works in place of its rows of those works. Own tests
    only: the federal signs mark strong schools too.
    """
    runs = list(ObjectivityRun.objects.finished().filter(period=period).order_by("-started_at", "-pk"))
    newest: dict[int | None, ObjectivityRun] = {}
    for run in runs:
        if None not in newest:
            newest.setdefault(run.procedure_id, run)
    if not newest:
        return None
    replaced = {work for work in newest if work is not None}
    rows = Evidence.objects.filter(run__in=newest.values(), test__in=OWN_SIGNS).select_related("procedure")
    found: dict[int, list[Marker]] = defaultdict(list)
    for row in rows.order_by("-marked", "procedure__grade", "procedure__title", "test"):
        whole_year = newest.get(None)
        if whole_year is not None and row.run_id == whole_year.pk and row.procedure_id in replaced:
            continue
        title = f"{row.procedure.title}: {row.get_test_display()}"
        url = _url(row.procedure, row.organization_id)
        found[row.organization_id].append(Marker(title, row.words, row.marked, row.n, url))
    return found


def social_indices(period: Period) -> Mapping[int, SocialIndex] | None:
    """The index of social conditions by organisation; None where it was not counted."""
    from apps.analysis.context.for_signs import indices

    found = indices(period)
    if found is None:
        return None
    return {pk: SocialIndex(one.index, one.pupils, one.parts, one.url) for pk, one in found.items()}
