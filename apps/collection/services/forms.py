"""Forms out of packs of indicators: a pack that changed makes a new version of its form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from apps.collection.models import Form, FormField, FormRule
from apps.collection.signals import versioned
from apps.core import events
from apps.core.planning import refresh_statistics
from apps.indicators.models import Indicator, IndicatorVersion, Pack, Rule

OFFICIAL = IndicatorVersion.Source.OFFICIAL
SELF_EXAMINATION = ("so_oo", "so_doo", "so_dod")  # by order 1324
PLANS = tuple(f"plan_{number}" for number in range(1, 10))  # monitoring of the eight plans and of preschool education
SOCIAL = "social"  # the social passport of a school: what its results are read beside
PACKS = (*SELF_EXAMINATION, *PLANS, SOCIAL)  # collected by forms
UNIT_EXAMPLES = {"человек": "125", "единиц": "40", "балл": "3,8", "кв. м": "2450,5", "день": "1840", "да/нет": "да"}
HELP = {
    "балл": "Средний балл с одним-двумя знаками после запятой.",
    "кв. м": "Площадь в квадратных метрах, можно с десятыми.",
}


@dataclass
class FormResult:
    created: int = 0
    new_versions: int = 0
    unchanged: int = 0


@transaction.atomic
def refresh_forms(*, packs: Iterable[str] = PACKS, by: Any = None) -> FormResult:
    """Make or renew the forms of the packs. A second call changes nothing; running campaigns keep their version.

    A form that was changed on the portal since is left as it is.
    """
    result = FormResult()
    for pack in Pack.objects.filter(code__in=list(packs)).order_by("order", "code"):
        fields, rules = _fields_of(pack), _rules_of(pack)
        if not fields or not pack.act:  # a form without a legal basis is not asked
            continue
        versions = Form.objects.select_for_update().filter(code=pack.code)
        current = versions.filter(is_active=True).first()
        if current is None:
            form = _make(pack, 1, fields, rules)
            result.created += 1
        elif (
            current.is_own
            or versions.filter(published_at__isnull=True).exists()  # somebody composes the next version
            or _same(current, pack, fields, rules)
        ):
            result.unchanged += 1
            continue
        else:
            current.is_active = False
            current.save(update_fields=["is_active"])
            form = _make(pack, current.version + 1, fields, rules)
            versioned.send(sender=Form, old=current, new=form, by=by)
            result.new_versions += 1
        events.record(
            kind="form.loaded", subject=form, by=by, text=f"Форма «{form.short_title}», версия {form.version}"
        )
    if result.created or result.new_versions:
        refresh_statistics()
    return result


def _texts(pack: Pack) -> dict[str, Any]:
    return {
        "title": pack.title,
        "short_title": pack.short_title[:80],
        "programmes": list(pack.programmes),
        "kinds": list(pack.kinds),
        "legal_basis": pack.act,
        "period_kind": pack.period_kind,
        "receipt_prefix": "МН" if pack.code in (*PLANS, SOCIAL) else "СО",
    }


def _headings(pack: Pack) -> dict[int, tuple[str, str]]:
    """Of each indicator: the heading of its section (a root of the tree), and a deeper heading right over it."""
    nodes = {node.pk: node for node in Indicator.objects.filter(pack=pack.code)}
    groups = IndicatorVersion.objects.current().filter(indicator__in=nodes, indicator__is_group=True)
    names = dict(groups.values_list("indicator_id", "name"))

    def of(node: Indicator) -> tuple[str, str]:
        context = ""
        while node.parent_id in nodes:
            node = nodes[node.parent_id]
            if node.is_group and node.parent_id and not context:
                context = names.get(node.pk, "")
        return (f"{node.number}. {names[node.pk]}" if node.pk in names else "Показатели", context)

    return {pk: of(node) for pk, node in nodes.items()}


def _fields_of(pack: Pack) -> list[dict[str, Any]]:
    """Fields in the order of the pack."""
    versions = (
        IndicatorVersion.objects.current()
        .filter(indicator__pack=pack.code, indicator__is_group=False, indicator__is_active=True)
        .select_related("indicator")
        .order_by("indicator__order", "indicator__pk")
    )
    headings = _headings(pack)
    return [
        {
            "version_id": version.pk,
            "section": headings[version.indicator_id][0][:300],
            "context": headings[version.indicator_id][1][:600],
            "order": place,
            "is_required": not version.is_derived and not version.is_auxiliary,
            "help": _help(version),
            "example": "" if version.is_derived else UNIT_EXAMPLES.get(version.unit, ""),
        }
        for place, version in enumerate(versions, start=1)
    ]


def _help(version: IndicatorVersion) -> str:
    source = "" if version.is_derived or not version.data_source else f"Откуда взять: {version.data_source}."
    return " ".join(part for part in (HELP.get(version.unit, ""), source) if part)[:600]


def _rules_of(pack: Pack) -> list[dict[str, Any]]:
    """Rules whose indicators are all in use: one that was switched off is not asked, so nothing can be compared."""
    off = Indicator.objects.filter(pack=pack.code, is_active=False).values_list("code", flat=True)
    rules = Rule.objects.filter(pack=pack.code, is_active=True).exclude(indicators__overlap=list(off))
    rules = rules.order_by("order", "code")
    return [
        {
            "order": order,
            "rule": rule.condition,
            "severity": rule.severity,
            "message": rule.message.rstrip("."),
            "place": rule.indicators[0] if rule.indicators else "",
        }
        for order, rule in enumerate(rules, start=1)
    ]


def _make(pack: Pack, version: int, fields: list[dict[str, Any]], rules: list[dict[str, Any]]) -> Form:
    ids = [field["version_id"] for field in fields]
    confirmed = not IndicatorVersion.objects.filter(pk__in=ids).exclude(source_state=OFFICIAL).exists()
    form = Form.objects.create(
        code=pack.code, version=version, pack=pack.code, is_confirmed=confirmed,
        source_state=OFFICIAL if confirmed else IndicatorVersion.Source.UNCONFIRMED, **_texts(pack),
    )  # fmt: skip
    FormField.objects.bulk_create(FormField(form=form, **field) for field in fields)
    FormRule.objects.bulk_create(FormRule(form=form, **rule) for rule in rules)
    return form


def _same(form: Form, pack: Pack, fields: list[dict[str, Any]], rules: list[dict[str, Any]]) -> bool:
    return (
        all(getattr(form, name) == value for name, value in _texts(pack).items())
        and list(
            form.fields.order_by("order").values(
                "version_id", "section", "context", "order", "is_required", "help", "example"
            )
        )
        == fields
        and list(form.rules.order_by("order").values("order", "rule", "severity", "message", "place")) == rules
    )


def active_forms() -> list[Form]:
    """Forms that a new campaign may ask, in the order of their packs."""
    order = {code: place for place, code in enumerate(PACKS)}
    found = Form.objects.filter(is_active=True).exclude(pk__in=forms_of_idle_directions())
    return sorted(found, key=lambda form: order.get(form.code, len(order)))


def forms_of_idle_directions() -> QuerySet[Form]:
    """Forms whose every row with a direction belongs to directions that are switched off: they are asked no more."""
    rows = FormField.objects.filter(form=OuterRef("pk"), version__indicator__direction__isnull=False)
    in_use = rows.filter(version__indicator__direction__is_active=True)
    return Form.objects.filter(Exists(rows) & ~Exists(in_use))
