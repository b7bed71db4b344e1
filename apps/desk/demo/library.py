"""The library: acts of the Concept, the Concept itself, methods, practices, the council, inspections, a guide sent."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Model

from apps.core.models import Event
from apps.core.notices.models import Notice
from apps.desk.demo import dating, library_texts
from apps.desk.demo.people import HOME_SCHOOL, director_of
from apps.desk.demo.world import World
from apps.indicators.models import Direction
from apps.library.acts import services as acts
from apps.library.acts.loading import load_acts
from apps.library.council import services as council
from apps.library.dispatches import services as dispatches
from apps.library.documents import services as documents
from apps.library.inspections import services as inspections
from apps.library.models import (
    Act,
    Adaptation,
    Comment,
    Discussion,
    Dispatch,
    Document,
    DocumentVersion,
    Inspection,
    Practice,
    PracticeAdvice,
    Receipt,
    Remark,
    Trial,
    Vote,
)
from apps.library.practices import services as practices
from apps.organizations.models import Kind

CONCEPT = settings.BASE_DIR / "fixtures" / "demo" / "concept.txt"
CONCEPT_TITLE = "Концепция муниципальной системы оценки качества образования"


def load(world: World) -> None:
    _load_acts(world)
    _load_documents(world)
    _load_practices(world)
    _load_trials(world)
    _load_inspections(world)


def _ago(world: World, days: int) -> date:
    return world.timeline.today - timedelta(days=days)


def _moved(subject: Model, day: date, hour: int = 10) -> None:
    """All of its history to the day on which it happened."""
    Event.objects.filter(subject=subject._meta.label, subject_id=str(subject.pk)).update(at=dating.at(day, hour))


def _load_acts(world: World) -> None:
    """Two of the fifteen are looked up; a regional and a municipal act stand beside them."""
    load_acts()
    by = world.people["specialist"]
    for number, state, note in library_texts.LOOKED_UP:
        acts.set_state(act=Act.objects.get(number=number), state=state, note=note, by=by)
    for told in library_texts.OWN_ACTS:
        act = acts.create_act(new=acts.NewAct(**told), by=by)
        acts.set_state(act=act, state=Act.State.IN_FORCE, note="", by=by)
    directions = {each.code: each for each in Direction.objects.all()}
    for number, codes in library_texts.USES.items():
        for code in codes:
            acts.attach_act(act=Act.objects.get(number=number), subject=directions[code], by=by)
    Event.objects.filter(subject=Act._meta.label).update(at=dating.at(_ago(world, 160), 11))


def _document(world: World, day: date, *, text: str, act: str = "", author: str = "specialist",
              changes: str = "", **card: object) -> DocumentVersion:  # fmt: skip
    by = world.people[author]
    new = documents.NewDocument(**card)  # type: ignore[arg-type]
    first = documents.NewVersion(text=text, dated_on=day, changes=changes)
    made = documents.create_document(new=new, first=first, by=by)
    version = documents.approve_version(version=made.versions.get(), by=by, act_text=act, on=day)
    _past(version, day)
    return version


def _past(version: DocumentVersion, day: date) -> None:
    moment = dating.at(day, 10)
    Document.objects.filter(pk=version.document_id).update(created_at=moment)
    DocumentVersion.objects.filter(pk=version.pk).update(created_at=moment)
    _moved(version.document, day)


def concept_version() -> DocumentVersion:
    """A draft until the order of its approval is signed, by the part with the orders."""
    found: DocumentVersion = DocumentVersion.objects.get(document__title=CONCEPT_TITLE)
    return found


def date_concept(day: date) -> None:
    """As if it had been written and approved on the day of its order."""
    _past(concept_version(), day)


def _load_documents(world: World) -> None:
    today = world.timeline.today
    ordered = date(today.year - ((today.month, today.day) < (12, 15)), 12, 15)
    law = Act.objects.get(number="273-ФЗ")
    by = world.people["specialist"]
    concept = documents.create_document(
        new=documents.NewDocument(
            kind="concept", title=CONCEPT_TITLE, category="Основы системы",
            summary="Цели, задачи, принципы и участники муниципальной системы оценки качества образования.",
        ),
        first=documents.NewVersion(text=CONCEPT.read_text(encoding="utf-8"), dated_on=ordered),
        by=by,
    )  # fmt: skip
    for act in Act.objects.exclude(source=""):
        acts.attach_act(act=act, subject=concept, by=by)
    acts.attach_act(act=law, subject=_regulation(world), by=by)
    for code, told in library_texts.METHODS.items():
        _method(world, Direction.objects.get(code=code), told)
    shipped = [
        _document(world, _ago(world, days), **{"author": "methodologist", **told})  # type: ignore[arg-type]
        for days, told in library_texts.GUIDES
    ]
    _send(world, shipped[0])
    _discuss(world)


def _regulation(world: World) -> Document:
    """Two versions: the older one lost its force to the newer."""
    first = _document(
        world, _ago(world, 700), kind="regulation",
        title="Положение о муниципальной системе оценки качества образования",
        summary="Кто, когда и как оценивает качество образования в округе и что делается с результатами.",
        category="Основы системы", above=Act.objects.get(number="1180-р"),
        text=library_texts.REGULATION_OLD, act=f"приказ управления образования от {_ago(world, 700):%d.%m.%Y} № 96",
    )  # fmt: skip
    by, day = world.people["specialist"], _ago(world, 240)
    new = documents.NewVersion(text=library_texts.REGULATION, dated_on=day, changes=library_texts.REGULATION_CHANGES)
    second = documents.add_version(document=first.document, new=new, by=by)
    act = f"приказ управления образования от {day:%d.%m.%Y} № 41"
    documents.approve_version(version=second, by=by, act_text=act, on=day)
    DocumentVersion.objects.filter(pk=second.pk).update(created_at=dating.at(day, 10))
    return first.document


def _method(world: World, direction: Direction, told: dict[str, str]) -> None:
    day = _ago(world, 300)
    act = f"приказ управления образования от {day:%d.%m.%Y} № {told['order']}"
    version = _document(world, day, kind="method", title=told["title"], summary=told["summary"],
                        category="Методики", direction=direction, text=told["text"], act=act)  # fmt: skip
    author = world.people["specialist"]
    Adaptation.objects.bulk_create(
        Adaptation(version=version, title=title, kinds=kinds, features=features, text=text, author=author)
        for title, kinds, features, text in library_texts.ADAPTATIONS
    )


def _send(world: World, guide: DocumentVersion) -> None:
    """To all schools eleven days ago; two in three have read it, the home school has not."""
    schools = [each for each in world.organizations.values() if each.kind == Kind.SCHOOL and not each.closed_on]
    dispatch = dispatches.send(
        version=guide, organizations=schools, letter=library_texts.LETTER, by=world.people["methodologist"]
    )
    sent = dating.at(_ago(world, 11), 12)
    Dispatch.objects.filter(pk=dispatch.pk).update(sent_at=sent)
    dispatch.receipts.update(delivered_at=sent)
    Notice.objects.filter(key=dispatches.key_of(dispatch)).update(created_at=sent)
    read = []
    for number, receipt in enumerate(dispatch.receipts.select_related("organization")):
        code = receipt.organization.code
        if number % 3 and code != HOME_SCHOOL:
            person = director_of(world, code)
            receipt.read_at, receipt.read_by = sent + timedelta(hours=3 + 5 * number), person
            read.append(receipt)
            documents.note_reading(version=guide, by=person)
    Receipt.objects.bulk_update(read, ["read_at", "read_by"])
    _moved(dispatch, _ago(world, 11), 12)


def _discuss(world: World) -> None:
    """A draft before the council: one member has spoken, the vote of the demonstration's member is still open."""
    by, told = world.people["specialist"], library_texts.DRAFT
    made = documents.create_document(
        new=documents.NewDocument(kind="regulation", title=told["title"], summary=told["summary"],
                                  category="Основы системы"),
        first=documents.NewVersion(text=told["text"]), by=by,
    )  # fmt: skip
    closes_on = world.timeline.today + timedelta(days=9)
    discussion = council.open_discussion(
        version=made.versions.get(), question=told["question"], closes_on=closes_on, by=by
    )
    opened = dating.at(_ago(world, 5), 9)
    Discussion.objects.filter(pk=discussion.pk).update(opened_at=opened)
    for hours, login, text in library_texts.COMMENTS:
        at = opened + timedelta(hours=hours)
        Comment.objects.create(discussion=discussion, author=world.people[login], text=text, at=at)
    Vote.objects.filter(discussion=discussion).delete()
    _moved(made, _ago(world, 6))


