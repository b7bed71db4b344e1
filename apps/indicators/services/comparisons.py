"""«Сверить с официальным текстом»: one person compares rows with an act, another one confirms them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core import events
from apps.core.findings import Finding, Refused, error
from apps.indicators.models import Comparison, Confirmation, IndicatorVersion
from apps.indicators.services.definitions import lock_definitions
from apps.indicators.services.two_persons import decide, take_back

State, Source = Confirmation.State, IndicatorVersion.Source
OPEN_STATES = (Source.UNCONFIRMED, Source.PROPOSAL)


@dataclass(frozen=True)
class ComparedRow:
    """A version as it stands in the act; a name or unit is given where the act says it otherwise."""

    version_id: int
    name: str = ""
    unit: str = ""


@transaction.atomic
def compare(
    *, outcome: str, act: str, evidence: str, compared_on: date, rows: Sequence[ComparedRow], by: Any
) -> Comparison:
    """Lay compared rows before a second person; until then they stay as they are. Raises Refused."""
    found = {
        version.pk: version
        for version in IndicatorVersion.objects.current()
        .filter(pk__in=[row.version_id for row in rows])
        .select_related("indicator")
    }
    findings = _faults(outcome, act, evidence, compared_on, rows)
    findings += _faults_of_rows(rows, found)
    if findings:
        raise Refused(findings)
    comparison = Comparison.objects.create(
        outcome=outcome, act=act.strip(), evidence=evidence.strip(), compared_on=compared_on, author=by
    )
    Confirmation.objects.bulk_create(
        Confirmation(
            comparison=comparison,
            version=found[row.version_id],
            author=by,
            name=row.name.strip(),
            unit=row.unit.strip(),
        )
        for row in rows
    )
    text = f"Сверено с актом строк: {len(rows)}. {comparison.act}"
    events.record(kind="indicators.compared", subject=comparison, by=by, text=text[:500])
    return comparison


@transaction.atomic
def confirm(*, rows: Iterable[Confirmation], by: Any, note: str = "") -> int:
    """The second person agrees: the source of the rows becomes what the act makes it. All or nothing."""
    lock_definitions()
    done = 0
    for row in rows:
        confirmation = decide(row, State.ACCEPTED, by, note)
        _confirm(confirmation, by)
        done += 1
    return done


@transaction.atomic
def refuse(*, rows: Iterable[Confirmation], by: Any, note: str) -> int:
    """The second person disagrees, and says why; the rows stay as they were."""
    return len([decide(row, State.DECLINED, by, note) for row in rows])


@transaction.atomic
def withdraw(*, rows: Iterable[Confirmation], by: Any) -> int:
    return len([take_back(row, by) for row in rows])


def _confirm(confirmation: Confirmation, by: Any) -> None:
    comparison = confirmation.comparison
    version = IndicatorVersion.objects.select_for_update().get(pk=confirmation.version_id)
    if version.valid_to is not None or version.source_state not in OPEN_STATES:
        text = f"строка {version} изменилась, пока ждала подтверждения"
        raise Refused([error("changed_meanwhile", text, action="Отклоните её и сверьте ещё раз.")])
    before = {name: getattr(version, name) for name in ("source_state", "act", "evidence", "name", "unit")}
    version.source_state, version.act, version.evidence = comparison.outcome, comparison.act, comparison.evidence
    version.name = confirmation.name or version.name
    version.unit = confirmation.unit or version.unit
    if version.author_id is None:
        version.author, version.checker = comparison.author, by
        version.checked_at = timezone.now()
    version.save()
    was = IndicatorVersion.Source(before["source_state"]).label
    text = f"Источник подтверждён: было «{was}», стало «{version.get_source_state_display()}»"
    if confirmation.name or confirmation.unit:
        text += "; название и единица — как в акте"
    events.record(kind="indicators.confirmed", subject=version.indicator, by=by, text=text, before=before)


def _faults(outcome: str, act: str, evidence: str, compared_on: date, rows: Sequence[ComparedRow]) -> list[Finding]:
    found = []
    if outcome not in Comparison.Outcome.values:
        found.append(error("bad_outcome", "не указано, что это за акт"))
    if not act.strip():
        found.append(error("no_act", "не указан акт", action="Укажите вид, дату и номер."))
    if not evidence.strip():
        action = "Укажите пункт и страницу или ссылку, где это можно прочитать."
        found.append(error("no_evidence", "не указано, где это стоит в акте", action=action))
    if compared_on > timezone.localdate():
        found.append(error("future", "день сверки ещё не наступил", action="Укажите сегодняшний или прошедший день."))
    if not rows:
        found.append(error("no_rows", "не отмечено ни одной строки", action="Отметьте строки, которые вы сверили."))
    return found


def _faults_of_rows(rows: Sequence[ComparedRow], found: dict[int, IndicatorVersion]) -> list[Finding]:
    waiting = dict(
        Confirmation.objects.filter(state=State.OPEN, version__in=found).values_list("version", "author__last_name")
    )
    findings = []
    for row in rows:
        version = found.get(row.version_id)
        if version is None:
            findings.append(error("not_current", f"строка {row.version_id} больше не действует"))
        elif version.pk in waiting:
            text = f"{version.indicator.code} уже сверен и ждёт второго человека: {waiting[version.pk]}"
            findings.append(error("waiting", text, action="Снимите отметку с этой строки."))
        elif version.source_state not in OPEN_STATES:
            text = f"{version.indicator.code}: источник уже подтверждён"
            findings.append(error("confirmed", text, action="Снимите отметку с этой строки."))
    return findings
