"""Writes of the report: chapters, freezing, approval by a second person, publication."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.rights import require_department
from apps.core import events, files, findings, jobs
from apps.core.documents.frozen import digest_of
from apps.core.findings import refuse
from apps.core.models import Period
from apps.reports import gate, snapshot
from apps.reports.chapters import CHAPTERS, TITLES
from apps.reports.figures.base import Figures
from apps.reports.models import AnnualReport, Release, ReportChapter

DENIED = "Отчёт готовят и публикуют сотрудники управления."


def open_report(*, period: Period, by: User) -> AnnualReport:
    """The report of the year with its chapters, begun from drafted sentences; what exists is left as it is."""
    require_department(by, DENIED)
    existing = AnnualReport.objects.filter(period=period).first()
    return existing or _begin(period, snapshot.drafts(snapshot.read_figures(period)), by)


@transaction.atomic
def _begin(period: Period, drafts: Mapping[str, str], by: User) -> AnnualReport:
    title = snapshot.default_title(period)
    report, created = AnnualReport.objects.get_or_create(period=period, defaults={"title": title, "created_by": by})
    if created:
        ReportChapter.objects.bulk_create(
            ReportChapter(
                report=report, code=chapter.code, order=n, text=drafts[chapter.code], drafted=drafts[chapter.code]
            )
            for n, chapter in enumerate(CHAPTERS)
        )
        events.record(kind="reports.opened", subject=report, by=by, text="Отчёт начат.")
    return report


def refresh_drafts(*, report: AnnualReport, by: User) -> int:
    """Propose the texts anew from today's figures; texts changed by people are kept. Returns how many changed."""
    require_department(by, DENIED)
    return _redraft(report, snapshot.drafts(snapshot.read_figures(report.period)), by)


@transaction.atomic
def _redraft(report: AnnualReport, drafts: Mapping[str, str], by: User) -> int:
    changed = 0
    known = set(report.chapters.values_list("code", flat=True))
    missing = [(n, one) for n, one in enumerate(CHAPTERS) if one.code not in known]
    ReportChapter.objects.bulk_create(ReportChapter(report=report, code=one.code, order=n) for n, one in missing)
    if missing:
        for n, one in enumerate(CHAPTERS):
            report.chapters.filter(code=one.code).update(order=n)
    for chapter in report.chapters.select_for_update():
        draft = drafts.get(chapter.code, "")
        if chapter.is_untouched and chapter.text != draft:
            chapter.text, chapter.revision = draft, chapter.revision + 1
            chapter.changed_at = timezone.now()
            changed += 1
        chapter.drafted = draft
        chapter.save()
    text = f"Предложенные тексты обновлены по сегодняшним цифрам, глав: {changed}."
    events.record(kind="reports.refreshed", subject=report, by=by, text=text)
    return changed


@transaction.atomic
def save_chapter(*, chapter: ReportChapter, text: str, revision: int, by: User) -> ReportChapter:
    """Write a chapter's text. Refused when somebody has written since `revision` was read."""
    require_department(by, DENIED)
    row = ReportChapter.objects.select_for_update().select_related("report").get(pk=chapter.pk)
    if row.revision != revision:
        message = "Пока вы писали, главу изменил другой человек. Ваш текст не потерян: он остался в форме."
        raise refuse("changed_meanwhile", message, "Откройте отчёт в другой вкладке, сравните и сохраните ещё раз.")
    row.text, row.revision = text.strip(), row.revision + 1
    row.changed_by, row.changed_at = by, timezone.now()
    row.save()
    events.record(
        kind="reports.chapter_saved",
        subject=row.report,
        by=by,
        text=f"Изменена глава «{TITLES[row.code]}».",
        chapter=row.code,
        revision=row.revision,
    )
    return row


def _freeze(report: AnnualReport, figures: Mapping[str, Figures], by: User, note: str) -> Release:
    """Discard what was prepared before and freeze the texts with the figures."""
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    report.releases.filter(state=Release.State.PREPARED).update(state=Release.State.DISCARDED)
    texts = {chapter.code: chapter.text for chapter in report.chapters.all()}
    document = snapshot.assemble(period=report.period, title=report.title, texts=texts, figures=figures)
    digest = digest_of(document)
    release = Release.objects.create(report=report, snapshot=document, digest=digest, note=note, prepared_by=by)
    text = f"Выпуск собран, SHA-256 {release.short_digest}."
    events.record(kind="reports.prepared", subject=report, by=by, text=text, release=release.pk, digest=digest)
    return release


