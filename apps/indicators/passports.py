"""Reading pack files: what a passport says, checked as a whole before anything is stored.

A pack file is JSON: `pack` (its own passport), `indicators` (rows in the order of the act; numbers and parents are
of the pack, formulas name whole codes) and `rules`. Every fault of all files is reported at once.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from apps.core.findings import Finding, Refused, error
from apps.core.models import Period
from apps.indicators import formulas
from apps.indicators.compiling import MAX_CHAIN, NOT_COMPILED, terms_of
from apps.indicators.formulas.graph import depth_of
from apps.indicators.models import EducationLevel, Indicator, IndicatorVersion, Rule

Aggregation = IndicatorVersion.Aggregation

_CHOICES = {
    "value_type": IndicatorVersion.ValueType,
    "polarity": IndicatorVersion.Polarity,
    "aggregation": IndicatorVersion.Aggregation,
    "source_state": IndicatorVersion.Source,
    "level": IndicatorVersion.Level,
    "object": IndicatorVersion.Object,
}
_MAY_BE_EMPTY = ("level", "object")


@dataclass
class Passport:
    """An indicator as a file gives it: where it stands and what its current version says."""

    code: str
    number: str
    parent: str
    is_group: bool
    order: int
    version: dict[str, Any]
    weight: str = ""
    direction: str = ""
    terms: list[tuple[str, str, Decimal]] = field(default_factory=list)  # part, code of the input, coefficient
    filed: dict[str, Any] | None = None  # what the file says of a row that is kept
    filed_weight: str = ""
    education_levels: list[str] = field(default_factory=list)  # marks that the wording itself gives


@dataclass
class PackFile:
    name: str
    pack: dict[str, Any]
    passports: list[Passport]
    rules: list[dict[str, Any]]


@dataclass(frozen=True)
class Kept:
    """What the portal says of a row since somebody changed or confirmed it there; the file does not undo it."""

    version: dict[str, Any]
    weight: str = ""


def read_packs(folder: Path, known: Mapping[str, str], kept: Mapping[str, Kept] | None = None) -> list[PackFile]:
    """All packs of the folder. `known` maps codes that are stored already to their formulas. Raises Refused.

    Rows that are `kept` say what the portal says; what the file says of them stays in `Passport.filed`.
    """
    findings: list[Finding] = []
    files = []
    for path in sorted(folder.glob("*.json")):
        try:
            files.append(_read(path.name, json.loads(path.read_text(encoding="utf-8")), findings))
        except (ValueError, KeyError, TypeError, AttributeError) as failure:
            text = f"файл набора не читается: {failure}"
            findings.append(error("bad_pack", text, file=path.name, action="Исправьте файл."))
    if not files and not findings:
        findings.append(error("no_packs", f"в папке {folder} нет наборов показателей (*.json)"))
    _check_tree(files, findings)
    for _, passport in _all(files):
        if kept and passport.code in kept:
            passport.filed, passport.filed_weight = passport.version, passport.weight
            passport.version, passport.weight = dict(kept[passport.code].version), kept[passport.code].weight
    if not findings:
        _compile(files, dict(known), findings)
        _check_rules(files, set(known), findings)
    if findings:
        raise Refused(findings)
    return files


def _read(name: str, data: dict[str, Any], findings: list[Finding]) -> PackFile:
    pack = {key: data["pack"][key] for key in ("code", "title", "short_title", "period_kind")}
    pack |= {key: data["pack"].get(key, "") for key in ("act", "note")}
    pack |= {key: data["pack"].get(key, []) for key in ("kinds", "programmes")}
    pack["order"] = data["pack"].get("order", 0)
    if pack["period_kind"] not in Period.Kind.values:
        findings.append(error("bad_period_kind", f"вида периода «{pack['period_kind']}» нет", file=name))
    level = data["pack"].get("level", "")
    given = [{"level": "" if row.get("group") else level, **row} for row in data["indicators"]]
    rows = [_passport(pack, row, order, name, findings) for order, row in enumerate(given, 1)]
    return PackFile(name, pack, rows, [_rule(pack, row, order) for order, row in enumerate(data["rules"], 1)])


def _passport(pack: dict[str, Any], row: dict[str, Any], order: int, file: str, findings: list[Finding]) -> Passport:
    code = f"{pack['code']}.{row['number']}"
    is_group = bool(row.get("group"))
    version = {
        "name": row["name"],
        "unit": row.get("unit") or "",
        "value_type": row.get("type", ""),
        "decimals": row.get("decimals", 0),
        "polarity": row.get("polarity") or IndicatorVersion.Polarity.NEUTRAL,
        "aggregation": row.get("aggregation", Aggregation.NONE),
        "formula": row.get("formula", ""),
        "is_derived": bool(row.get("formula")),
        "is_auxiliary": bool(row.get("auxiliary")),
        "minimum": _decimal(row.get("minimum")),
        "maximum": _decimal(row.get("maximum")),
        "source_state": row["source_state"],
        "act": row.get("act") or pack["act"],
        "evidence": row.get("evidence", ""),
        "data_source": row.get("data_source") or "",
        "note": row.get("note", ""),
        "scale": Decimal(1),
        "level": row.get("level", ""),
        "object": row.get("object", ""),
    }
    for name, choices in _CHOICES.items():
        if version[name] not in choices.values and (version[name] or not (is_group or name in _MAY_BE_EMPTY)):
            text = f"строка {row['number']}: значения «{version[name]}» поля {name} нет"
            findings.append(error("bad_choice", text, file=file))
    parent = f"{pack['code']}.{row['parent']}" if row.get("parent") else ""
    weight = f"{pack['code']}.{row['weight']}" if row.get("weight") else ""
    passport = Passport(code, row["number"], parent, is_group, order, version, weight, row.get("direction", ""))
    passport.education_levels = education_levels_of(row["name"], pack["programmes"])
    return passport


_SPOKEN_OF = (
    (EducationLevel.PRESCHOOL, r"дошкольн"),
    (EducationLevel.PRIMARY, r"начального общего|НОО"),
    (EducationLevel.BASIC, r"основного общего|основной школ|ООО|ОГЭ|9 класс"),
    (EducationLevel.SECONDARY, r"среднего общего|СОО|ЕГЭ|11 класс"),
    (EducationLevel.ADDITIONAL, r"дополнительно\w+ образовани|дополнительн\w+ общеразвивающ"),
    (EducationLevel.SPECIAL, r"ОВЗ|ограниченными возможностями|инвалид"),
)


def education_levels_of(name: str, programmes: list[str]) -> list[str]:
    """Levels that a name speaks of; else the only programme that the pack is for."""
    spoken = [level.value for level, words in _SPOKEN_OF if re.search(words, name)]
    levels = [level for level in spoken if level != EducationLevel.SPECIAL]
    if not levels and len(programmes) == 1 and programmes[0] in EducationLevel.values:
        spoken = [*programmes, *spoken]
    return spoken


def _decimal(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as failure:
        raise ValueError(f"«{text}» — не число") from failure


def _rule(pack: dict[str, Any], row: dict[str, Any], order: int) -> dict[str, Any]:
    rule = {key: row[key] for key in ("code", "severity", "condition", "message")}
    return rule | {"pack": pack["code"], "order": order, "place": row.get("place", "")}


def _all(files: Iterable[PackFile]) -> list[tuple[PackFile, Passport]]:
    return [(file, passport) for file in files for passport in file.passports]


def _check_tree(files: list[PackFile], findings: list[Finding]) -> None:
    seen: set[str] = set()
    for file, passport in _all(files):
        if passport.code in seen:
            findings.append(error("double_code", f"код {passport.code} встречается дважды", file=file.name))
        if passport.parent and passport.parent not in seen:
            text = f"{passport.code}: родителя {passport.parent} нет среди строк выше"
            findings.append(error("unknown_parent", text, file=file.name))
        seen.add(passport.code)


def _compile(files: list[PackFile], known: dict[str, str], findings: list[Finding]) -> None:
    """Parse every formula, refuse circles, and fill in scale and terms of what adds up."""
    known |= {passport.code: passport.version["formula"] for _, passport in _all(files)}
    trees = {}
    for code, text in known.items():
        if text:
            try:
                trees[code] = formulas.parse(text)
            except formulas.FormulaError as failure:
                findings.append(error("bad_formula", f"формула показателя {code}: {failure}", found=text))
    uses = {code: formulas.references(tree) for code, tree in trees.items()}
    for code, inputs in uses.items():
        for unknown in [other for other in inputs if other not in known]:
            findings.append(error("unknown_code", f"формула показателя {code}: показателя {unknown} нет"))
    if cycle := formulas.find_cycle(uses):
        findings.append(error("cycle", f"формулы ссылаются друг на друга по кругу: {' → '.join(cycle)}"))
    elif depth_of(uses) > MAX_CHAIN:
        findings.append(error("deep_chain", f"формулы построены друг на друге глубже {MAX_CHAIN} уровней"))
    if not findings:
        for _, passport in _all(files):
            _compile_one(passport, trees, known, findings)


def _compile_one(
    passport: Passport, trees: Mapping[str, formulas.Node], known: Mapping[str, str], findings: list[Finding]
) -> None:
    aggregation = passport.version["aggregation"]
    if aggregation == Aggregation.WEIGHTED_MEAN:
        if passport.weight not in known:
            findings.append(error("unknown_weight", f"{passport.code}: не указан вес взвешенного среднего"))
        passport.terms = [("d", passport.weight, Decimal(1))]
    if not passport.version["is_derived"] or aggregation in NOT_COMPILED:
        return
    linear = formulas.linearize(trees[passport.code], trees)
    wanted = Aggregation.RATIO if linear and linear.is_ratio else Aggregation.SUM
    if linear is None or aggregation != wanted:
        text = f"{passport.code}: формула не складывается по организациям так, как указано («{aggregation}»)"
        findings.append(error("not_linear", text, found=passport.version["formula"]))
        return
    passport.version["scale"] = linear.scale
    passport.terms = terms_of(linear)


def _check_rules(files: list[PackFile], known: set[str], findings: list[Finding]) -> None:
    known = known | {passport.code for _, passport in _all(files)}
    seen: set[str] = set()
    for file in files:
        for rule in file.rules:
            where = f"правило {rule['code']}"
            try:
                codes = formulas.references(formulas.parse_condition(rule["condition"]))
            except formulas.FormulaError as failure:
                findings.append(error("bad_rule", f"{where}: {failure}", found=rule["condition"], file=file.name))
                continue
            place = rule.pop("place")
            rule["indicators"] = [place, *(code for code in codes if code != place)] if place in codes else codes
            if unknown := [code for code in codes if code not in known]:
                findings.append(error("unknown_code", f"{where}: нет показателей {', '.join(unknown)}", file=file.name))
            if rule["severity"] not in Rule.Severity.values:
                findings.append(error("bad_choice", f"{where}: строгости «{rule['severity']}» нет", file=file.name))
            if rule["code"] in seen:
                findings.append(error("double_code", f"{where} встречается дважды", file=file.name))
            seen.add(rule["code"])


def stored_formulas() -> dict[str, str]:
    """Codes of the indicators of the database with the formulas of their current versions."""
    current = IndicatorVersion.objects.current().values_list("indicator__code", "formula")
    return dict.fromkeys(Indicator.objects.values_list("code", flat=True), "") | dict(current)
