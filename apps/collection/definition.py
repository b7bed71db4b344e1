"""A form as plain data: what the web page, the workbook and the checks all work with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from apps.collection.compiled import formula, named
from apps.collection.models import Form, FormField
from apps.indicators import formulas
from apps.indicators.models import IndicatorVersion
from apps.organizations.models import Organization

ValueType = IndicatorVersion.ValueType


@dataclass(frozen=True)
class Known:
    """A number that the portal has for the period already, and where it came from, in words."""

    number: Decimal
    source: str


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
    reuse: str = FormField.Reuse.ASK
    taken: Known | None = None  # «уже собрано»: shown and not asked

    @property
    def id(self) -> str:
        """For addresses inside a page; a text, so that no template puts spaces into it."""
        return str(self.field_id)

    @property
    def is_given(self) -> bool:
        """The portal fills it: computed, or collected before."""
        return self.is_derived or self.taken is not None

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
        given = ["вычисляет портал"] if self.is_derived else ["уже собрано"] if self.taken else []
        return [*given, *self.marks]


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
        return tuple(row for row in self.rows if not row.is_given)

    @cached_property
    def required(self) -> tuple[Row, ...]:
        return tuple(row for row in self.inputs if row.is_required)

    def numbers(self, answers: "Answers") -> dict[str, Decimal | None]:
        """Every number that is known of the form: what was answered, and what was collected before."""
        taken = {row.key: row.taken.number for row in self.rows if row.taken}
        return {key: given.number for key, given in answers.items()} | taken

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
        reuse=item.reuse,
    )


def definition_of(form: Form, organization: Organization | None = None) -> FormDefinition:
    """Read the form: two queries, whatever its length. Of an organisation: without the rows that do not concern it.

    A rule that names a row which is left out goes with it; a computed row stays while any of its inputs does.
    """
    fields: Iterable[FormField] = form.fields.select_related("version__indicator").order_by("order")
    rules = [Rule(rule.rule, rule.severity, rule.message, rule.place) for rule in form.rules.order_by("order")]
    hidden: set[str] = set()
    if organization is not None:
        fields = list(fields)
        hidden = {item.version.indicator.code for item in fields if not item.concerns(organization)}
        hidden |= {item.version.indicator.code for item in fields if _stands_on(item, hidden)} if hidden else hidden
        fields = [item for item in fields if item.version.indicator.code not in hidden]
        rules = [rule for rule in rules if not named(rule.rule) & hidden] if hidden else rules
    return FormDefinition(
        code=form.code,
        version=form.version,
        title=form.title,
        legal_basis=form.basis_text,
        rows=tuple(_row(item) for item in fields),
        rules=tuple(rules),
        is_confirmed=form.is_confirmed,
    )


def _stands_on(item: FormField, hidden: set[str]) -> bool:
    """Whether all inputs of a computed row are left out."""
    inputs = formulas.references(formula(item.version.formula)) if item.version.is_derived else []
    return bool(inputs) and hidden.issuperset(inputs)


def with_taken(definition: FormDefinition, known: Mapping[str, Known]) -> FormDefinition:
    """The same form with the rows filled that take over what was collected already."""
    rows = tuple(
        replace(row, taken=known[row.key])
        if row.reuse == FormField.Reuse.TAKE and not row.is_derived and row.key in known
        else row
        for row in definition.rows
    )
    return definition if rows == definition.rows else replace(definition, rows=rows)
