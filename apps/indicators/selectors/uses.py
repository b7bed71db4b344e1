"""Uses of indicators within the room: formulas of others, rules of packs, information requests."""

from collections.abc import Collection, Iterator

from django.db.models import F, Q
from django.urls import reverse

from apps.indicators import formulas
from apps.indicators.models import IndicatorVersion, InformationRequest, Rule
from apps.indicators.uses import Use, UseKind, told_by


def inputs_of_formulas() -> dict[str, list[IndicatorVersion]]:
    """Of each code the current versions in use whose formula names it."""
    derived = IndicatorVersion.objects.current().filter(is_derived=True, indicator__is_active=True)
    found: dict[str, list[IndicatorVersion]] = {}
    for version in derived.select_related("indicator"):
        for code in formulas.references(formulas.parse(version.formula)):
            found.setdefault(code, []).append(version)
    return found


@told_by
def of_formulas(codes: Collection[str] | None) -> Iterator[Use]:
    for code, versions in inputs_of_formulas().items():
        if codes is None or code in codes:
            for version in versions:
                own = version.indicator.code
                yield Use(code, UseKind.FORMULA, f"{own} {version.name}", reverse("indicators:detail", args=[own]))


@told_by
def of_rules(codes: Collection[str] | None) -> Iterator[Use]:
    rules = Rule.objects.filter(is_active=True)
    if codes is not None:
        rules = rules.filter(indicators__overlap=list(codes))
    for rule in rules:
        for code in rule.indicators:
            if codes is None or code in codes:
                yield Use(code, UseKind.RULE, rule.message)


@told_by
def of_requests(codes: Collection[str] | None) -> Iterator[Use]:
    named = Q() if codes is None else Q(indicators__code__in=codes)
    asked = InformationRequest.objects.filter(named, indicators__isnull=False).exclude(state="declined")
    for request, code in ((row, row.asked_code) for row in asked.annotate(asked_code=F("indicators__code"))):
        yield Use(code, UseKind.REQUEST, str(request), request.get_absolute_url())
