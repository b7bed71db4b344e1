"""Writes of the yearly list. A refusal raises `Refused` and changes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from io import BytesIO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.accounts.roles import Role
from apps.analysis.models import Sign, SignAnswer, SignList
from apps.analysis.signs import counting
from apps.analysis.signs.content import assemble
from apps.analysis.signs.counting import Counted
from apps.core import events, files, findings, jobs
from apps.core.documents.frozen import digest_of
from apps.core.findings import refuse
from apps.core.models import Period
from apps.workbooks.cells import clean_text

COUNT, PRINT = "analysis.count_signs", "analysis.print_signs"
Decision, Result = Sign.Decision, Sign.Result
Tell = Callable[[int, int, str], None]
DENIED = "Перечень ведут сотрудники управления."


def _locked(sign_list: SignList) -> SignList:
    return SignList.objects.select_for_update(of=("self",)).select_related("period").get(pk=sign_list.pk)


def _require_draft(row: SignList) -> None:
    if not row.is_draft:
        message = "Перечень утверждён и больше не меняется."
        raise refuse("approved", message, "Начните новую версию: решения и пояснения перейдут в неё.")


@transaction.atomic
def begin_list(*, period: Period, by: User) -> SignList:
    """Count the signs of a year anew: in the draft that is open, else in a new version. A worker does the counting."""
    require_department(by, DENIED)
    if period.kind != Period.Kind.SCHOOL_YEAR:
        raise refuse("not_a_year", "Перечень составляется за учебный год.")
    Period.objects.select_for_update().get(pk=period.pk)  # two who begin at once get one draft
    row = SignList.objects.select_for_update(of=("self",)).filter(period=period, state=SignList.State.DRAFT).first()
    if row is None:
        last = SignList.objects.filter(period=period).aggregate(last=Max("version"))["last"] or 0
        row = SignList.objects.create(period=period, version=last + 1, created_by=by)
        events.record(kind="analysis.list_begun", subject=row, by=by, text=f"Начата версия {row.version}.")
    if row.job is None or row.job.is_over:
        row.job = jobs.enqueue(
            kind=COUNT,
            arguments={"list_id": row.pk},
            by=by,
            url=row.get_absolute_url(),
            title=f"Расчёт признаков: {period}",
        )
        row.save(update_fields=["job"])
    return row


def count_list(*, sign_list: SignList, tell: Tell | None = None) -> int:
    """Compute every sign of the draft. A decision stays where the figure and the rule stayed. Returns how many marked.

    Safe to run twice; an approved list is left alone.
    """
    counted = list(counting.count(sign_list.period))
    if tell:
        tell(1, 2, "Записываем признаки")
    return _store(sign_list, counted)


@transaction.atomic
def _store(sign_list: SignList, counted: list[Counted]) -> int:
    row = _locked(sign_list)
    if not row.is_draft:
        return row.signs.filter(result=Result.MARKED).count()
    known = {(sign.organization_id, sign.code): sign for sign in row.signs.all()}
    earlier = _earlier(row) if not known else {}
    new, changed, lost = [], [], 0
    for one in counted:
        key = (one.organization.pk, one.rule.code)
        sign = known.pop(key, None)
        fresh = _sign(row, one, sign or earlier.get(key))
        if sign is None:
            new.append(fresh)
            continue
        lost += bool(sign.decided_at and not fresh.decided_at)
        fresh.pk = sign.pk
        changed.append(fresh)
    Sign.objects.filter(pk__in=[sign.pk for sign in known.values()]).delete()
    Sign.objects.bulk_create(new)
    fields = ("rule", "result", "written", "value", "n", "cases", "decision", "reason", "decided_by", "decided_at")
    Sign.objects.bulk_update(changed, fields, batch_size=500)
    row.counted_at = timezone.now()
    row.save(update_fields=["counted_at"])
    marked = sum(sign.result == Result.MARKED for sign in (*new, *changed))
    text = f"Признаки посчитаны: требуют проверки {marked}."
    text += f" Цифры изменились, решение нужно принять снова: {lost}." if lost else ""
    events.record(kind="analysis.list_counted", subject=row, by=row.created_by, text=text, marked=marked, lost=lost)
    return marked


def _earlier(row: SignList) -> dict[tuple[int, str], Sign]:
    """Signs of the version before: what was decided there is not asked again."""
    before = SignList.objects.filter(period=row.period, version__lt=row.version).order_by("-version").first()
    return {(sign.organization_id, sign.code): sign for sign in before.signs.all()} if before else {}


def _sign(row: SignList, one: Counted, before: Sign | None) -> Sign:
    judgement = one.judgement
    sign = Sign(
        sign_list=row,
        organization=one.organization,
        code=one.rule.code,
        rule=one.rule,
        result=judgement.result.value,
        written=judgement.written[:400],
        value=judgement.value.quantize(counting.STORED) if judgement.value is not None else None,
        n=judgement.n,
        cases=[{**asdict(case), "result": case.result.value} for case in judgement.cases],
        decision=Decision.WAITING if judgement.result == judgement.result.MARKED else "",
    )
    same = before and before.rule_id == sign.rule_id and before.written == sign.written
    if before and same and sign.decision and before.decided_at:
        sign.decision, sign.reason = before.decision, before.reason
        sign.decided_by_id, sign.decided_at = before.decided_by_id, before.decided_at
    return sign


@transaction.atomic
def show_to_schools(*, sign_list: SignList, by: User) -> SignList:
    """From here on each school sees its own signs and may explain them."""
    require_department(by, DENIED)
    row = _locked(sign_list)
    _require_draft(row)
    if row.counted_at is None:
        raise refuse("not_counted", "Признаки ещё не посчитаны.", "Дождитесь окончания расчёта.")
    if row.shown_at is None:
        row.shown_at, row.shown_by = timezone.now(), by
        row.save(update_fields=["shown_at", "shown_by"])
        events.record(kind="analysis.list_shown", subject=row, by=by, text="Признаки показаны школам для пояснений.")
    return row


@transaction.atomic
def decide(*, sign: Sign, decision: str, reason: str, by: User) -> Sign:
    """Confirm or reject a computed sign. The same decision with another reason is a change, too."""
    (decided,) = _decide([sign.pk], sign.sign_list, decision, reason, by)
    return decided


@transaction.atomic
def decide_many(*, sign_list: SignList, signs: Iterable[int], decision: str, reason: str, by: User) -> int:
    """One decision for several waiting signs. Refused as a whole where a school has explained one of them."""
    chosen = sorted(set(signs))
    if not chosen:
        raise refuse("nothing_chosen", "Не отмечен ни один признак.", "Отметьте строки, к которым относится решение.")
    rows = Sign.objects.filter(pk__in=chosen, sign_list=sign_list).select_related("organization")
    explained = list(rows.filter(answers__isnull=False).distinct())
    if explained:
        raise findings.Refused(
            [
                findings.error(
                    "explained",
                    f"{row.organization}, {row.kind.short}: школа дала пояснение.",
                    action="Прочитайте его и решите отдельно, на странице признака.",
                )
                for row in explained
            ]
        )
    return len(_decide(chosen, sign_list, decision, reason, by))


def _decide(chosen: list[int], sign_list: SignList, decision: str, reason: str, by: User) -> list[Sign]:
    require_department(by, DENIED)
    row = _locked(sign_list)
    _require_draft(row)
    faults = []
    reason = clean_text(reason).strip()[:1000]
    if decision not in {Decision.CONFIRMED, Decision.REJECTED}:
        faults.append(findings.error("no_decision", "Не выбрано решение.", action="Подтвердите или отклоните признак."))
    if not reason:
        faults.append(findings.error("no_reason", "Не указано основание решения.", action="Напишите его одной фразой."))
    signs = list(row.signs.select_for_update(of=("self",)).filter(pk__in=chosen).select_related("organization"))
    if len(signs) != len(chosen) or any(not sign.is_marked for sign in signs):
        message = "Решение принимают только о признаках, которые отметил расчёт."
        faults.append(findings.error("not_marked", message, action="Откройте перечень заново."))
    if faults:
        raise findings.Refused(faults)
    now = timezone.now()
    for sign in signs:
        sign.decision, sign.reason, sign.decided_by, sign.decided_at = decision, reason, by, now
    Sign.objects.bulk_update(signs, ["decision", "reason", "decided_by", "decided_at"])
    for sign in signs:
        text = f"{sign.kind.name}: {sign.get_decision_display()}. {reason}"
        events.record(kind="analysis.sign_decided", subject=sign, by=by, text=text[:500], decision=decision)
    done = Decision(decision).label
    text = f"Решение о признаках ({len(signs)}): {done}. {reason}"
    events.record(kind="analysis.list_decided", subject=row, by=by, text=text[:500], signs=chosen)
    return signs


@transaction.atomic
def answer(*, sign: Sign, text: str, by: User) -> SignAnswer:
    """The school's explanation of its own sign; the head of the school gives it."""
    if by.role != Role.DIRECTOR or by.organization != sign.organization:
        raise refuse("not_allowed", "Пояснение даёт руководитель самой школы.")
    row = _locked(sign.sign_list)
    if not row.is_draft:
        raise refuse("approved", "Перечень уже утверждён.", "Напишите в управление: начнут новую версию.")
    if row.shown_at is None or not sign.is_marked:
        raise refuse("not_asked", "По этому признаку пояснение не требуется.")
    text = clean_text(text).strip()[:3000]
    if not text:
        raise refuse("no_text", "Пояснение пустое.", "Напишите, чем объясняются результаты и что уже делается.")
    made = SignAnswer.objects.create(sign=sign, text=text, author=by)
    events.record(kind="analysis.sign_answered", subject=sign, by=by, text="Школа дала пояснение.")
    events.record(
        kind="analysis.list_answered", subject=row, by=by, text=f"Пояснение: {sign.organization}, {sign.kind.short}."
    )
    return made


