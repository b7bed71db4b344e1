"""What the pages of the yearly list read."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.analysis.models import Sign, SignAnswer, SignList, SignRule
from apps.analysis.objectivity.models import ObjectivityRun
from apps.analysis.signs.content import before as last_year
from apps.analysis.signs.content import compare, names
from apps.analysis.signs.kinds import CAUTION, KINDS, SignKind
from apps.core import periods
from apps.core.addresses import number_in
from apps.core.figures import plural
from apps.core.models import Period
from apps.organizations.models import Organization
from apps.procedures.models import ResultFile

VIEWS = {"waiting": "ждут решения", "marked": "все отмеченные", "all": "с неотмеченными"}


@dataclass(frozen=True)
class KindCount:
    """A sign in a list: how many schools it marks and what was decided."""

    kind: SignKind
    rule: SignRule | None
    marked: int
    confirmed: int
    rejected: int
    waiting: int
    clear: int
    unassessed: int
    why_unassessed: str


@dataclass(frozen=True)
class SchoolSigns:
    """A school with the signs that the page shows of it."""

    organization: Organization
    signs: list[Sign]


@dataclass(frozen=True)
class MatrixRow:
    organization: Organization
    cells: list[tuple[SignKind, Sign | None]]


@dataclass
class ListPage:
    """A list with everything its page shows."""

    sign_list: SignList
    signs: list[Sign]
    show: str
    code: str
    answered: set[int] = field(default_factory=set)

    @property
    def counts(self) -> list[KindCount]:
        return [_counted(kind, [sign for sign in self.signs if sign.code == kind.code]) for kind in KINDS]

    @property
    def waiting(self) -> int:
        return sum(sign.is_waiting for sign in self.signs)

    @property
    def marked_schools(self) -> int:
        return len({sign.organization_id for sign in self.signs if sign.is_marked})

    @property
    def confirmed_schools(self) -> int:
        return len({sign.organization_id for sign in self.signs if sign.is_confirmed})

    @property
    def schools(self) -> int:
        return len({sign.organization_id for sign in self.signs})

    @property
    def groups(self) -> list[SchoolSigns]:
        wanted = [sign for sign in self.signs if self._is_wanted(sign)]
        return [SchoolSigns(school, list(own)) for school, own in groupby(wanted, key=lambda sign: sign.organization)]

    def _is_wanted(self, sign: Sign) -> bool:
        if self.code and sign.code != self.code:
            return False
        if self.show == "waiting":
            return sign.is_waiting
        return sign.is_marked or self.show == "all"

    @property
    def matrix(self) -> list[MatrixRow]:
        rows = []
        for school, own in groupby(self.signs, key=lambda sign: sign.organization):
            found = {sign.code: sign for sign in own}
            rows.append(MatrixRow(school, [(kind, found.get(kind.code)) for kind in KINDS]))
        return rows

    @property
    def comparison(self) -> dict[str, list[str]] | None:
        """Confirmed schools against last year's approved list."""
        if self.sign_list.document:
            compared: dict[str, list[str]] | None = self.sign_list.document["comparison"]
            return compared
        confirmed = [
            {"code": sign.organization.code, "name": sign.organization.name} for sign in self.signs if sign.is_confirmed
        ]
        return compare(names(confirmed), last_year(self.sign_list.period))


def newer_inputs(sign_list: SignList) -> list[str]:
    """What came after the list was counted, in words: results of the year, a run of objectivity."""
    if sign_list.counted_at is None:
        return []
    files = ResultFile.objects.filter(
        state=ResultFile.State.DONE, procedures__period=sign_list.period, finished_at__gt=sign_list.counted_at
    ).distinct()
    runs = ObjectivityRun.objects.finished().filter(period=sign_list.period, finished_at__gt=sign_list.counted_at)
    count = files.count()
    found = [f"загружены результаты, {count} {plural(count, 'файл', 'файла', 'файлов')}"] if count else []
    return found + (["проведена проверка объективности"] if runs.exists() else [])


def _counted(kind: SignKind, signs: list[Sign]) -> KindCount:
    decisions = Counter(sign.decision for sign in signs)
    results = Counter(sign.result for sign in signs)
    reasons = Counter(sign.written for sign in signs if sign.result == Sign.Result.UNASSESSED)
    return KindCount(
        kind,
        signs[0].rule if signs else None,
        results["marked"],
        decisions["confirmed"],
        decisions["rejected"],
        decisions["waiting"],
        results["clear"],
        results["unassessed"],
        reasons.most_common(1)[0][0] if reasons else "",
    )


