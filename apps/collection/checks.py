"""Checks of a filled form: bounds, rules between rows, change against last year. Plain data in, remarks out.

A rule is a text of the formula language; one whose inputs are not all given is not judged (the missing row is counted
elsewhere). `previous([code])` is last year's number; a code that the form does not ask is the number of that indicator
for the same period from any other source of the portal. The limits of `is_jump` are the portal's own proposal: no act
sets them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from apps.collection.compiled import condition, formula
from apps.collection.definition import Answers, FormDefinition, Known, Row, Rule
from apps.collection.entries import plain
from apps.core import personal
from apps.core.findings import Finding, Severity, error, notice, query
from apps.indicators import formulas

JUMP_SHARE = Decimal("0.5")  # of last year's number
JUMP_LEAST = Decimal(10)  # smaller changes are never asked about
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Remark:
    """A finding tied to a row of the form, so that page and workbook can show it there."""

    key: str
    finding: Finding

    @property
    def is_query(self) -> bool:
        return self.finding.severity == Severity.QUERY


def is_jump(before: Decimal, now: Decimal) -> bool:
    """Whether the change asks for an explanation: by more than half and by more than ten."""
    return abs(now - before) > max(JUMP_LEAST, abs(before) * JUMP_SHARE)


def check(
    definition: FormDefinition,
    answers: Answers,
    previous: Mapping[str, Decimal],
    known: Mapping[str, Known] | None = None,
) -> list[Remark]:
    """All remarks on what was given, in the order of the form. Explained queries become notices.

    `known` are numbers of the same period from other forms and sources: what differs from them is asked about.
    """
    known = known or {}
    remarks = [
        *_rows(definition, answers, previous),
        *_differences(definition, answers, known),
        *_rules(definition, answers, previous, known),
    ]
    places = {row.key: place for place, row in enumerate(definition.rows)}
    remarks.sort(key=lambda remark: places.get(remark.key, -1))
    return [_placed(_explained(remark, answers), answers) for remark in remarks]


def _placed(remark: Remark, answers: Answers) -> Remark:
    given = answers.get(remark.key)
    if given is None or not given.cell:
        return remark
    return replace(remark, finding=replace(remark.finding, sheet=given.sheet, cell=given.cell))


def _explained(remark: Remark, answers: Answers) -> Remark:
    """A query with an explanation asks nothing more; the reviewer sees both."""
    given = answers.get(remark.key)
    if not remark.is_query or given is None or not given.explanation:
        return remark
    explained = replace(
        remark.finding, severity=Severity.NOTICE, action=f"Пояснение организации: «{given.explanation}»."
    )
    return replace(remark, finding=explained)


def _rows(definition: FormDefinition, answers: Answers, previous: Mapping[str, Decimal]) -> Iterator[Remark]:
    for row in definition.inputs:
        given = answers.get(row.key)
        if given is None:
            continue
        for finding in _of_row(row, given.number, previous.get(row.key)):
            yield Remark(row.key, finding)
        if row.is_text and (kinds := personal.kinds(given.text)):
            message = f"{row.label}: в тексте похоже на личные данные ({personal.said(kinds)})."
            action = "Уберите их или поясните, почему они здесь нужны."
            yield Remark(row.key, query("personal_data", message, action=action))
        for note in given.notes:
            yield Remark(row.key, notice("normalised", f"{row.label}: {note}"))


def _of_row(row: Row, number: Decimal | None, before: Decimal | None) -> Iterator[Finding]:
    if number is None or row.is_yes_no or row.is_text:
        return
    least = Decimal(0) if row.minimum is None else row.minimum
    if number < least:
        yield error(
            "below_minimum", f"{row.label}: число меньше возможного.", found=plain(number),
            expected=f"не меньше {plain(least)}", action="Исправьте число.",
        )  # fmt: skip
        return
    most = HUNDRED if row.maximum is None and row.value_type == "percent" else row.maximum
    if most is not None and number > most:
        yield error(
            "above_maximum", f"{row.label}: число больше возможного.", found=plain(number),
            expected=f"не больше {plain(most)}", action="Исправьте число.",
        )  # fmt: skip
        return
    if row.value_type == "percent" and 0 < number <= 1:
        yield query(
            "share_or_percent", f"{row.label}: похоже на долю, а не на процент.", found=f"{plain(number)} %",
            expected=f"{plain(number * 100)} %, если это доля",
            action="Введите процент, например 85 вместо 0,85, или поясните.",
        )  # fmt: skip
    if before is not None and is_jump(before, number):
        yield query(
            "jump", f"{row.label}: резкое изменение к прошлому году.", found=plain(number),
            expected=f"в прошлом году было {plain(before)}", action="Проверьте число или поясните причину.",
        )  # fmt: skip


def _differences(definition: FormDefinition, answers: Answers, known: Mapping[str, Known]) -> Iterator[Remark]:
    """The same number was given elsewhere and is another one there."""
    for row in definition.inputs:
        given, other = answers.get(row.key), known.get(row.key)
        if other is None or given is None or given.number is None or given.number == other.number:
            continue
        found, expected = (("да" if n else "нет") if row.is_yes_no else plain(n) for n in (given.number, other.number))
        yield Remark(
            row.key,
            query(
                "differs", f"{row.label}: расходится с тем, что собрано раньше.", found=found,
                expected=f"{expected} ({other.source})", action="Исправьте число или поясните, почему оно другое.",
            ),
        )  # fmt: skip


def _rules(
    definition: FormDefinition, answers: Answers, previous: Mapping[str, Decimal], known: Mapping[str, Known]
) -> Iterator[Remark]:
    given = rule_values(definition, answers, previous, known)
    for rule in definition.rules:
        yield from broken(definition, rule, given)


def rule_values(
    definition: FormDefinition, answers: Answers, previous: Mapping[str, Decimal], known: Mapping[str, Known]
) -> dict[str, Decimal | None]:
    """What rules are judged by: answers, computed rows, last year's numbers, and other indicators of the period."""
    outside: dict[str, Decimal | None] = {
        key: item.number for key, item in known.items() if key not in definition.by_key
    }
    derived = {key: outcome.number for key, outcome in derived_values(definition, answers).items()}
    before = {formulas.previous_key(key): number for key, number in previous.items()}
    return outside | before | derived | definition.numbers(answers)


