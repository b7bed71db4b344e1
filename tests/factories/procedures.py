"""Factories of the room «procedures»: the smallest results that hang together."""

from io import BytesIO
from typing import Any

import factory

from apps.procedures import services
from apps.procedures.intake import Incoming
from apps.procedures.models import ParticipatingSchool, ResultFile
from tests.factories.result_files import TWO_SCHOOLS, f1


class ParticipatingSchoolFactory(factory.django.DjangoModelFactory):
    system = "fis_oko"
    digits = factory.Sequence(lambda n: f"99{n + 1:04d}")
    prefix = "edu"
    name = factory.LazyAttribute(lambda school: f"Примерная СОШ {school.digits}")

    class Meta:
        model = ParticipatingSchool


def imported(stream: BytesIO | None = None, *, name: str = "Ф1.xlsx", by: Any = None, **options: Any) -> ResultFile:
    """A file that went through the whole import; two invented schools by default."""
    incoming = [Incoming(name, stream or f1(TWO_SCHOOLS), options.pop("path_hint", name))]
    trust = options.pop("trust_names", False)
    batch = services.create_batch(incoming=incoming, by=by, **options)
    return services.import_batch(batch=batch, by=by, trust_names=trust)[0]
