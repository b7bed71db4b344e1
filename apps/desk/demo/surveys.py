"""Anonymous surveys: one finished and published, one that goes on; a few hundred invented answers, written at once."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from apps.core.models import Event
from apps.desk.demo import chance, dating
from apps.desk.demo.world import World
from apps.organizations.models import Kind, Organization
from apps.surveys import services
from apps.surveys.definition import Asked, Definition, definition_of
from apps.surveys.models import FreeText, Question, Questionnaire, Response, Survey, SurveyPlace
from apps.surveys.screening import screen

NOKO = "noko-114"
PARENTS = "attitude-parents"
WORDS = (
    "Хотелось бы больше кружков после уроков.",
    "Сделайте, пожалуйста, навес у входа: в дождь ждём под зонтами.",
    "Всё хорошо, спасибо учителям.",
    "Расписание меняется в последний день, узнаём вечером.",
    "Питьевая вода есть не на каждом этаже.",
    "На сайте трудно найти меню столовой. Пишите мне на parent@example.org",
    "Спасибо Марии Ивановне, она всегда отвечает!",
    "Нужна понятная табличка, где приёмная.",
)


def load(world: World) -> None:
    services.load_templates()
    schools = [each for each in world.organizations.values() if each.kind == Kind.SCHOOL and not each.closed_on]
    gardens = [each for each in world.organizations.values() if each.kind == Kind.KINDERGARTEN and not each.closed_on]
    _finished(world, schools[:12])
    _running(world, [*schools[:8], *gardens[:6]])
    _earlier(world, schools[:8])


def _finished(world: World, schools: Sequence[Organization]) -> None:
    """Of the last spring: closed by its term and published."""
    today = world.timeline.today
    survey = _create(
        world,
        code=PARENTS,
        title="Родители о проверочных работах",
        purpose="Узнать, понятны ли родителям результаты ВПР, и подготовить памятку для школ.",
        organizations=schools,
        days=(today - timedelta(days=190), today - timedelta(days=170)),
    )
    _answer(world, survey, least=18, most=34)
    services.forget_devices(today=today)
    survey = services.publish_results(survey=survey, by=world.people["head"])
    published = dating.at(today - timedelta(days=160), 12)
    Survey.objects.filter(pk=survey.pk).update(published_at=published)
    FreeText.objects.filter(place__survey=survey).update(state=FreeText.State.KEPT)
    dating.date_events(survey, {"surveys.published": published})


def _earlier(world: World, schools: Sequence[Organization]) -> None:
    """The same questions a year before the finished round: attitude can be followed over time."""
    today = world.timeline.today
    days = (today - timedelta(days=555), today - timedelta(days=535))
    survey = _create(
        world,
        code=PARENTS,
        title="Родители о проверочных работах, прошлый год",
        purpose="Узнать, понятны ли родителям результаты ВПР.",
        organizations=schools,
        days=days,
    )
    _answer(world, survey, least=14, most=26)
    services.forget_devices(today=today)


def _running(world: World, organizations: Sequence[Organization]) -> None:
    """The organisations' own survey by the questions of НОКО: in the middle; the last place has too few answers."""
    today = world.timeline.today
    survey = _create(
        world,
        code=NOKO,
        title="Внутреннее анкетирование: удовлетворённость условиями",
        purpose="Узнать мнение родителей между независимыми оценками. Это не официальная независимая оценка.",
        organizations=organizations,
        days=(today - timedelta(days=9), today + timedelta(days=12)),
    )
    _answer(world, survey, least=12, most=30, few=2)


def _create(
    world: World, *, code: str, title: str, purpose: str, organizations: Sequence[Organization], days: tuple[date, date]
) -> Survey:
    """Through the service as of today, then moved to its own days."""
    specialist = world.people["specialist"]
    template = Questionnaire.objects.get(code=code, is_template=True)
    questionnaire = services.copy_questionnaire(source=template, by=specialist)
    survey = services.create_survey(
        questionnaire=questionnaire,
        title=title,
        purpose=purpose,
        opens_on=world.timeline.today,
        closes_on=world.timeline.today,
        organizations=organizations,
        by=specialist,
    )
    begun = dating.at(days[0] - timedelta(days=2), 11)
    survey.opens_on, survey.closes_on, survey.created_at = *days, begun
    survey.save(update_fields=["opens_on", "closes_on", "created_at"])
    dating.date_events(survey, {"surveys.created": begun})
    lots = chance.generator(world.seed, "invited", code)
    places = list(survey.places.all())
    for place in places:
        place.invited = int(lots.integers(45, 140))
    SurveyPlace.objects.bulk_update(places, ["invited"])
    Event.objects.filter(subject=Questionnaire._meta.label, subject_id=str(questionnaire.pk)).update(at=begun)
    return survey


def _answer(world: World, survey: Survey, *, least: int, most: int, few: int = 0) -> None:
    definition = definition_of(survey.questionnaire)
    places = list(survey.places.select_related("organization"))
    last = min(survey.closes_on, world.timeline.today)
    responses: list[Response] = []
    texts: list[FreeText] = []
    for place in places:
        lots = chance.generator(world.seed, "survey", survey.title, place.organization.code)
        count = int(lots.integers(least, most))
        count = 3 if few and place in places[-few:] else count
        mood = 0.78 + 0.1 * float(lots.normal())
        for _ in range(count):
            answers = _filled(definition, lots, mood)
            day = last - timedelta(days=int(lots.integers(0, (last - survey.opens_on).days + 1)))
            responses.append(Response(place=place, day=day, answers={str(key): each for key, each in answers.items()}))
        texts += list(_words(definition, place, lots))
    Response.objects.bulk_create(responses, batch_size=1000)
    FreeText.objects.bulk_create(texts, batch_size=1000)


def _filled(definition: Definition, lots: np.random.Generator, mood: float) -> dict[int, Any]:
    answers: dict[int, Any] = {}
    for question in definition.questions:
        if question.kind != Question.Kind.TEXT and question.is_asked(answers):
            answers[question.id] = _given(question, lots, mood)
    return answers


def _given(question: Asked, lots: np.random.Generator, mood: float) -> Any:
    options = [number for number, _ in question.choices]
    match question.kind:
        case Question.Kind.YES_NO:
            share = 0.07 if question.symbol == "noko.3.3.n" else min(0.97, max(0.3, mood))
            return Question.YES if lots.random() < share else Question.NO
        case Question.Kind.MULTIPLE:
            chosen = [option for option in options if lots.random() < 0.35]
            return chosen or [options[0]]
        case Question.Kind.SCALE:
            return int(np.clip(round(2.4 + 2 * mood + 0.9 * float(lots.normal())), options[0], options[-1]))
        case Question.Kind.NUMBER:
            return str(int(lots.integers(0, 9)))
    return int(lots.choice(options))


def _words(definition: Definition, place: SurveyPlace, lots: np.random.Generator) -> Iterator[FreeText]:
    """One or two free answers a place, screened as any other."""
    asked = [question for question in definition.questions if question.kind == Question.Kind.TEXT]
    for question in asked[:1]:
        for at in lots.choice(len(WORDS), size=2, replace=False):
            screened = screen(WORDS[int(at)])
            yield FreeText(place=place, question_id=question.id, text=screened.text, masked=screened.masked)
