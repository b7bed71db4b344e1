"""Taking an anonymous questionnaire. There is no actor, and no event: a line of history would tell the time."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.core.findings import refuse
from apps.surveys import devices, screening
from apps.surveys.definition import Answers, Definition
from apps.surveys.models import DeviceMark, FreeText, Question, Response, SurveyPlace


class AlreadyAnswered(Exception):
    """The device has answered this survey before; nothing was stored."""


class TooMany(Exception):
    """The hour's limit of the network is reached; nothing was stored."""


@transaction.atomic
def accept_response(
    *, place: SurveyPlace, definition: Definition, answers: Answers, device: str, ticket: str, address: str
) -> None:
    """Store the answers of one device once; free texts apart from them, with names and contacts masked.

    Raises AlreadyAnswered, TooMany, or Refused when the survey is not open.
    """
    survey = place.survey
    if not survey.is_open():
        raise refuse("survey_closed", "Опрос уже завершён: ответ не принят.")
    if not devices.count_network(survey, address):
        raise TooMany
    try:
        with transaction.atomic():
            DeviceMark.objects.create(pk=devices.mark_of(survey, device, ticket), survey=survey)
    except IntegrityError as error:
        raise AlreadyAnswered from error
    texts = {question.id for question in definition.questions if question.kind == Question.Kind.TEXT}
    kept = {str(key): value for key, value in answers.items() if key not in texts}
    Response.objects.create(place=place, day=timezone.localdate(), answers=kept)
    for key in sorted(texts & answers.keys()):
        screened = screening.screen(answers[key])
        FreeText.objects.create(place=place, question_id=key, text=screened.text, masked=screened.masked)
