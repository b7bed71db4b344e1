"""Reading one kept file and writing its results in one transaction; safe to run twice."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from typing import Any, BinaryIO, cast

from django.db import transaction
from django.utils import timezone

from apps.core import events, files
from apps.core.findings import Finding, Refused, notice, query
from apps.procedures import bridging, identify, intake, planned, replacing, schools, storing
from apps.procedures.copying import copy_of
from apps.procedures.mapping import table as tables
from apps.procedures.mapping.importing import describe_mapped, is_mapped, read_mapped
from apps.procedures.models import GroupResult, ParticipatingSchool, Procedure, ResultFile
from apps.procedures.olympiads import storing as olympiads
from apps.procedures.readers import checks, detect, privacy
from apps.procedures.readers.neutral import GroupTable, Identity, Reading, Results
from apps.procedures.readers.neutral import School as FoundSchool
from apps.procedures.scales import observing as scales

_SHOWN_FINDINGS = 200
_STAGES = ("чтение файла", "проверка", "сохранение")
STEPS = len(_STAGES)

Say = Callable[[int, str], None]


class Unclear(Exception):
    """The work of a file is not named in it, and nobody has said which it is."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        super().__init__(str(identity))


def identity_to_json(identity: Identity) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(identity).items() if value
    }


def identity_from_json(data: dict[str, Any]) -> Identity:
    held_on = date.fromisoformat(data["held_on"]) if data.get("held_on") else None
    return Identity(**{**data, "held_on": held_on})


def _identify(file: ResultFile, found: Identity, trust_name: bool, findings: list[Finding]) -> Identity:
    """What the file says, then what a person said, then, where allowed, what its name says."""
    stated, hint = identity_from_json(file.stated), identity_from_json(file.hint)
    identity = found.filled_from(stated)
    if found.kind == "oge" and hint.session and not found.session:  # a flat protocol: its name has the day
        identity = replace(identity, kind=hint.kind, year=hint.year, held_on=hint.held_on, session=hint.session)
    if differing := [
        part for part in ("subject", "grade", "year") if _differ(getattr(found, part), getattr(stated, part))
    ]:
        findings.append(_overruled(found, stated, differing))
    if identity.is_complete:
        return identity
    hinted = identity.filled_from(hint)
    if not trust_name or not hinted.is_complete:
        raise Unclear(hinted)
    findings.append(
        notice(
            "named_by_file_name",
            f"В файле не указана работа. По имени файла и папки принято: «{identify.title_of(hinted)}».",
            action="Если это не так, отмените загрузку и укажите предмет, класс и год.",
        )
    )
    return hinted


def _differ(found: object, stated: object) -> bool:
    return bool(found and stated and found != stated)


def _overruled(found: Identity, stated: Identity, parts: list[str]) -> Finding:
    """A person said one thing and the file another: the file is believed, and the person is told."""
    words = {"subject": "предмет", "grade": "класс", "year": "год"}
    return notice(
        "stated_differs",
        "Работа названа в самом файле, и принято то, что в нём: "
        + ", ".join(f"{words[part]} — {getattr(found, part)} (вы указали {getattr(stated, part)})" for part in parts)
        + ".",
        action="Если файл не тот, отмените загрузку и выберите нужный.",
    )


def _unclear(error_: Unclear) -> Finding:
    missing = [
        label
        for label, value in (
            ("предмет", error_.identity.subject), ("класс", error_.identity.grade), ("год", error_.identity.year)
        )
        if not value
    ]  # fmt: skip
    text = f"В файле не указано, какая это работа{': нет сведений — ' + ', '.join(missing) if missing else ''}."
    return query("procedure_unclear", text, action="Укажите предмет, класс и год работы.")


def _several(several: planned.Several) -> Finding:
    day = several.identity.held_on
    text = (
        f"«{several.identity.subject}» за {day:%d.%m.%Y}: в графике есть похожие работы на другой день "
        "или несколько подходящих."
    )
    return query("several_planned", text, action="Выберите, к какой работе они относятся.")


def _found_schools(file: ResultFile, results: Results) -> list[FoundSchool]:
    """Schools of the results; a form does not name its school, so the person may."""
    if results.family != "form" or file.organization is None:
        return results.schools
    code = file.organization.external_ids.filter(system="fis_oko", valid_to__isnull=True).first()
    if code:
        return [FoundSchool("fis_oko", code.value, code.prefix, file.organization.name)]
    return [FoundSchool("form", file.organization.code[:20], "", file.organization.name)]