@transaction.atomic
def approve_list(*, sign_list: SignList, number: str, on: date, by: User) -> SignList:
    """Approve the list by an order: its content is frozen with a digest, the version before is replaced."""
    require_department(by, DENIED)
    row = _locked(sign_list)
    _require_draft(row)
    faults = []
    number = clean_text(number).strip()[:40]
    if not number:
        faults.append(findings.error("no_number", "Не указан номер приказа."))
    if on > timezone.localdate():
        faults.append(findings.error("future", "Дата приказа ещё не наступила."))
    waiting = row.signs.filter(decision=Decision.WAITING).count()
    if row.counted_at is None:
        faults.append(findings.error("not_counted", "Признаки ещё не посчитаны."))
    if waiting:
        message = f"Без решения признаков: {waiting}."
        faults.append(findings.error("waiting", message, action="Подтвердите или отклоните каждый из них."))
    if faults:
        raise findings.Refused(faults)
    SignList.objects.filter(period=row.period, state=SignList.State.APPROVED).update(state=SignList.State.SUPERSEDED)
    row.state, row.order_number, row.order_on = SignList.State.APPROVED, number, on
    row.approved_by, row.approved_at = by, timezone.now()
    row.document = assemble(row)
    row.digest = digest_of(row.document)
    row.save()
    text = f"Перечень утверждён: {row.order_text}. SHA-256 {row.digest[:12]}."
    events.record(kind="analysis.list_approved", subject=row, by=by, text=text, digest=row.digest)
    return row


