"""A form as plain data: what the web page, the workbook and the checks all work with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from apps.collection.models import Form, FormField
from apps.indicators.models import IndicatorVersion

ValueType = IndicatorVersion.ValueType


@dataclass(frozen=True)
class Row:
    """One row of a form; `key` is the code of its indicator and never changes."""

    key: str
    field_id: int
    version_id: int
    section: str
    number: str
    name: str
    unit: str
    value_type: str
    decimals: int = 0
    is_required: bool = True
    is_derived: bool = False
    formula: str = ""
    is_auxiliary: bool = False
    is_unconfirmed: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    help: str = ""
    example: str = ""

    @property
    def is_yes_no(self) -> bool:
        return self.value_type == ValueType.BOOLEAN

    @property
    def is_text(self) -> bool:
        return self.value_type == ValueType.TEXT

    @property
    def is_whole(self) -> bool:
        return self.value_type == ValueType.INTEGER

    @property
    def label(self) -> str:
        """As a finding names the row."""
        name = self.name if len(self.name) <= 90 else self.name[:87].rstrip() + "…"
        return f"строка {self.number} «{name}»"

    @property
    def marks(self) -> list[str]:
        """What people must know about the row."""
        marks = ["не входит в приказ"] if self.is_auxiliary else []
        return [*marks, "не подтверждено"] if self.is_unconfirmed else marks

    @property
    def tags(self) -> list[str]:
        """What a page says about the row beside its name."""
        return [*(["вычисляет портал"] if self.is_derived else []), *self.marks]


@dataclass(frozen=True)
class Rule:
    rule: str
    severity: str
    message: str
    place: str = ""  # the key of the row where the remark is shown


@dataclass(frozen=True)
class FormDefinition:
    code: str
    version: int
    title: str
    legal_basis: str
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...] = ()
    is_confirmed: bool = False

    @cached_property
    def by_key(self) -> dict[str, Row]:
        return {row.key: row for row in self.rows}

    @cached_property
    def inputs(self) -> tuple[Row, ...]:
        """Rows that are asked."""
        return tuple(row for row in self.rows if not row.is_derived)

    @cached_property
    def required(self) -> tuple[Row, ...]:
        return tuple(row for row in self.inputs if row.is_required)

    @cached_property
    def sections(self) -> list[tuple[str, list[Row]]]:
        grouped: dict[str, list[Row]] = {}
        for row in self.rows:
            grouped.setdefault(row.section, []).append(row)
        return list(grouped.items())


@dataclass(frozen=True)
class Given:
    """An answer as it was given. Absent is not zero: an absent number has a reason or is not answered yet."""

    number: Decimal | None = None
    text: str = ""
    absence_reason: str = ""
    explanation: str = ""
    cell: str = ""
    sheet: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)  # what was normalised on the way

    @property
    def is_answered(self) -> bool:
        return self.number is not None or bool(self.text) or bool(self.absence_reason)

    def same_value(self, other: "Given | None") -> bool:
        """Whether both say the same; where they were typed does not matter."""
        mine = (self.number, self.text, self.absence_reason, self.explanation)
        return mine == ((other.number, other.text, other.absence_reason, other.explanation) if other else EMPTY)


EMPTY = (None, "", "", "")
Answers = Mapping[str, Given]


def remaining(definition: FormDefinition, answers: Answers) -> list[Row]:
    """Required rows that have neither a value nor a reason: «осталось N ячеек»."""
    return [row for row in definition.required if not (row.key in answers and answers[row.key].is_answered)]


def numbers(answers: Answers) -> dict[str, Decimal | None]:
    return {key: given.number for key, given in answers.items()}


def _row(item: FormField) -> Row:
    version = item.version
    return Row(
        key=version.indicator.code,
        field_id=item.pk,
        version_id=version.pk,
        section=item.section,
        number=version.indicator.number,
        name=f"{item.context}: {version.name[:1].lower()}{version.name[1:]}" if item.context else version.name,
        unit=version.unit,
        value_type=version.value_type,
        decimals=version.decimals,
        is_required=item.is_required and not version.is_derived,
        is_derived=version.is_derived,
        formula=version.formula,
        is_auxiliary=version.is_auxiliary,
        is_unconfirmed=version.source_state == IndicatorVersion.Source.UNCONFIRMED,
        minimum=version.minimum,
        maximum=version.maximum,
        help=item.help,
        example=item.example,
    )


def definition_of(form: Form) -> FormDefinition:
    """Read the form: two queries, whatever its length."""
    fields: Iterable[FormField] = form.fields.select_related("version__indicator").order_by("order")
    rules = tuple(Rule(rule.rule, rule.severity, rule.message, rule.place) for rule in form.rules.order_by("order"))
    return FormDefinition(
        code=form.code,
        version=form.version,
        title=form.title,
        legal_basis=form.legal_basis,
        rows=tuple(_row(item) for item in fields),
        rules=rules,
        is_confirmed=form.is_confirmed,
    )
