"""The page of one expectation: before it is approved, while it waits, and with its result."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from apps.core.charts import Interval, ProfileChart, Series
from apps.organizations.models import Organization
from apps.roadmaps.effect import figures, goals, planning, selectors, words
from apps.roadmaps.effect.arithmetic import estimate, intervals, least, matching
from apps.roadmaps.effect.figures import Figure
from apps.roadmaps.effect.gathering import gather, plan_of
from apps.roadmaps.effect.models import Expectation, Measurement


@dataclass(frozen=True)
class Member:
    """An organisation of a group with its figures; `why` names those it is matched with, or what it is matched to."""

    organization: Organization
    before: str
    after: str
    change: str
    why: str = ""
    is_held: bool = False


@dataclass(frozen=True)
class Group:
    """Means of a group in both years."""

    name: str
    number: int
    before: float
    after: float
    figure: Figure

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def written(self) -> tuple[str, str, str]:
        one = self.figure
        return one.written(self.before), one.written(self.after), one.changed(self.change)


@dataclass(frozen=True)
class Result:
    """A measurement as people read it."""

    measurement: Measurement
    expectation: Expectation
    figure: Figure
    names: dict[int, Organization]

    @property
    def stored(self) -> dict[str, Any]:
        return dict(self.measurement.result)

    @property
    def sentence(self) -> str:
        return words.sentence(self.measurement, self.figure)

    @property
    def beside_expected(self) -> str:
        return words.beside_expected(self.measurement, self.expectation, self.figure)

    @property
    def has_interval(self) -> bool:
        return self.measurement.estimate is not None

    @property
    def estimate(self) -> str:
        return self.figure.changed(self.measurement.estimate)

    @property
    def interval(self) -> str:
        return words.interval(self.measurement, self.figure)

    @cached_property
    def groups(self) -> list[Group]:
        """The addressed and their similar ones, weighed as they were matched."""
        own, others = self.stored.get("addressed", []), self.stored.get("others", [])
        if not own or not any(row[3] for row in others):
            return []
        size = len(own)
        similar = [row for row in others if row[3]]
        weight = sum(row[3] for row in similar)
        return [
            Group("адресованные", size, *(sum(row[at] for row in own) / size for at in (1, 2)), self.figure),
            Group(
                "похожие без меры",
                len(similar),
                *(sum(row[at] * row[3] for row in similar) / weight for at in (1, 2)),
                self.figure,
            ),
        ]

    @property
    def raw(self) -> str:
        """The difference of the changes before the remaining differences are corrected."""
        return self.figure.changed(self.groups[0].change - self.groups[1].change)

    @property
    def to_the_mean(self) -> str:
        own, others = self.stored.get("addressed", []), self.stored.get("others", [])
        if len(own) < 2 or len(others) < 2 or not self.groups:
            return ""
        values = [row[1] for row in (*own, *others)]
        mean = sum(values) / len(values)
        spread = (sum((one - mean) ** 2 for one in values) / (len(values) - 1)) ** 0.5
        other = sum(row[1] for row in others) / len(others)
        return words.to_the_mean(self.groups[0].before, other, self.groups[1].change, self.figure, spread)

    @property
    def chart(self) -> ProfileChart | None:
        """Both groups before and after, and where the addressed would be without the measure."""
        if not self.groups or not self.has_interval:
            return None
        row, (own, similar) = self.measurement, self.groups
        assert row.estimate is not None and row.low is not None and row.high is not None  # noqa: PT018
        without = _decimal(own.after) - row.estimate
        bounds = Interval(_decimal(own.after) - row.high, _decimal(own.after) - row.low)
        return ProfileChart(
            f"{self.figure.title}: до и после",
            f"Адресованные: {own.written[0]} и {own.written[1]}; похожие без меры: {similar.written[0]} и "
            f"{similar.written[1]}; адресованные без меры были бы на уровне {self.figure.written(without)}.",
            [self.expectation.baseline.code, self.expectation.follow_up.code],
            [
                Series("адресованные", [_decimal(own.before), _decimal(own.after)]),
                Series("похожие без меры", [_decimal(similar.before), _decimal(similar.after)]),
                Series("адресованные, если бы меры не было", [_decimal(own.before), without], [None, bounds]),
            ],
            unit=self.figure.unit,
            decimals=self.figure.decimals,
            joined=True,
            label_title="Период",
        )

    def _member(self, row: Sequence[Any], why: str) -> Member | None:
        organization = self.names.get(row[0])
        if organization is None:
            return None
        one = self.figure
        held = row[0] in self.stored.get("held", [])
        return Member(organization, one.written(row[1]), one.written(row[2]), one.changed(row[2] - row[1]), why, held)

    @cached_property
    def addressed(self) -> list[Member]:
        matches = dict(self.stored.get("matches", []))
        found = []
        rows = self.stored.get("addressed") or self.stored.get("alone", [])
        for row in rows:
            names = [
                f"{self.names[key].name} ({_far(far)})" for key, far in matches.get(row[0], []) if key in self.names
            ]
            found.append(self._member(row, ", ".join(names)))
        return [one for one in found if one]

    @cached_property
    def similar(self) -> list[Member]:
        to: dict[int, list[str]] = {}
        for key, similar in self.stored.get("matches", []):
            for other, _ in similar:
                if key in self.names:
                    to.setdefault(other, []).append(self.names[key].name)
        rows = [row for row in self.stored.get("others", []) if row[3]]
        found = [self._member(row, ", ".join(to.get(row[0], []))) for row in rows]
        return [one for one in found if one]

    @property
    def line_only(self) -> int:
        """Organisations that only draw the line of what was to be expected."""
        return sum(1 for row in self.stored.get("others", []) if not row[3])

    @cached_property
    def left(self) -> list[tuple[Organization, str, str]]:
        """Who is not compared: the addressed first."""
        rows = [
            [key, True, f"нет похожей по уровню (ближайшая — {_far(far)})"]
            for key, far in self.stored.get("lonely", [])
        ]
        rows += sorted(self.stored.get("left", []), key=lambda row: not row[1])
        return [
            (self.names[key], "адресована" if is_addressed else "не адресована", why)
            for key, is_addressed, why in rows
            if key in self.names
        ]

    def only(self, organization: Organization | None) -> list[Member]:
        """A school reads its own line."""
        return [one for one in self.addressed if organization and one.organization.pk == organization.pk]


def _far(distance: float) -> str:
    return f"{distance:.2f}".replace(".", ",")


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))


@dataclass(frozen=True)
class Page:
    """All of one expectation; `is_stale`: the figures behind the result have changed since."""

    row: selectors.Row
    organizations: list[Organization]
    subject_url: str = ""
    subject_word: str = ""
    preview: planning.Preview | None = None
    result: Result | None = None
    earlier: list[Measurement] = field(default_factory=list)
    under_way: Measurement | None = None
    is_stale: bool = False
    own: list[Member] = field(default_factory=list)
    goal_forms: list[tuple[str, str]] = field(default_factory=list)

    @property
    def expectation(self) -> Expectation:
        return self.row.expectation

    @property
    def figure(self) -> Figure:
        return self.row.figure

    @property
    def least(self) -> str:
        stored = self.preview.as_json() if self.preview else self.expectation.least
        return words.least_words(stored, self.figure, self.expectation.expected_change) if stored else ""

    @property
    def least_tone(self) -> str:
        stored = self.preview.as_json() if self.preview else self.expectation.least
        effect = stored.get("effect")
        return "good" if effect and abs(float(self.expectation.expected_change)) >= effect else "warn"

    @property
    def spread(self) -> str:
        """Of a year's change without any measure."""
        return self.figure.size(self.preview.least.spread) if self.preview and self.preview.least else ""

    @property
    def seen_from(self) -> str:
        return self.figure.size(self.preview.least.effect) if self.preview and self.preview.least else ""

    @property
    def left(self) -> list[tuple[Organization, str]]:
        """Addressed organisations that could not be compared as things stand."""
        if self.preview is None:
            return []
        names = {one.pk: one for one in self.organizations}
        rows = [(one.organization, one.why) for one in self.preview.gathered.left if one.is_addressed]
        rows += [(key, "нет похожей по уровню организации") for key in self.preview.lonely]
        return [(names[key], why) for key, why in rows if key in names]

    @property
    def context(self) -> str:
        names = (
            self.preview.gathered.context
            if self.preview
            else (self.result.stored.get("context", []) if self.result else [])
        )
        return ", ".join(["значение до меры", *names])

    @property
    def vpr(self) -> str:
        return words.VPR if self.figure.is_for_help_only else ""

    @property
    def no_cause(self) -> str:
        return words.NO_CAUSE


