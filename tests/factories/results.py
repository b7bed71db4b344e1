"""Results of works, as an import leaves them: additive parts of one school, made from its marks."""

import factory
from django.utils import timezone

from apps.core.models import PrivateFile
from apps.procedures.models import Batch, Item, ParticipatingSchool, Procedure, ResultAggregate, ResultFile, Subject
from tests.factories.core import PeriodFactory
from tests.factories.organizations import SchoolFactory


class SubjectFactory(factory.django.DjangoModelFactory[Subject]):
    class Meta:
        model = Subject
        django_get_or_create = ("name",)

    name = "Математика"


class ProcedureFactory(factory.django.DjangoModelFactory[Procedure]):
    class Meta:
        model = Procedure
        django_get_or_create = ("kind", "period", "subject", "grade")

    kind = Procedure.Kind.VPR
    period = factory.SubFactory(PeriodFactory)
    year = factory.LazyAttribute(lambda work: work.period.ends_on.year)
    subject = factory.SubFactory(SubjectFactory)
    grade = 5
    title = factory.LazyAttribute(lambda work: f"ВПР {work.year}, {work.subject}, {work.grade} класс")


class ItemFactory(factory.django.DjangoModelFactory[Item]):
    class Meta:
        model = Item

    procedure = factory.SubFactory(ProcedureFactory)
    position = factory.Sequence(lambda n: n)
    number = factory.LazyAttribute(lambda item: str(item.position + 1))
    maximum = 1


class ParticipatingSchoolFactory(factory.django.DjangoModelFactory[ParticipatingSchool]):
    class Meta:
        model = ParticipatingSchool

    system = ParticipatingSchool.System.FIS_OKO
    digits = factory.Sequence(lambda n: f"99{n + 1:04d}")
    organization = factory.SubFactory(SchoolFactory)


class ResultFileFactory(factory.django.DjangoModelFactory[ResultFile]):
    class Meta:
        model = ResultFile

    batch = factory.LazyFunction(Batch.objects.create)
    file = factory.LazyFunction(
        lambda: PrivateFile.objects.create(
            file="private/none", name="f1.xlsx", size=1, sha256="0" * 64, content_type="x", created_at=timezone.now()
        )
    )
    name = "f1.xlsx"
    sha256 = "0" * 64


class ResultAggregateFactory(factory.django.DjangoModelFactory[ResultAggregate]):
    """`ResultAggregateFactory(school__organization=ours, marks=[4, 3, 2, 1])`: four got «2»."""

    class Meta:
        model = ResultAggregate

    procedure = factory.SubFactory(ProcedureFactory)
    school = factory.SubFactory(ParticipatingSchoolFactory)
    file = factory.SubFactory(ResultFileFactory)
    marks = factory.LazyFunction(lambda: [0, 5, 5, 0])
    participants = factory.LazyAttribute(lambda row: sum(row.marks))
    score_sum = 0
    score_squares = 0
    histogram = factory.LazyFunction(list)
    item_counts = factory.LazyFunction(list)
    item_sums = factory.LazyFunction(list)
    item_full = factory.LazyFunction(list)
    item_zero = factory.LazyFunction(list)
    item_skipped = factory.LazyFunction(list)
    digest = ""
