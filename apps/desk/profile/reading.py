"""Everything the profile shows, for one reader: the page and the PDF read the same."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from apps.accounts.models import User
from apps.analysis.context.card import card_of
from apps.analysis.interpretation.selectors import about_school
from apps.analysis.models import Conclusion, Sign
from apps.analysis.signs.selectors import ORDER
from apps.core import periods
from apps.core.figures import figure
from apps.core.models import Period
from apps.core.periods import PeriodSpan
from apps.desk.profile.access import Reach
from apps.desk.profile.assessments import Assessments, assessments
from apps.desk.profile.results import Results, results
from apps.indicators import display
from apps.indicators.models import Aggregate
from apps.indicators.selectors.sides import Side, sides
from apps.organizations.models import Group, Kind, Organization, Programme
from apps.procedures.models import Procedure
from apps.roadmaps.models import RecommendationAddressee
from apps.roadmaps.proposals import Proposal, proposals_for
from apps.roadmaps.support.models import SupportCase
from apps.roadmaps.support.selectors import of_school

CONTEXT = ("so_oo.1.1", "so_oo.1.18%", "so_oo.1.30.1%", "so_oo.2.5%")
SHOWN = 10
SIDES = 6  # indicators on each side


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    url: str = ""


@dataclass
class Profile:
    """One organisation in one school year."""

    organization: Organization
    period: Period | None
    span: PeriodSpan
    reach: Reach
    context: list[Fact]
    results: Results
    signs: list[Sign] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)
    recommendations: list[RecommendationAddressee] = field(default_factory=list)
    support: list[SupportCase] = field(default_factory=list)
    assessments: Assessments | None = None
    links: list[Fact] = field(default_factory=list)
    strong_indicators: list[Side] = field(default_factory=list)
    weak_indicators: list[Side] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def has_works(self) -> bool:
        """Whether ВПР and exams are of this kind of organisation: kindergartens write none."""
        return self.organization.kind == Kind.SCHOOL or bool(self.results.rows)

    @property
    def strengths(self) -> list[Fact]:
        return [*(Fact(row.sentence, "", row.items_url) for row in self.results.strengths), *self._said("strength")]

    @property
    def weaknesses(self) -> list[Fact]:
        return [*(Fact(row.sentence, "", row.items_url) for row in self.results.weaknesses), *self._said("risk")]

    def _said(self, kind: str) -> list[Fact]:
        return [Fact(one.text, "") for one in self.conclusions if one.kind == kind]

    @property
    def marked_signs(self) -> list[Sign]:
        return [sign for sign in self.signs if sign.is_marked and sign.decision != Sign.Decision.REJECTED]

    @property
    def title(self) -> str:
        return f"{self.organization}: профиль, {periods.title(self.span)}"


def years() -> list[Period]:
    """School years with results, the newest first."""
    found = Procedure.objects.with_results().values("period")
    return list(Period.objects.filter(pk__in=found).order_by("-starts_on"))


def profile_of(*, organization: Organization, span: PeriodSpan, user: User, reach: Reach) -> Profile:
    """The profile as the reader may see it; a fixed number of statements."""
    profile = Profile(
        organization=organization,
        period=Period.objects.filter(code=span.code).first(),
        span=span,
        reach=reach,
        context=_context(organization, span, user),
        results=results(organization=organization, span=span, reach=reach),
        conclusions=about_school(organization, user, SHOWN),
        support=of_school(organization, user),
    )
    if reach.is_whole:
        profile.signs = _signs(organization, span, user)
        profile.recommendations = _recommendations(organization, user)
        profile.assessments = assessments(organization, span, is_school=user.is_school)
        profile.links = _links(organization, span, user)
        _add_indicators(profile)
    return profile


def _add_indicators(profile: Profile) -> None:
    """Figures that stand out in the school year or in the calendar year of its self-examination, and what follows."""
    codes = [profile.span.code, periods.self_examination_year(profile.span).code]
    found = sides(periods=Period.objects.filter(code__in=codes), organization=profile.organization)
    found.sort(key=lambda side: side.indicator.direction_id is None)  # those of the directions first
    profile.strong_indicators = [side for side in found if not side.is_weak][:SIDES]
    profile.weak_indicators = [side for side in found if side.is_weak][:SIDES]
    profile.proposals = proposals_for(profile.organization, weak=profile.weak_indicators, signs=profile.marked_signs)


def _social(organization: Organization, span: PeriodSpan, user: User) -> list[Fact]:
    """The social index and the staff, for those who may read the context of the organisation."""
    period = Period.objects.filter(code=span.code).first()
    card = card_of(organization, period, user) if period and organization.kind == Kind.SCHOOL else None
    if card is None:
        return []
    if user.is_authority:
        url = reverse("analysis:organization_context", args=[organization.code])
    else:
        url = reverse("analysis:own_context")
    value = f"{figure(card.own_index.index, 1)} из 100" if card.own_index else f"нет: {card.why_no_index}"
    staff = [Fact(f"{words[:1].upper()}{words[1:]}", written) for words, written in card.staff]
    return [Fact("Индекс социальных условий", value, url), *staff]


def _context(organization: Organization, span: PeriodSpan, user: User) -> list[Fact]:
    facts = [
        Fact("Вид", organization.get_kind_display()),
        Fact(
            "Местность",
            ", ".join(part for part in (organization.get_locality_display(), organization.settlement) if part),
        ),
        Fact("Программы", ", ".join(str(Programme(value).label) for value in organization.programmes) or "нет данных"),
    ]
    clusters = organization.groups.filter(kind=Group.Kind.CLUSTER).order_by("name")
    facts += [Fact("Похожие организации", group.name) for group in clusters]
    facts += _social(organization, span, user)
    year = periods.self_examination_year(span)
    rows = Aggregate.objects.filter(
        scope="organization",
        scope_key=str(organization.pk),
        period__code=year.code,
        version__indicator__code__in=CONTEXT,
        value__isnull=False,
    ).select_related("version__indicator", "period")
    for row in rows.order_by("version__indicator__order"):
        opens = user.is_authority or user.is_school  # pages of indicators are theirs
        url = reverse("indicators:detail", args=[row.version.indicator.code]) if opens else ""
        facts.append(Fact(f"{row.version.name}, {year.code}", display.written_figure(row), url))
    return facts


def _signs(organization: Organization, span: PeriodSpan, user: User) -> list[Sign]:
    """Of the newest list of the year that the reader may see."""
    found = Sign.objects.visible_to(user).with_details().filter(
        organization=organization, sign_list__period__code=span.code
    )  # fmt: skip
    signs = list(found)
    newest = max((sign.sign_list.version for sign in signs), default=0)
    kept = [sign for sign in signs if sign.sign_list.version == newest]
    return sorted(kept, key=lambda sign: (not sign.is_marked, ORDER[sign.code]))


def _recommendations(organization: Organization, user: User) -> list[RecommendationAddressee]:
    found = RecommendationAddressee.objects.visible_to(user).with_details().filter(organization=organization)
    return list(found.order_by("-recommendation__issued_at")[:SHOWN])


def _links(organization: Organization, span: PeriodSpan, user: Any) -> list[Fact]:
    """Other pages about the organisation."""
    links = [Fact("Карточка в реестре", "", organization.get_absolute_url())]
    if user.is_authority and organization.kind == Kind.SCHOOL:
        links.append(Fact("Выпускники: ГИА, медали, выбор профессии", "", reverse("desk:panel", args=["graduates"])))
    return links
