"""Meetings: a collegium on the system of assessment, a meeting of kindergartens with its task sheet, a cycle.

Texts, minutes and terms follow published papers of municipalities; persons and organisations are invented.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.desk.demo import meeting_texts as texts
from apps.desk.demo.people import HOME_KINDERGARTEN, director_of
from apps.desk.demo.world import World
from apps.indicators.models import Direction, Indicator
from apps.library.models import Act
from apps.library.practices.services import NewPractice
from apps.library.services import attach_act
from apps.organizations.models import Organization, Programme
from apps.procedures.people.models import Association
from apps.roadmaps.decisions.services import sign_decision
from apps.roadmaps.meetings import services
from apps.roadmaps.meetings.deciding import decide
from apps.roadmaps.meetings.models import (
    AgendaItem,
    AnswerGroup,
    Invitee,
    Meeting,
    QualityOfficer,
    SheetCell,
    SheetFill,
)
from apps.roadmaps.meetings.services import Minutes, NewItem, NewMeeting, NewSession, NewVote

HEADLINE = "so_oo.1.10%"


@dataclass(frozen=True)
class Chair:
    """Who opens and who reports."""

    head: User
    specialist: User

    def opening(self, kind: str, minutes: int, text: str) -> NewItem:
        return NewItem(text, minutes, kind, str(self.head), self.head.post)

    def question(self, text: str, minutes: int, kind: str = AgendaItem.Kind.QUESTION, *codes: str) -> NewItem:
        directions = Direction.objects.filter(code__in=codes)
        return NewItem(text, minutes, kind, str(self.specialist), self.specialist.post, directions)


def load(world: World) -> None:
    chair = Chair(world.people["head"], world.people["specialist"])
    _officers(world)
    _collegium(world, chair)
    _preschool(world, chair)
    _cycle(world, chair)


def _moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), timezone.get_current_timezone())


def _past(world: World, month: int, day: int) -> date:
    """The last such day that is over by three weeks at least."""
    found = date(world.timeline.today.year, month, day)
    return found if found <= world.timeline.today - timedelta(days=21) else found.replace(year=found.year - 1)


def _officers(world: World) -> None:
    """Nearly every school has named who answers for the assessment of quality."""
    coordinators = {"school-06": world.people["coordinator"], "school-09": world.people["coordinator2"]}
    rows = []
    for code, place in world.organizations.items():
        if not code.startswith("school-") or place.closed_on or code in {"school-13", "school-22"}:
            continue
        user = coordinators.get(code)
        name = str(user) if user else world.names.next().full
        email = user.email if user else ""
        rows.append(
            QualityOfficer(
                organization=place,
                user=user,
                name=name,
                post="Заместитель директора, куратор оценки качества",
                email=email,
                since=world.timeline.school_years[-1].starts_on,
            )
        )
    QualityOfficer.objects.bulk_create(rows)


def _invite(meeting: Meeting, places: list[Organization], by: User) -> list[Invitee]:
    return services.invite(meeting=meeting, organizations=places, by=by)


def _held(meeting: Meeting, by: User, *, absent: set[str]) -> None:
    """Held, and nearly everybody came."""
    Meeting.objects.filter(pk=meeting.pk).update(state="held", announced_at=meeting.starts_at - timedelta(days=14))
    rows = list(meeting.invitees.select_related("organization"))
    for invitee in rows:
        place = invitee.organization
        came = place is not None and place.code not in absent
        invitee.attendance = "present" if came else "excused"
        invitee.came = place.head_name if place and came else ""
    Invitee.objects.bulk_update(rows, ["attendance", "came"])
    meeting.refresh_from_db()


def _read(world: World, meeting: Meeting, *, but: set[str]) -> None:
    at = (meeting.published_at or timezone.now()) + timedelta(days=1)
    rows = list(meeting.invitees.select_related("organization").exclude(organization__code__in=but))
    for row in rows:
        if row.organization:
            row.read_at, row.read_by = at, director_of(world, row.organization.code)
    Invitee.objects.bulk_update(rows, ["read_at", "read_by"])


def _publish(meeting: Meeting, by: User, on: date) -> None:
    services.publish_decision(meeting=meeting, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(published_at=_moment(on, 16))
    meeting.refresh_from_db()


def _collegium(world: World, chair: Chair) -> None:
    day, by = _past(world, 4, 12), chair.specialist
    new = NewMeeting(
        kind=Meeting.Kind.COLLEGIUM,
        theme=texts.COLLEGIUM,
        place="Управление образования, зал коллегии",
        starts=[_moment(day, 10)],
        audience="руководители образовательных организаций",
        purpose=texts.COLLEGIUM_PURPOSE,
        headline=Indicator.objects.filter(code=HEADLINE).first(),
    )
    meeting = services.create_meeting(new=new, by=by)
    opening = chair.opening("opening", 10, "Вступительное слово")
    items = services.add_items(
        meeting=meeting,
        items=[
            opening,
            chair.question(texts.STRATEGY, 30, "question", "1.1", "ОБ"),
            chair.question(texts.EXPERIENCE, 30, "question", "1.1", "2.4"),
            chair.question(texts.PLATFORM, 20, "question", "2.2"),
            chair.opening("closing", 10, "Подведение итогов, решение коллегии"),
        ],
        by=by,
    )
    experience, platform = items[2], items[3]
    for code, theme in (("kindergarten-07", texts.GARDEN_TALK), ("school-04", texts.SCHOOL_TALK)):
        place = world.organizations[code]
        post = "Заведующий" if code.startswith("kinder") else "Директор"
        services.add_talk(
            meeting=meeting, organization=place, theme=theme, speaker=place.head_name, post=post, item=experience, by=by
        )
    first = meeting.talks.order_by("pk")[0]
    services.send_to_bank(talk=first, new=NewPractice("procedures", first.theme, *texts.PRACTICE), by=by)
    for act in Act.objects.filter(number="204")[:1]:
        attach_act(act=act, subject=meeting, by=by)
    places = [one for one in world.organizations.values() if not one.closed_on]
    _invite(meeting, places, by)
    _held(meeting, by, absent={"school-22", "kindergarten-17"})
    resolved = {
        items[1].pk: (texts.STRATEGY_HEARD, texts.CENTRE),
        experience.pk: (texts.EXPERIENCE_HEARD, ""),
        platform.pk: ("Обсуждены документы площадки.", texts.APPROVED),
    }
    minutes = Minutes(str(chair.head), chair.head.post, str(by), by.post, "2", day, resolved)
    services.write_protocol(meeting=meeting, minutes=minutes, by=by)
    vote = services.record_vote(
        meeting=meeting, new=NewVote("Утвердить документы инновационной площадки", 43, 0, 1, item=platform), by=by
    )
    for title in texts.DOCUMENTS:
        services.approve_document(vote=vote, title=title, by=by)
    meeting.refresh_from_db()
    decision = decide(meeting=meeting, items=texts.COLLEGIUM_DECISION, reason=texts.COLLEGIUM_REASON, by=by)
    asked = decision.items.order_by("-position")[0]
    asked.executor, asked.person = "Руководитель центра развития образования", world.people["methodologist"]
    asked.save(update_fields=["executor", "person"])
    sign_decision(decision=decision, number="2", signed_on=day, signer=str(chair.head), by=chair.head)
    _publish(meeting, by, day + timedelta(days=2))
    _read(world, meeting, but={"school-06", "school-12", "kindergarten-11"})


def _preschool(world: World, chair: Chair) -> None:
    day, by = _past(world, 1, 29), chair.specialist
    new = NewMeeting(
        kind=Meeting.Kind.MEETING,
        theme=texts.PRESCHOOL,
        place="Детский сад № 5 „Родничок“, ул. Садовая, д. 7а",
        starts=[_moment(day, 9), _moment(day, 12)],
        audience="руководители образовательных организаций, реализующих программы дошкольного образования",
        base_organization=world.organizations[HOME_KINDERGARTEN],
    )
    meeting = services.create_meeting(new=new, by=by)
    services.add_items(
        meeting=meeting,
        items=[
            chair.opening("opening", 5, "Вступительное слово"),
            chair.question(texts.MONITORING, 30, "question", "2.4"),
            chair.question(texts.TASK, 30, "task", "2.4"),
            chair.opening("closing", 5, "Подведение итогов, знакомство с решением совещания"),
        ],
        by=by,
    )
    places = [
        one for one in world.organizations.values() if Programme.PRESCHOOL in one.programmes and not one.closed_on
    ]
    _invite(meeting, places, by)
    services.split_evenly(meeting=meeting, by=by)
    services.set_sheet(meeting=meeting, title=texts.SHEET, rows=texts.ROWS, columns=texts.COLUMNS, by=by)
    _held(meeting, by, absent={"kindergarten-13"})
    _answers(meeting)
    items = {item.kind: item for item in meeting.items.all()}
    minutes = Minutes(
        str(chair.head), chair.head.post, str(by), by.post, "1", day,
        {items["question"].pk: (texts.MONITORING_HEARD, ""), items["closing"].pk: ("", texts.decision_text(day.year))},
    )  # fmt: skip
    services.write_protocol(meeting=meeting, minutes=minutes, by=by)
    meeting.refresh_from_db()
    decision = decide(meeting=meeting, items=texts.decision_text(day.year), reason=texts.PRESCHOOL_REASON, by=by)
    sign_decision(decision=decision, number="1", signed_on=day, signer=str(chair.head), by=chair.head)
    _publish(meeting, by, day)
    _read(world, meeting, but={"kindergarten-05", "kindergarten-13", "school-20"})


def _answers(meeting: Meeting) -> None:
    """What the kindergartens wrote, and how the specialist put it together."""
    sheet = meeting.sheet
    invitees = list(meeting.invitees.filter(attendance="present").order_by("organization__number"))
    during = meeting.starts_at + timedelta(minutes=50)
    fills = SheetFill.objects.bulk_create(
        SheetFill(sheet=sheet, invitee=one, device=f"demo-{one.pk}", created_at=during, updated_at=during)
        for one in invitees
    )
    cells = [
        SheetCell(fill=fill, row=row, column=column, text=said[(number + row + 2 * column) % len(said)])
        for number, fill in enumerate(fills)
        for (row, column), said in texts.ANSWERS.items()
        if (number + row + column) % 7
    ]
    made = SheetCell.objects.bulk_create(cells)
    for place, title, answers in texts.GROUPS:
        group = AnswerGroup.objects.create(sheet=sheet, row=place[0], column=place[1], title=title)
        group.cells.set([one for one in made if (one.row, one.column) == place and one.text in answers])


def _cycle(world: World, chair: Chair) -> None:
    """A cycle of three seminars: one was held, one is announced, one is planned."""
    by, today = world.people["methodologist"], world.timeline.today
    series = services.create_series(theme=texts.SERIES, purpose=texts.SERIES_PURPOSE, result=texts.SERIES_RESULT, by=by)
    schools = [one for code, one in world.organizations.items() if code.startswith("school-") and not one.closed_on]
    for back, (theme, product, task) in zip((-30, 12, 45), texts.SESSIONS, strict=True):
        day = today + timedelta(days=back)
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        base = world.organizations["school-09"]
        new = NewMeeting("seminar", theme, base.name, [_moment(day, 14, 30)], texts.SEMINAR_AUDIENCE, "", base)
        meeting = services.create_meeting(new=new, by=by)
        items = [
            NewItem("Вступительное слово", 10, "opening", str(by), by.post),
            NewItem(theme, 60, "question", str(by), by.post, Direction.objects.filter(code__in=["1.1", "ОБ"])),
            NewItem("Работа в группах: " + product[:1].lower() + product[1:], 40, "task", str(by), by.post),
            NewItem("Подведение итогов, задание до следующего занятия", 10, "closing", str(by), by.post),
        ]
        services.add_items(meeting=meeting, items=items, by=by)
        services.invite(meeting=meeting, organizations=schools, officers_only=True, by=by)
        if back > 0:
            services.invite(meeting=meeting, associations=Association.objects.filter(leader__isnull=False), by=by)
        term = day + timedelta(days=14) if task else None
        done = "Составлена карта процедур: 21 школа, 14 процедур." if back < 0 else ""
        session = NewSession(product, task, term, done)
        services.save_session(series=series, meeting=meeting, new=session, by=by)
        if back < 0:
            _held(meeting, by, absent={"school-18"})
        elif back < 30:
            services.announce_meeting(meeting=meeting, by=by)
