"""Whether a draft may be published: what is missing, what is asked elsewhere, which rules do not hold together."""

from apps.collection.compiled import condition, formula
from apps.collection.models import Form, FormField
from apps.collection.selectors.duplicates import duplicates_of
from apps.core.findings import Finding, error, notice
from apps.core.models import Period
from apps.indicators import formulas
from apps.indicators.formulas import FormulaError
from apps.indicators.models import Indicator, Pack


def faults_of(form: Form) -> list[Finding]:
    """Errors stand in the way, notices are to be known. All at once."""
    fields = list(form.fields.select_related("version__indicator").order_by("order"))
    return [
        *_rows(fields),
        *_periods(form, fields),
        *_duplicates(form),
        *_rules(form, {item.version.indicator.code for item in fields}),
    ]


def _rows(fields: list[FormField]) -> list[Finding]:
    if not any(item.is_asked for item in fields):
        action = "Добавьте хотя бы один показатель, который вносит организация."
        return [error("no_rows", "В форме нечего заполнять.", action=action)]
    codes = {item.version.indicator.code for item in fields}
    found = []
    for item in fields:
        if not item.version.is_derived:
            continue
        missing = [code for code in formulas.references(formula(item.version.formula)) if code not in codes]
        if missing:
            message = f"Строка {item.version.indicator.number} вычисляется, но в форме нет: {', '.join(missing)}."
            found.append(error("no_inputs", message, action="Добавьте эти показатели или уберите вычисляемую строку."))
    return found


def packs_of_other_periods(form: Form) -> dict[str, str]:
    """Packs whose figures are collected for another kind of period than the form's: code → that kind in words.

    A form of a date takes figures of any period, as federal statistics does.
    """
    if form.period_kind == Period.Kind.DATE:
        return {}
    others = Pack.objects.exclude(period_kind=form.period_kind).values_list("code", "period_kind")
    return {code: str(Period.Kind(kind).label) for code, kind in others}


def _periods(form: Form, fields: list[FormField]) -> list[Finding]:
    kinds = packs_of_other_periods(form)
    ours = Period.Kind(form.period_kind).label
    return [
        error(
            "other_period",
            f"Строка {item.version.indicator.number} собирается за {kinds[pack]}, а форма — за {ours}.",
            action="Уберите строку или измените период в паспорте формы.",
        )
        for item in fields
        if (pack := item.version.indicator.pack) in kinds
    ]


def _duplicates(form: Form) -> list[Finding]:
    found = []
    for pairs in duplicates_of(form).values():
        first = pairs[0]
        names = ", ".join(f"«{pair.form.short_title}»" for pair in pairs)
        where = f"Строка {first.field.version.indicator.number} уже спрашивается за тот же период: форма {names}."
        if first.is_settled:
            how = first.field.duplicate_reason or FormField.Reuse(first.field.reuse).label
            found.append(notice("asked_elsewhere", where, action=f"Решено: {how}."))
        else:
            action = "Возьмите собранное или напишите, почему спрашиваете ещё раз."
            found.append(error("duplicate", where, action=action))
    return found


def _rules(form: Form, codes: set[str]) -> list[Finding]:
    return [fault for rule in form.rules.all() for fault in rule_faults(rule.rule, rule.place, codes, rule.order)]


def rule_faults(text: str, place: str, codes: set[str], number: int | None = None) -> list[Finding]:
    """What is wrong with the text of a rule and its place in a form with these codes."""
    name = f"Правило {number}" if number else "Правило"
    try:
        tree = condition(text)
    except FormulaError as fault:
        return [error("bad_rule", f"{name}: {fault}")]
    found = []
    before = [code for code in formulas.previous_references(tree) if code not in codes]
    if before:
        message = f"{name}: число прошлого года есть только у строк формы, а этих в ней нет: {', '.join(before)}."
        found.append(error("previous_outside", message))
    outside = [code for code in formulas.current_references(tree) if code not in codes]
    known = set(Indicator.objects.filter(code__in=outside, is_group=False).values_list("code", flat=True))
    if unknown := [code for code in outside if code not in known]:
        found.append(error("unknown_code", f"{name}: таких показателей на портале нет: {', '.join(unknown)}."))
    if not set(formulas.references(tree)) & codes:
        found.append(error("no_own_row", f"{name}: в нём нет ни одной строки этой формы."))
    if place and place not in codes:
        found.append(error("bad_place", f"{name}: строки «{place}» в форме нет.", action="Выберите строку из списка."))
    return found
