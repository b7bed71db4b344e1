"""Writes of the report on self-examination: texts, steps, attachments, printed copies."""

from apps.collection.services.selfexam.papers import attach, detach, keep_print, request_print
from apps.collection.services.selfexam.steps import take_step, undo_step
from apps.collection.services.selfexam.texts import copy_last_year, save_section

__all__ = [
    "attach",
    "copy_last_year",
    "detach",
    "keep_print",
    "request_print",
    "save_section",
    "take_step",
    "undo_step",
]