@transaction.atomic
def request_pdf(*, sign_list: SignList, by: User) -> SignList:
    """Have a worker typeset the annex as it stands; equal content is not printed twice."""
    if not by.is_authority:
        raise refuse("not_allowed", "Перечень печатают сотрудники управления.")
    row = _locked(sign_list)
    digest = row.digest or digest_of(assemble(row))
    if row.pdf_id and row.pdf_digest == digest:
        return row
    if row.job and not row.job.is_over:
        raise refuse("busy", "Перечень сейчас считается или печатается.", "Дождитесь окончания и повторите.")
    title = f"Печать перечня: {row.period}"
    url = row.get_absolute_url()
    row.job = jobs.enqueue(kind=PRINT, arguments={"list_id": row.pk}, by=by, url=url, title=title)
    row.save(update_fields=["job"])
    return row


@transaction.atomic
def keep_pdf(*, sign_list: SignList, pdf: bytes, digest: str) -> SignList:
    """Keep what a worker has typeset."""
    row = _locked(sign_list)
    name = f"Перечень {row.period.slug}, версия {row.version}{', проект' if row.is_draft else ''}.pdf"
    row.pdf = files.store(stream=BytesIO(pdf), name=name, content_type=files.PDF, by=row.created_by)
    row.pdf_digest = digest
    row.save(update_fields=["pdf", "pdf_digest"])
    return row
