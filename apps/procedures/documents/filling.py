"""What is filled into a template from a procedure, and the text of a document as it stands."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import periods
from apps.procedures.documents.models import DocumentDraft
from apps.procedures.documents.texts import BLANK, BODIES, HINT, TITLES
from apps.procedures.models import Duty, Participation, Procedure
from apps.procedures.schedule.reading import days_of, days_text

HEAD = "Руководитель"
PREPARE, TELL, READY, RESULTS = 14, 10, 3, 7  # days around the procedure, as the offered steps have them


def _before(day: date | None, days: int) -> str:
    """A term so many days before the procedure; a blank where it is past already."""
    term = day - timedelta(days=days) if day else None
    return f"{term:%d.%m.%Y}" if term and term >= timezone.localdate() else f"{HINT} срок)"


def values(procedure: Procedure) -> dict[str, str]:
    """Words for the templates; what the portal does not know is a blank to be written by hand."""
    days = days_of(procedure)
    first, last = days or (None, None)
    leads = procedure.duties.current().filter(part=Duty.Part.LEAD).select_related("user")
    people = ", ".join(_person(duty) for duty in leads)
    members = procedure.participations.exclude(state=Participation.State.DECLINED).count()
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
        "ground": _lowered(procedure.document) or f"{BLANK} (укажите документ)",
        "aim": _aim(procedure),
        "lead": people or f"{BLANK} (укажите, кого)",
        "members": f" Организаций: {members}." if members else "",
        "computers": ", исправные компьютеры" if procedure.participations.filter(computers__gt=0).exists() else "",
        "prepare_by": _before(first, PREPARE),
        "tell_by": _before(first, TELL),
        "ready_by": _before(first, READY),
        "results_by": _before(last, -RESULTS),
        "blank": BLANK,
        "authority": settings.AUTHORITY_NAME,
        "municipality": settings.MUNICIPALITY_NAME,
    }


def _aim(procedure: Procedure) -> str:
    """What the procedure is for, after «в целях»: a study says it itself."""
    study = procedure.studies.first()
    if study and study.aim.strip():
        return f"исследования «{study}»: {_lowered(study.aim.strip().rstrip('.'))}"
    subject = procedure.subject.name
    return f"получения сведений о подготовке обучающихся {procedure.grade} классов по предмету «{subject}»"


def _lowered(text: str) -> str:
    """A title in the middle of a sentence; an abbreviation keeps its letters."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def head_of_authority() -> tuple[str, str]:
    """Post and name of the head as they stand at a signature; a plain post and no name where nobody holds it."""
    held = Membership.objects.current().filter(role=Role.HEAD).select_related("user").order_by("created_at", "pk")
    found = held.first()
    return (found.user.post or HEAD, found.user.get_short_name()) if found else (HEAD, "")


def gaps(text: str) -> int:
    """Places that people have to fill before the document is signed."""
    return text.count(HINT)


def _person(duty: Duty) -> str:
    name = duty.user.get_short_name()
    return f"{name}, {_lowered(duty.user.post)}" if duty.user.post else name


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


def may_be_clean(procedure: Procedure, kind: str) -> bool:
    """Whether nothing is left for people to fill: then a copy without the mark of a draft may be taken."""
    return not gaps(text_of(procedure, kind))
