"""Factories of the registers: repeatable, nothing random, invented names."""

from datetime import date

import factory

from apps.registers.models import (
    Agreement,
    EducationalProgramme,
    GraduateChoice,
    JointAction,
    LabourNeed,
    TalentTeacher,
    UpbringingPractice,
)
from tests.factories.organizations import AuthorityFactory, SchoolFactory


class ProgrammeFactory(factory.django.DjangoModelFactory[EducationalProgramme]):
    class Meta:
        model = EducationalProgramme

    organization = factory.SubFactory(SchoolFactory)
    name = factory.Sequence(lambda n: f"Программа {n + 1}")
    level = "basic"
    materials = "full"


class AgreementFactory(factory.django.DjangoModelFactory[Agreement]):
    """In force without a term; names the school that owns it."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    organization = factory.SubFactory(SchoolFactory)
    partner = factory.Sequence(lambda n: f"Колледж {n + 1}")
    kind = "college"
    subject = "Профессиональные пробы"
    signed_on = date(2024, 9, 1)

    @factory.post_generation
    def schools(self, create, extracted, **kwargs):
        if create:
            self.schools.set([self.organization] if extracted is None else extracted)


class JointActionFactory(factory.django.DjangoModelFactory[JointAction]):
    class Meta:
        model = JointAction

    organization = factory.SubFactory(AuthorityFactory)
    partner = "Отдел спорта"
    direction = "sport"
    title = factory.Sequence(lambda n: f"Соревнования {n + 1}")
    held_on = date(2026, 5, 1)


class TeacherFactory(factory.django.DjangoModelFactory[TalentTeacher]):
    class Meta:
        model = TalentTeacher

    organization = factory.SubFactory(SchoolFactory)
    person = factory.Sequence(lambda n: f"Проверкина-{n + 1} Анна Ивановна")
    post = "учитель математики"
    work = "Кружок"


class PracticeFactory(factory.django.DjangoModelFactory[UpbringingPractice]):
    class Meta:
        model = UpbringingPractice

    organization = factory.SubFactory(SchoolFactory)
    title = factory.Sequence(lambda n: f"Практика {n + 1}")
    direction = "ecological"
    text = "Сажаем деревья."


class NeedFactory(factory.django.DjangoModelFactory[LabourNeed]):
    class Meta:
        model = LabourNeed

    organization = factory.SubFactory(AuthorityFactory)
    group = "transport"
    year = 2026
    count = 40
    source = "Прогноз службы занятости"


class ChoiceFactory(factory.django.DjangoModelFactory[GraduateChoice]):
    class Meta:
        model = GraduateChoice

    organization = factory.SubFactory(SchoolFactory)
    group = "transport"
    year = 2026
    after = "9"
    count = 7