def _store_results(file: ResultFile, results: Results, identity: Identity, tally: "Tally", by: Any) -> Procedure:
    owner = file.organization if identity.kind == Procedure.Kind.VSOKO else None
    resolved = identify.resolve(results, identity, owner=owner, choices=file.mapping.get("planned"))
    procedure = resolved.procedure
    describe_mapped(file, procedure)
    verdict = checks.check(results, limits=resolved.items, maximum=procedure.max_score, scale=procedure)
    rows = schools.remember(_found_schools(file, results))
    if file.organization and rows[0].organization_id is None and rows[0].system == "form":
        schools.link(school=rows[0], organization=file.organization, by=by)
    if file.batch.create_organizations:
        tally.created += schools.create_organizations(schools=rows, by=by)
    stored = storing.store(
        procedure=procedure,
        file=file,
        results=results,
        verdict=verdict,
        school_ids=[row.pk for row in rows],
        maxima=[item.maximum for item in resolved.items],
    )
    file.marks_by_scale = file.marks_by_scale or (results.marks is None and results.test_scores is None)
    if results.marks is not None:
        tally.findings += scales.observe(procedure)
    tally.add(results, verdict, rows, stored)
    tally.findings += _replaced(results, verdict, stored)
    tally.findings += [*resolved.findings, *results.findings, *verdict.findings]
    return procedure


def _replaced(results: Results, verdict: checks.Verdict, stored: storing.Stored) -> list[Finding]:
    """What gave way to these results: said always, asked about where final results gave way to a school's draft."""
    told = []
    for former in stored.replaced:
        text = (
            f"Заменены прежние результаты из файла «{former.name}»: школ {former.schools}, участников было "
            f"{former.participants}."
        )
        loses_marks = former.had_marks and not verdict.marks.any()
        if results.family == "form" and (former.family != "form" or loses_marks):
            text += " Форму сбора школа заполняет до проверки, в ней нет отметок."
            action = "Если нужны прежние результаты, отмените эту загрузку: они вернутся."
            told.append(query("results_replaced", text, sheet=results.sheet, action=action))
        else:
            action = "При отмене этой загрузки они вернутся."
            told.append(notice("results_replaced", text, sheet=results.sheet, action=action))
    return told


class Tally:
    """Counts of a file over all its procedures."""

    def __init__(self) -> None:
        self.rows = self.absent = self.present = self.quarantined = self.unchanged = self.created = 0
        self.schools: dict[int, ParticipatingSchool] = {}
        self.groups = 0
        self.findings: list[Finding] = []

    def add(
        self, results: Results, verdict: checks.Verdict, rows: list[ParticipatingSchool], stored: storing.Stored
    ) -> None:
        present = int(verdict.present.sum())
        self.rows += results.size
        self.present += present
        self.absent += results.size - present
        self.quarantined += int(verdict.quarantined.sum())
        self.unchanged += stored.unchanged_schools
        self.schools |= {row.pk: row for row in rows}


def _store_table(file: ResultFile, table: GroupTable, identity: Identity, tally: Tally) -> Procedure:
    """Keep a benchmark table: its groups replace the same groups of earlier reports."""
    procedure = identify.find_or_make(identity)
    known = {
        (line.level, line.name, line.code): line
        for line in GroupResult.objects.filter(procedure=procedure, report=table.report)
    }
    for row in {(row.level, row.name, row.code): row for row in table.rows}.values():
        line = known.get((row.level, row.name, row.code))
        if line is None:
            line = GroupResult(
                procedure=procedure, report=table.report, level=row.level, name=row.name, code=row.code
            )  # fmt: skip
        else:
            replacing.stash_group(row=line, by_file=file)
        line.file, line.schools, line.participants, line.values = file, row.schools, row.participants, row.values
        line.save()
    identify.describe_items(procedure, table)
    tally.groups += sum(row.level == "school" for row in table.rows)
    text = (
        f"Сводный отчёт «{table.title}» сохранён для сравнения: строк групп — {len(table.rows)}. Участников в нём нет."
    )
    tally.findings += [notice("kept_as_benchmark", text, sheet=table.sheet), *table.findings]
    return procedure


@transaction.atomic
def store_reading(file: ResultFile, reading: Reading, *, by: Any, trust_name: bool = False) -> None:
    """Write all that a file was found to hold, and its counts; all or nothing. Raises Refused, Unclear."""
    if reading.olympiad:
        told = olympiads.store(file=file, rows=reading.olympiad, by=by)
        _finish(file, ResultFile.State.DONE, [*_kept(file), *reading.findings, *told])
        text = f"Загружены итоги олимпиады из файла «{file.name}»: участий {file.present}, школ {file.schools}"
        events.record(kind="procedures.file_imported", subject=file, by=by, text=text)
        return
    tally = Tally()
    tally.findings += reading.findings
    procedures = []
    for results in reading.results:
        identity = _identify(file, results.identity, trust_name, tally.findings)
        procedures.append(_store_results(file, results, identity, tally, by))
    for table in reading.tables:
        identity = _identify(file, table.identity, trust_name, tally.findings)
        procedures.append(_store_table(file, table, identity, tally))
    if reading.bridges:
        file.family, file.organization = reading.family, None
        told = bridging.store(file=file, bridges=reading.bridges, by=by)
        _finish(file, ResultFile.State.DONE, [*_kept(file), *reading.findings, *told])
        text = f"Загружены коды школ из файла «{file.name}»: школ {file.schools}"
        events.record(kind="procedures.file_imported", subject=file, by=by, text=text)
        return
    file.family = reading.family
    file.rows, file.absent, file.present = tally.rows, tally.absent, tally.present
    file.quarantined, file.unchanged_schools = tally.quarantined, tally.unchanged
    file.schools = len(tally.schools) + tally.groups
    file.unknown_schools = len(schools.unknown(tally.schools.values()))
    if tally.created:
        tally.findings.append(notice("organizations_created", f"Создано организаций: {tally.created}."))
    _finish(file, ResultFile.State.DONE, [*_kept(file), *tally.findings])
    file.procedures.set(procedures)
    events.record(
        kind="procedures.file_imported", subject=file, by=by,
        text=f"Загружен файл «{file.name}»: писали {file.present}, школ {file.schools}, в карантине {file.quarantined}",
    )  # fmt: skip


