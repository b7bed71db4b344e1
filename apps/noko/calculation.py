"""The official formula over an operator's primary figures: the pack's own formulas, nothing counted here by hand.

`Method` is read once from the versions in force; `Method.compute` is pure. A figure without its inputs, or divided by
nobody asked, is missing with a reason, and so is everything built on it: absent is not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from apps.indicators import formulas
from apps.indicators.formulas import Node, Outcome
from apps.indicators.models import IndicatorVersion, Rule

PACK = "noko"
CRITERIA = ("K1", "K2", "K3", "K4", "K5")
TOTALS = (*CRITERIA, "S")
SATISFACTION = ("1.3", "2.3", "3.3", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3")


@dataclass(frozen=True)
class Row:
    """An indicator of the pack by its number in it («1.1.1»)."""

    number: str
    name: str
    value_type: str
    decimals: int
    is_unconfirmed: bool

    @property
    def code(self) -> str:
        return f"{PACK}.{self.number}"

    @property
    def is_yes_no(self) -> bool:
        return self.value_type == IndicatorVersion.ValueType.BOOLEAN


@dataclass(frozen=True)
class Method:
    rows: tuple[Row, ...]
    formulas: Mapping[str, Node]  # by code
    rules: tuple[Rule, ...] = ()

    @property
    def by_number(self) -> dict[str, Row]:
        return {row.number: row for row in self.rows}

    @property
    def inputs(self) -> list[Row]:
        """What the operator gives: everything that is not counted."""
        return [row for row in self.rows if row.code not in self.formulas]

    def compute(self, given: Mapping[str, Decimal | None]) -> dict[str, Outcome]:
        """Every counted figure of one organisation, by number. `given` is by number too."""
        values: dict[str, Decimal | None] = {f"{PACK}.{number}": value for number, value in given.items()}
        outcomes: dict[str, Outcome] = {}
        for code in self._in_order():
            outcome = formulas.evaluate(self.formulas[code], values)
            outcomes[code.removeprefix(f"{PACK}.")] = outcome
            values[code] = outcome.number
        return outcomes

    def _in_order(self) -> list[str]:
        """Each formula after those it is built on; the packs hold no circles."""
        done: list[str] = []

        def visit(code: str) -> None:
            if code in done or code not in self.formulas:
                return
            for used in formulas.current_references(self.formulas[code]):
                visit(used)
            done.append(code)

        for code in self.formulas:
            visit(code)
        return done

    def broken_rules(self, given: Mapping[str, Decimal | None]) -> list[Rule]:
        """Rules of the pack that these figures break; a rule without its figures does not apply."""
        values: dict[str, Decimal | None] = {f"{PACK}.{number}": value for number, value in given.items()}
        return [rule for rule in self.rules if formulas.check_rule(rule.condition, values).value is False]


def method(on: date) -> Method:
    """The pack as it counts on the day."""
    versions = (
        IndicatorVersion.objects.in_force(on)
        .filter(indicator__pack=PACK, indicator__is_group=False)
        .select_related("indicator")
        .order_by("indicator__order")
    )
    rows, trees = [], {}
    for version in versions:
        number = version.indicator.number
        unconfirmed = version.source_state == IndicatorVersion.Source.UNCONFIRMED
        rows.append(Row(number, version.name, version.value_type, version.decimals, unconfirmed))
        if version.is_derived and version.aggregation != IndicatorVersion.Aggregation.FORMULA:
            trees[version.indicator.code] = formulas.parse(version.formula)
    kept = tuple(row for row in rows if row.number != "S.mun")  # of the municipality, not of an organisation
    return Method(kept, trees, tuple(Rule.objects.filter(pack=PACK, is_active=True)))
