"""Two people close the same thing in the same moment: one has done it, the other is told, nothing stands twice.

Both have begun before either may end: the row is held until the database says that both wait for it. Without the lock
of the service both would have read «open» by then, and both would write.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from apps.accounts.models import User
from apps.core import events
from apps.core.findings import Refused
from apps.core.models import Notice
from apps.library.inspections import services as inspections
from apps.roadmaps import services as recommendations
from apps.roadmaps.decisions.models import Assignment, AssignmentProof
from apps.roadmaps.decisions.services import NewItem, annexes, executing, sign_decision
from apps.roadmaps.meetings import services as meetings
from apps.roadmaps.plans.services.progress import finish_measure
from apps.roadmaps.projects.models import Member
from apps.roadmaps.projects.services import members
from apps.roadmaps.support import services as support
from tests.factories.decisions import draft, line_of, signed
from tests.factories.library import RemarkFactory
from tests.factories.meetings import InviteeFactory, MeetingFactory
from tests.factories.plans import MeasureFactory
from tests.factories.projects import ProjectFactory
from tests.factories.roadmaps import AddresseeFactory

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4 proof"


@dataclass
class Race:
    """`held` is the row that both need; `told` the events that there must be one of, `of` on that subject."""

    name: str
    held: Model
    first: Callable[[], Any]
    second: Callable[[], Any]
    told: str
    of: Model
    is_refused: bool = True  # else the second finds it done and changes nothing


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else the first look of a transaction is all it gets
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


def run(race: Race) -> list[Any]:
    results: list[Any] = []

    def act(work: Callable[[], Any]) -> None:
        try:
            results.append(work())
        except Refused as refused:
            results.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(work,)) for work in (race.first, race.second)]
    with transaction.atomic():
        type(race.held)._default_manager.select_for_update().get(pk=race.held.pk)
        for thread in threads:
            thread.start()
        until = time.monotonic() + 20
        while _waiting() < len(threads) and time.monotonic() < until:
            time.sleep(0.01)
        assert _waiting() == len(threads), f"{race.name}: both were to wait for the row"
    for thread in threads:
        thread.join(timeout=30)
    return results


def _decisions(specialist: User, head: User, director: User, coordinator: User, school: Any) -> Iterator[Race]:
    order = signed(specialist, [NewItem(number="1.", text="Создать", organizations=[school])])
    line = line_of(order)

    def said(by: User) -> Callable[[], Any]:
        new = executing.Report(text=f"Сделано: {by.pk}", uploads=[(BytesIO(PDF), "приказ.pdf")])
        return lambda: executing.report(line=line, new=new, by=by)

    yield Race("report", line, said(director), said(coordinator), "roadmaps.assignment_reported", line)
    assert AssignmentProof.objects.filter(assignment=line).count() == 1
    assert Notice.objects.filter(key__startswith="roadmaps.assignment_reported").count() == 1
    yield Race(
        "accept or return", line, lambda: executing.accept(line=line, by=head),
        lambda: executing.give_back(line=line, text="Приложите приказ", by=specialist), "roadmaps.assignment_", line,
    )  # fmt: skip
    prepared = draft(specialist, [NewItem(number="1.", text="Провести", organizations=[school])])

    def sign() -> Any:
        return sign_decision(decision=prepared, number="7", signed_on=timezone.localdate(), by=specialist)

    yield Race("sign", prepared, sign, sign, "roadmaps.decision_signed", prepared)
    assert Assignment.objects.filter(item__decision=prepared).count() == 1
    public = draft(specialist, [NewItem(text="Разместить")], number="8")
    annex = annexes.add_annex(decision=public, title="Концепция", upload=(BytesIO(PDF), "а.pdf"), by=specialist)
    sign_decision(decision=public, number="8", signed_on=timezone.localdate(), by=specialist)

    def publish(by: User) -> Callable[[], Any]:
        return lambda: annexes.publish_annex(annex=annex, by=by)

    kind = "roadmaps.annex_published"
    yield Race("publish", public, publish(head), publish(specialist), kind, public, is_refused=False)


def _recommendations(specialist: User, head: User, director: User, coordinator: User, school: Any) -> Iterator[Race]:
    row = AddresseeFactory(organization=school)

    def said(by: User) -> Callable[[], Any]:
        return lambda: recommendations.report(addressee=row, text=f"Сделано: {by.pk}", by=by)

    yield Race("report a recommendation", row, said(director), said(coordinator), "roadmaps.reported", row)
    yield Race(
        "accept or return a recommendation", row, lambda: recommendations.accept_report(addressee=row, by=head),
        lambda: recommendations.return_report(addressee=row, text="Мало", by=specialist), "roadmaps.", row,
    )  # fmt: skip


def _others(specialist: User, head: User, director: User, coordinator: User, school: Any) -> Iterator[Race]:
    yield from _recommendations(specialist, head, director, coordinator, school)
    measure, today = MeasureFactory(), timezone.localdate()

    def finish(by: User) -> Callable[[], Any]:
        return lambda: finish_measure(measure=measure, on=today, result=f"Сделано: {by.pk}", by=by)

    yield Race("finish a measure", measure, finish(head), finish(specialist), "roadmaps.measure_done", measure)
    new = support.NewSupport("Помощь", "План", "Методист", today, today, reason="Просьба.")
    case = support.plan_support(organization=school, new=new, by=specialist)

    def close(by: User) -> Callable[[], Any]:
        return lambda: support.finish_support(case=case, on=today, result=f"Сделано: {by.pk}", by=by)

    yield Race("finish help", case, close(head), close(specialist), "roadmaps.support_done", case)
    remark = RemarkFactory(inspection__organization=school)

    def answer(by: User) -> Callable[[], Any]:
        return lambda: inspections.answer_remark(remark=remark, text=f"Сделано: {by.pk}", by=by)

    yield Race("answer a remark", remark, answer(director), answer(coordinator), "library.remark_answered", remark)
    project = ProjectFactory()

    def apply() -> Any:
        return members.apply(project=project, motive="Опыт", contact="Завуч", by=director)

    yield Race("apply twice", project, apply, apply, "", project)
    (member,) = Member.objects.filter(project=project)
    yield Race(
        "accept or decline", member, lambda: members.accept(member=member, by=head),
        lambda: members.decline(member=member, reason="Мест нет", by=specialist), "roadmaps.project_", member,
    )  # fmt: skip
    now = timezone.now()
    held = MeetingFactory(state="held", held_at=now, protocol_number="1", protocol_on=today, published_at=now)
    invitee = InviteeFactory(organization=school, meeting=held)

    def read(by: User) -> Callable[[], Any]:
        return lambda: meetings.confirm_reading(invitee=invitee, by=by)

    kind = "roadmaps.read"
    yield Race("confirm", invitee, read(director), read(coordinator), kind, invitee.meeting, is_refused=False)


@pytest.mark.parametrize("races", [_decisions, _others], ids=lambda races: races.__name__.strip("_"))
def test_of_two_who_close_one_thing_one_wins_and_the_other_is_told(
    races, specialist, head, director, coordinator, school
):
    for race in races(specialist, head, director, coordinator, school):
        before = Counter(event.kind for event in events.history(race.of))
        results = run(race)
        refused = [one for one in results if isinstance(one, Refused)]
        assert len(refused) == race.is_refused, race.name
        assert all(finding.message for one in refused for finding in one.findings), race.name
        after = Counter(event.kind for event in events.history(race.of)) - before
        fresh = sum(count for kind, count in after.items() if race.told and kind.startswith(race.told))
        assert fresh == bool(race.told), (race.name, after)