def prepare_release(*, report: AnnualReport, by: User, note: str = "", draft: bool = True) -> Release:
    """Freeze every figure and text. With `draft` a job makes the watermarked PDF for the check."""
    require_department(by, DENIED)
    figures = snapshot.read_figures(report.period)  # of one moment, in a transaction of its own
    with transaction.atomic():
        release = _freeze(report, figures, by, note)
        if draft:
            arguments, url = {"release_id": release.pk}, report.get_absolute_url()
            release.job = jobs.enqueue(kind="reports.render", arguments=arguments, by=by, url=url)
            release.save(update_fields=["job"])
    return release


@transaction.atomic
def keep_draft(*, release: Release, pdf: bytes) -> None:
    """Store the watermarked file; a release that was discarded meanwhile keeps none."""
    row = Release.objects.select_for_update().get(pk=release.pk)
    if row.state != Release.State.PREPARED or row.draft_pdf_id:
        return
    name = f"Черновик отчёта {row.report.period.slug}.pdf"
    row.draft_pdf = files.store(stream=BytesIO(pdf), name=name, content_type=files.PDF, by=row.prepared_by)
    row.save(update_fields=["draft_pdf"])


def _require_approvable(row: Release, digest: str, by: User) -> None:
    if row.state != Release.State.PREPARED:
        raise refuse("wrong_state", "Этот выпуск уже не ждёт утверждения.", "Откройте отчёт заново.")
    if row.digest != digest:
        raise refuse("other_content", "Содержание изменилось, пока вы читали.", "Прочитайте отчёт ещё раз.")
    if settings.PUBLICATION_NEEDS_SECOND_PERSON and row.prepared_by == by:
        message = "Публикует не тот, кто собрал выпуск: отчёт должен прочитать второй человек."
        raise refuse("same_person", message, "Попросите утвердить отчёт другого сотрудника управления.")
    errors = [finding for finding in gate.check(row.report) if finding.severity == findings.Severity.ERROR]
    if errors:
        raise findings.Refused(errors)


@transaction.atomic
def approve_release(*, release: Release, digest: str, by: User, publish: bool = True) -> Release:
    """The second person's word, about exactly the content with this digest. `publish` starts the publication."""
    require_department(by, DENIED)
    row = Release.objects.select_for_update(of=("self",)).select_related("report__period").get(pk=release.pk)
    _require_approvable(row, digest, by)
    row.approved_by, row.approved_at = by, timezone.now()
    events.record(
        kind="reports.approved", subject=row.report, by=by, text=f"Выпуск {row.short_digest} утверждён.", digest=digest
    )
    if publish:
        arguments = {"release_id": row.pk}
        row.job = jobs.enqueue(kind="reports.publish", arguments=arguments, by=by, url=row.report.get_absolute_url())
    row.save()
    return row


def next_number(report: AnnualReport) -> int:
    """Numbers are given only to what is published, one after another."""
    return (report.releases.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def publish_release(*, release: Release, number: int, pdf: bytes) -> Release:
    """Put an approved release before the public under `number`, as the file `pdf` says; the one before is replaced.

    Published already: nothing changes. Refused when another release took the number meanwhile.
    """
    AnnualReport.objects.select_for_update().get(pk=release.report_id)
    row = Release.objects.select_for_update(of=("self",)).select_related("report__period").get(pk=release.pk)
    if row.state == Release.State.PUBLISHED:
        return row
    if row.state != Release.State.PREPARED or row.approved_by is None:
        raise refuse("not_approved", "Выпуск не утверждён или отменён.", "Соберите и утвердите отчёт заново.")
    if number != next_number(row.report):
        raise refuse("number_taken", "За это время опубликован другой выпуск.", "Утвердите отчёт ещё раз.")
    now = timezone.now()
    before = row.report.releases.filter(state=Release.State.PUBLISHED)
    before.update(state=Release.State.SUPERSEDED, superseded_at=now)
    name = f"Отчёт МСОКО {row.report.period.slug}, выпуск {number}.pdf"
    row.pdf = files.store(stream=BytesIO(pdf), name=name, content_type=files.PDF, by=row.approved_by)
    row.state, row.number, row.published_at = Release.State.PUBLISHED, number, now
    row.save()
    data: dict[str, Any] = {"digest": row.digest, "pdf_sha256": row.pdf.sha256, "number": number}
    text = f"Опубликован выпуск {number}."
    events.record(kind="reports.published", subject=row.report, by=row.approved_by, text=text, **data)
    return row


def may_approve(release: Release, user: User) -> bool:
    """Whether this person may be the second one."""
    same = settings.PUBLICATION_NEEDS_SECOND_PERSON and release.prepared_by_id == user.pk
    return user.is_department and not same