def _load_practices(world: World) -> None:
    """Three in the bank, two of them open to everybody, one recommended; one waits for a decision."""
    by = world.people["methodologist"]
    for code, days, is_open, told in library_texts.PRACTICES:
        new = practices.NewPractice(**told)
        author = director_of(world, code)
        made = practices.propose(new=new, organization=world.organizations[code], by=author)
        proposed = dating.at(_ago(world, days), 12)
        if is_open is not None:
            practices.publish(practice=made, is_open=is_open, by=by)
            Practice.objects.filter(pk=made.pk).update(decided_at=proposed + timedelta(days=4))
        Practice.objects.filter(pk=made.pk).update(proposed_at=proposed)
        _moved(made, _ago(world, days))
    advised = Practice.objects.get(title=library_texts.ADVISED)
    home = world.organizations[HOME_SCHOOL]
    practices.advise(practice=advised, organizations=[home, world.organizations["school-12"]],
                     text=library_texts.ADVICE, by=by)  # fmt: skip
    PracticeAdvice.objects.update(at=dating.at(_ago(world, 8), 15))
    given = PracticeAdvice.objects.get(organization__code="school-12")
    practices.answer_advice(advice=given, text=library_texts.ADVICE_ANSWER, by=director_of(world, "school-12"))


def _load_trials(world: World) -> None:
    by = world.people["specialist"]
    for starts, ends, codes, told, decision in library_texts.TRIALS:
        direction = Direction.objects.filter(code=told["direction"]).first()
        new = practices.NewTrial(
            title=told["title"], description=told["description"], direction=direction,
            organizations=[world.organizations[code] for code in codes],
            starts_on=_ago(world, starts), ends_on=_ago(world, ends),
        )  # fmt: skip
        trial = practices.save_trial(new=new, by=by)
        _moved(trial, _ago(world, starts))
        if decision:
            spread = [world.organizations[code] for code in decision["spread_to"]]
            practices.decide_trial(trial=trial, state=decision["state"], result=decision["result"],
                                   reason=decision["reason"], spread_to=spread, by=by)  # fmt: skip
            Trial.objects.filter(pk=trial.pk).update(decided_on=_ago(world, ends - 6))


