"""What the pages of projects read."""

from collections import defaultdict
from dataclasses import dataclass

from apps.accounts.models import User
from apps.organizations.models import Programme as Level
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.projects.models import LevelResults, Member, Monitoring, Product, Project, StageReport
from apps.roadmaps.projects.models.members import LEVELS

SHORT = {
    Level.PRESCHOOL: "дошкольное",
    Level.PRIMARY: "начальное",
    Level.BASIC: "основное",
    Level.SECONDARY: "среднее",
}


@dataclass(frozen=True)
class LevelCell:
    """A level at a school: `has` is None where the school does not deliver it."""

    title: str
    has: bool | None
    text: str = ""

    @property
    def words(self) -> str:
        return {True: "определены", False: "не определены", None: "нет уровня"}[self.has]

    @property
    def tone(self) -> str:
        return {True: "good", False: "warn", None: "neutral"}[self.has]


@dataclass(frozen=True)
class LevelRow:
    member: Member
    cells: list[LevelCell]

    @property
    def done(self) -> int:
        return sum(1 for cell in self.cells if cell.has)

    @property
    def asked(self) -> int:
        return sum(1 for cell in self.cells if cell.has is not None)


def level_cells(member: Member, texts: dict[str, str]) -> list[LevelCell]:
    levels = member.levels
    return [
        LevelCell(SHORT[level], bool(texts.get(level)) if level in levels else None, texts.get(level, ""))
        for level in LEVELS
    ]


def level_rows(project: Project) -> list[LevelRow]:
    """Members by the levels on which they have defined key results. Two queries."""
    members = list(project.members.accepted().select_related("organization"))
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for row in LevelResults.objects.filter(member__in=members):
        texts[row.member_id][row.level] = row.text
    return [LevelRow(member, level_cells(member, texts[member.pk])) for member in members]


def products_of(project: Project, user: User) -> list[Product]:
    """Those that the reader may see, with what experts said."""
    found = Product.objects.visible_to(user).filter(member__project=project)
    return list(found.select_related("member__organization", "file").prefetch_related("opinions"))


@dataclass(frozen=True)
class StageRow:
    """A stage with the reports that the reader may see, and how many members have reported."""

    stage: object
    reports: list[StageReport]
    reported: int
    members: int
    own: StageReport | None


def stage_rows(project: Project, user: User, member: Member | None) -> list[StageRow]:
    """Stages in order. Three queries."""
    members = project.members.accepted().count()
    reports: dict[int, list[StageReport]] = defaultdict(list)
    for report in StageReport.objects.filter(stage__project=project).select_related("member__organization", "file"):
        reports[report.stage_id].append(report)
    rows = []
    for stage in project.stages.all():
        found = reports[stage.pk]
        own = next((one for one in found if member and one.member_id == member.pk), None)
        shown = found if user.is_authority else [own] if own else []
        rows.append(StageRow(stage, shown, len(found), members, own))
    return rows


@dataclass(frozen=True)
class Standing:
    """How the project stands, in figures, for the screen of a summary."""

    members: int
    levels_done: int
    levels_asked: int
    products: int
    judged: int
    stages_done: int
    stages: int

    @property
    def levels_text(self) -> str:
        return f"{self.levels_done} из {self.levels_asked}"

    @property
    def stages_text(self) -> str:
        return f"{self.stages_done} из {self.stages}"


def standing(project: Project) -> Standing:
    rows = level_rows(project)
    products = list(Product.objects.filter(member__project=project).prefetch_related("opinions"))
    stages = list(project.stages.all())
    return Standing(
        members=len(rows),
        levels_done=sum(row.done for row in rows),
        levels_asked=sum(row.asked for row in rows),
        products=len(products),
        judged=sum(1 for one in products if one.opinion),
        stages_done=sum(1 for one in stages if one.done_on),
        stages=len(stages),
    )


def own_member(project: Project, user: User) -> Member | None:
    """The membership of the reader's organisation."""
    if not user.is_school or user.organization is None:
        return None
    found: Member | None = Member.objects.filter(project=project, organization=user.organization).first()
    return found


def roadmap_of(project: Project, user: User) -> Roadmap | None:
    """The plan of the project, if the reader may open it."""
    if project.roadmap_id is None:
        return None
    found: Roadmap | None = Roadmap.objects.visible_to(user).filter(pk=project.roadmap_id).first()
    return found


def monitorings_of(project: Project, user: User) -> list[Monitoring]:
    return list(Monitoring.objects.visible_to(user).filter(project=project))
