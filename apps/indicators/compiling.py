"""From what a person wrote about an indicator to what is counted: checks, terms, and who is built on it.

A formula that is `scale × sum ÷ sum` of rows of its own kind of period becomes terms (the first stage); any other is
counted over figures (the second stage) and must say how: for every organisation (`mean`) or over the figures of a
scope (`formula`). Terms hold the inputs of inputs, so formulas built on a changed one are compiled anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from apps.core.findings import Finding, error, has_errors
from apps.indicators import formulas
from apps.indicators.formulas.graph import depth_of
from apps.indicators.formulas.words import in_words
from apps.indicators.models import IndicatorVersion, Pack

MAX_CHAIN = 20  # formulas built on formulas

Aggregation = IndicatorVersion.Aggregation
# Formulas without terms: not counted at all, or counted by the second stage.
NOT_COMPILED = (Aggregation.NONE, Aggregation.MEAN, Aggregation.FORMULA)
SECOND_STAGE = (Aggregation.MEAN, Aggregation.FORMULA)
FIRST_STAGE = (Aggregation.SUM, Aggregation.RATIO)

TermRow = tuple[str, str, Decimal]  # part, code of the input, coefficient


def terms_of(linear: formulas.Linear) -> list[TermRow]:
    """Rows of numerator and denominator as they are stored."""
    rows = [("n", code, number) for code, number in linear.numerator.items()]
    return rows + [("d", code, number) for code, number in linear.denominator.items()]


@dataclass(frozen=True)
class Known:
    """What stands already about an indicator: its newest version."""

    code: str
    name: str
    formula: str = ""
    aggregation: str = ""
    pack: str = ""
    is_measured: bool = True  # no heading, no text


@dataclass
class Catalogue:
    """The newest versions of all indicators, and of which kind of period each pack is."""

    rows: dict[str, Known]
    kinds: dict[str, str]
    _trees: dict[str, formulas.Node] = field(default_factory=dict)

    @classmethod
    def stored(cls) -> "Catalogue":
        """In two statements."""
        fields = ("indicator__code", "name", "formula", "aggregation", "indicator__pack", "value_type")
        found = IndicatorVersion.objects.current().values_list(*fields, "indicator__is_group")
        rows = {
            code: Known(code, name, formula, aggregation, pack, not is_group and kind not in ("", "text"))
            for code, name, formula, aggregation, pack, kind, is_group in found
        }
        return cls(rows, dict(Pack.objects.values_list("code", "period_kind")))

    def with_row(self, row: Known) -> "Catalogue":
        """The same with one indicator as it would be."""
        changed = Catalogue(self.rows | {row.code: row}, self.kinds)
        changed._trees = {code: tree for code, tree in self._trees.items() if code != row.code}
        return changed

    def tree(self, code: str) -> formulas.Node | None:
        text = self.rows[code].formula if code in self.rows else ""
        if text and code not in self._trees:
            self._trees[code] = formulas.parse(text)
        return self._trees.get(code)

    def trees(self) -> dict[str, formulas.Node]:
        return {code: tree for code in self.rows if (tree := self.tree(code)) is not None}

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        return {code: self.rows[code].name for code in codes if code in self.rows}

    def kind_of(self, code: str, default: str = "") -> str:
        """The kind of period that the indicator is measured in."""
        pack = self.rows[code].pack if code in self.rows else code.split(".", 1)[0]
        return self.kinds.get(pack, default)


@dataclass
class Compiled:
    """What a formula means, or why it means nothing."""

    tree: formulas.Node | None = None
    aggregation: str = Aggregation.NONE
    scale: Decimal = Decimal(1)
    terms: list[TermRow] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    words: str = ""
    findings: list[Finding] = field(default_factory=list)
    position: int | None = None  # of the fault in the text, from 1

    @property
    def is_good(self) -> bool:
        return not has_errors(self.findings)

    @property
    def is_second_stage(self) -> bool:
        return self.aggregation in SECOND_STAGE


@dataclass(frozen=True)
class Dependent:
    """An indicator built on a changed one: its terms as they would be."""

    code: str
    scale: Decimal
    terms: list[TermRow]


def compile_entered(*, aggregation: str, weight_code: str, catalogue: Catalogue) -> Compiled:
    """A row that organisations enter; a weighted mean names the row that weighs it."""
    result = Compiled(aggregation=aggregation)
    if aggregation in (Aggregation.RATIO, Aggregation.FORMULA):
        text = "без формулы показатель нельзя складывать как отношение или формулу"
        result.findings.append(error("needs_formula", text, action="Напишите формулу или выберите другое сложение."))
    if aggregation == Aggregation.WEIGHTED_MEAN:
        if weight_code in catalogue.rows and catalogue.rows[weight_code].is_measured:
            result.terms = [("d", weight_code, Decimal(1))]
        else:
            action = "Укажите код показателя, например so_oo.A.9."
            result.findings.append(error("unknown_weight", "не указан вес взвешенного среднего", action=action))
    return result


def compile_formula(*, code: str, text: str, aggregation: str, catalogue: Catalogue, pack: str = "") -> Compiled:
    """Check the formula of `code` against everything that stands, and compile it.

    Where `aggregation` is a sum or a ratio, the formula itself decides which of them it is.
    """
    result = Compiled(aggregation=aggregation)
    try:
        result.tree = formulas.parse(text)
    except formulas.FormulaError as failure:
        result.position = failure.position
        result.findings.append(error(failure.code, str(failure)))
        return result
    result.used = formulas.references(result.tree)
    result.words = in_words(result.tree, catalogue.names(result.used))
    name = catalogue.rows[code].name if code in catalogue.rows else code
    whole = catalogue.with_row(Known(code, name, text, aggregation, pack or code.split(".", 1)[0]))
    result.findings += _faults_of_inputs(result.used, whole)
    if result.is_good:
        result.findings += _faults_of_chain(code, whole)
    if result.is_good:
        _compile(result, code, whole)
    return result


def _faults_of_inputs(used: list[str], catalogue: Catalogue) -> list[Finding]:
    found = []
    for code in used:
        if code not in catalogue.rows:
            action = "Проверьте код: он стоит на странице показателя."
            found.append(error("unknown_code", f"показателя {code} нет", action=action))
        elif not catalogue.rows[code].is_measured:
            text = f"показатель {code} — заголовок или текст, числа у него нет"
            found.append(error("not_a_number", text, action="Выберите показатель с числом."))
    if not used:
        text = "в формуле нет ни одного показателя"
        found.append(error("no_inputs", text, action="Укажите код показателя в скобках: [so_oo.1.10]."))
    return found


def _faults_of_chain(code: str, catalogue: Catalogue) -> list[Finding]:
    """Only what the formula can reach is walked: the rest has no circles."""
    uses: dict[str, list[str]] = {}
    waiting = [code]
    while waiting:
        one = waiting.pop()
        tree = catalogue.tree(one) if one not in uses else None
        if tree is not None:
            uses[one] = formulas.references(tree)
            waiting += uses[one]
    if cycle := formulas.find_cycle(uses):
        path = " → ".join(cycle)
        action = "Уберите из формулы показатель, который сам считается через этот."
        return [error("cycle", f"формулы ссылаются друг на друга по кругу: {path}", action=action)]
    if depth_of(uses) > MAX_CHAIN:
        return [error("deep_chain", f"формулы построены друг на друге глубже {MAX_CHAIN} уровней")]
    return []


def _compile(result: Compiled, code: str, catalogue: Catalogue) -> None:
    linear = linear_of(code, catalogue)
    if result.aggregation in FIRST_STAGE:
        if linear is None:
            action = "Выберите «среднее по организациям» или «формула над сводными числами»."
            text = "такая формула не складывается по организациям: это не сумма и не отношение сумм"
            result.findings.append(error("not_linear", text, action=action))
            return
        result.aggregation = Aggregation.RATIO if linear.is_ratio else Aggregation.SUM
        result.scale, result.terms = linear.scale, terms_of(linear)
    elif result.aggregation not in NOT_COMPILED:
        text = "у показателя с формулой так складывать нельзя"
        action = "Выберите «по формуле», «среднее по организациям» или «формула над сводными числами»."
        result.findings.append(error("wrong_aggregation", text, action=action))


def linear_of(code: str, catalogue: Catalogue) -> formulas.Linear | None:
    """Numerator and denominator of the formula in entered rows, all of the same kind of period; else None."""
    trees = catalogue.trees()
    linear = formulas.linearize(trees[code], trees)
    if linear is None:
        return None
    kind = catalogue.kind_of(code)
    inputs = {*linear.numerator, *linear.denominator}
    return linear if all(catalogue.kind_of(one, kind) == kind for one in inputs) else None


def dependents_of(code: str, catalogue: Catalogue) -> list[str]:
    """Codes whose formulas are built on the indicator, directly or through others; nearest first."""
    readers: dict[str, list[str]] = {}
    for other, tree in catalogue.trees().items():
        for used in formulas.references(tree):
            readers.setdefault(used, []).append(other)
    found: dict[str, None] = {}
    waiting = [code]
    while waiting:
        for other in readers.get(waiting.pop(0), ()):
            if other not in found and other != code:
                found[other] = None
                waiting.append(other)
    return list(found)


def compile_dependents(
    row: Known, catalogue: Catalogue, stored: Mapping[str, tuple[Decimal, set[TermRow]]]
) -> tuple[list[Dependent], list[Finding]]:
    """Indicators whose terms change when `row` takes effect, and those that could not be counted any more.

    `stored` gives scale and terms of the newest versions by code.
    """
    whole = catalogue.with_row(row)
    changed, findings = [], []
    for code in dependents_of(row.code, whole):
        if whole.rows[code].aggregation not in FIRST_STAGE:
            continue
        linear = linear_of(code, whole)
        if linear is None or linear.is_ratio != (whole.rows[code].aggregation == Aggregation.RATIO):
            text = f"на этом показателе построен {code} «{whole.rows[code].name}»: его нельзя будет сложить"
            action = "Сначала предложите новую версию того показателя."
            findings.append(error("breaks_dependent", text, action=action))
            continue
        terms = terms_of(linear)
        if stored.get(code) != (linear.scale, set(terms)):
            changed.append(Dependent(code, linear.scale, terms))
    return changed, findings
