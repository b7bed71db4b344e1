"""The registers declared: what each is for, what it shows, who keeps it. Pages, import and export are made of this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.accounts.roles import AUTHORITY, SCHOOL, Role
from apps.registers import panels
from apps.registers.models import (
    Agreement,
    EducationalProgramme,
    Entry,
    GraduateChoice,
    JointAction,
    LabourNeed,
    TalentTeacher,
    UpbringingPractice,
)

KEEPERS = frozenset({Role.HEAD, Role.SPECIALIST, Role.METHODOLOGIST})
READERS = AUTHORITY | SCHOOL


@dataclass(frozen=True)
class Register:
    """One register. `fields` are typed, imported and exported in this order, `columns` stand in the list.

    `key` names the fields by which a row of a file meets a stored entry. An entry `of_authority` belongs to the
    authority, else to the organisation it is about. `panel` gives what stands above the list: a template and a
    reading for it.
    """

    code: str
    model: type[Entry]
    title: str
    lead: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    key: tuple[str, ...]
    filters: tuple[str, ...]
    search: tuple[str, ...]
    readers: frozenset[str] = READERS
    writers: frozenset[str] = KEEPERS | SCHOOL
    of_authority: bool = False
    purpose: str = ""
    named: tuple[str, ...] = ()  # fields that may hold a person's name; elsewhere it is refused
    panel: tuple[str, Callable[[Any, Any], dict[str, Any]]] | None = None

    @property
    def one(self) -> str:
        return str(self.model._meta.verbose_name)

    def may_write(self, user: Any) -> bool:
        return user.role in self.writers

    def may_change(self, user: Any, entry: Entry) -> bool:
        """A school changes its own entries, those who keep the registers all."""
        own = not user.is_school or entry.organization_id == getattr(user.organization, "pk", None)
        return self.may_write(user) and own

    def entries(self, user: Any) -> Any:
        return self.model.objects.visible_to(user)  # type: ignore[attr-defined]


REGISTERS = (
    Register(
        code="programmes",
        model=EducationalProgramme,
        title="Образовательные программы",
        lead="Программы организаций: экспертиза, технологии, обеспеченность учебно-методическими комплектами.",
        fields=("name", "level", "demand", "technologies", "expertise", "expertise_on", "materials", "materials_note"),
        columns=("name", "level", "expertise", "technologies", "materials"),
        key=("organization", "level", "name"),
        filters=("level", "expertise", "materials"),
        search=("name", "technologies"),
        panel=("registers/panels/programmes.html", panels.programmes),
    ),
    Register(
        code="agreements",
        model=Agreement,
        title="Соглашения с партнёрами",
        lead="Сетевое взаимодействие с колледжами, предприятиями и вузами: с кем, о чём, до какого дня, какие школы.",
        fields=("partner", "kind", "subject", "signed_on", "ends_on", "schools"),
        columns=("partner", "kind", "subject", "term", "schools"),
        key=("organization", "partner", "signed_on"),
        filters=("kind",),
        search=("partner", "subject"),
        named=("partner",),
        panel=("registers/panels/agreements.html", panels.agreements),
    ),
    Register(
        code="joint-actions",
        model=JointAction,
        title="Межведомственные действия",
        lead="Что управление провело вместе со спортом, культурой, молодёжной политикой и с каким результатом.",
        fields=("partner", "direction", "title", "held_on", "result"),
        columns=("held_on", "partner", "direction", "title", "result"),
        key=("partner", "title", "held_on"),
        filters=("direction",),
        search=("partner", "title", "result"),
        named=("partner",),
        readers=AUTHORITY,
        writers=KEEPERS,
        of_authority=True,
    ),
    Register(
        code="talent-teachers",
        model=TalentTeacher,
        title="Педагоги, работающие с талантливыми детьми",
        lead="Кто работает с талантливыми детьми, чему обучен, какие практики опубликовал.",
        fields=("person", "post", "work", "awards", "practices", "training", "trained_on"),
        columns=("person", "post", "work", "awards", "practices", "training_state"),
        key=("organization", "person"),
        filters=(),
        search=("person", "work", "training", "practices"),
        named=("person", "post"),
        purpose=(
            "Цель: поддержка педагогов и распространение их практики. Основание: направление «Выявление и поддержка "
            "талантов» концепции МСОКО; трудовые отношения педагога с организацией. Вносятся только фамилия, имя, "
            "отчество и должность работника. Результаты учеников и оценки педагогов сюда не вносятся."
        ),
        panel=("registers/panels/talent_teachers.html", panels.talent_teachers),
    ),
    Register(
        code="practices",
        model=UpbringingPractice,
        title="Банк практик воспитания",
        lead="Практики, которыми делятся организации. Принятые методистом видят все организации округа.",
        fields=("title", "direction", "text", "link"),
        columns=("title", "direction", "state"),
        key=("organization", "title"),
        filters=("direction", "state"),
        search=("title", "text"),
    ),
    Register(
        code="labour-needs",
        model=LabourNeed,
        title="Потребности рынка труда",
        lead="Сколько людей каких профессий нужно региону и сколько выпускников их выбирают.",
        fields=("group", "year", "count", "source"),
        columns=("group", "year", "count", "source"),
        key=("group", "year"),
        filters=("group", "year"),
        search=("source",),
        writers=KEEPERS,
        of_authority=True,
        panel=("registers/panels/labour.html", panels.labour),
    ),
    Register(
        code="graduate-choices",
        model=GraduateChoice,
        title="Выбор выпускников",
        lead="Сколько выпускников школы выбрали группу профессий. Только числа, без имён.",
        fields=("group", "year", "after", "count"),
        columns=("group", "year", "after", "count"),
        key=("organization", "group", "year", "after"),
        filters=("group", "year", "after"),
        search=(),
    ),
)
BY_CODE = {register.code: register for register in REGISTERS}


def registers_for(user: Any) -> list[Register]:
    return [register for register in REGISTERS if user.role in register.readers]
