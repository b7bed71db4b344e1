"""Whether a proposal can take effect: its fields, its formula, and those that are built on the indicator."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from apps.core.findings import Finding, error, has_errors, notice
from apps.core.models import Period
from apps.indicators.compiling import (
    Catalogue,
    Compiled,
    Dependent,
    Known,
    compile_dependents,
    compile_entered,
    compile_formula,
    dependents_of,
)
from apps.indicators.formulas.tokens import CODE, CODE_LENGTH
from apps.indicators.models import Direction, Indicator, IndicatorVersion, Pack, Proposal
from apps.indicators.services import heads
from apps.indicators.services.definitions import Definition, stored_terms

Aggregation, Polarity, Source = IndicatorVersion.Aggregation, IndicatorVersion.Polarity, IndicatorVersion.Source
ValueType, Kind = IndicatorVersion.ValueType, Proposal.Kind

# Packs that the department fills itself; each is made when its first indicator takes effect.
OWN_PACKS = {
    "own": ("Собственные показатели муниципалитета, учебный год", Period.Kind.SCHOOL_YEAR),
    "own_calendar": ("Собственные показатели муниципалитета, календарный год", Period.Kind.CALENDAR_YEAR),
    "region": ("Показатели региональной системы", Period.Kind.SCHOOL_YEAR),
    "federal": ("Показатели федеральной системы", Period.Kind.SCHOOL_YEAR),
}


@dataclass(frozen=True)
class Place:
    """Where a new indicator stands in the tree."""

    pack: str
    number: str
    parent: str = ""
    direction: str = ""
    is_group: bool = False

    @property
    def code(self) -> str:
        return f"{self.pack}.{self.number}"


@dataclass(frozen=True)
class Draft:
    """What is proposed, before anything is stored."""

    kind: str
    definition: Definition
    valid_from: date
    indicator: Indicator | None = None
    place: Place | None = None

    @property
    def code(self) -> str:
        return self.indicator.code if self.indicator else self.place.code if self.place else ""

    @property
    def is_heading(self) -> bool:
        """A name without a number; a heading with a formula becomes a computed parent."""
        row = self.indicator or self.place
        return bool(row and row.is_group and not self.definition.formula)

    @property
    def pack(self) -> str:
        return self.indicator.pack if self.indicator else self.place.pack if self.place else ""


@dataclass
class Checked:
    """The draft compiled, with everything that speaks against it."""

    compiled: Compiled
    base: IndicatorVersion | None = None
    dependents: list[Dependent] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not has_errors(self.findings)


def sentence(finding: Finding) -> str:
    """Message and advice as they stand at a field."""
    message = finding.message[:1].upper() + finding.message[1:].rstrip(". ") + "."
    return f"{message} {finding.action}".strip()


def check(draft: Draft, catalogue: Catalogue | None = None) -> Checked:
    """Everything at once; writes nothing."""
    catalogue = catalogue or Catalogue.stored()
    if draft.pack in OWN_PACKS and draft.pack not in catalogue.kinds:
        catalogue.kinds[draft.pack] = OWN_PACKS[draft.pack][1]
    base = draft.indicator.versions.current().first() if draft.indicator else None
    if draft.kind == Kind.ARCHIVE:
        return Checked(Compiled(), base, findings=list(_faults_of_ending(draft, catalogue)))
    definition = draft.definition
    compiled = _compiled(draft, catalogue)
    if compiled.tree is not None:  # the formula decides whether it is a sum or a ratio
        definition = replace(definition, aggregation=compiled.aggregation)
        draft = replace(draft, definition=definition)
    result = Checked(compiled, base, findings=list(compiled.findings))
    result.findings += _faults_of_fields(definition, draft.is_heading)
    result.findings += _faults_of_source(definition, base)
    result.findings += heads.faults(
        code=draft.code,
        name=definition.name,
        data_source=definition.data_source,
        direction=heads.direction_of(
            draft.indicator,
            draft.place.direction if draft.place else "",
            draft.place.parent if draft.place else "",
        ),
        tree=compiled.tree,
        catalogue=catalogue,
    )
    if draft.place:
        result.findings += _faults_of_place(draft.place, catalogue)
    if base:
        result.findings += _faults_of_change(draft, base)
    if draft.code and compiled.is_good and compiled.tree is not None:
        _add_dependents(result, draft, catalogue)
    return result


def _compiled(draft: Draft, catalogue: Catalogue) -> Compiled:
    definition = draft.definition
    if draft.is_heading:
        return Compiled(aggregation=Aggregation.NONE)
    if definition.formula.strip():
        return compile_formula(
            code=draft.code or "?",
            text=definition.formula,
            aggregation=definition.aggregation,
            catalogue=catalogue,
            pack=draft.pack,
        )
    return compile_entered(aggregation=definition.aggregation, weight_code=definition.weight_code, catalogue=catalogue)


def _add_dependents(result: Checked, draft: Draft, catalogue: Catalogue) -> None:
    definition, compiled = draft.definition, result.compiled
    row = Known(draft.code, definition.name, definition.formula, compiled.aggregation, draft.pack)
    codes = dependents_of(draft.code, catalogue)
    result.dependents, findings = compile_dependents(row, catalogue, stored_terms(codes))
    result.findings += findings
    if result.dependents:
        text = "через этот показатель считаются другие, они будут пересобраны: " + ", ".join(
            one.code for one in result.dependents
        )
        result.findings.append(notice("dependents", text))


def _faults_of_fields(definition: Definition, is_heading: bool) -> Iterator[Finding]:
    if not definition.value_type and not is_heading:
        yield error("no_type", "не указан тип", action="Выберите, что это: число, процент, да или нет, текст.")
    if not definition.name.strip():
        yield error("no_name", "не указано название", action="Напишите, что измеряется.")
    if definition.minimum is not None and definition.maximum is not None and definition.minimum > definition.maximum:
        yield error("limits", "наименьшее значение больше наибольшего", action="Поменяйте границы местами.")
    if definition.attention is not None and definition.polarity == Polarity.NEUTRAL:
        action = "Укажите, что лучше: больше или меньше, — или уберите порог."
        yield error("attention", "порог внимания без направленности не имеет смысла", action=action)
    if definition.weight is not None and definition.weight <= 0:
        yield error("weight", "вес должен быть больше нуля", found=str(definition.weight))
    if definition.value_type == ValueType.TEXT and (definition.formula or definition.aggregation != Aggregation.NONE):
        yield error("text", "текст не складывается и не вычисляется", action="Выберите «не складывается».")


def _faults_of_source(definition: Definition, base: IndicatorVersion | None) -> Iterator[Finding]:
    if definition.source_state in (Source.PROPOSAL, Source.UNCONFIRMED):
        return
    if not definition.act.strip():
        yield error(
            "no_act", "не указан акт, на котором основан показатель", action="Укажите приказ, его дату и номер."
        )
    if definition.source_state == Source.OFFICIAL and not (
        base and base.source_state == Source.OFFICIAL and definition.is_same_method(Definition.of(base))
    ):
        action = "Выберите «предложение» или «приказ муниципалитета»; потом сверьте строку с официальным текстом."
        yield error("not_compared", "официальным источник становится только после сверки с актом", action=action)


def _faults_of_place(place: Place, catalogue: Catalogue) -> Iterator[Finding]:
    if not CODE.match(place.code) or len(place.code) > CODE_LENGTH:
        action = "Номер — из букв, цифр, точек и дефисов, например 1.12. Вместе с набором — не длиннее 40 знаков."
        yield error("bad_code", f"код {place.code} не подходит", action=action)
    elif Indicator.objects.filter(code=place.code).exists():
        action = "Возьмите другой номер или предложите новую версию того показателя."
        yield error("known_code", f"показатель {place.code} уже есть", action=action)
    if place.pack not in catalogue.kinds:
        yield error("unknown_pack", f"набора {place.pack} нет")
    if place.parent and not Indicator.objects.filter(code=place.parent, pack=place.pack).exists():
        yield error("unknown_parent", f"в наборе нет показателя {place.parent}", action="Выберите место из списка.")
    if place.direction and not Direction.objects.filter(code=place.direction).exists():
        yield error("unknown_direction", f"направления {place.direction} нет")


def _faults_of_change(draft: Draft, base: IndicatorVersion) -> Iterator[Finding]:
    if base.valid_from is not None and draft.valid_from <= base.valid_from:
        action = f"Укажите день позже {base.valid_from:%d.%m.%Y}: прежняя версия действует с него."
        yield error("too_early", "новая версия начинается раньше прежней", action=action)
    if draft.definition == Definition.of(base):
        yield error("no_change", "новая версия ничем не отличается от прежней", action="Измените хотя бы одно поле.")


def _faults_of_ending(draft: Draft, catalogue: Catalogue) -> Iterator[Finding]:
    if draft.indicator is None or not draft.indicator.is_active:
        yield error("not_active", "показатель уже выведен из работы")
    if readers := dependents_of(draft.code, catalogue):
        active = Indicator.objects.filter(code__in=readers, is_active=True).order_by("code")
        if codes := list(active.values_list("code", flat=True)):
            action = "Сначала измените или выведите их."
            yield error("used", f"через этот показатель считаются другие: {', '.join(codes)}", action=action)


def known_packs() -> list[tuple[str, str]]:
    """Packs that a new indicator may stand in: those loaded, then the department's own."""
    stored = list(Pack.objects.values_list("code", "short_title"))
    codes = {code for code, _ in stored}
    return stored + [(code, title) for code, (title, _) in OWN_PACKS.items() if code not in codes]
