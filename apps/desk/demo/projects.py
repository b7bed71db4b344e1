"""Project task 12 in full swing, the platform of 2019 and the project of kindergartens of 2020 with its summary."""

from datetime import date, timedelta
from typing import Any

from apps.desk.demo import dating, project_texts
from apps.desk.demo.people import HOME_KINDERGARTEN, HOME_SCHOOL, SECOND_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.roadmaps.plans.models import Roadmap
from apps.roadmaps.projects.models import Member, Project
from apps.roadmaps.projects.services import members, projects, stages

State = Project.State
MOTIVE = "В организации идёт работа над внутренней системой оценки качества, хотим сверить её с другими и поделиться."


def load(world: World) -> None:
    _task(world)
    platform = _platform(world)
    kindergartens = _kindergartens(world)
    for project, kind in ((platform, Roadmap.Kind.PLATFORM), (kindergartens, Roadmap.Kind.PROJECT)):
        roadmap = Roadmap.objects.filter(kind=kind).order_by("pk").first()
        if roadmap:
            Project.objects.filter(pk=project.pk).update(roadmap=roadmap)


def _created(world: World, **values: Any) -> Project:
    return projects.create_project(new=projects.NewProject(**values), by=world.people["specialist"])


def _joined(world: World, project: Project, code: str, *, motive: str = MOTIVE) -> Member:
    director = director_of(world, code)
    return members.apply(
        project=project, motive=motive, contact=f"{director.get_full_name()}, {director.post.lower()}", by=director
    )


def _task(world: World) -> None:
    """The task as its passport stands; schools in every state, products judged and waiting."""
    by, today = world.people["specialist"], world.timeline.today
    start = world.timeline.school_years[-1].starts_on
    task = _created(
        world,
        kind=Project.Kind.TASK,
        programme=project_texts.TASK_PROGRAMME,
        number=12,
        head=by.get_full_name() + ", " + by.post.lower(),
        starts_on=start,
        ends_on=max(start + timedelta(days=638), today + timedelta(days=200)),
        applications_until=today + timedelta(days=20),
        **project_texts.TASK,
    )
    projects.move_project(project=task, to=State.OPEN, by=by)
    accepted = [_joined(world, task, code) for code in (HOME_SCHOOL, "school-02", "school-12")]
    for member in accepted:
        members.accept(member=member, by=by, reason="Ждём вас на первом семинаре.")
    declined = _joined(world, task, "school-15", motive="Просим включить.")
    reason = "Из заявки не видно, что уже сделано. Опишите опыт внутренней оценки и подайте заявку ещё раз."
    members.decline(member=declined, reason=reason, by=by)
    _joined(world, task, SECOND_SCHOOL)
    _joined(world, task, "school-19")
    projects.move_project(project=task, to=State.RUNNING, by=by)
    _work(world, task, accepted)
    members_of = Member.objects.filter(project=task)
    for offset, member in enumerate(members_of.order_by("pk")):
        day = dating.at(today - timedelta(days=30 - 4 * offset), 10 + offset)
        member.applied_at = day
        if member.decided_at:
            member.decided_at = day + timedelta(days=2)
        member.save(update_fields=["applied_at", "decided_at"])
        kinds = ("roadmaps.project_accepted", "roadmaps.project_declined")
        decided = {kind: day + timedelta(days=2) for kind in kinds}
        dating.date_events(member, {"roadmaps.project_applied": day, **decided})


