"""What the portal says against the files of packs: versions made there and rows confirmed there are kept."""

from collections.abc import Iterable

from django.db.models import Q

from apps.core.findings import Finding, notice
from apps.indicators.models import Confirmation, IndicatorVersion
from apps.indicators.passports import Kept, Passport
from apps.indicators.services.definitions import VERSION_FIELDS, Definition

# What a confirmation changes: it is no news that the file says otherwise.
CONFIRMED = ("source_state", "act", "evidence", "name", "unit")
# Not in files at all.
_ONLY_HERE = ("made_by", "author_id", "checker_id", "checked_at", "is_auxiliary", "is_derived")


def kept_rows() -> dict[str, Kept]:
    """Newest versions that were made or confirmed on the portal, by code of the indicator."""
    confirmed = Confirmation.objects.filter(state=Confirmation.State.ACCEPTED).values("version")
    touched = Q(made_by=IndicatorVersion.Maker.SITE) | Q(pk__in=confirmed)
    found = IndicatorVersion.objects.current().filter(touched).select_related("indicator")
    return {version.indicator.code: _kept(version) for version in found}


def _kept(version: IndicatorVersion) -> Kept:
    fields = {name: getattr(version, name) for name in (*VERSION_FIELDS, *_ONLY_HERE, "scale")}
    return Kept(fields, Definition.of(version).weight_code)


def verbose_name(field: str) -> str:
    """How people call a field of a version."""
    return str(getattr(IndicatorVersion._meta.get_field(field), "verbose_name", field))


def differences(passports: Iterable[Passport]) -> list[Finding]:
    """A notice for every kept row that the file says otherwise."""
    found = []
    for passport in passports:
        if passport.filed is None:
            continue
        ignored = ("scale", *(CONFIRMED if passport.version["made_by"] == IndicatorVersion.Maker.PACK else ()))
        names = [
            verbose_name(name)
            for name, value in passport.filed.items()
            if name not in ignored and passport.version[name] != value
        ]
        if passport.filed_weight != passport.weight:
            names.append("вес среднего")
        if names:
            text = f"{passport.code}: на портале действует другая версия, она оставлена. В файле иначе: "
            action = "Если файл прав, предложите новую версию на странице показателя."
            found.append(notice("file_differs", text + ", ".join(names), action=action))
    return found
