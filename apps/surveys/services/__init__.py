"""Writes of the room. A refusal raises `Refused` and changes nothing."""

from apps.surveys.services.answering import AlreadyAnswered, TooMany, accept_response
from apps.surveys.services.questionnaires import (
    NewQuestion,
    copy_questionnaire,
    create_questionnaire,
    delete_part,
    load_templates,
    move_part,
    save_question,
    save_section,
)
from apps.surveys.services.surveys import (
    close_survey,
    create_survey,
    forget_devices,
    judge_text,
    publish_results,
    set_invited,
    withdraw_results,
)

__all__ = [
    "AlreadyAnswered",
    "NewQuestion",
    "TooMany",
    "accept_response",
    "close_survey",
    "copy_questionnaire",
    "create_questionnaire",
    "create_survey",
    "delete_part",
    "forget_devices",
    "judge_text",
    "load_templates",
    "move_part",
    "publish_results",
    "save_question",
    "save_section",
    "set_invited",
    "withdraw_results",
]
