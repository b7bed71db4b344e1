"""The page of one expectation: before it is approved, while it waits, and with its result."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from apps.core.figures import points
from apps.organizations.models import Organization
from apps.roadmaps.effect import figures, goals, planning, promised, selectors, words
from apps.roadmaps.effect.arithmetic import estimate, intervals, least, matching
from apps.roadmaps.effect.figures import Figure
from apps.roadmaps.effect.gathering import gather, plan_of
from apps.roadmaps.effect.models import Expectation, Measurement
from apps.roadmaps.effect.reading import Member, Result
from apps.roadmaps.effect.subjects import Subject, find


@dataclass(frozen=True)
class Page:
    """All of one expectation; `is_stale`: the figures behind the result have changed since."""

    row: selectors.Row
    organizations: list[Organization]
    subject: Subject | None = None
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
    def has_next(self) -> bool:
        return bool(self.expectation.least or self.goal_forms)

    @property
    def may_measure(self) -> bool:
        """For the first time; again only where the figures have changed."""
        return self.row.state == selectors.DUE and not self.under_way

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
    def seen_cases(self) -> int:
        """Of a hundred: how often an effect as great as the least is seen, as measured."""
        return int(100 * promised.SEEN_OF_LEAST)

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
    row = selectors.rows([expectation])[0]
    organizations = [one.organization for one in expectation.addressed.select_related("organization")]
    subject = find(expectation.subject, expectation.subject_id, user=user)
    if not user.is_authority:
        own = [one for one in organizations if user.organization and one.pk == user.organization.pk]
        result = _result(row, organizations) if row.measurement else None
        lines = result.only(user.organization) if result else []
        return Page(row, own, subject, result=result, own=lines)
    kept = list(expectation.measurements.select_related("job", "started_by"))
    under_way = next((one for one in kept if one.measured_at is None), None)
    earlier = [one for one in kept if one.measured_at and one != row.measurement]
    if row.measurement is None:
        preview = planning.preview(plan_of(expectation)) if row.state == selectors.DRAFT else None
        return Page(row, organizations, subject, preview=preview, under_way=under_way)
    result = _result(row, organizations)
    stale = gather(plan_of(expectation)).digest != row.measurement.digest
    return Page(
        row,
        organizations,
        subject,
        result=result,
        earlier=earlier,
        under_way=under_way,
        is_stale=stale,
        goal_forms=goals.forms_for(expectation) if user.is_department else [],
    )


def _result(row: selectors.Row, addressed: Sequence[Organization]) -> Result:
    assert row.measurement is not None
    stored = row.measurement.result
    keys = {one[0] for name in ("others", "left", "alone", "addressed") for one in stored.get(name, [])}
    names = Organization.objects.in_bulk(keys | {one.pk for one in addressed})
    return Result(row.measurement, row.expectation, row.figure, names)


def promised_rows() -> list[dict[str, str]]:
    """The measured shares as the page writes them."""
    names = ("coverage", "false_alarms", "unseen", "seen", "few")
    return [
        {name: words.share(getattr(one, name)) for name in names}
        | {"addressed": str(one.addressed), "least": points(one.least).lstrip("+")}
        for one in promised.PROMISED
    ]


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
