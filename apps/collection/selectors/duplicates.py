"""What is asked elsewhere for the same kind of period: the same indicator, or one that is marked as the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from apps.collection.models import Form, FormField, Submission
from apps.collection.selectors.values import same_codes
from apps.core.findings import Finding, error
from apps.core.models import Period
from apps.organizations.models import Organization


@dataclass(frozen=True)
class Duplicate:
    """A row of this form that another form asks, and how many organisations would be asked twice."""

    field: FormField
    other: FormField
    organizations: int

    @property
    def form(self) -> Form:
        return self.other.form

    @property
    def is_settled(self) -> bool:
        """Taken over from there, or asked again for a stated reason."""
        return _is_settled(self.field)


def delivers(organization: Organization, form: Form) -> bool:
    """A form says for which kinds and programmes it is; saying nothing it is for all of them."""
    by_kind = not form.kinds or organization.kind in form.kinds
    return by_kind and (not form.programmes or bool(set(form.programmes) & set(organization.programmes)))


def duplicates_of(form: Form, organizations: list[Organization] | None = None) -> dict[int, list[Duplicate]]:
    """By the id of the row; four queries whatever the length. Only forms in force of the same kind of period count."""
    fields = [item for item in form.fields.select_related("version__indicator") if item.is_asked or _is_taken(item)]
    mine = {item.version.indicator.code: item for item in fields}
    same = same_codes(mine)
    codes = set(mine).union(*same.values())
    others = (
        FormField.objects.filter(
            form__is_active=True, form__period_kind=form.period_kind, version__indicator__code__in=codes
        )
        .exclude(form__code=form.code)
        .select_related("form", "version__indicator")
        .order_by("form__code", "order")
    )
    asked = [item for item in others if item.is_asked]
    if not asked:
        return {}
    everyone = list(Organization.objects.educational().active()) if organizations is None else organizations
    by_code: dict[str, list[FormField]] = defaultdict(list)
    for item in asked:
        by_code[item.version.indicator.code].append(item)
    found: dict[int, list[Duplicate]] = {}
    for code, field in mine.items():
        rivals = [item for other in {code, *same.get(code, ())} for item in by_code.get(other, [])]
        pairs = [Duplicate(field, item, _asked_twice(form, field, item, everyone)) for item in rivals]
        pairs = [pair for pair in pairs if pair.organizations]
        if pairs:
            found[field.pk] = pairs
    return found


def asked_twice(period: Period, asked: Iterable[tuple[Organization, Form]]) -> list[Finding]:
    """Rows that would be asked again of an organisation for the period, unsettled: one finding a row and other form."""
    forms: dict[int, Form] = {}
    organizations: dict[int, dict[int, Organization]] = defaultdict(dict)  # by form
    for organization, form in asked:
        forms[form.pk] = form
        organizations[form.pk][organization.pk] = organization
    earlier: dict[int, set[int]] = defaultdict(set)
    for form_pk, organization_pk in Submission.objects.filter(period=period).values_list("form", "organization"):
        earlier[form_pk].add(organization_pk)
    for form_pk, found in organizations.items():
        earlier[form_pk] |= set(found)
    fields = list(FormField.objects.filter(form__in=earlier).select_related("form", "version__indicator"))
    by_code: dict[str, list[FormField]] = defaultdict(list)
    for item in fields:
        if item.is_asked:
            by_code[item.version.indicator.code].append(item)
    new = [item for item in fields if item.form_id in forms and item.is_asked and not _is_settled(item)]
    same = same_codes(item.version.indicator.code for item in new)
    found_pairs: dict[tuple[int, str], tuple[FormField, FormField]] = {}
    for item in new:
        code = item.version.indicator.code
        for other in (rival for key in {code, *same.get(code, ())} for rival in by_code[key]):
            if other.form.code == item.form.code or (other.form_id in forms and other.pk > item.pk):
                continue  # of two rows of one campaign the later one gives way
            both = earlier[other.form_id] & set(organizations[item.form_id])
            if any(item.concerns(organizations[item.form_id][pk]) for pk in both):
                found_pairs.setdefault((item.pk, other.form.code), (item, other))
    return [_twice(period, item, other) for item, other in found_pairs.values()]


def _is_settled(field: FormField) -> bool:
    return field.reuse != FormField.Reuse.ASK or bool(field.duplicate_reason)


def _twice(period: Period, item: FormField, other: FormField) -> Finding:
    row = f"«{item.form.short_title}», строка {item.version.indicator.number}"
    message = f"{row}: за {period} это уже спрашивает форма «{other.form.short_title}»."
    action = "В новой версии формы возьмите собранное или напишите, почему спрашиваете ещё раз."
    return error("asked_elsewhere", message, action=action)


def _is_taken(field: FormField) -> bool:
    return field.reuse == FormField.Reuse.TAKE


def _asked_twice(form: Form, field: FormField, other: FormField, organizations: list[Organization]) -> int:
    return sum(
        1
        for organization in organizations
        if delivers(organization, form)
        and delivers(organization, other.form)
        and field.concerns(organization)
        and other.concerns(organization)
    )
