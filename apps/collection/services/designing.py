"""Composing forms: a draft is changed freely, what was published never; a change makes the next version."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.collection.models import Form, FormField, FormRule
from apps.collection.preparing import Preparer, document_of
from apps.collection.selectors.readiness import faults_of
from apps.collection.signals import versioned
from apps.collection.states import LAUNCHERS
from apps.core import events
from apps.core.findings import Finding, Refused, error, has_errors
from apps.indicators.models import IndicatorVersion
from apps.workbooks.cells import clean_text

PASSPORT = (
    "title", "short_title", "legal_basis", "basis_point", "basis_url", "source_state", "prepared_by",
    "teacher_document", "kinds", "programmes", "period_kind", "instructions",
)  # fmt: skip
RECEIPT_PREFIX = "Ф"


def require_launcher(by: Any) -> None:
    """Raises Refused."""
    if by is None or not by.is_active or by.role not in LAUNCHERS:
        raise Refused([error("no_right", "У вас нет права на это действие.")])


def lock_draft(form: Form, by: Any) -> Form:
    """The draft, locked against a second editor. Raises Refused: no right, or it is published and frozen."""
    require_launcher(by)
    found = Form.objects.select_for_update().filter(pk=form.pk).first()
    if found is None:
        raise Refused([error("gone", "Этот черновик уже удалён.", action="Вернитесь к списку форм.")])
    if not found.is_draft:
        action = "Начните новую версию: нажмите «Изменить» на странице формы."
        raise Refused([error("frozen", "Опубликованная версия формы не меняется.", action=action)])
    return found


def passport_faults(values: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with the passport of a form: all faults at once."""
    found = []
    if not clean_text(values.get("title", "")):
        found.append(error("no_title", "Напишите название формы."))
    if not clean_text(values.get("legal_basis", "")):
        action = "Назовите акт: закон, приказ, постановление с датой и номером."
        found.append(error("no_basis", "Форма без правового основания не составляется.", action=action))
    if values.get("prepared_by") == Preparer.TEACHER and document_of(values.get("teacher_document", "")) is None:
        action = "Выберите документ перечня или поручите подготовку другому работнику."
        message = "Педагог готовит только документы из перечня (приказ Минпросвещения № 779 от 06.11.2024)."
        found.append(error("teacher_unlisted", message, action=action))
    return found


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: values[name] for name in PASSPORT if name in values}
    for name in ("title", "short_title", "legal_basis", "basis_point", "instructions"):
        if name in found:
            found[name] = clean_text(found[name])
    if found.get("prepared_by") != Preparer.TEACHER and "prepared_by" in found:
        found["teacher_document"] = ""
    if "title" in found and not found.get("short_title"):
        found["short_title"] = found["title"]
    if "short_title" in found:
        found["short_title"] = found["short_title"][:80]
    return found


@transaction.atomic
def create_form(*, values: Mapping[str, Any], by: Any) -> Form:
    """A new form as a draft without rows. Raises Refused: no right, no legal basis, a teacher's unlisted document."""
    require_launcher(by)
    if found := passport_faults(values):
        raise Refused(found)
    form = Form.objects.create(
        code=_free_code(), is_own=True, is_active=False, published_at=None, receipt_prefix=RECEIPT_PREFIX,
        **_clean(values),
    )  # fmt: skip
    events.record(kind="form.created", subject=form, by=by, text=f"Форма начата: «{form.short_title}»")
    return form


def _free_code() -> str:
    """Codes of own forms count up; two who compose at once wait for each other."""
    codes = Form.objects.select_for_update().filter(code__startswith="own-").values_list("code", flat=True)
    numbers = [int(code[4:]) for code in codes if code[4:].isdigit()]
    return f"own-{max(numbers, default=0) + 1}"


@transaction.atomic
def edit_form(*, form: Form, values: Mapping[str, Any], by: Any) -> Form:
    """Change the passport of a draft. Raises Refused."""
    form = lock_draft(form, by)
    merged = {name: getattr(form, name) for name in PASSPORT} | dict(values)
    if found := passport_faults(merged):
        raise Refused(found)
    cleaned = _clean(merged)
    changed = [name for name, value in cleaned.items() if getattr(form, name) != value]
    if changed:
        for name in changed:
            setattr(form, name, cleaned[name])
        form.save(update_fields=changed)
        names = ", ".join(str(form._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        events.record(kind="form.edited", subject=form, by=by, text=f"Изменено: {names}", fields=changed)
    return form


@transaction.atomic
def start_version(*, form: Form, by: Any) -> Form:
    """The draft of the next version, a copy of this one; the draft that stands already where there is one."""
    require_launcher(by)
    versions = list(Form.objects.select_for_update().filter(code=form.code).order_by("-version"))
    if versions[0].is_draft:
        return versions[0]
    values = {name: getattr(form, name) for name in PASSPORT}
    draft = Form.objects.create(
        code=form.code, version=versions[0].version + 1, pack=form.pack, is_own=True, is_active=False,
        published_at=None, receipt_prefix=form.receipt_prefix, **values,
    )  # fmt: skip
    _copy_rows(form, draft)
    versioned.send(sender=Form, old=form, new=draft, by=by)
    text = f"Начата версия {draft.version} формы «{draft.short_title}»"
    events.record(kind="form.version_started", subject=draft, by=by, text=text)
    return draft


def _copy_rows(form: Form, draft: Form) -> None:
    """Rows with the indicators' versions that are in force now; rules as they stand."""
    fields = list(form.fields.select_related("version"))
    current = {
        version.indicator_id: version
        for version in IndicatorVersion.objects.current().filter(indicator__in=[f.version.indicator_id for f in fields])
    }
    for field in fields:
        field.pk, field.form = None, draft
        field._state.adding = True
        field.version = current.get(field.version.indicator_id, field.version)
    FormField.objects.bulk_create(fields)
    rules = list(form.rules.all())
    for rule in rules:
        rule.pk, rule.form = None, draft
        rule._state.adding = True
    FormRule.objects.bulk_create(rules)


@transaction.atomic
def discard_draft(*, form: Form, by: Any) -> Form | None:
    """Delete a draft. Returns the version in force, or None where the form was never published. Raises Refused."""
    form = lock_draft(form, by)
    active = Form.objects.filter(code=form.code, is_active=True).first()
    text = f"Черновик версии {form.version} формы «{form.short_title}» удалён"
    events.record(kind="form.draft_discarded", subject=active or form, by=by, text=text)
    form.delete()
    return active


@transaction.atomic
def publish_form(*, form: Form, by: Any) -> Form:
    """Put a draft in force: it is frozen, and new campaigns ask it. Running campaigns keep their version.

    Raises Refused with all that is missing: rows, reasons for what is asked elsewhere, faulty rules.
    """
    form = lock_draft(form, by)
    found = passport_faults({name: getattr(form, name) for name in PASSPORT}) + faults_of(form)
    if has_errors(found):
        raise Refused(found)
    Form.objects.filter(code=form.code, is_active=True).update(is_active=False)
    unconfirmed = form.fields.exclude(version__source_state=IndicatorVersion.Source.OFFICIAL)
    form.is_active, form.published_at, form.published_by = True, timezone.now(), by
    form.is_confirmed = not unconfirmed.exists() and form.source_state == IndicatorVersion.Source.OFFICIAL
    form.save(update_fields=["is_active", "published_at", "published_by", "is_confirmed"])
    text = f"Опубликована версия {form.version} формы «{form.short_title}»"
    events.record(kind="form.published", subject=form, by=by, text=text, version=form.version)
    return form
