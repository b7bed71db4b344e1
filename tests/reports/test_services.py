"""Chapters, freezing, the second person, publication and correction."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.core import events
from apps.core.documents.frozen import digest_of
from apps.core.findings import Refused
from apps.core.models import Job, PrivateFile
from apps.reports import services
from apps.reports.models import Release
from apps.reports.todo import todo_for
from tests.factories.reports import document, report_of
from tests.factories.results import ProcedureFactory, ResultAggregateFactory

pytestmark = pytest.mark.django_db
State = Release.State


@pytest.fixture
def data(period, school):
    """Without any data there is nothing to publish."""
    work = ProcedureFactory(period=period)
    return ResultAggregateFactory(procedure=work, school__organization=school, marks=[10, 20, 30, 40])


@pytest.fixture
def report(period, specialist, data):
    return services.open_report(period=period, by=specialist)


@pytest.fixture
def prepared(report, specialist):
    return services.prepare_release(report=report, by=specialist, draft=False)


def approve(release, by):
    return services.approve_release(release=release, digest=release.digest, by=by, publish=False)


def publish(release, by):
    approved = approve(release, by)
    return services.publish_release(release=approved, number=services.next_number(release.report), pdf=b"%PDF-1.7")


def code(error):
    return [finding.code for finding in error.value.findings]


def test_a_report_begins_with_drafted_chapters_once(report, period, specialist):
    again = services.open_report(period=period, by=specialist)
    assert again == report
    texts = {chapter.code: chapter.text for chapter in report.chapters.all()}
    assert "проведено работ ВПР: 1" in texts["results"]
    assert all(chapter.is_untouched for chapter in report.chapters.all())


def test_of_two_editors_the_second_is_told_and_loses_nothing(report, specialist, head):
    chapter = report.chapters.get(code="conclusions")
    services.save_chapter(chapter=chapter, text="Первый", revision=chapter.revision, by=specialist)
    with pytest.raises(Refused) as error:
        services.save_chapter(chapter=chapter, text="Второй", revision=chapter.revision, by=head)
    assert code(error) == ["changed_meanwhile"]
    chapter.refresh_from_db()
    assert (chapter.text, chapter.changed_by) == ("Первый", specialist)


def test_new_drafts_leave_the_texts_of_people_alone(report, specialist, data):
    mine, portals = report.chapters.get(code="actions"), report.chapters.get(code="results")
    services.save_chapter(chapter=mine, text="Мой текст", revision=mine.revision, by=specialist)
    data.delete()
    assert services.refresh_drafts(report=report, by=specialist) == 1
    mine.refresh_from_db()
    portals.refresh_from_db()
    assert (mine.text, portals.text) == ("Мой текст", "")


def test_frozen_figures_and_texts_do_not_move(prepared, report, data, specialist):
    before = json.dumps(prepared.snapshot, sort_keys=True)
    data.delete()
    chapter = report.chapters.get(code="conclusions")
    services.save_chapter(chapter=chapter, text="Позже", revision=chapter.revision, by=specialist)
    prepared.refresh_from_db()
    assert json.dumps(prepared.snapshot, sort_keys=True) == before
    assert digest_of(prepared.snapshot) == prepared.digest
    assert document(report) != prepared.snapshot


def test_equal_content_has_an_equal_digest(prepared, report, specialist):
    again = services.prepare_release(report=report, by=specialist, draft=False)
    assert again.digest == prepared.digest
    prepared.refresh_from_db()
    assert (prepared.state, again.state) == (State.DISCARDED, State.PREPARED)


def test_control_characters_are_not_frozen(report):
    text = document(report, conclusions="а\x02б\x00в\nг")["chapters"]
    text = next(one["text"] for one in text if one["code"] == "conclusions")
    assert text == "абв\nг"


def test_the_one_who_prepared_cannot_approve(prepared, specialist, head):
    with pytest.raises(Refused) as error:
        approve(prepared, specialist)
    assert code(error) == ["same_person"]
    assert approve(prepared, head).approved_by == head


def test_one_person_is_enough_where_the_installation_says_so(prepared, specialist, settings):
    settings.PUBLICATION_NEEDS_SECOND_PERSON = False
    assert approve(prepared, specialist).approved_by == specialist


def test_only_the_department_prepares_and_approves(report, prepared, methodologist, director, administrator):
    for stranger in (methodologist, director, administrator):
        with pytest.raises(Refused):
            services.prepare_release(report=report, by=stranger)
        with pytest.raises(Refused):
            approve(prepared, stranger)
    assert Release.objects.count() == 1


def test_approval_is_of_what_was_read(prepared, report, head, specialist):
    with pytest.raises(Refused) as error:
        services.approve_release(release=prepared, digest="0" * 64, by=head)
    assert code(error) == ["other_content"]
    services.prepare_release(report=report, by=specialist, draft=False)
    with pytest.raises(Refused) as error:
        approve(prepared, head)
    assert code(error) == ["wrong_state"]


def test_nothing_to_publish_is_refused(specialist, head):
    empty = report_of("2030/31", by=specialist)
    release = services.prepare_release(report=empty, by=specialist, draft=False)
    with pytest.raises(Refused) as error:
        approve(release, head)
    assert code(error) == ["no_data"]


def test_publication_gives_a_number_and_keeps_the_file(prepared, head):
    published = publish(prepared, head)
    assert (published.state, published.number, published.approved_by) == (State.PUBLISHED, 1, head)
    assert published.pdf.file.read() == b"%PDF-1.7"
    line = events.history(published.report).get(kind="reports.published")
    assert (line.data["pdf_sha256"], line.data["digest"]) == (published.pdf.sha256, published.digest)


def test_an_unapproved_or_discarded_release_cannot_be_published(prepared, report, specialist, head):
    with pytest.raises(Refused) as error:
        services.publish_release(release=prepared, number=1, pdf=b"%PDF-")
    assert code(error) == ["not_approved"]
    approved = approve(prepared, head)
    services.prepare_release(report=report, by=specialist, draft=False)
    with pytest.raises(Refused) as error:
        services.publish_release(release=approved, number=1, pdf=b"%PDF-")
    assert code(error) == ["not_approved"]
    assert not PrivateFile.objects.filter(content_type="application/pdf").exists()


def test_a_correction_is_a_new_release_and_the_old_is_marked(prepared, report, specialist, head):
    first = publish(prepared, head)
    second = publish(
        services.prepare_release(report=report, by=specialist, note="Исправлена глава 2", draft=False), head
    )
    first.refresh_from_db()
    assert (first.state, first.number, second.number) == (State.SUPERSEDED, 1, 2)
    assert first.superseded_at is not None
    assert second.pdf != first.pdf


def test_publishing_twice_changes_nothing(prepared, head):
    first = publish(prepared, head)
    again = services.publish_release(release=prepared, number=1, pdf=b"%PDF-other")
    assert (again.pk, again.pdf_id, again.number) == (first.pk, first.pdf_id, 1)


def test_a_number_taken_meanwhile_is_refused(prepared, head):
    approved = approve(prepared, head)
    with pytest.raises(Refused) as error:
        services.publish_release(release=approved, number=7, pdf=b"%PDF-")
    assert code(error) == ["number_taken"]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"state": State.PUBLISHED}, id="published without number, file, approval"),
        pytest.param({"number": 1}, id="a number before publication"),
        pytest.param({"approved_at": timezone.now()}, id="approved by nobody"),
        pytest.param({"superseded_at": timezone.now()}, id="replaced before publication"),
    ],
)
def test_the_database_refuses_half_a_release(prepared, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=prepared.pk).update(**wrong)


def test_preparing_starts_the_job_of_the_draft(report, specialist):
    release = services.prepare_release(report=report, by=specialist)
    job = Job.objects.get(kind="reports.render")
    assert (job.arguments, release.job) == ({"release_id": release.pk}, job)


def test_a_draft_of_a_discarded_release_is_not_kept(prepared, report, specialist):
    services.prepare_release(report=report, by=specialist, draft=False)
    services.keep_draft(release=prepared, pdf=b"%PDF-")
    assert not PrivateFile.objects.filter(content_type="application/pdf").exists()


def test_unpublished_releases_are_the_authoritys(prepared, head, director, other_director):
    from django.contrib.auth.models import AnonymousUser

    assert set(Release.objects.visible_to(head)) == {prepared}
    for stranger in (director, other_director, AnonymousUser()):
        assert set(Release.objects.visible_to(stranger)) == set()
    published = publish(prepared, head)
    for reader in (director, AnonymousUser()):
        assert set(Release.objects.visible_to(reader)) == {published}


def test_todo_asks_the_second_person_and_tells_of_the_term(prepared, specialist, head, director):
    titles = [todo.title for todo in todo_for(head)]
    assert "Прочитать и утвердить годовой отчёт" in titles
    assert "Прочитать и утвердить годовой отчёт" not in [todo.title for todo in todo_for(specialist)]
    assert "Опубликовать годовой отчёт" in titles
    assert todo_for(director) == []


def test_the_kept_file_name_says_what_it_is(prepared, head):
    assert publish(prepared, head).pdf.name == "Отчёт МСОКО 2025-26, выпуск 1.pdf"
