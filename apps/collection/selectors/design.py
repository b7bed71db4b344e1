"""What the pages of the form designer read: a form with its rows, its burden, what stands in its way, its versions."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q

from apps.collection.compiled import condition
from apps.collection.models import Campaign, Form, FormField, FormRule
from apps.collection.preparing import Document, document_of
from apps.collection.selectors.burden import Load, load_of_form
from apps.collection.selectors.duplicates import Duplicate, duplicates_of
from apps.collection.selectors.readiness import faults_of, packs_of_other_periods
from apps.core import events
from apps.core.findings import Finding, Severity
from apps.core.models import Event
from apps.indicators import formulas
from apps.indicators.formulas import FormulaError
from apps.indicators.models import IndicatorVersion
from apps.organizations.models import Feature, Kind, Programme

FOUND = 100  # indicators shown at once


def forms_list() -> list[Form]:
    """The draft and the version in force of each form, with counts; older versions stand on the form's page."""
    found = (
        Form.objects.filter(Q(is_active=True) | Q(published_at__isnull=True))
        .annotate(rows=Count("fields", distinct=True), asked_in=Count("campaigns", distinct=True))
        .order_by("-is_own", "code", "-version")
    )
    return list(found)


def version_of(code: str, number: str = "") -> Form | None:
    """The version asked for; without a number the draft, or the one in force, or the last."""
    versions = Form.objects.filter(code=code).order_by("-version")
    if number:
        return versions.filter(version=int(number)).first() if number.isascii() and number.isdigit() else None
    found = list(versions)
    return next((item for item in found if item.is_draft or item.is_active), found[0] if found else None)


@dataclass(frozen=True)
class DesignRow:
    """A row as the designer shows it."""

    field: FormField
    duplicates: list[Duplicate]

    @property
    def id(self) -> str:
        return str(self.field.pk)

    @property
    def version(self) -> IndicatorVersion:
        return self.field.version

    @property
    def whom(self) -> str:
        """Whom the row concerns, in words; empty when everybody."""
        field = self.field
        names = [
            *(str(Kind(value).label) for value in field.kinds),
            *(str(Programme(value).label) for value in field.programmes),
            *(str(Feature(value).label) for value in field.features),
        ]
        return "; ".join(names)

    @property
    def is_unsettled(self) -> bool:
        return any(not pair.is_settled for pair in self.duplicates)


@dataclass(frozen=True)
class DesignRule:
    rule: FormRule
    words: str

    @property
    def id(self) -> str:
        return str(self.rule.pk)


@dataclass
class FormPage:
    """A version of a form for the designer."""

    form: Form

    @cached_property
    def fields(self) -> list[FormField]:
        return list(self.form.fields.select_related("version__indicator").order_by("order"))

    @cached_property
    def duplicates(self) -> dict[int, list[Duplicate]]:
        return duplicates_of(self.form)

    @cached_property
    def sections(self) -> list[tuple[str, list[DesignRow]]]:
        grouped: dict[str, list[DesignRow]] = {}
        for field in self.fields:
            grouped.setdefault(field.section, []).append(DesignRow(field, self.duplicates.get(field.pk, [])))
        return list(grouped.items())

    @cached_property
    def rules(self) -> list[DesignRule]:
        names = {item.version.indicator.code: f"«{item.version.name}»" for item in self.fields}
        return [DesignRule(rule, rule_words(rule.rule, names)) for rule in self.form.rules.all()]

    @cached_property
    def load(self) -> Load:
        return load_of_form(self.form)

    @cached_property
    def faults(self) -> list[Finding]:
        return faults_of(self.form) if self.form.is_draft else []

    @property
    def is_ready(self) -> bool:
        return all(item.severity != Severity.ERROR for item in self.faults)

    @property
    def document(self) -> Document | None:
        return document_of(self.form.teacher_document)

    @property
    def whom(self) -> str:
        kinds = ", ".join(str(Kind(value).label) for value in self.form.kinds)
        programmes = ", ".join(str(Programme(value).label) for value in self.form.programmes)
        words = [kinds or "все виды организаций", f"программы: {programmes}" if programmes else ""]
        return "; ".join(word for word in words if word)

    @cached_property
    def versions(self) -> list[Form]:
        return list(Form.objects.filter(code=self.form.code).order_by("-version"))

    @property
    def draft(self) -> Form | None:
        return next((item for item in self.versions if item.is_draft), None)

    @cached_property
    def campaigns(self) -> list[Campaign]:
        found = Campaign.objects.filter(forms__code=self.form.code).select_related("period").distinct()
        return list(found.order_by("-opens_on")[:20])

    @cached_property
    def history(self) -> list[Event]:
        return list(events.history(self.form)[:20])


def rule_words(text: str, names: dict[str, str]) -> str:
    """The rule in Russian; nothing where it cannot be read."""
    try:
        return formulas.in_words(condition(text), names)
    except FormulaError:
        return ""


@dataclass(frozen=True)
class Candidate:
    """An indicator that may be added."""

    version: IndicatorVersion
    is_present: bool
    asked_by: tuple[str, ...]

    @property
    def code(self) -> str:
        code: str = self.version.indicator.code
        return code


def candidates(form: Form, query: dict[str, Any]) -> tuple[list[Candidate], int]:
    """Measured indicators in force that answer the search, and how many there are in all.

    An indicator that is collected for a period of another kind could not be recorded, so it is not offered.
    """
    found = (
        IndicatorVersion.objects.current()
        .filter(indicator__is_group=False, indicator__is_active=True)
        .exclude(indicator__pack__in=packs_of_other_periods(form))
        .select_related("indicator")
        .order_by("indicator__pack", "indicator__order")
    )
    if pack := query.get("pack"):
        found = found.filter(indicator__pack=pack)
    if direction := query.get("direction"):
        found = found.filter(indicator__direction__code=direction)
    for word in query.get("q", "").split():
        found = found.filter(Q(name__icontains=word) | Q(indicator__code__icontains=word))
    total = found.count()
    versions = list(found[:FOUND])
    present = set(form.fields.values_list("version__indicator", flat=True))
    asked: dict[int, list[str]] = {}
    others = FormField.objects.filter(
        form__is_active=True, form__period_kind=form.period_kind,
        version__indicator__in=[item.indicator_id for item in versions],
    ).exclude(form__code=form.code)  # fmt: skip
    for indicator, title in others.values_list("version__indicator", "form__short_title"):
        asked.setdefault(indicator, []).append(title)
    return [
        Candidate(item, item.indicator_id in present, tuple(asked.get(item.indicator_id, ()))) for item in versions
    ], total
