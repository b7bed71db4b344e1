"""Which organisations a recommendation for many goes to, and where their figures come from."""

from dataclasses import dataclass, field
from typing import Any

from apps.analysis.models import Conclusion, Sign, SignList
from apps.analysis.signs.kinds import BY_CODE
from apps.core.models import Period
from apps.indicators.models import Aggregate, Indicator
from apps.indicators.selectors.sides import sides
from apps.organizations.models import Group, Organization
from apps.roadmaps.drafts.models import RecommendationTemplate
from apps.roadmaps.texts.figures import Figures, Source, figures_of
from apps.roadmaps.texts.placeholders import VALUE, fill


@dataclass(frozen=True)
class Choice:
    """What the specialist chose by; each narrows, none chosen means nobody."""

    sign: str = ""
    indicator: Indicator | None = None
    period: Period | None = None
    only_weak: bool = False
    group: Group | None = None
    kind: str = ""
    template: RecommendationTemplate | None = None
    conclusion: Conclusion | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.sign or self.indicator or self.group or self.kind)


@dataclass
class Line:
    """One organisation of the preview; without `missing` its text is ready to be sent."""

    organization: Organization
    figures: Figures
    why: str = ""
    text: str = ""
    basis: str = ""
    missing: list[str] = field(default_factory=list)

    @property
    def written(self) -> str:
        return self.figures.words.get(VALUE, "")

    @property
    def is_ready(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Chosen:
    lines: list[Line]
    source: Source

    @property
    def ready(self) -> list[Line]:
        return [line for line in self.lines if line.is_ready]

    @property
    def lacking(self) -> list[Line]:
        return [line for line in self.lines if not line.is_ready]


def newest_period(indicator: Indicator) -> Period | None:
    """The last one in which organisations have figures of the indicator."""
    found = Aggregate.objects.filter(
        version__indicator=indicator, scope=Aggregate.Scope.ORGANIZATION, value__isnull=False
    )
    return Period.objects.filter(pk__in=found.values("period")).order_by("-starts_on").first()


def newest_list(user: Any) -> SignList | None:
    return SignList.objects.visible_to(user).select_related("period").defer("document").first()


def source_of(choice: Choice, user: Any) -> Source:
    """An indicator goes before a sign: the sign then only says who."""
    if choice.indicator:
        return Source(choice.period or newest_period(choice.indicator), choice.indicator)
    if choice.sign:
        found = newest_list(user)
        return Source(found.period if found else None, sign_list=found, sign=choice.sign)
    return Source(choice.period)


def choose(choice: Choice, user: Any) -> tuple[dict[int, str], list[Organization]]:
    """Why each is there, and the organisations in the order of the register."""
    if choice.is_empty:
        return {}, []
    found: Any = Organization.objects.educational().active()
    if choice.kind:
        found = found.filter(kind=choice.kind)
    if choice.group:
        found = found.filter(groups=choice.group)
    why: dict[int, str] = {}
    if choice.sign:
        why = _marked(choice.sign, user)
        found = found.filter(pk__in=why)
    if choice.indicator and choice.only_weak:
        period = choice.period or newest_period(choice.indicator)
        rows = sides(periods=[period], indicator=choice.indicator) if period else []
        weak = {side.organization: side.rule for side in rows if side.is_weak}
        found = found.filter(pk__in=weak)
        why = {key: "; ".join(filter(None, (why.get(key), rule))) for key, rule in weak.items()}
    return why, list(found)


def _marked(code: str, user: Any) -> dict[int, str]:
    """Organisations that a sign of the newest list marks, unless a specialist has rejected it."""
    found = newest_list(user)
    if found is None or code not in BY_CODE:
        return {}
    rows = Sign.objects.filter(sign_list=found, code=code).marked().exclude(decision=Sign.Decision.REJECTED)
    return {row.organization_id: row.words for row in rows}


def lines_of(
    organizations: list[Organization], source: Source, *, text: str, basis: str, due_on: Any = None,
    why: dict[int, str] | None = None,
) -> Chosen:  # fmt: skip
    """The words of each with its figures. Who lacks a figure that the words ask for is listed with what is missing."""
    figures = figures_of(organizations, source=source, due_on=due_on)
    lines = []
    for one in organizations:
        mine = figures[one.pk]
        words, ground = fill(text, mine.words), fill(basis, mine.words)
        missing = list(dict.fromkeys((*words.missing, *ground.missing)))
        lines.append(Line(one, mine, (why or {}).get(one.pk, ""), words.text, ground.text, missing))
    return Chosen(lines, source)