def broken(definition: FormDefinition, rule: Rule, given: Mapping[str, Decimal | None]) -> Iterator[Remark]:
    """The remark of a rule that does not hold; nothing where it holds or cannot be judged yet."""
    tree = condition(rule.rule)
    if formulas.check_rule(tree, given).value is not False:
        return
    named = set(formulas.references(tree))
    rows = [row for row in definition.rows if row.key in named]
    found = ", ".join(_said(row, given.get(row.key)) for row in rows)
    actions = {Severity.ERROR: "Исправьте одну из этих строк.", Severity.QUERY: "Исправьте или поясните."}
    severity = Severity(rule.severity)
    place = rule.place if rule.place in definition.by_key else rows[0].key if rows else ""
    yield Remark(place, Finding(severity, "rule", f"{rule.message}.", found=found, action=actions.get(severity, "")))


def _said(row: Row, number: Decimal | None) -> str:
    if number is None:
        return f"строка {row.number} не заполнена"
    if row.is_yes_no:
        return f"строка {row.number} — {'да' if number else 'нет'}"
    return f"строка {row.number} — {plain(number)}"


def derived_values(definition: FormDefinition, answers: Answers) -> dict[str, formulas.Outcome]:
    """What the computed rows come to: a number or the reason why there is none."""
    known = definition.numbers(answers)
    outcomes: dict[str, formulas.Outcome] = {}
    for row in definition.rows:
        if row.is_derived:
            outcomes[row.key] = formulas.evaluate(formula(row.formula), known)
            known[row.key] = outcomes[row.key].number
    return outcomes
