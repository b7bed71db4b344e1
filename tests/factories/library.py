"""Factories of the library: repeatable, invented."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from apps.accounts.roles import Role
from apps.library.documents import services as documents
from apps.library.models import Document, DocumentVersion, Inspection, Practice, Remark
from tests.factories.accounts import MembershipFactory
from tests.factories.organizations import AuthorityFactory, SchoolFactory


def _specialist():
    return MembershipFactory(organization=AuthorityFactory(), role=Role.SPECIALIST).user


class PracticeFactory(factory.django.DjangoModelFactory[Practice]):
    """In the bank."""

    class Meta:
        model = Practice

    organization = factory.SubFactory(SchoolFactory)
    category = Practice.Category.ANALYSIS
    title = factory.Sequence(lambda n: f"Практика {n + 1}")
    problem = "Разрыв между отметками и результатами."
    done = "Разобрали задания на методическом совете."
    effect = "Расхождение стало меньше."
    state = Practice.State.PUBLISHED
    author = factory.LazyFunction(_specialist)
    decided_by = factory.SelfAttribute("author")
    decided_at = factory.LazyFunction(timezone.now)


class InspectionFactory(factory.django.DjangoModelFactory[Inspection]):
    class Meta:
        model = Inspection

    organization = factory.SubFactory(SchoolFactory)
    kind = Inspection.Kind.LICENSING
    body = "Министерство образования области"
    subject = "Соблюдение лицензионных требований"
    starts_on = date(2026, 3, 2)
    ends_on = date(2026, 3, 6)
    author = factory.LazyFunction(_specialist)


class RemarkFactory(factory.django.DjangoModelFactory[Remark]):
    class Meta:
        model = Remark

    inspection = factory.SubFactory(InspectionFactory)
    text = "На сайте нет положения о языке обучения."
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))


def document_of(by, *, kind=Document.Kind.GUIDE, text="Текст документа.", act="", **card) -> DocumentVersion:
    """A version in force."""
    new = documents.NewDocument(kind=kind, title=card.pop("title", "Документ"), **card)
    made = documents.create_document(new=new, first=documents.NewVersion(text=text), by=by)
    return documents.approve_version(version=made.versions.get(), by=by, act_text=act)
