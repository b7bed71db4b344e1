"""A draft opened to the public council: seen by its members, commented, voted on; nothing after the last day."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.accounts.roles import Role
from apps.core.findings import Refused
from apps.library.council import services
from apps.library.documents import services as documents
from apps.library.models import Comment, Discussion, Document, Vote
from apps.library.todo import todo_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(specialist):
    new = documents.NewDocument("concept", "Новая концепция")
    made = documents.create_document(new=new, first=documents.NewVersion(text="Проект концепции."), by=specialist)
    return made.versions.get()


@pytest.mark.capability("S-011")
def test_a_member_sees_the_draft_comments_and_votes(client_of, user_of, draft):
    member, office = client_of(Role.PUBLIC_REPRESENTATIVE), client_of(Role.SPECIALIST)
    assert member.get(draft.get_absolute_url()).status_code == 404
    assert "Новая концепция" not in member.get(reverse("library:documents")).content.decode()
    last = timezone.localdate() + timedelta(days=5)
    url = reverse("library:discussion_new", args=[draft.pk])
    assert member.get(url).status_code == 404
    office.post(url, {"question": "Поддерживаете?", "closes_on": last.isoformat()})
    discussion = Discussion.objects.get()
    person = user_of(Role.PUBLIC_REPRESENTATIVE)
    assert [line.due_on for line in todo_for(person)] == [last]
    assert "Проект концепции." in member.get(draft.get_absolute_url()).content.decode()
    assert "Проект концепции." in member.get(discussion.get_absolute_url()).content.decode()
    for stranger in (Role.DIRECTOR, Role.OBSERVER, Role.EXPERT):
        assert client_of(stranger).get(discussion.get_absolute_url()).status_code == 404
        assert client_of(stranger).get(draft.get_absolute_url()).status_code == 404
    say, vote = (reverse(f"library:discussion_{name}", args=[discussion.pk]) for name in ("comment", "vote"))
    member.post(say, {"text": "Добавьте <script>родителей</script> 👍"})
    assert "не более 20000" in member.post(say, {"text": "я" * 20_001}).content.decode().replace("\xa0", "")
    member.post(vote, {"choice": "against"})
    member.post(vote, {"choice": "for"})
    member.post(vote, {"choice": "maybe"})
    assert [one.choice for one in Vote.objects.all()] == ["for"]
    shown = office.get(discussion.get_absolute_url()).content.decode()
    assert person.get_full_name() in shown
    assert timezone.localtime(Comment.objects.get().at).strftime("%d.%m.%Y %H:%M") in shown
    assert "<script>родителей" not in shown
    assert office.post(vote, {"choice": "for"}).status_code == 404
    assert todo_for(person) == []
    office.post(reverse("library:discussion_close", args=[discussion.pk]), {"outcome": "Учтено."})
    assert "Учтено." in member.get(discussion.get_absolute_url()).content.decode()
    member.post(say, {"text": "Поздно"})
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(("clock", "is_taken"), [("2026-11-22T23:59:59", True), ("2026-11-23T00:00:00", False)])
def test_the_last_day_counts_to_its_last_second(draft, specialist, user_of, monkeypatch, settings, clock, is_taken):
    last = datetime(2026, 11, 22).date()
    discussion = Discussion.objects.create(version=draft, question="?", closes_on=last, opened_by=specialist)
    now = datetime.fromisoformat(clock).replace(tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: now)
    member = user_of(Role.PUBLIC_REPRESENTATIVE)
    if is_taken:
        services.vote(discussion=discussion, choice="for", by=member)
    else:
        with pytest.raises(Refused) as refused:
            services.vote(discussion=discussion, choice="for", by=member)
        assert [finding.code for finding in refused.value.findings] == ["closed"]
    assert Vote.objects.exists() == is_taken


def test_only_a_draft_is_opened_and_once(draft, specialist):
    yesterday = timezone.localdate() - timedelta(days=1)
    services.open_discussion(version=draft, question="?", closes_on=timezone.localdate(), by=specialist)
    with pytest.raises(Refused) as refused:
        services.open_discussion(version=draft, question="", closes_on=yesterday, by=specialist)
    assert [finding.code for finding in refused.value.findings] == ["empty", "past", "running"]
    documents.approve_version(version=draft, by=specialist, act_text="приказ № 1")
    assert Document.objects.count() == 1
    with pytest.raises(Refused) as refused:
        services.open_discussion(version=draft, question="?", closes_on=timezone.localdate(), by=specialist)
    assert "not_draft" in [finding.code for finding in refused.value.findings]
