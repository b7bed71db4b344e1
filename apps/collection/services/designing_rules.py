"""Rules of a draft: what must hold between its rows, against last year and against other sources."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from apps.collection.models import Form, FormRule
from apps.collection.selectors.readiness import rule_faults
from apps.collection.services.designing import lock_draft
from apps.core import events
from apps.core.findings import Refused, error
from apps.workbooks.cells import clean_text


def _checked(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = {name: clean_text(values.get(name, "")) for name in ("rule", "severity", "message", "place")}
    cleaned["message"] = cleaned["message"].rstrip(".")[:500]
    codes = set(form.fields.values_list("version__indicator__code", flat=True))
    found = rule_faults(cleaned["rule"], cleaned["place"], codes)
    if cleaned["severity"] not in FormRule.Severity.values:
        found.append(error("bad_severity", "Выберите, насколько строгое правило."))
    if not cleaned["message"]:
        found.append(error("no_message", "Напишите, что не так: этот текст увидит организация."))
    if found:
        raise Refused(found)
    return cleaned


@transaction.atomic
def add_rule(*, form: Form, values: Mapping[str, Any], by: Any) -> FormRule:
    """Raises Refused: a formula that cannot be read, unknown codes, no message."""
    form = lock_draft(form, by)
    cleaned = _checked(form, values)
    last = form.rules.order_by("-order").values_list("order", flat=True).first() or 0
    rule = FormRule.objects.create(form=form, order=last + 1, **cleaned)
    events.record(kind="form.rule_added", subject=form, by=by, text=f"Добавлено правило: {rule.message}")
    return rule


@transaction.atomic
def edit_rule(*, form: Form, pk: int, values: Mapping[str, Any], by: Any) -> FormRule:
    """Raises Refused."""
    form = lock_draft(form, by)
    rule = _rule(form, pk)
    for name, value in _checked(form, values).items():
        setattr(rule, name, value)
    rule.save(update_fields=["rule", "severity", "message", "place"])
    events.record(kind="form.rule_edited", subject=form, by=by, text=f"Изменено правило: {rule.message}")
    return rule


@transaction.atomic
def remove_rule(*, form: Form, pk: int, by: Any) -> None:
    """Raises Refused."""
    form = lock_draft(form, by)
    rule = _rule(form, pk)
    rule.delete()
    events.record(kind="form.rule_removed", subject=form, by=by, text=f"Убрано правило: {rule.message}")


def _rule(form: Form, pk: int) -> FormRule:
    found = form.rules.filter(pk=pk).first()
    if found is None:
        raise Refused([error("no_rule", "Этого правила в форме уже нет.", action="Обновите страницу.")])
    return found