def list_page(*, sign_list: SignList, show: str, code: str) -> ListPage:
    signs = sorted(sign_list.signs.with_details(), key=_register_order)
    waiting = any(sign.is_waiting for sign in signs)
    show = show if show in VIEWS else "waiting" if waiting else "marked"
    codes = {kind.code for kind in KINDS}
    answered = set(SignAnswer.objects.filter(sign__sign_list=sign_list).values_list("sign", flat=True))
    return ListPage(sign_list, signs, show, code if code in codes else "", answered)


ORDER = {kind.code: place for place, kind in enumerate(KINDS)}


def _register_order(sign: Sign) -> tuple[int, str, int, int]:
    school = sign.organization
    return (school.number or 10_000, school.name_key, school.pk, ORDER[sign.code])


@dataclass(frozen=True)
class Figure:
    """A case of a sign as the page shows it, its link resolved for the reader."""

    title: str
    written: str
    words: str
    tone: str
    n: int | None
    note: str
    url: str


WORDS = {
    "marked": ("требует проверки", "warn"),
    "clear": ("не отмечено", "neutral"),
    "part": ("часть индекса", "neutral"),
}
FEW = ("не оценивается", "neutral")


def figures_of(sign: Sign, user: User) -> list[Figure]:
    """The figures behind a sign, as they stood at the counting; links that the reader may follow."""
    return [
        Figure(
            case["title"],
            case["written"],
            *WORDS.get(case["result"], FEW),
            case.get("n"),
            case.get("note", ""),
            _link(case.get("url", ""), sign.organization, user),
        )
        for case in sign.cases
    ]


def _link(text: str, organization: Organization, user: User) -> str:
    kind, _, number = text.partition(":")
    if kind == "procedure" and number.isdigit():
        return reverse("procedures:school", args=[int(number), organization.code])
    return text if text.startswith("/") and user.is_authority else ""


def answers_of(sign: Sign) -> list[SignAnswer]:
    """What the school said of this sign in any version of the year's list."""
    found = SignAnswer.objects.filter(
        sign__organization=sign.organization_id, sign__code=sign.code, sign__sign_list__period=sign.sign_list.period_id
    )
    return list(found.select_related("author"))


def year_before(sign: Sign) -> Sign | None:
    """The same sign of the school in last year's approved list."""
    code = periods.previous(sign.sign_list.period.span).code
    return (
        Sign.objects.filter(
            organization=sign.organization_id,
            code=sign.code,
            sign_list__period__code=code,
            sign_list__state=SignList.State.APPROVED,
        )
        .select_related("sign_list__period")
        .first()
    )


def lists(user: User) -> list[SignList]:
    return list(
        SignList.objects.visible_to(user).select_related("period", "created_by", "approved_by").defer("document")
    )


def years_to_begin() -> list[Period]:
    """School years that have begun, the newest first; last year's first where the new one has no results yet."""
    found = Period.objects.filter(kind=Period.Kind.SCHOOL_YEAR, starts_on__lte=timezone.localdate())
    return list(found.order_by("-starts_on")[:6])


def newest_list(user: User) -> SignList | None:
    """The list that people work with: the newest year's newest version."""
    return SignList.objects.visible_to(user).select_related("period").defer("document").first()


def own_signs(user: User) -> list[Sign]:
    """What a school sees: marked signs and why others were not judged, newest year first."""
    found = Sign.objects.visible_to(user).with_details().prefetch_related("answers")
    newest: dict[int, int] = {}
    signs = sorted(found, key=lambda sign: (-sign.sign_list.period.starts_on.toordinal(), -sign.sign_list.version))
    shown = []
    for sign in signs:
        period = sign.sign_list.period_id
        if newest.setdefault(period, sign.sign_list_id) == sign.sign_list_id:
            shown.append(sign)
    return sorted(
        shown, key=lambda sign: (-sign.sign_list.period.starts_on.toordinal(), not sign.is_marked, ORDER[sign.code])
    )


@dataclass(frozen=True)
class RuleCard:
    """A sign as the method page shows it."""

    kind: SignKind
    rule: SignRule

    @property
    def threshold(self) -> str:
        text = f"{self.rule.threshold.normalize():f}".replace(".", ",")
        return f"{text} {self.kind.threshold_unit}".strip()

    @property
    def settings(self) -> list[tuple[str, str]]:
        return [
            (parameter.label, str(self.rule.parameters.get(parameter.key, parameter.default)).replace(".", ","))
            for parameter in self.kind.parameters
        ]

    @property
    def tone(self) -> str:
        return "good" if self.rule.is_confirmed else "warn"


def rule_cards() -> list[RuleCard]:
    from apps.analysis.signs.counting import rules_in_force

    rules = rules_in_force()
    return [RuleCard(kind, rules[kind.code]) for kind in KINDS if kind.code in rules]


def caution() -> str:
    return CAUTION


def chosen(raw: list[Any]) -> list[int]:
    """Numbers out of ticked boxes; what is none is left out."""
    return [number for text in raw if (number := number_in(str(text))) is not None]
