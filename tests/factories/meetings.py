"""Factories of meetings: repeatable, invented."""

from datetime import timedelta

import factory
from django.utils import timezone

from apps.accounts.roles import Role
from apps.roadmaps.meetings.models import AgendaItem, Invitee, Meeting, Sheet, Subgroup
from apps.roadmaps.meetings.models.sheets import AFTER, BEFORE
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AuthorityFactory, KindergartenFactory


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    """Announced, begun ten minutes ago, with one subgroup; `second=` gives the hours of another."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    theme = factory.Sequence(lambda n: f"О результатах мониторинга {n + 1}")
    place = "Актовый зал"
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=10))
    state = Meeting.State.ANNOUNCED
    author = factory.LazyFunction(lambda: MembershipFactory(organization=AuthorityFactory(), role=Role.SPECIALIST).user)

    @factory.post_generation
    def subgroups(self, create, extracted, **kwargs):
        for number in range(1, (extracted or 1) + 1):
            at = self.starts_at + timedelta(hours=3 * (number - 1))
            Subgroup.objects.create(meeting=self, number=number, starts_at=at)


class ItemFactory(factory.django.DjangoModelFactory[AgendaItem]):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Вопрос {n + 1}")
    minutes = 30


class InviteeFactory(factory.django.DjangoModelFactory[Invitee]):
    class Meta:
        model = Invitee

    meeting = factory.SubFactory(MeetingFactory)
    organization = factory.SubFactory(KindergartenFactory)
    subgroup = factory.LazyAttribute(lambda invitee: invitee.meeting.subgroups.order_by("number").first())


class SheetFactory(factory.django.DjangoModelFactory[Sheet]):
    """The 3 × 3 sheet, open now."""

    class Meta:
        model = Sheet

    meeting = factory.SubFactory(MeetingFactory)
    title = "Достижения, проблемы, перспективы"
    rows = factory.LazyFunction(lambda: ["Кадровое обеспечение", "Нормативно-правовое обеспечение", "Управление"])
    columns = factory.LazyFunction(lambda: ["Достижения", "Проблемы", "Перспективы"])
    opens_at = factory.LazyAttribute(lambda sheet: sheet.meeting.starts_at - BEFORE)
    closes_at = factory.LazyAttribute(lambda sheet: sheet.meeting.starts_at + timedelta(hours=1) + AFTER)
