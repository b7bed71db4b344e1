"""Writes of the room. A refusal raises `Refused` and changes nothing."""

from apps.noko.services.measures import NewMeasure, accept_measure, plan_measure, report_measure, return_measure
from apps.noko.services.plan import plan_year, unplan
from apps.noko.services.reports import accept_report, set_link, undo_report, upload_report

__all__ = [
    "NewMeasure",
    "accept_measure",
    "accept_report",
    "plan_measure",
    "plan_year",
    "report_measure",
    "return_measure",
    "set_link",
    "undo_report",
    "unplan",
    "upload_report",
]