def _work(world: World, task: Project, accepted: list[Member]) -> None:
    by, today = world.people["specialist"], world.timeline.today
    home, gymnasium, _ = accepted
    seminar = "Цикл рефлексивно-аналитических и разработческих семинаров"
    first = stages.add_stage(
        project=task, title="Ключевые образовательные результаты", starts_on=task.starts_on,
        ends_on=today - timedelta(days=20), expected="Выделены ключевые результаты на каждом уровне.", by=by,
    )  # fmt: skip
    stages.add_stage(
        project=task, title=seminar, starts_on=today - timedelta(days=19), ends_on=today + timedelta(days=11),
        expected="Описаны процедуры, подобраны диагностические инструменты.", by=by,
    )  # fmt: skip
    for member in (home, gymnasium):
        director = director_of(world, member.organization.code)
        text = "Проведён семинар, ключевые результаты обсуждены на педагогическом совете."
        stages.report_stage(stage=first, member=member, text=text, by=director)
    stages.finish_stage(stage=first, result="Ключевые результаты выделили две организации из трёх.", by=by)
    type(first).objects.filter(pk=first.pk).update(done_on=first.ends_on)
    first.reports.update(at=dating.at(first.ends_on - timedelta(days=2), 15))
    for member, levels in ((home, ("primary", "basic", "secondary")), (gymnasium, ("primary",))):
        director = director_of(world, member.organization.code)
        for level in levels:
            if level in member.levels:
                text = project_texts.LEVEL_TEXTS[level]
                members.define_results(member=member, level=level, text=text, by=director)
    model = members.hand_in(
        member=home, kind="model", title="Модель управления качеством образования", text=project_texts.MODEL,
        by=director_of(world, HOME_SCHOOL),
    )  # fmt: skip
    opinion = "Модель описана полно, связь процедур и решений видна. Добавьте, кто отвечает за сводный анализ."
    members.give_opinion(product=model, verdict="fit", text=opinion, by=world.people["methodologist"])
    members.hand_in(
        member=gymnasium, kind="instrument", title="Карта наблюдения за групповой работой",
        text="Шесть умений, три уровня проявления; заполняется учителем раз в четверть.",
        by=director_of(world, "school-02"),
    )  # fmt: skip
    projects.set_indicator(
        project=task, title="Доля участников, выделивших ключевые результаты на всех своих уровнях", target="100 %",
        reached="1 организация из 3", by=by,
    )  # fmt: skip


def _past(world: World, texts: dict[str, str], kind: str, days: tuple[date, date], codes: tuple[str, ...]) -> Project:
    """A project of years ago, announced and joined at the time."""
    by = world.people["specialist"]
    head = world.people["head"]
    project = _created(
        world,
        kind=kind,
        head=f"{head.get_full_name()}, {head.post.lower()}",
        starts_on=days[0],
        ends_on=days[1],
        **texts,
    )
    projects.move_project(project=project, to=State.RUNNING, by=by)
    moment = dating.at(days[0], 12)
    Member.objects.bulk_create(
        Member(
            project=project, organization=world.organizations[code], state=Member.State.ACCEPTED, motive=MOTIVE,
            contact=director_of(world, code).get_full_name(), applied_at=moment, applied_by=director_of(world, code),
            decided_at=moment, decided_by=by,
        )
        for code in codes
    )  # fmt: skip
    return project


def _platform(world: World) -> Project:
    """The platform with its regulation, approved by the collegium."""
    by = world.people["specialist"]
    day = date(2019, 4, 12)
    days = (day, date(2020, 12, 31))
    codes = ("kindergarten-01", "school-02", "school-12")
    platform = _past(world, project_texts.PLATFORM, Project.Kind.PLATFORM, days, codes)
    version = projects.add_regulation(project=platform, text=project_texts.REGULATION, dated_on=day, by=by)
    act = "решение коллегии управления образования от 12.04.2019"
    projects.approve_regulation(version=version, act_text=act, on=day, by=by)
    _finished(world, platform, "Дорожная карта площадки", days)
    return platform


def _kindergartens(world: World) -> Project:
    """The municipal project of kindergartens with the summary shown at the meeting of 29 January 2020."""
    by = world.people["specialist"]
    days = (date(2019, 9, 2), date(2020, 9, 1))
    codes = (HOME_KINDERGARTEN, "kindergarten-01", "kindergarten-07", "kindergarten-09")
    project = _past(world, project_texts.PROJECT, Project.Kind.PROJECT, days, codes)
    title = f"О реализации муниципального проекта «{project.title}»: результаты, проблемы, пути решения"
    stages.write_monitoring(
        project=project, title=title, on=date(2020, 1, 29), parts=project_texts.MONITORING, is_ready=True, by=by
    )
    projects.set_indicator(
        project=project, title="Организации, в которых есть перечень локальных актов ВСОКО", target="все к 01.09.2020",
        by=by,
    )  # fmt: skip
    _finished(world, project, "Локальные акты и структура управления", days)
    return project


def _finished(world: World, project: Project, title: str, days: tuple[date, date]) -> None:
    by = world.people["specialist"]
    stage = stages.add_stage(project=project, title=title, starts_on=days[0], ends_on=days[1], by=by)
    stages.finish_stage(stage=stage, result="План выполнен, опыт обобщён.", by=by)
    type(stage).objects.filter(pk=stage.pk).update(done_on=days[1])
    projects.move_project(project=project, to=State.DONE, by=by)
