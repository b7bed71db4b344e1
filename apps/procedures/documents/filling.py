"""What is filled into a template from a procedure, and the text of a document as it stands."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from apps.core import periods
from apps.procedures.documents.models import DocumentDraft
from apps.procedures.documents.texts import BLANK, BODIES, TITLES
from apps.procedures.models import Duty, Participation, Procedure
from apps.procedures.schedule.reading import days_of, days_text

PREPARE, TELL, READY, RESULTS = 14, 10, 3, 7  # days around the procedure, as the offered steps have them


def _before(day: date | None, days: int) -> str:
    """A term so many days before the procedure; a blank where it is past already."""
    term = day - timedelta(days=days) if day else None
    return f"{term:%d.%m.%Y}" if term and term >= timezone.localdate() else BLANK


def values(procedure: Procedure) -> dict[str, str]:
    """Words for the templates; what the portal does not know is a blank to be written by hand."""
    days = days_of(procedure)
    first, last = days or (None, None)
    leads = procedure.duties.current().filter(part=Duty.Part.LEAD).select_related("user")
    people = ", ".join(_person(duty) for duty in leads)
    members = procedure.participations.exclude(state=Participation.State.DECLINED).count()
    study = procedure.studies.first()
    choice = "Школа выбирает день внутри срока." if days and days[0] != days[1] else ""
    return {
        "title": procedure.title,
        "subject": procedure.subject.name,
        "grade": str(procedure.grade),
        "level": procedure.get_level_display(),
        "year": periods.title(procedure.period.span),
        "days": days_text(*days) if days else BLANK,
        "days_in": _days_in(days),
        "choice": choice,
        "ground": procedure.document or f"{BLANK} (укажите документ)",
        "aim": study.aim if study else f"{BLANK} (укажите цель)",
        "lead": people or BLANK,
        "controller": BLANK,
        "members": str(members) if members else BLANK,
        "computers": ", исправные компьютеры" if procedure.participations.filter(computers__gt=0).exists() else "",
        "prepare_by": _before(first, PREPARE),
        "tell_by": _before(first, TELL),
        "ready_by": _before(first, READY),
        "results_by": _before(last, -RESULTS),
        "blank": BLANK,
        "authority": settings.AUTHORITY_NAME,
        "municipality": settings.MUNICIPALITY_NAME,
    }


def _person(duty: Duty) -> str:
    name = duty.user.get_short_name()
    return f"{name}, {duty.user.post}" if duty.user.post else name


def _days_in(days: tuple[date, date] | None) -> str:
    if days is None:
        return f"{BLANK} (укажите день или срок)"
    if days[0] == days[1]:
        return f"{days[0]:%d.%m.%Y}"
    return f"с {days[0]:%d.%m.%Y} по {days[1]:%d.%m.%Y}"


def heading(procedure: Procedure, kind: str) -> str:
    return TITLES[DocumentDraft.Kind(kind)].format(title=procedure.title)


def template_text(procedure: Procedure, kind: str) -> str:
    """The template filled from the procedure as it is now."""
    return BODIES[kind].format_map(values(procedure))


def text_of(procedure: Procedure, kind: str) -> str:
    """The text people left, else the filled template."""
    draft = procedure.drafts.filter(kind=kind).first()
    return draft.text if draft else template_text(procedure, kind)