def _load_inspections(world: World) -> None:
    """Remarks in every state: one of the home school is overdue, one answered, one mended."""
    by = world.people["specialist"]
    for code, kind, days, told, remarks in library_texts.INSPECTIONS:
        organization = world.organizations[code]
        starts = _ago(world, days)
        new = inspections.NewInspection(
            organization=organization, kind=kind, starts_on=starts, ends_on=starts + timedelta(days=4),
            act_number=f"№ {100 + days} от {starts + timedelta(days=5):%d.%m.%Y}", **told,
        )  # fmt: skip
        event = inspections.save_inspection(new=new, by=by)
        for due, text, answer, is_closed in remarks:
            remark = inspections.add_remark(inspection=event, text=text, due_on=_ago(world, -due), by=by)
            dating.date_events(remark, {"library.remark_made": dating.at(starts + timedelta(days=5), 9)})
            if answer:
                inspections.answer_remark(remark=remark, text=answer, by=director_of(world, code))
                Remark.objects.filter(pk=remark.pk).update(
                    answered_at=dating.at(min(_ago(world, 3), remark.due_on), 14)
                )
            if is_closed:
                inspections.close_remark(remark=remark, by=by)
        Inspection.objects.filter(pk=event.pk).update(created_at=dating.at(starts, 9))
        _moved(event, starts)
