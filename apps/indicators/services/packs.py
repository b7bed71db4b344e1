"""Loading packs and directions from the files of the project."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Finding
from apps.core.planning import refresh_statistics
from apps.indicators.models import Direction, Indicator, IndicatorVersion, Pack, Rule, Term
from apps.indicators.passports import PackFile, Passport, read_packs, stored_formulas
from apps.indicators.services.definitions import lock_definitions
from apps.indicators.services.keeping import differences, kept_rows
from apps.indicators.services.sources import load_sources

MARKS = ("level", "object")

FOLDER = settings.BASE_DIR / "fixtures"


@dataclass
class PackResult:
    packs: int = 0
    indicators: int = 0
    created: int = 0
    new_versions: int = 0
    unchanged: int = 0
    switched_off: int = 0
    rules: int = 0
    kept: int = 0  # rows changed or confirmed on the portal
    findings: list[Finding] = field(default_factory=list)


@transaction.atomic
def load_packs(*, by: Any = None, folder: Path = FOLDER) -> PackResult:
    """Bring indicators, versions and rules to what the files say; a changed passport makes a new version.

    A second call changes nothing. Rows that left a file are switched off, never deleted. What was changed or
    confirmed on the portal stays; a notice says where the file differs. Raises Refused.
    """
    lock_definitions()
    files = read_packs(folder / "packs", stored_formulas(), kept_rows())
    _load_directions(folder / "directions.json")
    result = PackResult(packs=len(files))
    for file in files:
        _load_pack(file)
        _store_tree(file)
    passports = {passport.code: passport for file in files for passport in file.passports}
    _store_versions(passports, result)
    result.switched_off = _switch_off(files)
    result.rules = _store_rules(files)
    result.kept = sum(passport.filed is not None for passport in passports.values())
    result.findings = differences(passports.values())
    if result.created or result.new_versions or result.switched_off:
        for pack in Pack.objects.filter(code__in=[file.pack["code"] for file in files]):
            events.record(kind="indicators.pack_loaded", subject=pack, by=by, text=f"Загружен набор «{pack}»")
        refresh_statistics()
    load_sources(path=folder / "sources.json", by=by)
    return result


def _load_directions(path: Path) -> None:
    if path.exists():
        for row in json.loads(path.read_text(encoding="utf-8"))["directions"]:
            fields = {key: row[key] for key in ("name", "block", "order")}
            Direction.objects.update_or_create(code=row["code"], defaults=fields)


def _load_pack(file: PackFile) -> None:
    fields = {key: value for key, value in file.pack.items() if key != "code"}
    Pack.objects.update_or_create(code=file.pack["code"], defaults=fields)


def _store_tree(file: PackFile) -> None:
    """Rows of the tree first, then their parents, in two writes whatever the size."""
    pack = file.pack["code"]
    codes = [row.code for row in file.passports]
    off = set(Indicator.objects.filter(code__in=codes, switched_off_on__isnull=False).values_list("code", flat=True))
    directions = dict(Direction.objects.values_list("code", "pk"))
    rows = [
        Indicator(
            code=row.code,
            pack=pack,
            number=row.number,
            is_group=row.is_group and not row.version["is_derived"],  # a heading computed since then on the portal
            order=row.order,
            is_active=row.code not in off,  # what the department switched off stays off
            direction_id=directions.get(row.direction),
        )
        for row in file.passports
    ]
    Indicator.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["pack", "number", "is_group", "order", "is_active", "direction"],
    )
    stored = Indicator.objects.in_bulk(codes, field_name="code")
    moved, marked = [], []
    for row in file.passports:
        indicator = stored[row.code]
        if row.education_levels and not indicator.education_levels:  # what somebody marked stays
            indicator.education_levels = row.education_levels
            marked.append(indicator)
        parent_id = stored[row.parent].pk if row.parent else None
        if indicator.parent_id != parent_id:
            indicator.parent_id = parent_id
            moved.append(indicator)
    Indicator.objects.bulk_update(moved, ["parent"], batch_size=500)
    Indicator.objects.bulk_update(marked, ["education_levels"], batch_size=500)


def _store_versions(passports: dict[str, Passport], result: PackResult) -> None:
    indicators = Indicator.objects.in_bulk(list(passports), field_name="code")
    current = {
        version.indicator.code: version
        for version in IndicatorVersion.objects.current()
        .filter(indicator__in=indicators.values())
        .select_related("indicator")
        .prefetch_related("terms__input")
    }
    today = timezone.localdate()
    new, ended, marked = [], [], []
    for code, passport in passports.items():
        old = current.get(code)
        if old and _says(old, passport):
            result.unchanged += 1
            if _mark(old, passport):
                marked.append(old)
            continue
        version = IndicatorVersion(indicator=indicators[code], **passport.version)
        if old:
            version.number, version.valid_from = old.number + 1, today
            old.valid_to = today - timedelta(days=1)
            ended.append(old)
        new.append(version)
    IndicatorVersion.objects.bulk_update(ended, ["valid_to"], batch_size=500)
    IndicatorVersion.objects.bulk_update(marked, MARKS, batch_size=500)
    IndicatorVersion.objects.bulk_create(new)
    _store_terms(passports, new)
    result.indicators = len(passports)
    result.new_versions = len(ended)
    result.created = len(new) - len(ended)


def _says(version: IndicatorVersion, passport: Passport) -> bool:
    """Whether the stored version is what the passport says, terms included; marks are no part of the method."""
    if any(getattr(version, name) != value for name, value in passport.version.items() if name not in MARKS):
        return False
    terms = {(term.part, term.input.code, term.coefficient) for term in version.terms.all()}
    return terms == set(passport.terms)


def _mark(version: IndicatorVersion, passport: Passport) -> bool:
    """Fill in level and object where nobody has; they classify and do not change the method."""
    before = [getattr(version, name) for name in MARKS]
    for name in MARKS:
        setattr(version, name, getattr(version, name) or passport.version[name])
    return before != [getattr(version, name) for name in MARKS]


def _store_terms(passports: dict[str, Passport], versions: list[IndicatorVersion]) -> None:
    inputs = {code for version in versions for _, code, _ in passports[version.indicator.code].terms}
    ids = dict(Indicator.objects.filter(code__in=inputs).values_list("code", "pk"))
    Term.objects.bulk_create(
        Term(version=version, part=part, input_id=ids[code], coefficient=coefficient)
        for version in versions
        for part, code, coefficient in passports[version.indicator.code].terms
    )


def _switch_off(files: list[PackFile]) -> int:
    packs = [file.pack["code"] for file in files]
    codes = [passport.code for file in files for passport in file.passports]
    gone = Indicator.objects.filter(pack__in=packs, is_active=True).exclude(code__in=codes)
    own = IndicatorVersion.objects.current().filter(made_by=IndicatorVersion.Maker.SITE).values("indicator")
    return gone.exclude(pk__in=own).update(is_active=False)


def _store_rules(files: list[PackFile]) -> int:
    rules = [Rule(**rule) for file in files for rule in file.rules]
    Rule.objects.bulk_create(
        rules,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["pack", "severity", "condition", "message", "indicators", "order", "is_active"],
    )
    packs = [file.pack["code"] for file in files]
    codes = [rule.code for rule in rules]
    Rule.objects.filter(pack__in=packs).exclude(code__in=codes).update(is_active=False)
    return len(rules)
