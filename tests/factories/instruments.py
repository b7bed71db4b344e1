"""Factories of instruments and requirements: repeatable, invented."""

from datetime import timedelta
from io import BytesIO

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from apps.core import files
from apps.procedures.instruments.models import Instrument, MarkingRequirement
from tests.factories.results import SubjectFactory

PDF = b"%PDF-1.4 invented"


def pdf(name: str = "kim.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type=files.PDF)


class InstrumentFactory(factory.django.DjangoModelFactory[Instrument]):
    """Approved and opened for schools; needs `created_by`."""

    class Meta:
        model = Instrument

    title = factory.Sequence(lambda n: f"Работа-{n + 1}")
    kind = "current"
    subject = factory.SubFactory(SubjectFactory)
    grade = 5
    skill = "Счёт"
    opening = factory.LazyFunction(lambda: ["schools"])
    state = "approved"
    decided_by = factory.SelfAttribute("created_by")
    decided_at = factory.LazyFunction(timezone.now)
    file = factory.LazyAttribute(
        lambda row: files.store(stream=BytesIO(PDF), name="kim.pdf", content_type=files.PDF, by=row.created_by)
    )


class RequirementFactory(factory.django.DjangoModelFactory[MarkingRequirement]):
    """Needs `published_by`."""

    class Meta:
        model = MarkingRequirement

    subject = factory.SubFactory(SubjectFactory)
    grade_from = 5
    grade_to = 9
    title = factory.Sequence(lambda n: f"Требования-{n + 1}")
    text = "Отметка ставится по критериям."
    confirm_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