def said_at_arrival(file: ResultFile) -> list[dict[str, Any]]:
    """What was said at arrival and stays true, whatever comes of the file."""
    return [data for data in file.findings if data["code"] in {"names_removed", "words_removed"}]


def _kept(file: ResultFile) -> list[Finding]:
    return [Finding.from_dict(data) for data in said_at_arrival(file)]


def _finish(file: ResultFile, state: str, findings: list[Finding]) -> None:
    file.state = state
    file.findings = [finding.as_dict() for finding in findings[:_SHOWN_FINDINGS]]
    file.finished_at = timezone.now()
    file.save()


def import_file(*, file: ResultFile, by: Any, trust_name: bool = False, say: Say | None = None) -> ResultFile:
    """Read, check and store one waiting file. Its state tells the outcome; a refused file has changed nothing.

    `trust_name` lets the name and folder of the file say what its content does not (the command; never the page).
    `say` is told each step, outside transactions.
    """
    if file.state != ResultFile.State.WAITING:
        return file
    say = say or (lambda step, stage: None)
    try:
        say(0, _STAGES[0])
        with file.file.file.open("rb") as stream:
            sheets = intake.read_sheets(cast(BinaryIO, stream))
        say(1, _STAGES[1])
        sheets = _clear_kept_names(file, sheets)
        reading = read_mapped(file, sheets) if is_mapped(file) else detect.read(sheets, digest=file.sha256)
        say(2, _STAGES[2])
        store_reading(file, reading, by=by, trust_name=trust_name)
    except Unclear as unclear:
        file.hint, file.family = identity_to_json(unclear.identity), reading.family
        _finish(file, ResultFile.State.UNCLEAR, [*_kept(file), _unclear(unclear)])
    except planned.Several as several:
        options = [work.pk for work in several.candidates]
        file.mapping = {**file.mapping, "options": {"key": planned.key_of(several.identity), "works": options}}
        file.family = reading.family
        _finish(file, ResultFile.State.UNCLEAR, [*_kept(file), _several(several)])
    except Refused as refusal:
        if not (is_unknown(refusal) and _offer_mapping(file, sheets)):
            _finish(file, ResultFile.State.REFUSED, [*_kept(file), *refusal.findings])
    return file


def is_unknown(refusal: Refused) -> bool:
    return any(finding.code == "unknown_layout" for finding in refusal.findings)


def _offer_mapping(file: ResultFile, sheets: list[Any]) -> bool:
    """Keep the first rows of a table that no reader knows, so that a person may say what its columns are."""
    shown = tables.preview(sheets)
    if not shown:
        return False
    file.mapping = {"preview": shown}
    text = "Портал не знает такой таблицы. Если это матрица РДР, МДР, ВСОКО или результаты ВсОШ, укажите её столбцы."
    _finish(file, ResultFile.State.UNMAPPED, [*_kept(file), query("columns_unknown", text)])
    return True


def _clear_kept_names(file: ResultFile, sheets: list[Any]) -> list[Any]:
    """Names that slipped past the look at arrival are cleared at once; then the file is read as any other."""
    if file.names_removed or not privacy.has_names(sheets):
        return sheets
    told = intake.removed(sheets)
    cleared = privacy.without_names(sheets)
    kept = files.store(stream=copy_of(cleared), name=file.name, content_type=files.XLSX, by=file.file.created_by)
    former, file.file, file.names_removed = file.file, kept, True
    file.findings = [*file.findings, told.as_dict()]
    file.save(update_fields=["file", "names_removed", "findings"])
    former.file.delete(save=False)
    former.delete()
    return cleared


def summary(file: ResultFile) -> dict[str, Any]:
    """What a command prints of a file."""
    return {
        "file": file.name,
        "state": str(file.state),
        "family": file.family,
        "rows": file.rows,
        "absent": file.absent,
        "present": file.present,
        "schools": file.schools,
        "unknown_schools": file.unknown_schools,
        "quarantined": file.quarantined,
        "procedures": [str(procedure) for procedure in file.procedures.all()],
        "findings": file.findings,
    }
