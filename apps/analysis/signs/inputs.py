"""What the signs read, for all schools of a year at once, and which source each figure comes from.

The analysis of objectivity and the social index are work of their own subjects; here stand only the two questions
asked of them (`objectivity`, `social_indices`), each answered by «None: there is no run».
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.analysis.objectivity.models import Evidence, ObjectivityRun
from apps.analysis.objectivity.signs import OWN_SIGNS
from apps.analysis.signs import reported
from apps.analysis.signs.judging import Marker, MeanCase, Series, ShareCase, SocialIndex, WorkYears
from apps.analysis.signs.reported import BELOW, MEANS, WITHOUT_CERTIFICATE, Figures
from apps.analysis.signs.results import EXAMS, PROTOCOL, Key, Kind, Lot, Lots, exam_means, is_of, read_results
from apps.analysis.signs.share import Counts
from apps.analysis.signs.turnout import Contests, read_contests
from apps.core import periods
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.procedures.models import Procedure

NO_MINIMUM = "минимальный балл экзамена не указан в процедуре"


@dataclass
class Inputs:
    """Everything for a year, by organisation."""

    year: PeriodSpan
    works: Lots
    figures: dict[int, Figures]  # of self-examination by years back
    contests: Contests
    means_of_exams: Mapping[Key, Decimal]
    markers: Mapping[int, list[Marker]] | None = None
    indices: Mapping[int, SocialIndex] | None = None

    # --- shares below the minimum

    def shares(self, organization: int) -> list[ShareCase]:
        """Every work and exam of the year."""
        works = [
            ShareCase(lot.procedure.title, lot.low, url=_url(lot.procedure))
            for lot in self._lots(organization, 0, {Kind.VPR})
            if lot.low
        ]
        return works + self.exam_shares(organization)

    def exam_shares(self, organization: int) -> list[ShareCase]:
        """ГИА: from protocols of the school where they were loaded, else from its self-examination."""
        found = []
        for lot in self._lots(organization, 0, set(EXAMS)):
            if lot.low:
                found.append(ShareCase(lot.procedure.title, lot.low, PROTOCOL, _url(lot.procedure)))
            elif lot.mean:
                found.append(ShareCase(lot.procedure.title, Counts(0, 0), NO_MINIMUM, _url(lot.procedure)))
        for code, title, grade, subject in BELOW:
            figure = reported.of_organization(self.figures[0], code, organization)
            if figure and not self._has_protocol(organization, 0, grade, subject):
                found.append(ShareCase(f"ГИА: {title}", reported.counts_of(figure), reported.source(figure)))
        return found

    def certificates(self, organization: int) -> list[ShareCase]:
        found = []
        for code, title in WITHOUT_CERTIFICATE:
            if figure := reported.of_organization(self.figures[0], code, organization):
                found.append(ShareCase(title, reported.counts_of(figure), reported.source(figure)))
        return found

    def means(self, organization: int) -> list[MeanCase]:
        """Mean scores of ГИА beside the municipality's: of protocols, else of self-examination."""
        found = []
        for lot in self._lots(organization, 0, set(EXAMS)):
            key = (lot.procedure.kind, lot.procedure.subject_id, lot.procedure.grade)
            if (mean := lot.mean) and (whole := self.means_of_exams.get(key)):
                (total, n), counted = mean, lot.figures.mean
                decimals = 1 if lot.figures.has_tests else 2
                bounds = (counted.low, counted.high) if counted.low is not None and counted.high is not None else None
                title = f"Средний балл, {lot.procedure.title}"
                found.append(MeanCase(title, total / n, whole, n, decimals, PROTOCOL, bounds))
        for code, title, grade, subject, decimals in MEANS:
            pair = reported.mean_of(self.figures[0], code, organization)
            if pair is None or self._has_protocol(organization, 0, grade, subject):
                continue
            own, whole = pair
            assert own.value is not None
            n = int(own.denominator or 0)
            found.append(MeanCase(title, own.value, whole, n, decimals, reported.source(own)))
        return found

    # --- years

    def _lots(self, organization: int, back: int, kinds: Iterable[str]) -> list[Lot]:
        wanted = set(kinds)
        lots = self.works.get(organization, {}).get(back, {})
        found = [lot for key, lot in lots.items() if key[0] in wanted]
        return sorted(found, key=lambda lot: (lot.procedure.grade, lot.procedure.title))

    def _has_protocol(self, organization: int, back: int, grade: int, subject: str) -> bool:
        lots = self._lots(organization, back, set(EXAMS))
        return any(
            lot.procedure.grade == grade and lot.low and is_of(lot.procedure.subject.name, [subject]) for lot in lots
        )

    def series(self, organization: int) -> list[Series]:
        """Quality over three years of the works that were written in each of them, ВПР and ОГЭ apart."""
        years = self.works.get(organization, {})
        found = []
        for kind in (Kind.VPR, Kind.OGE):
            each = [
                {key for key, lot in years.get(back, {}).items() if key[0] == kind and lot.good.marked}
                for back in (2, 1, 0)
            ]
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
        wanted, levels = list(subjects), set(grades)
        years = self.works.get(organization, {})
        titles: dict[Key, Procedure] = {}
        for back in (2, 1, 0):
            for key, lot in years.get(back, {}).items():
                is_wanted = key[0] in EXAMS or key[0] == Kind.VPR and key[2] in levels
                if is_wanted and lot.low and is_of(lot.procedure.subject.name, wanted):
                    titles[key] = lot.procedure
        found = []
        for key in sorted(titles, key=lambda key: (key[2], titles[key].title)):
            lots = [years.get(back, {}).get(key) for back in (0, 1, 2)]
            now, before, first = (lot.low if lot else None for lot in lots)
            work = titles[key]
            title = f"{work.get_kind_display()}, {work.subject}, {key[2]} класс"
            source = PROTOCOL if key[0] in EXAMS else ""
            found.append(WorkYears(title, (now, before, first), _url(work), source))
        return found + self._reported_exams(organization, wanted)

    def _reported_exams(self, organization: int, subjects: Iterable[str]) -> list[WorkYears]:
        """Exams whose protocols were loaded for none of the three years, from self-examination."""
        found = []
        for code, title, grade, subject in BELOW:
            has_protocol = any(self._has_protocol(organization, back, grade, subject) for back in (0, 1, 2))
            if not is_of(subject, subjects) or has_protocol:
                continue
            lots = [reported.of_organization(self.figures[back], code, organization) for back in (0, 1, 2)]
            now, before, first = (reported.counts_of(lot) if lot else None for lot in lots)
            if now or before or first:
                sources = ", ".join(lot.period.code for lot in lots if lot)
                found.append(WorkYears(f"ГИА: {title}", (now, before, first), source=f"самообследование за {sources}"))
        return found


def _url(procedure: Procedure) -> str:
    return f"procedure:{procedure.pk}"


def read(period: Period) -> Inputs:
    """All inputs of a school year; a fixed number of statements."""
    year = period.span
    works, figures = read_results(year), reported.read_figures(year)
    return Inputs(
        year=year,
        works=works,
        figures=figures,
        contests=read_contests(period, figures[0]),
        means_of_exams=exam_means(works),
        markers=objectivity(period),
        indices=social_indices(period),
    )


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
        url = _url(row.procedure)
        found[row.organization_id].append(Marker(title, row.words, row.marked, row.n, url))
    return found


def social_indices(period: Period) -> Mapping[int, SocialIndex] | None:
    """The index of social conditions by organisation; None where it was not counted."""
    from apps.analysis.context.for_signs import indices

    found = indices(period)
    if found is None:
        return None
    return {pk: SocialIndex(one.index, one.pupils, one.parts, one.url) for pk, one in found.items()}