def page_of(expectation: Expectation, *, user: Any) -> Page:
    from apps.roadmaps.effect.subjects import find

    row = selectors.rows([expectation])[0]
    organizations = [one.organization for one in expectation.addressed.select_related("organization")]
    subject = find(expectation.subject, expectation.subject_id, user=user)
    known = {"subject_url": subject.url if subject else "", "subject_word": subject.word if subject else ""}
    if not user.is_authority:
        own = [one for one in organizations if user.organization and one.pk == user.organization.pk]
        result = _result(row, organizations) if row.measurement else None
        lines = result.only(user.organization) if result else []
        return Page(row, own, result=result, own=lines, **known)
    kept = list(expectation.measurements.select_related("job", "started_by"))
    under_way = next((one for one in kept if one.measured_at is None), None)
    earlier = [one for one in kept if one.measured_at and one != row.measurement]
    if row.measurement is None:
        preview = planning.preview(plan_of(expectation)) if row.state == selectors.DRAFT else None
        return Page(row, organizations, preview=preview, under_way=under_way, **known)
    result = _result(row, organizations)
    stale = gather(plan_of(expectation)).digest != row.measurement.digest
    return Page(
        row,
        organizations,
        result=result,
        earlier=earlier,
        under_way=under_way,
        is_stale=stale,
        goal_forms=goals.forms_for(expectation) if user.is_department else [],
        **known,
    )


def _result(row: selectors.Row, addressed: Sequence[Organization]) -> Result:
    assert row.measurement is not None
    stored = row.measurement.result
    keys = {one[0] for name in ("others", "left", "alone", "addressed") for one in stored.get(name, [])}
    names = Organization.objects.in_bulk(keys | {one.pk for one in addressed})
    return Result(row.measurement, row.expectation, row.figure, names)


def rules() -> dict[str, Any]:
    """The constants of the method, for the page that tells of it."""
    return {
        "matches": matching.MATCHES,
        "farthest": Decimal(str(matching.FARTHEST)),
        "least_addressed": estimate.LEAST_ADDRESSED,
        "least_similar": estimate.LEAST_SIMILAR,
        "held": Decimal(str(estimate.FARTHEST_RESIDUAL)),
        "draws": intervals.DRAWS,
        "power": Decimal(str(100 * least.POWER)),
        "changes": least.LEAST_CHANGES,
        "least_chosen": figures.LEAST_CHOSEN,
    }
